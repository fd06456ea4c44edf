import type { Contact } from '../../shared/contact.ts';
import type { Domain, Side } from '../../shared/domain.ts';
import { domainOfKind, isContact, isTask, type Item } from '../../shared/item.ts';
import {
  censusKindOf,
  type CensusAnswer,
  type CensusRequest,
  type ChangeAnswer,
  type ChangeRequest,
  type ChangeRow,
  type Connector,
  type FindAnswer,
  type FindRequest,
  type Look,
  type ReadRequest,
  type SiebelConnector,
} from './connector.ts';
import { createMemoryCalendar, type MemoryCalendar } from './memory-calendar.ts';
import { holdsIn } from './memory-fields.ts';
import {
  createMemoryRecords,
  isWithin,
  sightingOf,
  type MemoryRecord,
  type MemoryRecords,
} from './memory-records.ts';
import { failureIn, folded, type MemoryOptions, type Store } from './memory-store.ts';
import { created, removed, updated } from './memory-writes.ts';

type MemoryConnector = Connector &
  Pick<SiebelConnector, 'census' | 'employees' | 'everyEmployee' | 'unknownFields' | 'activityTypes'>;

export type MemorySide = Readonly<{
  connector: MemoryConnector;
  /** What lies on the side, for the people of a test to change. */
  records: MemoryRecords;
  /** Exchange: where people make, change and answer meetings. */
  calendar: MemoryCalendar;
}>;

const prefixes = {
  siebel: { contact: 'Contact/1-', appointment: 'Action/1-', task: 'Action/1-' },
  exchange: { contact: 'AAMk', appointment: 'AAMkE', task: 'AAMkT' },
} as const satisfies Record<Side, Readonly<Record<Domain, string>>>;

/**
 * A side without a network, for simulation and for the contract suite. It keeps every rule of the port: it writes only
 * over the version seen, answers what it stored, never forgets a stamp, and, like Siebel, tells nothing of deletions and
 * lists in its feed when it plays Siebel. When it plays Exchange, meetings lie in the mailboxes of all their guests, and the
 * mails it would send are kept.
 */
export function createMemorySide(options: MemoryOptions): MemorySide {
  const records = createMemoryRecords(prefixes[options.side]);
  const calendar = createMemoryCalendar(records, options.personAt ?? (() => null));
  const holds = options.holds ?? holdsIn(options.side);
  const side = { options, records, calendar, holds };
  return {
    records,
    calendar,
    connector: {
      side: options.side,
      holds,
      changes: async (requests) => requests.map((request, index) => changesOf(side, request, index)),
      read: async (requests) => requests.map((request, index) => lookAt(side, request, index)),
      find: async (requests) => requests.map((request, index) => foundBy(side, request, index)),
      create: async (requests) => requests.map((request, index) => created(side, request, index)),
      update: async (requests) => requests.map((request, index) => updated(side, request, index)),
      remove: async (requests) => requests.map((request, index) => removed(side, request, index)),
      census: async (requests) => requests.map((request, index) => censusOf(side, request, index)),
      employees: async (logins) =>
        logins.map((login) => (options.employees ?? []).find((one) => one.login === login) ?? null),
      everyEmployee: async () => options.employees ?? [],
      unknownFields: async () => [],
      activityTypes: async () => ['Appointment', 'Call', 'To Do'],
    },
  };
}

