import type { TimeSlot } from '../../shared/appointment.ts';
import type { Brand, Domain, Side } from '../../shared/domain.ts';
import type { TimeAsked } from '../../shared/time-asked.ts';
import type { ItemKind } from '../../shared/item.ts';
import type { Item, Ref, Version } from '../core/snapshot.ts';
import type { CategoryColour, Employee, Login, MailboxUser } from './directory.ts';
import type { FieldName, FieldNote, Outcome, Reach, Removal } from '../core/step.ts';

/**
 * The port: everything the engine may ask of a side.
 *
 * Glossary. A **Holder** is a person whose mailbox is kept in step, with what a connector must know to act for them.
 * A **Ref** names an item on its side, a **Version** changes whenever the item may have. A **Sighting** is one item as it
 * stands. A **Stamp** is our own mark on an item we create, by which it is found again when the answer was lost.
 * A **Member** is a person on a Siebel record's Sync List, a **Team** the people whose position may see it.
 *
 * Rules every connector keeps (its contract suite, `test/connectors/contract.ts`, checks them):
 * verbs take and return many, answers in the order of the questions; nothing of the world's failures is thrown, they are
 * values; a write carries the version seen and answers `stale` rather than overwriting, as far as the side can tell;
 * what a write answers is what a fresh read gives (L7); a create carries its stamp (L8); one bad item spoils no other.
 */
export type Stamp = Brand<string, 'Stamp'>;

export type Holder = Readonly<{
  /** Our id of the person. */
  personId: string;
  /** SMTP address, lower case. */
  mailbox: string;
  /** Graph's object id of the user; addresses with odd characters break paths, ids never do. */
  userId: string;
  login: Login;
  /** Row id of the Siebel employee. */
  employeeId: string;
  /** IANA zone of the mailbox, in which its days begin. */
  timeZone: string;
  marks: Readonly<Record<Domain, Marks>>;
}>;

/** The names by which categories carry the mark in a mailbox; compared ignoring case. Only contacts have employees. */
export type Marks = Readonly<{ write: string; accept: readonly string[]; employee: string | null }>;

export type Sighting = Readonly<{
  ref: Ref;
  version: Version;
  item: Item;
  kind: ItemKind;
  /** Exchange: carries the domain's category (or the employee one). Siebel: always true. */
  isMarked: boolean;
  /**
   * Siebel: logins of the people the record is for: those on a contact's Sync List, an appointment's owner and employees, a
   * task's owner. Exchange: empty.
   */
  members: readonly Login[];
  /** Siebel: logins whose position is on the contact's team; of activities the members. Exchange: empty. */
  team: readonly Login[];
  /** Exchange: our stamp, if the read was asked for it. Siebel: the Integration Id. */
  stamp: Stamp | null;
  /** Exchange: the iCalUId of an event, one and the same in all mailboxes a meeting lies in. Everything else: `null`. */
  uid: string | null;
}>;

/** What a look at one ref found. `deleted`: proven gone. `outOfReach`: hidden or moved, nothing is proven. */
export type Look =
  | Readonly<{ look: 'found'; sighting: Sighting }>
  | Readonly<{ look: 'missing'; why: 'deleted' | 'outOfReach' }>
  | Readonly<{ look: 'failed'; failure: Failure }>;

/** The world's failures, classified once, in `http.ts`, `siebel/errors.ts` and `graph/errors.ts`. */
export type Failure = Readonly<{
  kind:
    | 'throttled'
    | 'unreachable'
    | 'unauthorized'
    | 'misconfigured'
    | 'refused'
    | 'expired'
    | 'mailboxGone';
  reach: Reach;
  /** What, which, and what next, in one sentence without personal data. */
  reason: string;
  retryAfterMs: number | null;
}>;

export type ReadRequest = Readonly<{
  domain: Domain;
  holder: Holder | null;
  ref: Ref;
  /** What this side last held: Siebel keeps some series as activities of their own, which do not tell their rule. */
  known?: Item | null;
}>;

/** One row of a change feed. Rows are hints: the same item may come several times, in any order, with nothing changed. */
export type ChangeRow =
  | Readonly<{
      change: 'seen';
      ref: Ref;
      version: Version;
      isMarked: boolean;
      /** The e-mail addresses and name, for matching at first load, where the feed carries them. */
      sighting: Sighting | null;
    }>
  | Readonly<{ change: 'gone'; ref: Ref }>;

