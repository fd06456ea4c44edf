import { useEffect, useReducer, useState } from 'react';
import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { createOutlook } from '../office/outlook.ts';
import type { Outlook } from '../office/port.ts';
import { startOffice } from '../office/start.ts';
import { directionOf, languageFrom, type Language } from '../text/language.ts';
import { useAnnouncer } from './hooks/use-announcer.ts';
import { useSight, useTheme } from './hooks/use-look.ts';
import { useServer } from './hooks/use-server.ts';
import { createPrefs } from './prefs.ts';
import { Stage } from './stage.tsx';
import { transition } from './state/screen.ts';
import { textsIn } from './texts.ts';

const prefs = createPrefs();

/** The whole pane, from the library that may be missing to the open pane. */
export function App() {
  const [screen, dispatch] = useReducer(transition, { is: 'starting' });
  const [outlook, setOutlook] = useState<Outlook | null>(null);
  const [ownTheme, setOwnTheme] = useState(prefs.theme);
  const { said, announce } = useAnnouncer();
  const sight = useSight(outlook);
  const theme = useTheme(outlook, ownTheme);
  const server = useServer({ outlook, screen, dispatch });
  const language = languageFrom(outlook?.language ?? navigator.language);
  useEffect(() => {
    void startOffice().then((how) => {
      if (how === 'ready') setOutlook(createOutlook());
      dispatch({ event: 'started', how, isWelcomed: prefs.isWelcomed() });
    });
  }, []);
  usePageIn(language, theme);
  return (
    <FluentProvider
      theme={theme === 'dark' ? webDarkTheme : webLightTheme}
      dir={directionOf(language)}
      className="pane"
    >
      <Stage
        {...{ screen, dispatch, outlook, sight, server, prefs, language, announce }}
        say={textsIn(language)}
        theme={ownTheme}
        setTheme={(chosen) => {
          prefs.setTheme(chosen);
          setOwnTheme(chosen);
        }}
      />
      <p role="status" className="unseen">
        <span key={said.count}>{said.text}</span>
      </p>
    </FluentProvider>
  );
}

/** What concerns the page as a whole: language, direction, and what the browser itself draws. */
function usePageIn(language: Language, theme: 'light' | 'dark'): void {
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    document.documentElement.style.colorScheme = theme;
  }, [language, theme]);
}
