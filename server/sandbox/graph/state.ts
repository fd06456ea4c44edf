import type { World } from '../world.ts';
import type { Calendar, Calendars, EventItem } from './calendar/state.ts';
import type { Feed } from './feed.ts';
import type { IdPrefixes } from './ids.ts';
import type { OpenExtension } from './open-extension.ts';
import type { Task, TaskList, Todo } from './todo/state.ts';

export type EmailAddress = Readonly<{ name?: string; address?: string }>;
export type PhysicalAddress = Readonly<Record<string, string>>;

/** What a property of a contact holds when it holds something; e-mail addresses are three slots. */
export type ContactValue = string | readonly string[] | PhysicalAddress | readonly (EmailAddress | null)[];

export type ExtendedProperty = Readonly<{ id: string; value: string | readonly string[] }>;

export type ContactItem = {
  /** For the immutable id; stays while the item stays in the mailbox. */
  number: number;
  /** For the mutable id; another one after every move. */
  mutableNumber: number;
  folder: Folder;
  /** Where it lay before it was deleted. */
  origin: Folder | null;
  version: number;
  createdAt: number;
  modifiedAt: number;
  /** Only what is set. */
  values: Record<string, ContactValue>;
  extended: readonly ExtendedProperty[] | null;
  extensions: Map<string, OpenExtension> | null;
};

export type Folder = {
  number: number;
  displayName: string;
  parent: Folder | null;
  kind: 'root' | 'contacts' | 'deletedItems' | 'contactFolder';
  items: Map<number, ContactItem>;
  feed: Feed;
  /** The mutable number a contact had when it left, where that was not its first. */
  left: Map<number, number>;
};

export type Category = { id: string; displayName: string; color: string };

export type MailboxSettings = {
  /** IANA or Windows name as it was set. */
  timeZone: string;
  dateFormat: string;
  timeFormat: string;
  language: Readonly<{ locale: string; displayName: string }>;
};

export type Mailbox = {
  userId: string;
  /** SMTP address in lower case, also the user principal name. */
  address: string;
  aliases: readonly string[];
  displayName: string;
  givenName: string;
  surname: string;
  createdAt: number;
  /** Another number after every mailbox move; in every delta token. */
  epoch: number;
  prefixes: IdPrefixes;
  lastVersion: number;
  tokensIssued: number;
  contacts: Folder;
  deletedItems: Folder;
  /** By number, root and Deleted Items included. */
  folders: Map<number, Folder>;
  /** The contact folders below the default one or beside it. */
  folderFeed: Feed;
  /** By every number an item has or had. */
  items: Map<number, ContactItem>;
  archived: Map<number, ContactItem>;
  calendars: Calendars;
  categories: Map<string, Category>;
  todo: Todo;
  settings: MailboxSettings;
  /** Names written last, for delta rows that carry only those; kept while that switch is on. */
  touched: Map<number, readonly string[]>;
};

type ChangeIn<Place> = Readonly<{
  mailbox: Mailbox;
  /** Where it happened. */
  folder: Place;
  /** For the mutable id under which it was known when this happened. */
  mutableNumber: number;
  changeType: 'created' | 'updated' | 'deleted';
}>;

type ContactChange = ChangeIn<Folder> & Readonly<{ item: ContactItem }>;
/** Of an occurrence the service says nothing: its series is what changed (microsoft-graph-docs#5520). */
export type EventChange = ChangeIn<Calendar> & Readonly<{ event: EventItem }>;

export type TaskChange = ChangeIn<TaskList> & Readonly<{ task: Task }>;

/** Something a subscription may be told of. */
export type Change = ContactChange | EventChange | TaskChange;

/** Everything the stand-in holds between two requests. */
export type Graph = Readonly<{
  world: World;
  byUserId: Map<string, Mailbox>;
  /** By address and alias, in lower case. */
  byAddress: Map<string, Mailbox>;
  notify: (change: Change) => void;
  /** Items that had their conflict out of nothing. */
  conflicted: WeakSet<object>;
}>;
