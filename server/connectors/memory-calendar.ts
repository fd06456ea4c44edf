import type { Appointment, Attendee, AttendeeResponse, Participant } from '../../shared/appointment.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import type { Ref } from '../core/snapshot.ts';
import type { Stamp } from './connector.ts';
import { withNamedExceptions } from './memory-fields.ts';
import type { MemoryRecord, MemoryRecords } from './memory-records.ts';

/** Who did it: the connector, or somebody in Outlook. */
type Actor = 'sync' | 'person';

/** A mail Exchange sends to guests. `says` is what they can see of the meeting. */
export type MemoryMail = Readonly<{
  by: Actor;
  kind: 'invitation' | 'update' | 'cancellation';
  uid: string;
  to: readonly string[];
  says: string;
}>;

export type Mailbox = Readonly<{ personId: string; address: string }>;

type NewEvent = Readonly<{
  mailbox: Mailbox;
  item: Appointment;
  isMarked: boolean;
  stamp: Stamp | null;
}>;

/** The calendars of all mailboxes: what is done to a meeting in one of them shows in the others, as Exchange has it. */
export type MemoryCalendar = Readonly<{
  /** Puts an event into its organizer's calendar and invites whoever is on it. */
  make: (event: NewEvent, by: Actor) => MemoryRecord;
  /** The organizer's change goes to all guests; a guest changes no more than what everybody may of a copy. */
  change: (ref: Ref, to: Readonly<{ item: Appointment; isMarked?: boolean }>, by: Actor) => MemoryRecord;
  /** The organizer's deletion calls the meeting off; a guest's is nobody's business. */
  delete: (ref: Ref, by: Actor) => void;
  /** A guest answers; who declines has no copy any more. */
  respond: (ref: Ref, mailbox: Mailbox, response: AttendeeResponse) => void;
  /** Somebody without a mailbox here invites; answers the meeting's iCalUId. */
  receive: (item: Appointment) => string;
  outbox: () => readonly MemoryMail[];
}>;

type Calendars = Readonly<{
  records: MemoryRecords;
  personAt: (address: string) => string | null;
  send: (mail: MemoryMail) => void;
}>;

/** `personAt` names the person whose mailbox has that address, `null` for everybody else. */
export function createMemoryCalendar(
  records: MemoryRecords,
  personAt: (address: string) => string | null,
): MemoryCalendar {
  const outbox: MemoryMail[] = [];
  let made = 0;
  const nextUid = () => `uid-${(made += 1)}`;
  const calendars: Calendars = {
    records,
    personAt,
    send: (mail) => void (mail.to.length > 0 && outbox.push(mail)),
  };
  return {
    make: (event, by) => make(calendars, { ...event, uid: nextUid() }, by),
    change: (ref, to, by) => change(calendars, eventAt(records, ref), { ...to, by }),
    delete: (ref, by) => callOff(calendars, eventAt(records, ref), by),
    respond: (ref, mailbox, response) => respond(calendars, eventAt(records, ref), { mailbox, response }),
    receive: (item) => {
      const uid = nextUid();
      deliver(calendars, { uid, item: asInvited(item), to: item.attendees });
      return uid;
    },
    outbox: () => outbox,
  };
}

/** A record of somebody's calendar. */
type Event = MemoryRecord & Readonly<{ item: Appointment }>;

function isEvent(record: MemoryRecord | null): record is Event {
  return record !== null && isAppointment(record.item);
}

function eventAt(records: MemoryRecords, ref: Ref): Event {
  const record = records.get(ref);
  if (!isEvent(record)) throw new Error(`There is no event ${ref}.`);
  return record;
}

function make(
  calendars: Calendars,
  { mailbox, item, isMarked, stamp, uid }: NewEvent & Readonly<{ uid: string }>,
  by: Actor,
): MemoryRecord {
  const organizer: Participant = { address: mailbox.address, name: null, login: null };
  const copy = {
    isOrganizer: true,
    isOnlineMeeting: item.copy?.isOnlineMeeting === true,
    isCancelled: false,
  };
  const own = withNamedExceptions({
    ...item,
    organizer,
    attendees: guestsOf(item.attendees, organizer),
    copy,
  });
  const { personId } = mailbox;
  const record = calendars.records.add({
    item: own,
    kind: 'appointment',
    personId,
    isMarked,
    ...nobody,
    stamp,
    uid,
  });
  calendars.send({ by, kind: 'invitation', uid, to: addressesOf(own.attendees), says: visible(own) });
  deliver(calendars, { uid, item: asInvited(own), to: own.attendees });
  return record;
}

const nobody = { members: [], team: [] };

