import {
  emptyAppointment,
  type Appointment,
  type OccurrenceException,
  type TimeSlot,
} from '../../../../shared/appointment.ts';
import type { Reason } from '../../../../shared/reason.ts';
import type { Recurrence } from '../../../../shared/recurrence.ts';
import { recurrenceOf, type NativeRule } from '../../../../shared/series.ts';
import { emptyTask, type Task } from '../../../../shared/task.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldName } from '../../../core/step.ts';
import { dateFromSiebel, siebelFromDate, siebelFromInstant } from '../dates.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames, type ActivityMap } from './activity-map.ts';
import { attendeesFrom, organizerFrom } from './attendees.ts';
import type { People } from './people.ts';
import { dayOf, instantsOf, slotFromSiebel, type Zones } from './times.ts';
import { plainFromSiebel, plainValues, type SentValues } from './values.ts';

/** What it takes to read and write the activities of one owner. */
export type View = Readonly<{
  map: ActivityMap;
  zones: Zones;
  people: People;
  /** The fields of a contact that hold its addresses. */
  mails: readonly string[];
}>;

/** An activity on its own as an appointment; of a repeating one the exceptions are left to whoever has read them. */
export function appointmentFromSiebel(row: Row, view: View): Appointment {
  const { map, zones, people, mails } = view;
  const { children } = map.settings;
  const plain = plainFields(row, 'appointment', view);
  const timeSlot = slotOf(row, zones);
  return {
    ...emptyAppointment,
    ...plain,
    timeSlot,
    reminderMinutesBeforeStart: reminderFrom(row),
    organizer: organizerFrom(row, people, children),
    attendees: attendeesFrom(row, children, mails),
    recurrence: timeSlot === null ? null : recurrenceFrom(row, timeSlot, map),
  };
}

export function taskFromSiebel(row: Row, view: View): Task {
  return { ...emptyTask, ...plainFields(row, 'task', view) };
}

/** An activity that stands for one occurrence, as an exception of its series. */
export function exceptionFromSiebel(row: Row, view: View): OccurrenceException | null {
  const { subject, body, location, timeSlot } = appointmentFromSiebel(row, view);
  return timeSlot === null ? null : { isCancelled: false, subject, body, location, timeSlot };
}

export function slotOf(row: Row, zones: Zones): TimeSlot | null {
  return slotFromSiebel(valueOf(row, activityNames.start), valueOf(row, activityNames.end), zones);
}

/** The Siebel fields of the activity itself for the given fields of an appointment; what is so already is not sent. */
export function appointmentValues(
  fields: readonly FieldName[],
  { item, row }: Readonly<{ item: Appointment; row: Row | null }>,
  { map, zones }: View,
): SentValues {
  const plain = plainValues(fields, { item, row }, { map, kind: 'appointment', zones });
  const slot = fields.includes('timeSlot') ? slotValues(item.timeSlot, row, zones) : nothing;
  const isReminded = fields.includes('reminderMinutesBeforeStart');
  const reminder = isReminded ? reminderValues(item.reminderMinutesBeforeStart, row) : {};
  return {
    values: { ...plain.values, ...slot.values, ...reminder },
    notes: [...plain.notes, ...slot.notes],
  };
}

/** How the activity repeats by itself; `null`: not at all, which is said only to an activity that did. */
export function repeatValues(
  repeat: Readonly<{ repeat: NativeRule; expires: string | null }> | null,
  row: Row | null,
  { settings }: ActivityMap,
): Readonly<Record<string, string>> {
  const { repeating, repeatingType, repeatingExpires } = activityNames;
  if (repeat === null) {
    if (row === null || valueOf(row, repeating) !== 'Y') return {};
    return { [repeating]: 'N', [repeatingType]: '', [repeatingExpires]: '' };
  }
  const wanted = {
    [repeating]: 'Y',
    [repeatingType]: settings.repeats[repeat.repeat],
    [repeatingExpires]: repeat.expires === null ? '' : siebelFromDate(repeat.expires),
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, text]) => text !== (row === null ? '' : (valueOf(row, name) ?? '')),
    ),
  );
}

/** Why a slot cannot be an appointment's; `null` when it can. */
export function slotFault(slot: TimeSlot | null, ownerZone: string): Reason | null {
  if (slot === null) return { code: 'needsBothTimes' };
  try {
    const { start, end } = instantsOf(slot, ownerZone);
    if (Temporal.Instant.compare(end, start) >= 0) return null;
    return { code: 'endsBeforeStart' };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { code: 'unknownTimes' };
  }
}

const nothing: SentValues = { values: {}, notes: [] };

function plainFields(row: Row, kind: 'appointment' | 'task', { map, zones }: View) {
  const context = { map, kind, zones };
  const entries = Object.entries(map[kind]).map(([field, column]) => [
    field,
    column.name === null && column.type === 'text' ? null : plainFromSiebel(row, column, context),
  ]);
  const plain: Readonly<Record<string, unknown>> = Object.fromEntries(entries);
  return plain;
}

/** Siebel wants the end after the start (facts/siebel-rest.md 6.3), so what has no length lasts a minute there. */
function slotValues(slot: TimeSlot | null, row: Row | null, zones: Zones): SentValues {
  if (slot === null) return nothing;
  const { start, end: asked } = instantsOf(slot, zones.owner);
  const isInstant = Temporal.Instant.compare(asked, start) <= 0;
  const end = isInstant ? start.add({ minutes: 1 }) : asked;
  const values = {
    [activityNames.start]: siebelFromInstant(start, zones.service),
    [activityNames.end]: siebelFromInstant(end, zones.service),
  };
  const isSame = row !== null && Object.entries(values).every(([name, text]) => valueOf(row, name) === text);
  return { values: isSame ? {} : values, notes: isInstant ? [minuteNote] : [] };
}

const minuteNote = noteOf('timeSlot', 'notHeld', { code: 'lastsAMinute' });

function reminderFrom(row: Row): number | null {
  if (valueOf(row, activityNames.alarm) !== 'Y') return null;
  const minutes = Number(valueOf(row, activityNames.alarmMinutes) ?? 0);
  return Number.isFinite(minutes) && minutes >= 0 ? Math.round(minutes) : 0;
}

function reminderValues(minutes: number | null, row: Row | null): Readonly<Record<string, string>> {
  if (row !== null && reminderFrom(row) === minutes) return {};
  if (minutes === null) return row === null ? {} : { [activityNames.alarm]: 'N' };
  return { [activityNames.alarm]: 'Y', [activityNames.alarmMinutes]: String(minutes) };
}

function recurrenceFrom(row: Row, slot: TimeSlot, { settings }: ActivityMap): Recurrence | null {
  if (valueOf(row, activityNames.repeating) !== 'Y') return null;
  const type = valueOf(row, activityNames.repeatingType);
  const repeat = (['daily', 'weekly', 'monthly', 'quarterly', 'yearly'] as const).find(
    (one) => settings.repeats[one] === type,
  );
  if (repeat === undefined) return null;
  const expires = valueOf(row, activityNames.repeatingExpires);
  const endDate = expires === null ? null : dateFromSiebel(expires);
  return recurrenceOf(
    repeat,
    dayOf(slot),
    endDate === null ? { type: 'noEnd' } : { type: 'endDate', endDate },
  );
}
