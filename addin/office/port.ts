/**
 * Outlook as the rest of the add-in knows it: plain snapshots and promises. Only `addin/office` says `Office`.
 */

export type Person = Readonly<{ name: string; address: string }>;

/**
 * The item that is open. `identity` tells items apart within this page: the id, or for an unsaved one a name of our own
 * that lives as long as Outlook's item object; a series id is never one.
 */
export type OpenItem = Readonly<{
  identity: string;
  type: 'appointment' | 'message';
  mode: 'read' | 'compose';
  /** Graph's (mutable) id, for the API; null before the first save. */
  itemId: string | null;
  subject: string;
  /** ISO 8601, UTC; appointments only. */
  start: string | null;
  end: string | null;
  /** Organizer or sender. */
  from: Person | null;
  /** Attendees or recipients, without duplicates. */
  people: readonly Person[];
  isInSeries: boolean;
  /** A request, an answer or a cancellation: a mail about an appointment. */
  isMeetingMail: boolean;
}>;

/** `none`: nothing or several are selected. `gone`: Outlook has an item but does not tell which (Mac, right after a change). */
export type Sight = Readonly<
  | { state: 'none'; generation: number }
  | { state: 'gone'; generation: number }
  | { state: 'open'; generation: number; item: OpenItem }
>;

export type Capabilities = Readonly<{
  client: string;
  platform: string;
  version: string;
  /** The highest set of `Mailbox` the client announces, e.g. `1.15`. */
  mailboxSet: string;
  /** Categories of the open item can be shown and set at once. */
  categories: boolean;
  itemChanges: boolean;
  themeChanges: boolean;
  nestedSignIn: boolean;
  browserWindows: boolean;
  /** Outlook on Mac keeps an unpinned pane open and never tells it about the next item. */
  needsPinHint: boolean;
}>;

export type Theme = 'light' | 'dark';

export type DialogEnd =
  | Readonly<{ end: 'message'; text: string }>
  | Readonly<{ end: 'closed' }>
  | Readonly<{ end: 'blocked' }>;

export type Outlook = Readonly<{
  capabilities: Capabilities;
  /** BCP 47, of the user interface. */
  language: string;
  mailbox: Readonly<{ address: string; name: string; timeZone: string }>;
  /** What is open now. */
  sight: () => Promise<Sight>;
  /** Calls `show` with what is open, now and after every change; the answer stops it. */
  follow: (show: (sight: Sight) => void) => () => void;
  /** Calls `show` with Outlook's own theme, now and after every change; the answer stops it. */
  followTheme: (show: (theme: Theme) => void) => () => void;
  /** One line in the information bar of the open item; at most 150 characters are shown. */
  notify: (text: string) => Promise<void>;
  /** Shows a category on the open item before the server has set it; false where the client cannot. */
  hintCategory: (name: string, isOn: boolean) => Promise<boolean>;
  openLink: (url: string) => void;
  /** A window of our own origin; resolves with its first message. Must come from a click. */
  openDialog: (url: string) => Promise<DialogEnd>;
}>;
