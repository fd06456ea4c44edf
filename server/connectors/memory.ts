import { contactFields, type Contact } from '../../shared/contact.ts';
import type { Side } from '../../shared/domain.ts';
import type { Item, Ref } from '../core/snapshot.ts';
import type { FieldName, FieldNote } from '../core/step.ts';
import type {
  CensusAnswer,
  CensusRequest,
  ChangeAnswer,
  ChangeRequest,
  ChangeRow,
  Connector,
  CreateRequest,
  Employee,
  Failure,
  FindAnswer,
  FindRequest,
  Look,
  ReadRequest,
  RemoveRequest,
  SiebelConnector,
  UpdateRequest,
  WriteAnswer,
} from './connector.ts';
import { createMemoryRecords, isWithin, sightingOf, type MemoryRecords } from './memory-records.ts';

/** What a test makes go wrong. `lost`: the write is carried out and its answer does not arrive. */
type Mishap = Failure | 'lost' | null;

type MemoryVerb = 'changes' | 'read' | 'find' | 'create' | 'update' | 'remove' | 'census';

export type MemoryOptions = Readonly<{
  side: Side;
  /** What the side makes of an item it is given: trimmed, cut, rewritten. */
  lossy?: (item: Item) => Item;
  holds?: (field: FieldName) => boolean;
  /** Asked once for every request. */
  mishap?: (verb: MemoryVerb, index: number) => Mishap;
  employees?: readonly Employee[];
}>;

export type MemorySide = Readonly<{
  connector: Connector & Pick<SiebelConnector, 'census' | 'employees' | 'everyEmployee' | 'unknownFields'>;
  /** What lies on the side, for the people of a test to change. */
  records: MemoryRecords;
}>;

type Store = Readonly<{ options: MemoryOptions; records: MemoryRecords }>;

/**
 * A side without a network, for simulation and for the contract suite. It keeps every rule of the port: it writes only
 * over the version seen, answers what it stored, never forgets a stamp, and, like Siebel, tells nothing of deletions and
 * lists in its feed when it plays Siebel.
 */
export function createMemorySide(options: MemoryOptions): MemorySide {
  const records = createMemoryRecords(options.side === 'siebel' ? 'Contact/1-' : 'AAMk');
  const side = { options, records };
  return {
    records,
    connector: {
      side: options.side,
      holds: options.holds ?? (() => true),
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
    },
  };
}

