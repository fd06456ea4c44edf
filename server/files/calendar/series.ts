import { unreachable } from '../../../shared/domain.ts';
import { occurrenceDates } from '../../../shared/occurrences.ts';
import type { Appointment, OccurrenceException, TimeSlot } from '../../../shared/appointment.ts';
import type { Component, LineNote } from './components.ts';
import { propertiesOf, propertyOf, wordOf } from './component-values.ts';
import { appointmentFrom } from './event.ts';
import { repeatOf, type Bounds, type Repeat } from './repeat.ts';
import { movedTo, slotOf } from './slot.ts';
import { dayOf, inZone, timesIn, wallOf, wallTimeOf, type FileTime } from './times.ts';
import type { FileZones } from './zones.ts';

/** An appointment and the line of the file where its event begins. */
export type AppointmentRead = Readonly<{ line: number; appointment: Appointment }>;

export type EventReading = Readonly<{
  zones: FileZones;
  bounds: Bounds;
  isOutlook: boolean;
  problem: (note: LineNote) => void;
  remark: (note: LineNote) => void;
}>;

/** One occurrence with its own words or time, as its own VEVENT with a RECURRENCE-ID. `null`: it is cancelled. */
type Override = Readonly<{ line: number; original: FileTime; appointment: Appointment | null }>;

/** The appointments of all VEVENTs that share a UID: a single event, or a series with the occurrences that differ. */
export function appointmentsOf(
  events: readonly Component[],
  reading: EventReading,
): readonly AppointmentRead[] {
  const overrides = events.flatMap((event) => overrideFrom(event, reading) ?? []);
  const masters = events.filter((event) => propertyOf(event, 'recurrence-id') === null);
  // A calendar that was cut out of a larger one may hold changed occurrences alone.
  if (masters.length === 0) return overrides.flatMap(single);
  const [first, ...others] = masters.toReversed();
  for (const { line } of others)
    reading.remark({ line, reason: 'A later event of the file has the same UID; the later one was taken.' });
  return first === undefined ? [] : masterFrom(first, overrides, reading);
}

function single({ line, appointment }: Override): readonly AppointmentRead[] {
  return appointment === null ? [] : [{ line, appointment }];
}

function overrideFrom(event: Component, reading: EventReading): Override | null {
  const id = propertyOf(event, 'recurrence-id');
  if (id === null) return null;
  const { line } = event;
  const [original] = timesIn(id, reading.zones).times;
  const slot = slotOf(event, reading.zones);
  if (slot.is === 'problem' || original === undefined) {
    const reason =
      slot.is === 'problem' ? slot.reason : 'Which occurrence is meant (RECURRENCE-ID) cannot be read.';
    reading.problem({ line, reason });
    return null;
  }
  if (id.params['range'] !== undefined)
    reading.remark({
      line,
      reason: 'A change of this and all later occurrences was read as one of this occurrence.',
    });
  const isCancelled = wordOf(event, 'status') === 'CANCELLED';
  return {
    line,
    original,
    appointment: isCancelled ? null : appointmentFrom(event, slot.slot, reading.zones),
  };
}

function masterFrom(
  event: Component,
  overrides: readonly Override[],
  reading: EventReading,
): readonly AppointmentRead[] {
  const { line } = event;
  const read = slotOf(event, reading.zones);
  if (read.is === 'problem') {
    reading.problem({ line, reason: read.reason });
    return [];
  }
  for (const reason of read.remarks) reading.remark({ line, reason });
  if (wordOf(event, 'status') === 'CANCELLED') {
    reading.remark({ line, reason: 'The event is cancelled; it was left out.' });
    return [];
  }
  const appointment = appointmentFrom(event, read.slot, reading.zones);
  const master = { line, appointment, slot: read.slot, start: read.start };
  const extra = extraTimes(event, master, reading);
  const rules = textsOf(event, 'rrule');
  const without = textsOf(event, 'exrule');
  if (rules.length === 0) return [{ line, appointment }, ...extra, ...overrides.flatMap(single)];
  const { bounds, isOutlook } = reading;
  const repeat = repeatOf({ rules, without, start: read.start, isOutlook, bounds });
  const missing = excludedIn(event, read.start, reading);
  return [...repeated(master, repeat, { overrides, missing, reading }), ...extra];
}

type Master = Readonly<{ line: number; appointment: Appointment; slot: TimeSlot; start: FileTime }>;
type Changes = Readonly<{
  overrides: readonly Override[];
  missing: readonly FileTime[];
  reading: EventReading;
}>;

function repeated(master: Master, repeat: Repeat, changes: Changes): readonly AppointmentRead[] {
  const { line, appointment } = master;
  switch (repeat.as) {
    case 'series':
      return seriesFrom(master, repeat, changes);
    case 'times':
      return timesFrom(master, repeat, changes);
    case 'nothing':
      changes.reading.remark({ line, reason: `${repeat.why}; it was read as a single event.` });
      return [{ line, appointment }, ...changes.overrides.flatMap(single)];
  }
  return unreachable(repeat);
}

