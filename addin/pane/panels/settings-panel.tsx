import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import type { Me } from '../../../shared/api.ts';
import type { PaneKey } from '../../text/pane.ts';
import { usePane } from '../pane-context.ts';
import { troubleOf } from '../state/trouble.ts';

const tabOf = { contact: 'tabContacts', appointment: 'tabCalendar', task: 'tabTasks' } as const;
const levels: Readonly<Record<string, PaneKey>> = {
  full: 'level_full',
  'export-only': 'level_exportOnly',
  'import-only': 'level_importOnly',
  none: 'level_none',
};
const themes = [
  ['', 'themeAuto'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const;

/** Who one is to the product, what is synced, how the pane looks, and what it remembers. */
export function SettingsPanel() {
  const { say, me, format, showWelcome } = usePane();
  const synced = me.lastSyncedAt === null ? say('never') : format.moment(me.lastSyncedAt);
  return (
    <article className="settings">
      <h1>{say('settings')}</h1>
      <section>
        <h2>{say('you')}</h2>
        <dl className="facts">
          <dt>{say('mailbox')}</dt>
          <dd>
            <bdi>{me.mailbox}</bdi>
          </dd>
          <dt>{say('siebelLogin')}</dt>
          <dd>
            <bdi>{me.siebelLogin}</bdi>
          </dd>
          <dt>{say('lastSynced')}</dt>
          <dd>{synced}</dd>
        </dl>
        <SyncNow />
      </section>
      <WhatIsSynced domains={me.domains} />
      <Appearance />
      <Memory />
      <Button appearance="subtle" onClick={showWelcome}>
        {say('showWelcome')}
      </Button>
    </article>
  );
}

function SyncNow() {
  const { say, api, announce, report } = usePane();
  const [isStarted, setIsStarted] = useState(false);
  const sync = async (): Promise<void> => {
    try {
      await api.sync();
      setIsStarted(true);
      announce(say('syncStarted'));
    } catch (error) {
      report(troubleOf(error));
    }
  };
  return (
    <div className="deeds">
      <Button onClick={() => void sync()}>{say('syncNow')}</Button>
      {isStarted && <span className="hint">{say('syncStarted')}</span>}
    </div>
  );
}

function WhatIsSynced({ domains }: Pick<Me, 'domains'>) {
  const { say } = usePane();
  return (
    <section>
      <h2>{say('whatIsSynced')}</h2>
      <dl className="facts">
        {domains.map(({ domain, level, category }) => (
          <div key={domain}>
            <dt>{say(tabOf[domain])}</dt>
            <dd>
              {say(levels[level] ?? 'level_none')}
              <br />
              <span className="hint">{say('categoryIs', { category })}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Appearance() {
  const { say, theme, setTheme } = usePane();
  return (
    <fieldset className="field-choice">
      <legend>{say('appearance')}</legend>
      {themes.map(([value, key]) => (
        <label key={value} className="value">
          <input
            type="radio"
            name="theme"
            checked={(theme ?? '') === value}
            onChange={() => setTheme(value === '' ? null : value)}
          />
          <span className="value-text">{say(key)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Memory() {
  const { say, prefs } = usePane();
  const [count, setCount] = useState(() => Object.keys(prefs.remembered()).length);
  const forget = (): void => {
    prefs.setRemembered({});
    setCount(0);
  };
  return (
    <section className="deeds">
      <span>{say('remembered', { count })}</span>
      {count > 0 && (
        <Button size="small" onClick={forget}>
          {say('forget')}
        </Button>
      )}
    </section>
  );
}