function changesOf(
  side: Store,
  { domain, holder, feed, cursor }: ChangeRequest,
  index: number,
): ChangeAnswer {
  const failure = failureIn(side, 'changes', index);
  if (failure !== null) return { answer: 'failed', failure };
  const isSiebel = side.options.side === 'siebel';
  const events = side.records.events();
  const next = String(events.length);
  const mine = events
    .slice(cursor === null ? 0 : Number(cursor))
    .filter((event) => (isSiebel ? !event.isGone : event.personId === holder?.personId))
    .filter((event) => (isSiebel ? isInFeed(event.domain, domain) : event.domain === domain));
  // A first round of Siebel says only where to go on from; its census says what there is.
  const refs = isSiebel && cursor === null ? [] : [...new Set(mine.map(({ ref }) => ref))];
  const rows = refs.flatMap((ref): readonly ChangeRow[] => {
    const record = side.records.get(ref);
    if (record === null) return isSiebel || cursor === null ? [] : [{ change: 'gone', ref } as const];
    if (record.isHidden || (isSiebel && record.members.length === 0)) return [];
    if (isSiebel && (record.kind === 'employee') !== (feed === 'employees')) return [];
    const sighting = sightingOf(record);
    const { version, isMarked } = sighting;
    return [{ change: 'seen', ref, version, isMarked, sighting } as const];
  });
  return { answer: 'changes', rows, next, isWhole: cursor === null && !isSiebel };
}

/** Siebel tells of all activities in one feed. */
function isInFeed(domain: Domain, asked: Domain): boolean {
  return (domain === 'contact') === (asked === 'contact');
}

function lookAt(side: Store, { ref, holder }: ReadRequest, index: number): Look {
  const failure = failureIn(side, 'read', index);
  if (failure !== null) return { look: 'failed', failure };
  const record = side.records.get(ref);
  if (record === null || !isWithin(record, holder)) return { look: 'missing', why: 'deleted' };
  return record.isHidden
    ? { look: 'missing', why: 'outOfReach' }
    : { look: 'found', sighting: sightingOf(record) };
}

function foundBy(side: Store, request: FindRequest, index: number): FindAnswer {
  const failure = failureIn(side, 'find', index);
  if (failure !== null) return { answer: 'failed', failure };
  const visible = side.records.all().filter((record) => !record.isHidden && isWithin(record, request.holder));
  const fits = visible.filter((record) => isAskedFor(record, request));
  return { answer: 'found', sightings: fits.map(sightingOf) };
}

function isAskedFor(record: MemoryRecord, request: FindRequest): boolean {
  if (domainOfKind[record.kind] !== request.domain) return false;
  if (request.by === 'stamp') return record.stamp === request.stamp;
  if (request.by === 'uid') return record.uid === request.uid;
  const { item, scope, holder } = request;
  const isVisible = scope === 'all' || record.personId !== null || record.team.includes(holder.login);
  return isVisible && isContact(record.item) && isContact(item) && isAlike(record.item, item);
}

function isAlike(one: Contact, other: Contact): boolean {
  const emails = [one.email1, one.email2, one.email3].map(folded);
  const isMailed = [other.email1, other.email2, other.email3].some(
    (email) => email !== null && emails.includes(folded(email)),
  );
  const isNamed = other.firstName !== null && other.lastName !== null;
  return (
    isMailed ||
    (isNamed &&
      folded(one.firstName) === folded(other.firstName) &&
      folded(one.lastName) === folded(other.lastName))
  );
}

const pageSize = 100;

function censusOf(side: Store, { login, kinds, from, offset }: CensusRequest, index: number): CensusAnswer {
  const failure = failureIn(side, 'census', index);
  if (failure !== null) return { answer: 'failed', failure };
  const listed = side.records
    .all()
    .filter((record) => {
      const kind = censusKindOf[record.kind];
      const isTheirs = login === null ? record.members.length > 0 : record.members.includes(login);
      return isTheirs && kinds.includes(kind) && !isOverBefore(record.item, from[kind] ?? null);
    })
    .sort((one, other) => (one.ref < other.ref ? -1 : 1));
  return {
    answer: 'page',
    total: listed.length,
    sightings: listed.slice(offset, offset + pageSize).map(sightingOf),
  };
}

/** Series and open tasks are never over. */
function isOverBefore(item: Item, from: string | null): boolean {
  if (from === null || isContact(item)) return false;
  if (isTask(item)) return item.status === 'completed' && item.dueDate !== null && item.dueDate < from;
  return item.recurrence === null && item.timeSlot !== null && item.timeSlot.end.slice(0, 10) < from;
}
