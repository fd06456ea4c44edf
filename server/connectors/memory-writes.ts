import { domainOf, isAppointment, isContact, type Item } from '../../shared/item.ts';
import type { Ref } from '../core/snapshot.ts';
import type { FieldName } from '../core/step.ts';
import type { CreateRequest, RemoveRequest, UpdateRequest, WriteAnswer } from './connector.ts';
import { employeeFor, ownedBy, siebelsItem, type Directory } from './memory-activity.ts';
import { heldOf, notesOn, patched } from './memory-fields.ts';
import { isWithin, sightingOf, type MemoryRecord } from './memory-records.ts';
import { folded, lost, unreachable, type Store } from './memory-store.ts';

export function created(side: Store, request: CreateRequest, index: number): WriteAnswer {
  const mishap = side.options.mishap?.('create', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const made = side.options.side === 'siebel' ? madeInSiebel(side, request) : madeInExchange(side, request);
  if ('outcome' in made) return made;
  return mishap === 'lost' ? lost : done(side, made.ref, { given: request.item, fields: null });
}

function madeInSiebel(side: Store, { holder, stamp, kind, item, ownerIfUnknown }: CreateRequest) {
  const directory = directoryOf(side);
  const isOwned = !isAppointment(item) || (item.organizer !== null && employeeFor(item.organizer, directory));
  if (!isOwned && ownerIfUnknown === null) return noOwner;
  const owned = isAppointment(item) && !isOwned && ownerIfUnknown ? ownedBy(item, ownerIfUnknown) : item;
  const [members, team] = [[holder.login], [holder.login]];
  const own = { kind, personId: null, isMarked: true, members, team, stamp };
  return side.records.add({ ...own, item: stored(side, owned) });
}

const noOwner: WriteAnswer = {
  outcome: 'refused',
  reason: 'The organizer is no employee of Siebel’s, and the policy names nobody to own the meeting.',
  field: 'organizer',
};

function madeInExchange(side: Store, { holder, stamp, kind, item }: CreateRequest) {
  const { personId, mailbox: address } = holder;
  const kept = stored(side, item);
  if (!isAppointment(kept))
    return side.records.add({ item: kept, kind, personId, isMarked: true, members: [], team: [], stamp });
  if (kept.timeSlot === null) return noTime;
  return side.calendar.make({ mailbox: { personId, address }, item: kept, isMarked: true, stamp }, 'sync');
}

const noTime: WriteAnswer = {
  outcome: 'refused',
  reason: 'An appointment without a time has no place in a calendar.',
  field: 'timeSlot',
};

export function updated(side: Store, request: UpdateRequest, index: number): WriteAnswer {
  const mishap = side.options.mishap?.('update', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const { ref, holder, version, fields, item } = request;
  const record = side.records.get(ref);
  if (record === null || record.isHidden || !isWithin(record, holder)) return { outcome: 'gone' };
  if (record.version !== version) return { outcome: 'stale' };
  if (domainOf(record.item) !== domainOf(item)) throw new Error('An item of another domain was sent.');
  if (side.options.side === 'siebel') updateSiebel(side, record, request);
  else updateExchange(side, record, request);
  return mishap === 'lost' ? lost : done(side, ref, { given: item, fields });
}

/** Whoever is put on or taken off an appointment is an employee of it; of everything else there is a list. */
function updateSiebel(side: Store, record: MemoryRecord, request: UpdateRequest): void {
  const { fields, kind, list } = request;
  const dropped = new Set(list.drop.map(({ login }) => login));
  const stay = record.members.filter((login) => !dropped.has(login));
  const members = [...new Set([...stay, ...list.add.map(({ login }) => login)])].sort();
  const written = withOwner(patched(record.item, request), record.item, directoryOf(side));
  const item = stored(side, withPeople(written, list));
  side.records.put(record.ref, { item, members, kind }, fields.length === 0);
}

/** Nobody but an employee owns anything: else the owner stays. */
function withOwner(item: Item, before: Item, directory: Directory): Item {
  if (!isAppointment(item) || !isAppointment(before)) return item;
  const isKnown = item.organizer !== null && employeeFor(item.organizer, directory) !== null;
  return isKnown ? item : { ...item, organizer: before.organizer };
}

function withPeople(item: Item, { add, drop }: UpdateRequest['list']): Item {
  if (!isAppointment(item)) return item;
  const gone = new Set(drop.map(({ login }) => login.toUpperCase()));
  const stay = item.attendees.filter(({ login }) => login === null || !gone.has(login.toUpperCase()));
  const as = { name: null, type: 'required', response: 'none' } as const;
  const come = add.map(({ login, mailbox: address }) => ({ address, login, ...as }));
  return { ...item, attendees: [...stay, ...come] };
}

function updateExchange(
  { records, calendar, ...side }: Store,
  record: MemoryRecord,
  request: UpdateRequest,
): void {
  const { ref } = record;
  const isMarked = request.mark ?? record.isMarked;
  const kept = record.item;
  const fields = request.fields.filter((field) => isTakenFrom(kept, field));
  const item = stored({ records, calendar, ...side }, patched(kept, { ...request, fields }));
  if (!isAppointment(item)) records.put(ref, { item, isMarked, kind: request.kind });
  else if (isAppointment(request.item)) {
    // A change of the rule or the time throws the exceptions away; those that stay are written anew.
    const isRuled = fields.some((field) => field === 'timeSlot' || field === 'recurrence');
    const exceptions = isRuled ? request.item.exceptions : item.exceptions;
    calendar.change(ref, { item: { ...item, exceptions }, isMarked }, 'sync');
  }
}

/** The text of an online meeting holds the way into it and is left as it is; nobody becomes organizer by a write. */
function isTakenFrom(kept: Item, field: FieldName): boolean {
  return (
    !isAppointment(kept) ||
    (field !== 'organizer' && !(field === 'body' && kept.copy?.isOnlineMeeting === true))
  );
}

export function removed(
  side: Store,
  { ref, holder, version, how }: RemoveRequest,
  index: number,
): WriteAnswer {
  const mishap = side.options.mishap?.('remove', index) ?? null;
  if (mishap !== null && mishap !== 'lost') return unreachable(mishap);
  const record = side.records.get(ref);
  if (record === null || !isWithin(record, holder)) return { outcome: 'gone' };
  const isExchange = side.options.side === 'exchange';
  if (record.version !== version && isExchange) return { outcome: 'stale' };
  if (how === 'delete' && isExchange && isAppointment(record.item)) side.calendar.delete(ref, 'sync');
  else if (how === 'delete') side.records.delete(ref);
  if (how === 'unmark') side.records.put(ref, { isMarked: false });
  if (how === 'unlist' && holder !== null) {
    const members = record.members.filter((login) => login !== holder.login);
    side.records.put(ref, { item: withPeople(record.item, { add: [], drop: [holder] }), members }, true);
  }
  return mishap === 'lost' ? lost : { outcome: 'done', now: null, notes: [] };
}

function done(
  side: Store,
  ref: Ref,
  { given, fields }: Readonly<{ given: Item; fields: readonly FieldName[] | null }>,
): WriteAnswer {
  const record = side.records.get(ref);
  if (record === null) return { outcome: 'gone' };
  return { outcome: 'done', now: sightingOf(record), notes: notesOn(given, record.item, fields) };
}

function stored(side: Store, item: Item): Item {
  const held = heldOf(side.options.lossy?.(item) ?? item, side.holds);
  return side.options.side === 'siebel' ? siebelsItem(held, directoryOf(side)) : held;
}

function directoryOf({ options, records }: Store): Directory {
  const contacts = records
    .all()
    .flatMap(({ item }) => (isContact(item) ? [item.email1, item.email2, item.email3] : []));
  return {
    employees: options.employees ?? [],
    contacts: new Set(contacts.map(folded)),
    fansSeries: options.fansSeries === true,
  };
}