/** Everybody but the organizer, once, by address, under no login: Exchange knows none. */
function guestsOf(attendees: readonly Attendee[], organizer: Participant | null): readonly Attendee[] {
  const byAddress = new Map<string, Attendee>();
  for (const attendee of attendees) {
    const address = attendee.address.toLowerCase();
    if (address === organizer?.address || byAddress.has(address)) continue;
    byAddress.set(address, { ...attendee, address, login: null });
  }
  return [...byAddress.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
}

function addressesOf(attendees: readonly Attendee[]): readonly string[] {
  return attendees.filter(({ response }) => response !== 'declined').map(({ address }) => address);
}

/** The meeting as it comes into a guest's calendar: without what the organizer keeps for the own copy. */
function asInvited(item: Appointment): Appointment {
  const attendees = guestsOf(item.attendees, item.organizer);
  const isOnlineMeeting = item.copy?.isOnlineMeeting === true;
  const copy = { isOrganizer: false, isOnlineMeeting, isCancelled: false };
  return { ...item, attendees, categories: [], showAs: 'tentative', reminderMinutesBeforeStart: 15, copy };
}

type Delivery = Readonly<{ uid: string; item: Appointment; to: readonly Attendee[] }>;

function deliver({ records, personAt }: Calendars, { uid, item, to }: Delivery): void {
  for (const address of addressesOf(to)) {
    const personId = personAt(address);
    const isThere = records.all().some((record) => record.uid === uid && record.personId === personId);
    if (personId === null || isThere) continue;
    records.add({ item, kind: 'appointment', personId, isMarked: false, ...nobody, stamp: null, uid });
  }
}

type Changing = Readonly<{ item: Appointment; isMarked?: boolean; by: Actor }>;

function change(
  calendars: Calendars,
  event: Event,
  { item, isMarked = event.isMarked, by }: Changing,
): MemoryRecord {
  const { records } = calendars;
  if (event.item.copy?.isOrganizer === false)
    return records.put(event.ref, { item: withOwnWords(event.item, item), isMarked });
  const attendees = guestsOf(item.attendees, event.item.organizer);
  const { organizer, copy } = event.item;
  const after = withNamedExceptions({ ...item, organizer, attendees, copy });
  const record = records.put(event.ref, { item: after, isMarked });
  tellGuests(calendars, { uid: event.uid ?? '', before: event.item, after, by });
  return record;
}

/** What everybody may change of a copy; the rest is the organizer's. */
function withOwnWords(copy: Appointment, item: Appointment): Appointment {
  const { categories, showAs, reminderMinutesBeforeStart, isPrivate } = item;
  return { ...copy, categories, showAs, reminderMinutesBeforeStart, isPrivate };
}

type Telling = Readonly<{ uid: string; before: Appointment; after: Appointment; by: Actor }>;

/** Mails those who come and go, and all others only about what they can see. */
function tellGuests(calendars: Calendars, { uid, before, after, by }: Telling): void {
  const here = new Set(after.attendees.map(({ address }) => address));
  const had = new Set(before.attendees.map(({ address }) => address));
  const left = before.attendees.filter(({ address }) => !here.has(address));
  const joined = after.attendees.filter(({ address }) => !had.has(address));
  const stay = after.attendees.filter(({ address }) => had.has(address));
  const says = visible(after);
  calendars.send({ by, kind: 'cancellation', uid, to: addressesOf(left), says });
  withdraw(calendars, uid, left);
  calendars.send({ by, kind: 'invitation', uid, to: addressesOf(joined), says });
  deliver(calendars, { uid, item: asInvited(after), to: joined });
  if (says === visible(before)) return;
  calendars.send({ by, kind: 'update', uid, to: addressesOf(stay), says });
  for (const copy of copiesOf(calendars, uid))
    calendars.records.put(copy.ref, { item: withOwnWords(asInvited(after), copy.item) });
}

function copiesOf({ records }: Calendars, uid: string): readonly Event[] {
  return records
    .all()
    .flatMap((record) => (isEvent(record) && record.uid === uid && isGuests(record.item) ? [record] : []));
}

function isGuests(item: Item): boolean {
  return isAppointment(item) && item.copy?.isOrganizer === false;
}

function withdraw(calendars: Calendars, uid: string, guests: readonly Attendee[]): void {
  const people = new Set(guests.map(({ address }) => calendars.personAt(address)));
  for (const { ref, personId } of copiesOf(calendars, uid))
    if (people.has(personId)) calendars.records.delete(ref);
}

function callOff(calendars: Calendars, { ref, uid, item }: Event, by: Actor): void {
  calendars.records.delete(ref);
  if (uid === null || isGuests(item)) return;
  calendars.send({ by, kind: 'cancellation', uid, to: addressesOf(item.attendees), says: visible(item) });
  for (const copy of copiesOf(calendars, uid)) calendars.records.delete(copy.ref);
}

type Answer = Readonly<{ mailbox: Mailbox; response: AttendeeResponse }>;

/** The organizer's copy tracks the answers; a guest's shows the own. */
function respond({ records }: Calendars, { ref, uid, item }: Event, { mailbox, response }: Answer): void {
  const answered = (one: Appointment): Appointment => ({
    ...one,
    attendees: one.attendees.map((guest) =>
      guest.address === mailbox.address ? { ...guest, response } : guest,
    ),
  });
  const own = records
    .all()
    .find((record) => record.uid === uid && record.ref !== ref && !isGuests(record.item));
  if (own && isEvent(own)) records.put(own.ref, { item: answered(own.item) });
  if (response === 'declined') records.delete(ref);
  else
    records.put(ref, { item: { ...answered(item), showAs: response === 'accepted' ? 'busy' : 'tentative' } });
}

/** What guests can see of a meeting. */
function visible(item: Appointment): string {
  const { subject, body, location, timeSlot, importance, recurrence, exceptions } = item;
  return JSON.stringify([subject, body, location, timeSlot, importance, recurrence, exceptions]);
}
