import type { ColumnType, Generated } from 'kysely';
import type { Both, Domain, Side } from '../../shared/domain.ts';
import type { Item, ItemField, ItemKind } from '../../shared/item.ts';
import type { Level, Policy } from '../../shared/policy.ts';
import type { Reason } from '../../shared/reason.ts';
import type { FieldValue } from '../core/plan.ts';
import type { Absence, Ref, Version } from '../core/snapshot.ts';
import type { FieldNote } from '../core/step.ts';

/** The tables, as Kysely sees them. Instants are ISO strings in UTC; the driver neither makes nor takes a `Date`. */
export type Tables = {
  person: PersonTable;
  siebel_record: SiebelRecordTable;
  link: LinkTable;
  snapshot: SnapshotTable;
  cue: CueTable;
  cursor: CursorTable;
  journal: JournalTable;
  policy: PolicyTable;
  question: QuestionTable;
  parked: ParkedTable;
  subscription: SubscriptionTable;
};

type Json<T> = ColumnType<T, string, string>;
type Instant = string;

/** `new` has not been looked at; `held` waits for an administrator; `failing` says why in `error`. */
export type PersonState = 'new' | 'loading' | 'inStep' | 'held' | 'failing' | 'disabled' | 'removed';

/** A mailbox and the Siebel login it belongs to: SSSE's user map. */
export type PersonTable = {
  id: string;
  mailbox: string;
  siebel_login: string;
  enabled: boolean;
  language: string;
  /** Inclusive date in the person's zone; null means everything. */
  extract_from: string | null;
  /** Levels an administrator set for this person; they beat a group's and may not exceed the domain's. */
  levels: Json<Partial<Record<Domain, Level>>>;
  user_id: string | null;
  employee_id: string | null;
  time_zone: string | null;
  /** Every address mail to the mailbox may carry, lower case. */
  addresses: ColumnType<readonly string[], readonly string[] | undefined, readonly string[]>;
  positions: Json<readonly { id: string; name: string; organization: string | null }[]>;
  state: PersonState;
  error: string | null;
  /** Until then this mailbox is left alone (throttling, back-off). */
  retry_at: Instant | null;
  last_synced_at: Instant | null;
  /** When the last of the domains that are on had been loaded for the first time. */
  first_loaded_at: Instant | null;
  /** Up to when Siebel's lists were read as each domain was loaded for the first time, by the database's clock. */
  loaded: ColumnType<Readonly<Partial<Record<Domain, Instant>>>, string | undefined, string>;
  /** Outlook items the first load left alone, by domain and reason. */
  skipped: ColumnType<
    Readonly<Partial<Record<Domain, Readonly<Record<string, number>>>>>,
    string | undefined,
    string
  >;
  created_at: Instant;
};

/** One thing in Siebel. Links point here, not to a row id, so that a re-created record carries its Links along. */
export type SiebelRecordTable = {
  id: string;
  domain: Domain;
  kind: ItemKind;
  ref: Ref | null;
  version: Version | null;
  /** Our Integration Id for records we create. */
  stamp: string;
  /** The iCalUId of the meeting: the same in every mailbox it lies in. */
  uid: string | null;
  /** Set and committed before a create is sent: a later turn looks for the stamp before it creates again. */
  create_started_at: Instant | null;
  /** When a turn last kept the record, by the clock of the database: what was seen before then is out of date. */
  kept_at: Instant | null;
  /** When Siebel is to be given the next occurrences of a series it cannot repeat by itself. */
  roll_at: Instant | null;
  created_at: Instant;
};

/** `mark`, `unmark`: the button, and an administrator who wants removed items back. `revert`: edits are to be undone. */
export type Wish = 'mark' | 'unmark' | 'revert';

/** What the brake holds back. */
export type Braked = 'deletions' | 'creates' | 'updates' | 'mails';

/** What holds a record and a mailbox together, and what both sides last agreed on. */
export type LinkTable = {
  id: string;
  record_id: string;
  person_id: string;
  domain: Domain;
  /** `asked`: its owner marked the item, and no sweep has matched it with Siebel yet. */
  state: 'open' | 'closed' | 'asked';
  closed_why: string | null;
  /** Graph's immutable id; null until the copy exists. */
  ref: Ref | null;
  version: Version | null;
  /** The copy's own iCalUId: another one than the record's where we made the copy ourselves for a guest. */
  uid: string | null;
  /** The base: a hash into `snapshot` for each side, or why there is nothing. */
  siebel_hash: string | null;
  siebel_absent: Absence | null;
  exchange_hash: string | null;
  exchange_absent: Absence | null;
  /** A feed reported the Outlook copy as changed or gone: read it before deciding. */
  needs_look: boolean;
  /** The person is on the record's Sync List as far as we know. */
  is_listed: boolean;
  /** The person's position was on the record's team when the link was last settled. */
  was_on_team: boolean;
  /** Opened by a first load: nothing that is done about it may mail anybody. */
  is_silent: boolean;
  /** The person once took the meeting out of the calendar: Exchange does not bring it again by itself. */
  has_left: boolean;
  /** What the person pressed or an administrator decided, until it is done. */
  wish: Wish | null;
  /** What of this Link waits for an administrator's word. */
  held: Braked | null;
  /** Answers to questions, by field. */
  decisions: Json<Partial<Record<ItemField, Side>>>;
  notes: Json<readonly FieldNote[]>;
  /** One sentence: why the item is in the state it is in. */
  why: string | null;
  /** The same as codes, for other languages. */
  reasons: Json<readonly Reason[] | null>;
  create_started_at: Instant | null;
  /** What both sides were to hold after a create whose answer is still out: the base, should the create be found done. */
  begun: Json<Both<Item> | null>;
  settled_at: Instant | null;
  created_at: Instant;
};