/** A series that begins where its rule first applies; a start that the rule does not name is an event of its own. */
function seriesFrom(
  { line, appointment, slot, start }: Master,
  { recurrence, firstDay }: Extract<Repeat, { as: 'series' }>,
  { overrides, missing }: Changes,
): readonly AppointmentRead[] {
  const isOccurrence = (day: string) =>
    occurrenceDates(recurrence, firstDay, { from: day, to: day, limit: 1 }).length > 0;
  const exceptions: Record<string, OccurrenceException> = {};
  for (const time of missing)
    if (isOccurrence(dayIn(time, start))) exceptions[dayIn(time, start)] = cancelled;
  const strays: AppointmentRead[] = [];
  for (const override of overrides) {
    const day = dayIn(override.original, start);
    if (isOccurrence(day)) exceptions[day] = exceptionFrom(override);
    else strays.push(...single(override));
  }
  const timeSlot = movedTo(slot, `${firstDay}T${wallOf(wallTimeOf(start)).slice(11)}`);
  const series = { line, appointment: { ...appointment, timeSlot, recurrence, exceptions } };
  const isMissing = missing.some((time) => dayIn(time, start) === dayOf(start));
  const isApart = firstDay !== dayOf(start) && !isMissing;
  return [...(isApart ? [{ line, appointment }] : []), series, ...strays];
}

const cancelled: OccurrenceException = { isCancelled: true };

function exceptionFrom({ appointment }: Override): OccurrenceException {
  if (appointment === null || appointment.timeSlot === null) return cancelled;
  const { subject, body, location, timeSlot } = appointment;
  return { isCancelled: false, subject, body, location, timeSlot };
}

/** The occurrences of a rule no series of Outlook can follow, one by one. */
function timesFrom(
  { line, appointment, slot, start }: Master,
  { walls, isCut }: Extract<Repeat, { as: 'times' }>,
  { overrides, missing, reading }: Changes,
): readonly AppointmentRead[] {
  const gone = new Set(
    [...missing, ...overrides.map(({ original }) => original)].map((time) => wallIn(time, start)),
  );
  const left = walls.filter((wall) => !gone.has(wall));
  const { from, to, most } = reading.bounds;
  const bounds = isCut ? `, those between ${from} and ${to}, ${most} at most` : '';
  const reason = `Outlook has no such recurrence; its ${left.length} occurrences were read as single events${bounds}.`;
  reading.remark({ line, reason });
  const singles = left.map((wall) => ({
    line,
    appointment: { ...appointment, timeSlot: movedTo(slot, wall) },
  }));
  return [...singles, ...overrides.flatMap(single)];
}

/** RDATE: further occurrences that no rule gives, each an event of its own. */
function extraTimes(
  event: Component,
  master: Master,
  { zones, remark }: EventReading,
): readonly AppointmentRead[] {
  const { line, appointment, slot, start } = master;
  const times = propertiesOf(event, 'rdate').flatMap((property) => timesIn(property, zones).times);
  const walls = new Set(times.map((time) => wallIn(time, start)));
  walls.delete(wallOf(wallTimeOf(start)));
  if (walls.size > 0)
    remark({ line, reason: `${walls.size} further dates (RDATE) were read as single events.` });
  return [...walls]
    .sort()
    .map((wall) => ({ line, appointment: { ...appointment, timeSlot: movedTo(slot, wall) } }));
}

/** EXDATE; of a timed series a bare date means that day, whatever the hour. */
function excludedIn(event: Component, start: FileTime, { zones, remark }: EventReading): readonly FileTime[] {
  return propertiesOf(event, 'exdate').flatMap((property) => {
    const { times, isBroken } = timesIn(property, zones);
    if (isBroken) remark({ line: property.line, reason: 'A date to leave out (EXDATE) cannot be read.' });
    return times.map((time): FileTime => {
      return time.isDate && !start.isDate ? { ...start, wall: `${time.day}${start.wall.slice(10)}` } : time;
    });
  });
}

function textsOf(event: Component, name: string): readonly string[] {
  return propertiesOf(event, name).map(({ raw }) => raw);
}

/** The day of an occurrence in the zone of its series. */
function dayIn(time: FileTime, start: FileTime): string {
  return dayOf(start.isDate ? time : inZone(time, start.zone));
}

/** The wall time of an occurrence in the zone of its series; of days midnight. */
function wallIn(time: FileTime, start: FileTime): string {
  if (start.isDate) return `${dayOf(time)}T00:00:00`;
  return time.isDate ? `${time.day}${start.wall.slice(10)}` : wallOf(wallTimeOf(inZone(time, start.zone)));
}
