import type { Appointment, OccurrenceException } from '../../shared/appointment.ts';
import type { Task } from '../../shared/task.ts';
import type { MemoryRecord } from '../../server/connectors/memory-records.ts';
import {
  anAppointment,
  attendeesOf,
  colleague,
  guest,
  slotAt,
  slotOn,
  weekly,
} from '../support/appointments.ts';
import {
  eventIn,
  eventInOutlook,
  eventInSiebel,
  mailboxOf,
  named,
  taskIn,
  taskInOutlook,
  taskInSiebel,
} from '../support/memory-items.ts';
import type { MemoryWorld } from '../support/memory-world.ts';
import { copyOf, recordOf } from './canon.ts';

/**
 * One story that meets most of what can happen to appointments and tasks: three people with calendars and task lists at first
 * load, then a day of changes on both sides, meetings among them. Every value a person writes is a token of its own.
 */
export const calendarLogins = ['ANA', 'BRUNO', 'CHEN'];

const maria = guest('maria@customer.example');
const withPeople = (...logins: readonly string[]) => ({ attendees: attendeesOf(logins.map(colleague)) });
const withMaria = (...logins: readonly string[]) => ({
  attendees: attendeesOf([...logins.map(colleague), maria]),
});

/** What lies on both sides before anybody is swept. */
export function foundCalendars(world: MemoryWorld): void {
  for (let index = 1; index <= 3; index += 1) eventInOutlook(world, 'ANA', visit(`AnasOwn${index}`));
  for (let index = 1; index <= 3; index += 1)
    eventInOutlook(world, 'ANA', { ...visit(`AnaMeets${index}`), ...withMaria('BRUNO', 'CHEN') });
  eventInOutlook(world, 'BRUNO', { ...visit('BrunoMeets'), ...withPeople('ANA') });
  eventInOutlook(world, 'ANA', { ...visit('AnasSecret'), isPrivate: true, body: 'secret-body' });
  eventInOutlook(world, 'ANA', { ...series('AnasWeekly'), ...withPeople('BRUNO') });
  world.sides.calendar.receive({
    ...anAppointment(visit('FromOutside')),
    organizer: maria,
    ...withPeople('ANA', 'BRUNO'),
  });
  for (let index = 1; index <= 2; index += 1) eventInSiebel(world, ['ANA'], visit(`SiebelsOwn${index}`));
  for (let index = 1; index <= 2; index += 1)
    eventInSiebel(world, ['ANA', 'BRUNO'], visit(`SiebelMeets${index}`));
  eventInSiebel(world, ['CHEN'], { ...visit('SiebelsSecret'), isPrivate: true });
  eventInSiebel(world, ['BRUNO'], series('SiebelsWeekly'));
  eventInSiebel(world, ['ANA'], { ...visit('OnBoth'), location: 'siebel-place' });
  eventInOutlook(world, 'ANA', { ...visit('OnBoth'), body: 'outlook-body' });
  for (let index = 1; index <= 2; index += 1) taskInOutlook(world, 'ANA', { subject: `AnasTask${index}` });
  for (let index = 1; index <= 2; index += 1) taskInSiebel(world, 'BRUNO', { subject: `BrunosTask${index}` });
}

/** A day of changes after everything is in step. */
export function changeCalendars(world: MemoryWorld): void {
  changeEvents(world);
  changeGuests(world);
  changeSeries(world);
  changeTasks(world);
}

function changeEvents(world: MemoryWorld): void {
  inOutlook(world, 'ANA', 'AnasOwn1', { subject: 'AnasOwn1', location: 'token-outlook-place' });
  inSiebelNow(world, 'AnasOwn1', { body: 'token-siebel-body' });
  inSiebelNow(world, 'AnasOwn2', { timeSlot: slotAt('2026-06-11T15:00:00') });
  inOutlook(world, 'ANA', 'AnasOwn3', { isPrivate: true, body: 'secret-later' });
  inSiebelNow(world, 'SiebelsOwn1', { subject: 'SiebelsOwn1', location: 'token-siebel-place' });
  world.sides.rows.siebel.delete(recordOf(world, 'SiebelsOwn2').ref);
  eventInOutlook(world, 'CHEN', visit('ChensNew'));
  eventInSiebel(world, ['CHEN'], visit('SiebelsNew'));
}