/**
 * `rows` is everything since `cursor`, `next` the cursor to store with the effects of the rows. `isWhole` says that the
 * rows list all that exists (a first round, or a new one after the cursor expired): what is known and not listed is a
 * candidate for removal, to be proven by a read. A cut-off round is a failure, never a short answer.
 */
export type ChangeAnswer =
  | Readonly<{ answer: 'changes'; rows: readonly ChangeRow[]; next: string; isWhole: boolean }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

/** `holder` is null for a feed that serves everybody (Siebel). */
export type ChangeRequest = Readonly<{
  domain: Domain;
  holder: Holder | null;
  feed: string;
  cursor: string | null;
}>;

/**
 * What may lead to an existing item: our stamp after a lost answer, what a first contact is recognised by (contacts only),
 * or the iCalUId of a meeting whose copy Exchange puts into the mailbox (Exchange only).
 */
export type FindRequest =
  | Readonly<{ by: 'stamp'; domain: Domain; holder: Holder; stamp: Stamp }>
  | Readonly<{ by: 'identity'; domain: 'contact'; holder: Holder; item: Item; scope: 'sales-rep' | 'all' }>
  | Readonly<{ by: 'uid'; domain: 'appointment'; holder: Holder; uid: string }>;

export type FindAnswer =
  | Readonly<{ answer: 'found'; sightings: readonly Sighting[] }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

export type CreateRequest = Readonly<{
  holder: Holder;
  stamp: Stamp;
  kind: ItemKind;
  item: Item;
  /** Siebel, appointments: who owns the activity where the organizer is no employee; `null`: it is refused. */
  ownerIfUnknown: Login | null;
  /** Exchange: one and the same for every try of this create, another one when the item is made anew later. */
  transactionId?: string;
}>;

export type UpdateRequest = Readonly<{
  holder: Holder | null;
  ref: Ref;
  version: Version;
  fields: readonly FieldName[];
  item: Item;
  before: Item;
  /** Exchange: put the mark on (true), take it off (false), leave it (null). */
  mark: boolean | null;
  kind: ItemKind;
  /** Siebel: people to put on and take off the record: its Sync List, an activity's employees. */
  list: Readonly<{ add: readonly Holder[]; drop: readonly Holder[] }>;
}>;

export type RemoveRequest = Readonly<{
  domain: Domain;
  holder: Holder | null;
  ref: Ref;
  version: Version;
  how: Removal;
}>;

/** `done` with the sighting a fresh read gives, `null` after a removal. */
export type WriteAnswer =
  | Readonly<{ outcome: 'done'; now: Sighting | null; notes: readonly FieldNote[] }>
  | Exclude<Outcome, { outcome: 'done' }>;

export type Connector = Readonly<{
  side: Side;
  /** The fields this side can store at all; a change of any other is not sent. */
  holds: (domain: Domain, field: FieldName) => boolean;
  changes: (requests: readonly ChangeRequest[]) => Promise<readonly ChangeAnswer[]>;
  read: (requests: readonly ReadRequest[]) => Promise<readonly Look[]>;
  find: (requests: readonly FindRequest[]) => Promise<readonly FindAnswer[]>;
  create: (requests: readonly CreateRequest[]) => Promise<readonly WriteAnswer[]>;
  update: (requests: readonly UpdateRequest[]) => Promise<readonly WriteAnswer[]>;
  remove: (requests: readonly RemoveRequest[]) => Promise<readonly WriteAnswer[]>;
}>;

/** Records in one page of a census. */
export const censusPage = 100;

/**
 * Siebel's answer to "who should hold what": one page of the records that are for a person (see `Sighting.members`), in the
 * order of their ids, with the number of all; with `login` null, of the records that are for anybody. Membership leaves no
 * trace in a record's `Updated`, so the engine turns these pages over. `kinds` are contacts, employees, or activities of
 * one kind or both, which Siebel lists together. `from`: activities that end (tasks: are due, or are open) on that day
 * (`YYYY-MM-DD`) or later; nothing for all.
 */
