import type { Both, Side } from '../../shared/domain.ts';
import type { ItemField, ItemKind } from '../../shared/item.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Holder, Look, Sighting, WriteAnswer } from '../connectors/connector.ts';
import type { MeetingContext } from '../core/meeting.ts';
import type { Conflict, FieldValue, Plan } from '../core/plan.ts';
import type { Item, Snapshot } from '../core/snapshot.ts';
import type { FieldName, FieldNote, Reach } from '../core/step.ts';
import type { Cue } from '../store/cues.ts';
import type { Braked } from '../store/schema.ts';
import type { LinkRow, RecordRow } from '../store/turns.ts';
import type { Person } from './people.ts';

/** A Link while it is being turned. */
export type LinkTurn = {
  readonly row: LinkRow;
  readonly person: Person;
  readonly kindOfRecord: ItemKind;
  /** Base at the start of the turn: what a removal is judged by. */
  before: Both<Snapshot>;
  base: Both<Snapshot>;
  /** The Outlook copy as read, or null where no feed reported a change and the base is as good. */
  look: Look | null;
  seen: Both<Snapshot>;
  plan: Plan | null;
  /** What was decided from what, for the side written first and for the other: the journal can decide it again. */
  passes: Partial<Record<Side, Pass>>;
  readonly did: Did[];
  conflicts: readonly Conflict[];
  readonly lost: { field: FieldName; side: Side; value: FieldValue }[];
  notes: readonly FieldNote[];
  /** The base says all that the Outlook copy holds, so it may stand for a look at it next time. */
  isWhole: boolean;
  end: LinkEnd;
};

/** A decision with all it was made from, beside the rules. */
export type Pass = Readonly<{
  base: Both<Snapshot>;
  seen: Both<Snapshot>;
  isKept: boolean;
  /** Of an appointment: what its rules depended on. */
  meeting: MeetingContext | null;
  decisions: Partial<Record<FieldName, Side>>;
  plan: Plan;
}>;

/** One thing done, for the journal. */
export type Did = Readonly<{
  side: Side;
  step: string;
  fields: readonly FieldName[];
  before: Item | null;
  after: Item | null;
}>;

/**
 * How a Link leaves the turn. `settled`: base and sides agree. `again`: look once more at once. `later`: after a while.
 * `parked`: until it or a rule changes. `held`: until an administrator decides. `closed`: no longer kept in step.
 */
type LinkEnd =
  | Readonly<{ end: 'settled' }>
  | Readonly<{ end: 'again' }>
  | Readonly<{ end: 'later'; reasons: readonly Reason[]; afterMs: number | null; reach: Reach }>
  | Readonly<{ end: 'parked'; reasons: readonly Reason[] }>
  | Readonly<{ end: 'held'; what: Braked }>
  | Readonly<{ end: 'closed'; why: string; carryAsPersonal: boolean }>;

/** What a record's Links together want of Siebel: at most one create, one update and one removal. */
export type SiebelWrite = {
  create: Readonly<{ holder: Holder; item: Item }> | null;
  fields: Set<ItemField>;
  add: Holder[];
  drop: Holder[];
  isRemoved: boolean;
};

/** A SiebelRecord while it is being turned, with all its Links. */
export type RecordTurn = {
  readonly cue: Cue;
  readonly record: RecordRow;
  kind: ItemKind;
  readonly links: LinkTurn[];
  siebel: Look | null;
  /** The sighting came from a poll a moment ago: good for Outlook, not for a write to Siebel. */
  isRemembered: boolean;
  /** Of an appointment: who the people on it are. */
  people: MeetingPeople | null;
  /** Siebel's activity types, where the policy lets Outlook's categories name them. */
  types: readonly string[] | null;
  /** Siebel's item with the changes of the Links decided so far. */
  item: Item | null;
  write: SiebelWrite;
  answer: WriteAnswer | null;
  /** Nothing could be decided: the side is out of reach. */
  deferred: Readonly<{ reason: string; afterMs: number | null }> | null;
};

/** `isLoaded`: what stood in the calendar at first is known. */
export type KnownPerson = Readonly<{ login: string; mailbox: string; isLoaded: boolean }>;

/** Who is who on a meeting. */
type MeetingPeople = Readonly<{
  /** People whose mailbox is kept in step, by every address of theirs, lower case, and by login, upper case. */
  known: ReadonlyMap<string, KnownPerson>;
  /** Logins, upper case, of those who took the meeting out of their own calendar. */
  departed: ReadonlySet<string>;
  now: Temporal.Instant;
}>;

export function siebelSighting(turn: RecordTurn): Sighting | null {
  return turn.siebel?.look === 'found' ? turn.siebel.sighting : null;
}

export function emptyWrite(): SiebelWrite {
  return { create: null, fields: new Set(), add: [], drop: [], isRemoved: false };
}

export function wantsSiebel(write: SiebelWrite): boolean {
  return (
    write.create !== null || write.isRemoved || write.fields.size + write.add.length + write.drop.length > 0
  );
}
