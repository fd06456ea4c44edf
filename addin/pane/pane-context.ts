import { createContext, use } from 'react';
import type { AddinSettings } from '../../shared/addin-settings.ts';
import type { Me, Question } from '../../shared/api.ts';
import type { ItemSummary } from '../../shared/api-items.ts';
import type { Api } from '../api.ts';
import type { Outlook, Theme } from '../office/port.ts';
import type { Language } from '../text/language.ts';
import type { Format } from './format.ts';
import type { Press } from './hooks/use-marks.ts';
import type { Place, Prefs } from './prefs.ts';
import type { Colours } from './state/colours.ts';
import type { Marks } from './state/marks.ts';
import type { Trouble } from './state/trouble.ts';
import type { Say } from './texts.ts';

/** What every panel works with once the pane is open. */
export type PaneTools = Readonly<{
  outlook: Outlook;
  api: Api;
  settings: AddinSettings;
  me: Me;
  say: Say;
  format: Format;
  language: Language;
  prefs: Prefs;
  /** The question that was answered last, for as long as the answer may be taken back. */
  lastAnswered: { current: Question | null };
  /** Read aloud by screen readers, politely. */
  announce: (text: string) => void;
  /** Says a trouble in the bar of the pane, or, if it blocks everything, instead of the pane. */
  report: (trouble: Trouble) => void;
  /** A panel was answered: what it reported is over. */
  worked: () => void;
  marks: Marks;
  press: Press;
  /** Fresh news of items: marks that were answered end. */
  seen: (items: readonly ItemSummary[]) => void;
  go: (place: Place) => void;
  /** Outlook's colours of the mailbox's categories. */
  colours: Colours;
  theme: Theme | null;
  setTheme: (theme: Theme | null) => void;
  showWelcome: () => void;
}>;

export const PaneContext = createContext<PaneTools | null>(null);

export function usePane(): PaneTools {
  const tools = use(PaneContext);
  if (tools === null) throw new Error('A panel was drawn before the pane is open.');
  return tools;
}
