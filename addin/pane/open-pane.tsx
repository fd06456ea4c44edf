import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { Me, Question } from '../../shared/api.ts';
import { unreachable } from '../../shared/domain.ts';
import type { Connection } from '../connect.ts';
import type { Outlook, Sight } from '../office/port.ts';
import { formatFor } from './format.ts';
import { useColours } from './hooks/use-colours.ts';
import { useMarks } from './hooks/use-marks.ts';
import { PaneContext, type PaneTools } from './pane-context.ts';
import { DiagnosticsPanel } from './panels/diagnostics-panel.tsx';
import { ListPanel } from './panels/list-panel.tsx';
import { QuestionsPanel } from './panels/questions-panel.tsx';
import { SettingsPanel } from './panels/settings-panel.tsx';
import { ThisItemPanel } from './panels/this-item-panel.tsx';
import { PaneTabs } from './parts/pane-tabs.tsx';
import { PinHint } from './parts/pin-hint.tsx';
import type { troubleHelp } from './parts/trouble-help.ts';
import type { Place } from './prefs.ts';
import type { StageProps } from './stage-props.ts';

type OpenPaneProps = StageProps &
  Readonly<{
    outlook: Outlook;
    me: Me;
    connection: Connection;
    /** What is wrong while the last known stays on screen. */
    help: ReturnType<typeof troubleHelp> | null;
  }>;

/** The pane while everything works, or nearly: tabs, the panel that is open, and a bar for what is wrong. */
export function OpenPane(props: OpenPaneProps) {
  const { outlook, me, help, sight, prefs, say } = props;
  const [place, setPlace] = useState<Place>(prefs.place);
  const go = (next: Place): void => {
    prefs.setPlace(next);
    setPlace(next);
  };
  const tools = useTools(props, go);
  useItemAloud(props, place);
  const questions = me.domains.reduce((sum, { items }) => sum + items.asking, 0);
  return (
    <PaneContext value={tools}>
      <PaneTabs {...{ place, questions, say, go }} />
      {help !== null && (
        <div role="alert" className="trouble-bar">
          <strong>{help.title}</strong> <span>{help.text}</span>
          <Button size="small" onClick={help.action.run}>
            {help.action.label}
          </Button>
        </div>
      )}
      <PinHint isNeeded={outlook.capabilities.needsPinHint} sight={sight} />
      <main className="panel" key={place}>
        <Panel place={place} sight={sight} />
      </main>
    </PaneContext>
  );
}

function Panel({ place, sight }: Readonly<{ place: Place; sight: Sight | null }>) {
  switch (place) {
    case 'item':
      return <ThisItemPanel sight={sight} />;
    case 'contacts':
      return <ListPanel domain="contact" />;
    case 'calendar':
      return <ListPanel domain="appointment" />;
    case 'tasks':
      return <ListPanel domain="task" />;
    case 'questions':
      return <QuestionsPanel />;
    case 'settings':
      return <SettingsPanel />;
    case 'diagnostics':
      return <DiagnosticsPanel />;
  }
  return unreachable(place);
}

function useTools(props: OpenPaneProps, go: (place: Place) => void): PaneTools {
  const { outlook, me, connection, prefs, say, language, announce, dispatch, theme, setTheme } = props;
  const { api, settings } = connection;
  const { marks, press, seen } = useMarks({ api, say, announce });
  const colours = useColours(api, me);
  const lastAnswered = useRef<Question | null>(null);
  const zone = outlook.mailbox.timeZone;
  const format = useMemo(
    () => formatFor({ language, zone, nowMs: () => performance.timeOrigin + performance.now() }),
    [language, zone],
  );
  return {
    outlook,
    api,
    settings,
    me,
    say,
    format,
    language,
    prefs,
    announce,
    lastAnswered,
    marks,
    press,
    seen,
    go,
    colours,
    theme,
    setTheme,
    worked: () => dispatch({ event: 'worked' }),
    report: (trouble) => dispatch({ event: 'failed', trouble }),
    showWelcome: () => dispatch({ event: 'welcomeAsked' }),
  };
}

/** Who cannot see that another item is open is told, where the pane shows it. */
function useItemAloud({ sight, announce, say }: OpenPaneProps, place: Place): void {
  const isFirst = useRef(true);
  useEffect(() => {
    if (sight?.state !== 'open') return;
    if (!isFirst.current && place === 'item') announce(say('nowShowing', { label: sight.item.subject }));
    isFirst.current = false;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only another item is news
  }, [sight]);
}