/** People come, go, answer and call off, on both sides. */
function changeGuests(world: MemoryWorld): void {
  const { calendar, rows } = world.sides;
  eventInOutlook(world, 'ANA', { ...visit('AnaInvites'), ...withMaria('BRUNO') });
  eventInSiebel(world, ['ANA', 'BRUNO', 'CHEN'], visit('SiebelInvites'));
  calendar.respond(copyOf(world, 'BRUNO', 'AnaMeets1').ref, mailboxOf(world, 'BRUNO'), 'declined');
  calendar.delete(copyOf(world, 'CHEN', 'AnaMeets1').ref, 'person');
  inSiebelNow(world, 'AnaMeets2', { location: 'token-place-of-meeting', ...withPeople('BRUNO') });
  inOutlook(world, 'ANA', 'AnaMeets3', { timeSlot: slotAt('2026-06-12T10:00:00') });
  inOutlook(world, 'BRUNO', 'BrunoMeets', { attendees: attendeesOf(['ANA', 'CHEN'].map(colleague)) });
  calendar.respond(copyOf(world, 'ANA', 'BrunoMeets').ref, mailboxOf(world, 'ANA'), 'accepted');
  inSiebelNow(world, 'SiebelMeets1', { attendees: attendeesOf([named('CHEN')]) });
  rows.siebel.delete(recordOf(world, 'SiebelMeets2').ref);
  calendar.delete(copyOf(world, 'BRUNO', 'FromOutside').ref, 'person');
}

function changeSeries(world: MemoryWorld): void {
  const weekly2 = eventIn(copyOf(world, 'ANA', 'AnasWeekly'));
  const moved: OccurrenceException = {
    isCancelled: false,
    subject: 'AnasWeekly',
    body: null,
    location: 'token-room',
    timeSlot: slotOn('2026-10-28', weekly2.timeSlot),
  };
  inOutlook(world, 'ANA', 'AnasWeekly', {
    exceptions: { '2026-06-17': { isCancelled: true }, '2026-10-28': moved },
  });
  inSiebelNow(world, 'SiebelsWeekly', { exceptions: { '2026-06-24': { isCancelled: true } } });
}

function changeTasks(world: MemoryWorld): void {
  const { exchange, siebel } = world.sides.rows;
  const done: Partial<Task> = { status: 'completed', completedDate: '2026-01-05' };
  const mine = copyOf(world, 'ANA', 'AnasTask1');
  exchange.put(mine.ref, { item: { ...taskIn(mine), body: 'token-task-body' } });
  const record = recordOf(world, 'AnasTask1');
  siebel.put(record.ref, { item: { ...taskIn(record), importance: 'high' } });
  const theirs = copyOf(world, 'BRUNO', 'BrunosTask1');
  exchange.put(theirs.ref, { item: { ...taskIn(theirs), ...done } });
  exchange.delete(copyOf(world, 'ANA', 'AnasTask2').ref);
  siebel.delete(recordOf(world, 'BrunosTask2').ref);
  taskInOutlook(world, 'CHEN', { subject: 'ChensTask' });
}

function visit(subject: string): Partial<Appointment> {
  return { subject };
}

function series(subject: string): Partial<Appointment> {
  return { subject, recurrence: weekly(['wednesday']) };
}

/** The owner of a copy changes it in Outlook. */
function inOutlook(world: MemoryWorld, login: string, subject: string, fields: Partial<Appointment>): void {
  const copy = copyOf(world, login, subject);
  world.sides.calendar.change(copy.ref, { item: { ...eventIn(copy), ...fields } }, 'person');
}

function inSiebelNow(world: MemoryWorld, subject: string, fields: Partial<Appointment>): MemoryRecord {
  const record = recordOf(world, subject);
  return world.sides.rows.siebel.put(record.ref, { item: { ...eventIn(record), ...fields } });
}