/** Contents, shared by all Links of a record that agree on them. */
type SnapshotTable = { record_id: string; hash: string; item: Json<Item> };

export type CueKind = 'mailbox' | 'siebel' | 'turn';
export type CueCause =
  | 'start'
  | 'poll'
  | 'notification'
  | 'request'
  | 'change'
  | 'retry'
  | 'mark'
  | 'answer'
  | 'policy';

/** "Look at this again": one row a mailbox, a feed or a record. Claimed with a lease and a fence. */
export type CueTable = {
  /** `mailbox:<person id>`, `siebel`, `turn:<record id>`. */
  key: string;
  kind: CueKind;
  person_id: string | null;
  record_id: string | null;
  bucket: number;
  due_at: Instant | null;
  lease_until: Instant | null;
  fence: ColumnType<string, number, number>;
  /** Raised by whoever wants a look; `done` follows when one has been taken. */
  dirty: ColumnType<string, number, number>;
  done: ColumnType<string, number, number>;
  failures: number;
  cause: CueCause;
  /** When somebody last asked for a look, by the database's clock. */
  asked_at: Instant | null;
  /** Why nothing will be tried until somebody acts; null unless parked. */
  parked_reason: string | null;
};

type CursorTable = { person_id: string; domain: Domain; feed: string; value: string; updated_at: Instant };

/** Everything that was done, and all that is needed to decide it again. */
export type JournalTable = {
  id: Generated<string>;
  at: Instant;
  person_id: string | null;
  record_id: string;
  link_id: string | null;
  domain: Domain;
  siebel_ref: string | null;
  exchange_ref: string | null;
  cause: string;
  verdict: string;
  /** `siebel create`, `exchange update` …; several separated by commas. */
  step: string;
  why: string;
  reasons: Json<readonly Reason[] | null>;
  before: Json<Readonly<Record<string, FieldValue>> | null>;
  after: Json<Readonly<Record<string, FieldValue>> | null>;
  lost: Json<readonly { field: string; side: Side; value: FieldValue }[]>;
  wrote_siebel: number;
  wrote_exchange: number;
  /** Base, seen, rules, plan and outcomes: `reconcile` on it gives the same plan (L11). */
  replay: Json<unknown>;
};

type PolicyTable = { version: Generated<number>; document: Json<Policy>; at: Instant; by: string };

/** A conflict or a doubtful match a person is asked about. */
export type QuestionTable = {
  id: string;
  kind: 'conflict' | 'match';
  person_id: string;
  record_id: string | null;
  link_id: string | null;
  domain: Domain;
  exchange_ref: string | null;
  /** Conflict: the fields with both values. Match: empty. */
  fields: Json<readonly { field: string; siebel: FieldValue; exchange: FieldValue }[]>;
  /** Match: the Siebel records it could be, with what people tell them apart by. */
  candidates: Json<readonly { ref: string; label: string; detail: string }[]>;
  label: string;
  status: 'open' | 'answered' | 'void';
  answer: Json<unknown>;
  asked_at: Instant;
  answered_at: Instant | null;
};

/** Items and mailboxes that need attention. `brake`: held for an administrator; `refused`: a side will not take it. */
export type ParkedTable = {
  id: string;
  kind: 'refused' | 'brake' | 'failing';
  person_id: string | null;
  record_id: string | null;
  link_id: string | null;
  domain: Domain;
  item: string | null;
  /** `brake` only: what is held. */
  what: Braked | 'listing' | null;
  planned: number | null;
  total: number | null;
  reason: string;
  status: 'open' | 'approved' | 'rejected' | 'resolved';
  since: Instant;
  resolved_at: Instant | null;
};

export type SubscriptionTable = {
  person_id: string;
  domain: Domain;
  subscription_id: string;
  /** Compared in constant time with what a notification carries. */
  client_state: string;
  expires_at: Instant;
  renew_at: Instant;
};