export type CensusRequest = Readonly<{
  login: Login | null;
  kinds: readonly CensusKind[];
  from: Readonly<Partial<Record<CensusKind, string>>>;
  offset: number;
}>;
export type CensusKind = 'contact' | 'employee' | 'appointment' | 'task';
export const censusKindOf = {
  business: 'contact',
  personal: 'contact',
  employee: 'employee',
  appointment: 'appointment',
  task: 'task',
} as const satisfies Record<ItemKind, CensusKind>;
export type CensusAnswer =
  | Readonly<{ answer: 'page'; total: number; sightings: readonly Sighting[] }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

export type SiebelConnector = Connector &
  Readonly<{
    /** Pages of 100. `total` counts all rows the login is listed on. */
    census: (requests: readonly CensusRequest[]) => Promise<readonly CensusAnswer[]>;
    /** Employees by login; `null` where there is none. */
    employees: (logins: readonly Login[]) => Promise<readonly (Employee | null)[] | Failure>;
    /** Every active employee, for `people import --from-siebel`. */
    everyEmployee: () => Promise<readonly Employee[] | Failure>;
    /** Which of these names, from the organisation's field map, are no fields of Siebel's contacts or activities. */
    unknownFields: (domain: Domain, names: readonly string[]) => Promise<readonly string[] | Failure>;
    /** The values of Siebel's activity types (`TODO_TYPE`), which Outlook categories may name. */
    activityTypes: () => Promise<readonly string[] | Failure>;
    probe: () => Promise<readonly Finding[]>;
  }>;

/** `comes`: of series that were asked for by what comes, when they come next, by ref. An item may come on two pages. */
export type BrowsedPage = Readonly<{
  sightings: readonly Sighting[];
  next: string | null;
  comes?: ReadonlyMap<Ref, TimeSlot>;
}>;

export type ExchangeConnector = Connector &
  Readonly<{
    /** Users by address, ignoring case; `null` where no mailbox answers. */
    mailboxes: (addresses: readonly string[]) => Promise<readonly (MailboxUser | null | Failure)[]>;
    /**
     * The change feeds a mailbox has in a domain: its contact folders (the default one first), its calendar, its task lists.
     * Naming those known saves a round trip.
     */
    feeds: (holder: Holder, domain: Domain, known: readonly string[]) => Promise<readonly string[] | Failure>;
    /** Makes sure the master categories that carry the mark exist; writes nothing when they do. */
    ensureCategories: (holders: readonly Holder[]) => Promise<readonly (Failure | null)[]>;
    /** The mailbox's own list of categories, by name. */
    categories: (holder: Holder) => Promise<readonly CategoryColour[] | Failure>;
    /** Ids as add-ins and users give them, as immutable ids; unknown ones come back unchanged. */
    immutableIds: (
      holder: Holder,
      domain: Domain,
      ids: readonly string[],
    ) => Promise<readonly string[] | Failure>;
    /**
     * A page of a mailbox's contacts by name, events by start, tasks by due date, for people to choose from; `search` looks in names and addresses. `next` is
     * where the page after goes on, opaque. `time` is for events alone; without it come all, what begins last first.
     */
    browse: (
      request: Readonly<{
        domain: Domain;
        holder: Holder;
        search: string | null;
        after: string | null;
        limit: number;
        time?: TimeAsked | null;
      }>,
    ) => Promise<BrowsedPage | Failure>;
    watch: Watch;
    probe: () => Promise<readonly Finding[]>;
  }>;

/** Domains of which Exchange tells changes by itself; To Do has no notifications for applications and is polled. */
export const watchedDomains = ['contact', 'appointment'] as const satisfies readonly Domain[];

/** Change notifications: one subscription a mailbox and domain, renewed at half its life. */
export type Watch = Readonly<{
  /** Creates or renews; answers when it expires. */
  keep: (
    requests: readonly Readonly<{
      domain: (typeof watchedDomains)[number];
      holder: Holder;
      subscriptionId: string | null;
      notificationUrl: string;
      lifecycleUrl: string;
      clientState: string;
      expiresAt: string;
    }>[],
  ) => Promise<readonly (Readonly<{ subscriptionId: string; expiresAt: string }> | Failure)[]>;
  drop: (subscriptionIds: readonly string[]) => Promise<void>;
}>;

/** One line of `doctor`: what was looked at, whether it is well, and what to do if not. */
export type Finding = Readonly<{
  check: string;
  status: 'ok' | 'warning' | 'failed';
  message: string;
  advice: string | null;
}>;
