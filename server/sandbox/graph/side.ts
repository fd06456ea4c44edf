import type { Side } from '../wire.ts';

/** A person with a mailbox, as the control desk makes them. */
export type NewUser = Readonly<{
  /** SMTP address; kept in lower case, also the user principal name. */
  mailbox: string;
  displayName: string;
  givenName: string;
  surname: string;
  /** IANA name; `mailboxSettings` shows the Windows name, as Exchange does. */
  timeZone: string;
}>;

/** A task written with another program than Graph. */
export type ClientTask = Readonly<{
  title: string;
  /** yyyy-MM-dd */
  due: string | null;
  /** Where the program runs; a known zone by its IANA or Windows name. */
  writerZone: string;
  /** A well-known name or the name of a list. */
  list: string;
}>;

/** The body of a message of the control desk. */
type Message = Readonly<Record<string, unknown>>;

/** What people and administrators do to a mailbox outside Graph. Mailboxes are addresses or aliases, ids of any kind. */
export type GraphControl = Readonly<{
  /** Moves an item to the archive mailbox: gone from here, under any id. False where there is no such mailbox or item. */
  archive: (mailbox: string, id: string) => boolean;
  /** Puts a deleted or archived item back into its folder; answers its (mutable) id now, or null where there is none. */
  restore: (mailbox: string, id: string) => string | null;
  /** Every id of items and folders changes and every delta token dies, as after a mailbox move. */
  newIds: (mailbox: string) => boolean;
  /** Further addresses of a mailbox, in place of those it had. */
  aliases: (mailbox: string, addresses: readonly string[]) => boolean;
  /** Ids of the new task and its list, or null where there is no such mailbox or list. */
  addTask: (mailbox: string, task: ClientTask) => Readonly<{ id: string; list: string }> | null;
  /** Brings an invitation from outside, or an update of one, into a mailbox; throws a `Refusal` for one that cannot be read. */
  invite: (mailbox: string, message: Message) => Readonly<{ id: string; iCalUId: string }> | null;
  /** Brings a cancellation from outside; false where the mailbox has no such meeting. */
  callOff: (mailbox: string, message: Message) => boolean;
  /** Brings the answer of a guest outside; false where the mailbox organises no such meeting or has no such guest. */
  respond: (mailbox: string, message: Message) => boolean;
  /** Delivers the last notifications again, shuffled; answers how many. */
  replayNotifications: () => number;
}>;

/**
 * The Microsoft Graph stand-in. `answer` takes its own faults from `world.faults` (for the request itself and for every
 * request inside a `$batch`), waits `world.latency.graphMs` itself and throws `DropConnection`; the server does none of it.
 * It calls `world.counts.operation` for each request inside a `$batch`; `world.counts.request` is the server's to call.
 */
export type GraphSide = Side &
  Readonly<{
    /** Forgets users, items, subscriptions and undelivered notifications; switches are the control desk's to reset. */
    reset: () => void;
    addUser: (user: NewUser) => Readonly<{ userId: string }>;
    /** Users, items and subscriptions as plain data (maps and cycles among them), and the way back after a restart. */
    saved: () => unknown;
    restore: (saved: unknown) => void;
    /** Ends timers and deliveries. */
    close: () => Promise<void>;
    control: GraphControl;
  }>;
