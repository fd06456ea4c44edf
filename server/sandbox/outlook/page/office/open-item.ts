import type { Json } from '../wire.ts';

/** What the program has open, as far as an add-in may know: contacts and tasks are no items to Office. */
export type OpenItem =
  | Readonly<{ kind: 'message'; item: Json }>
  /** `item` in UTC; null while a new appointment is not saved yet. */
  | Readonly<{ kind: 'appointment'; item: Json | null; draft: Draft }>;

/** What stands in the form of an appointment right now. */
export type Draft = Readonly<{
  subject: string;
  location: string;
  startMs: number;
  endMs: number;
  guests: readonly string[];
  categories: readonly string[];
  isOrganizer: boolean;
}>;

/** The program around the add-in: what its frames can ask of it. */
export type Program = Readonly<{
  person: Readonly<{ mailbox: string; displayName: string; timeZone: string }>;
  language: string;
  /** Whether add-ins may sign in through the program (nested app authentication), or need a window of their own. */
  signIn: 'nested' | 'window';
  theme: () => 'light' | 'dark';
  open: () => OpenItem | null;
  setCategories: (names: readonly string[]) => Promise<void>;
  /** The names of the master list. */
  knownCategories: () => readonly string[];
  showInfo: (key: string, text: string) => void;
  hideInfo: (key: string) => void;
  openLink: (url: string) => void;
}>;
