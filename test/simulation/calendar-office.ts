import type { Appointment, AttendeeResponse } from '../../shared/appointment.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import { occurrenceDates } from '../../shared/occurrences.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import {
  allDay,
  anAppointment,
  attendeesOf,
  colleague,
  firstDayOf,
  guest,
  slotAt,
  weekly,
} from '../support/appointments.ts';
import {
  eventIn,
  eventInOutlook,
  eventInSiebel,
  mailboxOf,
  named,
  titleOf,
} from '../support/memory-items.ts';
import type { MemoryWorld } from '../support/memory-world.ts';
import type { CalendarOffice } from './calendar-people.ts';
import { doTaskDeed } from './task-deeds.ts';
import type { Chance } from './random.ts';

export function calendarOfficeOf(
  world: MemoryWorld,
  chance: Chance,
  logins: readonly string[],
): CalendarOffice {
  const office: CalendarOffice = {
    world,
    chance,
    logins,
    lone: new Map(),
    moved: new Set(),
    split: new Set(),
    secrets: new Set(),
    kept: new Set(),
    old: new Set(),
    past: new Set(),
    made: 0,
  };
  for (let index = 0; index < 3; index += 1) makeInOutlook(office);
  for (let index = 0; index < 3; index += 1) makeInSiebel(office);
  receive(office);
  for (const record of [...world.sides.rows.siebel.all(), ...world.sides.rows.exchange.all()])
    office.old.add(titleOf(record));
  return office;
}

const deeds: readonly ((office: CalendarOffice) => void)[] = [
  ...Array.from({ length: 6 }, () => write),
  makeInOutlook,
  makeInOutlook,
  makeInSiebel,
  makeInSiebel,
  changeGuests,
  changeGuests,
  changeEmployees,
  changeEmployees,
  changeOccurrence,
  changeOccurrence,
  respond,
  respond,
  remove,
  hide,
  handOver,
  receive,
  doTaskDeed,
  doTaskDeed,
];

export function doSomethingInCalendars(office: CalendarOffice): void {
  office.chance.pick(deeds)(office);
}

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'] as const;

/** An appointment like no other; one in six was over before anybody was swept. */
function anything(office: CalendarOffice): Partial<Appointment> & Readonly<{ subject: string }> {
  const { chance } = office;
  const subject = `E${(office.made += 1)}.`;
  const isPast = chance.is(0.15);
  if (isPast) office.past.add(subject);
  const day = isPast ? '2025-11-05' : chance.pick(['2026-03-25', '2026-06-10', '2026-10-21']);
  const slot = chance.is(0.15)
    ? allDay(day, 1 + chance.below(2))
    : slotAt(`${day}T09:30:00`, { zone: chance.pick(zones) });
  const recurrence = !isPast && chance.is(0.25) ? weekly(['wednesday']) : null;
  return { subject, timeSlot: slot, recurrence };
}

function makeInOutlook(office: CalendarOffice): void {
  const { world, chance, logins } = office;
  const login = chance.pick(logins);
  const guests = logins.filter((one) => one !== login && chance.is(0.35)).map(colleague);
  const outsiders = chance.is(0.2) ? [guest('maria@customer.example')] : [];
  const isPrivate = chance.is(0.15);
  const event = { ...anything(office), attendees: attendeesOf([...guests, ...outsiders]), isPrivate };
  if (isPrivate) office.moved.add(event.subject);
  eventInOutlook(world, login, isPrivate ? { ...event, body: secretOf(office) } : event);
}

/** Whether Siebel itself keeps it private, with its words: for the owner alone it is no secret there. */
function isSiebelsOwn({ world, kept }: CalendarOffice, record: MemoryRecord): boolean {
  const all = world.sides.rows.siebel.all();
  const isThere = all.some((one) => titleOf(one) === titleOf(record) && one.item.isPrivate);
  return isThere || kept.has(titleOf(record));
}

