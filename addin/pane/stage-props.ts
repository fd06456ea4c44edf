import type { Outlook, Sight, Theme } from '../office/port.ts';
import type { Language } from '../text/language.ts';
import type { useServer } from './hooks/use-server.ts';
import type { Prefs } from './prefs.ts';
import type { Screen, ScreenEvent } from './state/screen.ts';
import type { Say } from './texts.ts';

/** What every state of the pane is drawn from. */
export type StageProps = Readonly<{
  screen: Screen;
  dispatch: (event: ScreenEvent) => void;
  outlook: Outlook | null;
  sight: Sight | null;
  server: ReturnType<typeof useServer>;
  prefs: Prefs;
  language: Language;
  say: Say;
  announce: (text: string) => void;
  /** The person's own choice; null: as Outlook. */
  theme: Theme | null;
  setTheme: (theme: Theme | null) => void;
}>;