function changesOf(side: Store, { holder, cursor }: ChangeRequest, index: number): ChangeAnswer {
  const failure = failureIn(side, 'changes', index);
  if (failure !== null) return { answer: 'failed', failure };
  const isSiebel = side.options.side === 'siebel';
  const events = side.records.events();
  const next = String(events.length);
  const mine = events
    .slice(cursor === null ? 0 : Number(cursor))
    .filter(({ personId, isGone }) => (isSiebel ? !isGone : personId === holder?.personId));
  // A first round of Siebel says only where to go on from; its census says what there is.
  const refs = isSiebel && cursor === null ? [] : [...new Set(mine.map(({ ref }) => ref))];
  const rows = refs.flatMap((ref): readonly ChangeRow[] => {
    const record = side.records.get(ref);
    if (record === null) return isSiebel || cursor === null ? [] : [{ change: 'gone', ref } as const];
    if (record.isHidden || (isSiebel && record.members.length === 0)) return [];
    const sighting = sightingOf(record);
    const { version, isMarked } = sighting;
    return [{ change: 'seen', ref, version, isMarked, sighting } as const];
  });
  return { answer: 'changes', rows, next, isWhole: cursor === null && !isSiebel };
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
  const fits = visible.filter((record) => {
    if (request.by === 'stamp') return record.stamp === request.stamp;
    const isVisible =
      request.scope === 'all' || record.personId !== null || record.team.includes(request.holder.login);
    return isVisible && isAlike(record.item, request.item);
  });
  return { answer: 'found', sightings: fits.map(sightingOf) };
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

function created(side: Store, request: CreateRequest, index: number): WriteAnswer {
  const mishap = side.options.mishap?.('create', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const { holder, stamp, kind, item } = request;
  const isSiebel = side.options.side === 'siebel';
  const record = side.records.add({
    item: stored(side, item),
    kind,
    personId: isSiebel ? null : holder.personId,
    isMarked: true,
    members: isSiebel ? [holder.login] : [],
    team: isSiebel ? [holder.login] : [],
    stamp,
  });
  return mishap === 'lost' ? lost : done(side, record.ref, { given: item, fields: null });
}

function updated(side: Store, request: UpdateRequest, index: number): WriteAnswer {
  const mishap = side.options.mishap?.('update', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const { ref, holder, version, fields, item, mark, kind, list } = request;
  const record = side.records.get(ref);
  if (record === null || record.isHidden || !isWithin(record, holder)) return { outcome: 'gone' };
  if (record.version !== version) return { outcome: 'stale' };
  const dropped = new Set(list.drop.map(({ login }) => login));
  const members = [
    ...new Set([
      ...record.members.filter((login) => !dropped.has(login)),
      ...list.add.map(({ login }) => login),
    ]),
  ].sort();
  const isListOnly = fields.length === 0 && mark === null;
  side.records.put(
    ref,
    {
      item: stored(side, patched(record.item, item, fields)),
      members,
      kind,
      isMarked: mark ?? record.isMarked,
    },
    isListOnly && side.options.side === 'siebel',
  );
  return mishap === 'lost' ? lost : done(side, ref, { given: item, fields });
}

function removed(side: Store, { ref, holder, version, how }: RemoveRequest, index: number): WriteAnswer {
  const mishap = side.options.mishap?.('remove', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const record = side.records.get(ref);
  if (record === null || !isWithin(record, holder)) return { outcome: 'gone' };
  if (record.version !== version && side.options.side === 'exchange') return { outcome: 'stale' };
  if (how === 'delete') side.records.delete(ref);
  if (how === 'unmark') side.records.put(ref, { isMarked: false });
  if (how === 'unlist')
    side.records.put(ref, { members: record.members.filter((login) => login !== holder?.login) }, true);
  return mishap === 'lost' ? lost : { outcome: 'done', now: null, notes: [] };
}

const pageSize = 100;

function censusOf(side: Store, { login, kind, offset }: CensusRequest, index: number): CensusAnswer {
  const failure = failureIn(side, 'census', index);
  if (failure !== null) return { answer: 'failed', failure };
  const listed = side.records
    .all()
    .filter(
      (record) =>
        (login === null ? record.members.length > 0 : record.members.includes(login)) &&
        (record.kind === 'employee') === (kind === 'employee'),
    )
    .sort((one, other) => (one.ref < other.ref ? -1 : 1));
  return {
    answer: 'page',
    total: listed.length,
    sightings: listed.slice(offset, offset + pageSize).map(sightingOf),
  };
}

function done(
  side: Store,
  ref: Ref,
  { given, fields }: Readonly<{ given: Contact; fields: readonly FieldName[] | null }>,
): WriteAnswer {
  const record = side.records.get(ref);
  if (record === null) return { outcome: 'gone' };
  const notes = (fields ?? contactFields)
    .filter((field) => JSON.stringify(valueAt(record.item, field)) !== JSON.stringify(valueAt(given, field)))
    .map((field): FieldNote => ({
      field,
      what: 'shortened',
      reason: 'This side stores less than it was given.',
    }));
  return { outcome: 'done', now: sightingOf(record), notes };
}

function stored({ options }: Store, item: Contact): Contact {
  return options.lossy?.(item) ?? item;
}

function patched(before: Contact, item: Contact, fields: readonly FieldName[]): Contact {
  const own = fields.filter((field) => !isCustom(field)).map((field) => [field, valueAt(item, field)]);
  const custom = fields.filter(isCustom).map((field) => [customName(field), valueAt(item, field)]);
  return {
    ...before,
    ...Object.fromEntries(own),
    custom: { ...before.custom, ...Object.fromEntries(custom) },
  };
}

function valueAt(item: Contact, field: FieldName): unknown {
  return isCustom(field) ? (item.custom[customName(field)] ?? null) : item[field];
}

function isCustom(field: FieldName): field is `custom.${string}` {
  return field.startsWith('custom.');
}

function customName(field: `custom.${string}`): string {
  return field.slice('custom.'.length);
}

function folded(text: string | null): string {
  return (text ?? '').trim().toLowerCase();
}

function failureIn(side: Store, verb: MemoryVerb, index: number): Failure | null {
  const mishap = side.options.mishap?.(verb, index) ?? null;
  return mishap === 'lost' ? answerLost : mishap;
}

function unreachable({ reason, retryAfterMs, reach }: Failure): WriteAnswer {
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

const answerLost: Failure = {
  kind: 'unreachable',
  reach: 'item',
  reason: 'The answer was lost.',
  retryAfterMs: null,
};
const lost = unreachable(answerLost);