function secretOf(office: CalendarOffice): string {
  const secret = `secret-${(office.made += 1)}.`;
  office.secrets.add(secret);
  return secret;
}

function makeInSiebel(office: CalendarOffice): void {
  const { world, chance, logins } = office;
  const owner = chance.pick(logins);
  const others = logins.filter((one) => one !== owner && chance.is(0.35));
  const isPrivate = chance.is(0.1);
  const event = anything(office);
  if (isPrivate) office.moved.add(event.subject);
  eventInSiebel(world, [owner, ...others], { ...event, isPrivate });
}

/** Somebody outside invites some of us. */
function receive(office: CalendarOffice): void {
  const { world, chance, logins } = office;
  const guests = logins.filter(() => chance.is(0.6)).map(colleague);
  const organizer = guest('oliver@partner.example');
  const { subject, ...event } = anything(office);
  office.moved.add(subject);
  world.sides.calendar.receive({
    ...anAppointment(),
    ...event,
    subject,
    organizer,
    attendees: attendeesOf(guests),
  });
}

type Anywhere = Readonly<{ side: 'siebel' | 'exchange'; record: MemoryRecord }>;

/** An appointment on one of the sides; of Outlook's, one that its mailbox may change. */
function anyEvent({ world, chance }: CalendarOffice): Anywhere | null {
  const side = chance.pick(['siebel', 'exchange'] as const);
  const all = world.sides.rows[side].all().filter(({ kind }) => kind === 'appointment');
  const own = all.filter((record) => eventIn(record).copy?.isOrganizer !== false);
  return own.length === 0 ? null : { side, record: chance.pick(own) };
}

function put({ world }: CalendarOffice, { side, record }: Anywhere, fields: Partial<Appointment>): void {
  const item = { ...eventIn(record), ...fields };
  if (side === 'siebel') world.sides.rows.siebel.put(record.ref, { item });
  else world.sides.calendar.change(record.ref, { item }, 'person');
}

const written = ['body', 'location'] as const;

function write(office: CalendarOffice): void {
  const one = anyEvent(office);
  if (one === null) return;
  const { isPrivate } = eventIn(one.record);
  const field = office.chance.pick(written);
  if (isPrivate && one.side === 'exchange' && !isSiebelsOwn(office, one.record))
    return put(office, one, { [field]: secretOf(office) });
  const key = `${titleOf(one.record)} ${field}`;
  const by = one.record.personId ?? 'siebel';
  const lone = office.lone.get(key);
  if (lone && lone.by !== by) return;
  const token = `token-${(office.made += 1)}.`;
  office.lone.set(key, { by, token });
  put(office, one, { [field]: token });
}

/** The organizer invites somebody, or takes somebody off. */
function changeGuests(office: CalendarOffice): void {
  const { chance, logins } = office;
  const one = anyEvent(office);
  if (one?.side !== 'exchange') return;
  const { attendees } = eventIn(one.record);
  const isFewer = attendees.length > 0 && chance.is(0.5);
  const more = attendeesOf([colleague(chance.pick(logins))]);
  office.moved.add(titleOf(one.record));
  // Whoever has a copy of ours may be invited by people all the same, and has two then.
  if (!isOwners(office, one.record) || !isFewer) office.split.add(titleOf(one.record));
  put(office, one, { attendees: isFewer ? attendees.slice(1) : [...attendees, ...more] });
}

function isOwners({ world, logins }: CalendarOffice, { item, personId }: MemoryRecord): boolean {
  const all = world.sides.rows.siebel.all().filter((record) => titleOf(record) === titleOf({ item }));
  const login = logins.find((one) => mailboxOf(world, one).personId === personId);
  return all.every((record) => eventIn(record).organizer?.login === login);
}

/** The same among the employees in Siebel. */
function changeEmployees(office: CalendarOffice): void {
  const { chance, logins } = office;
  const one = anyEvent(office);
  if (one?.side !== 'siebel') return;
  const { attendees, organizer } = eventIn(one.record);
  const isFewer = attendees.length > 0 && chance.is(0.5);
  const login = chance.pick(logins);
  if (isFewer) office.moved.add(titleOf(one.record));
  if (!isFewer && (login === organizer?.login || attendees.some((guest) => guest.login === login))) return;
  // Whoever is put on it now is a guest it had not when it was found.
  if (!isFewer) office.old.delete(titleOf(one.record));
  put(office, one, {
    attendees: isFewer ? attendees.slice(1) : [...attendees, ...attendeesOf([named(login)])],
  });
}

/** An occurrence of a series is called off, on the side its first exception was made. */
function changeOccurrence(office: CalendarOffice): void {
  const one = anyEvent(office);
  if (one === null) return;
  const event = eventIn(one.record);
  if (event.recurrence === null || event.isPrivate) return;
  const from = firstDayOf(event);
  const days = occurrenceDates(event.recurrence, from, { from, to: '9999-12-31', limit: 4 });
  const day = office.chance.pick(days);
  put(office, one, { exceptions: { ...event.exceptions, [day]: { isCancelled: true } } });
}

const answers: readonly AttendeeResponse[] = ['accepted', 'tentative', 'declined'];

/** A guest answers, or throws the invitation away. */
function respond(office: CalendarOffice): void {
  const { world, chance, logins } = office;
  const login = chance.pick(logins);
  const mailbox = mailboxOf(world, login);
  const invitations = world.sides.rows.exchange
    .all()
    .filter((record) => record.personId === mailbox.personId && record.kind === 'appointment')
    .filter((record) => eventIn(record).copy?.isOrganizer === false);
  if (invitations.length === 0) return;
  const invitation = chance.pick(invitations);
  const response = chance.pick(answers);
  if (response === 'declined') office.moved.add(titleOf(invitation));
  if (response === 'declined' && chance.is(0.5)) world.sides.calendar.delete(invitation.ref, 'person');
  else world.sides.calendar.respond(invitation.ref, mailbox, response);
}

function remove(office: CalendarOffice): void {
  const one = anyEvent(office);
  if (one === null || office.chance.is(0.4)) return;
  office.moved.add(titleOf(one.record));
  if (one.side === 'siebel' && one.record.item.isPrivate) office.kept.add(titleOf(one.record));
  if (one.side === 'siebel') office.world.sides.rows.siebel.delete(one.record.ref);
  else office.world.sides.calendar.delete(one.record.ref, 'person');
}

/** Private on, or off again: then it is no secret any more. */
function hide(office: CalendarOffice): void {
  const one = anyEvent(office);
  if (one === null) return;
  const { isPrivate, body, location } = eventIn(one.record);
  const title = titleOf(one.record);
  office.moved.add(title);
  if (
    one.side === 'siebel' &&
    office.world.sides.rows.exchange.all().some(({ item }) => isSecret(item, title))
  )
    return;
  if (one.side === 'siebel' && isPrivate) office.kept.add(title);
  for (const text of [body, location]) if (isPrivate && text !== null) office.secrets.delete(text);
  put(office, one, { isPrivate: !isPrivate });
}

function isSecret(item: Item, title: string): boolean {
  return isAppointment(item) && item.isPrivate && item.subject === title;
}

/** Somebody else owns it in Siebel from now on. */
function handOver(office: CalendarOffice): void {
  const { chance, logins } = office;
  const one = anyEvent(office);
  if (one?.side !== 'siebel') return;
  office.moved.add(titleOf(one.record));
  // It is made anew in the calendar of whoever owns it from now on, who invites the colleagues on it.
  office.old.delete(titleOf(one.record));
  const { attendees } = eventIn(one.record);
  const organizer = named(chance.pick(logins));
  put(office, one, { organizer, attendees: attendees.filter(({ login }) => login !== organizer.login) });
}
