import { appointmentFields, type Appointment, type TimeSlot } from '../../../../shared/appointment.ts';
import { taskFields, type Task } from '../../../../shared/task.ts';
import { noteOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { SentChild } from '../batch.ts';
import { siebelFromDate, siebelFromInstant } from '../dates.ts';
import type { Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { appointmentValues, type View } from './appointment.ts';
import { occurrenceIdOf } from './series-key.ts';
import type { SeriesPlan } from './series-plan.ts';
import { instantsOf, onDay } from './times.ts';
import type { SentValues } from './values.ts';
import type { RowWrite } from './write-plan.ts';

/** The fields with something in them, so that a new record keeps Siebel's defaults for all others. */
function filledAppointment(item: Appointment): readonly FieldName[] {
  return appointmentFields.filter((field) => isFilled(item[field]));
}

export function filledTask(item: Task): readonly FieldName[] {
  return taskFields.filter((field) => isFilled(item[field]));
}

/** What an exception says for itself; all else is the series'. */
export const occurrenceFields = ['subject', 'body', 'location', 'timeSlot'] as const;

/** The occurrence of a day as an appointment of its own; `null` where it is cancelled. */
export function occurrenceOn(item: Appointment, day: string): Appointment | null {
  const exception = item.exceptions[day];
  if (exception?.isCancelled === true) return null;
  const timeSlot = item.timeSlot === null ? null : onDay(item.timeSlot, day);
  if (exception === undefined) return { ...item, timeSlot };
  const { subject, body, location } = exception;
  return { ...item, subject, body, location, timeSlot: exception.timeSlot };
}

/** A new activity for the changed occurrence of one that repeats. */
export function changedOccurrence(
  item: Appointment,
  {
    day,
    mainId,
    view,
    children,
  }: Readonly<{ day: string; mainId: string; view: View; children: readonly SentChild[] }>,
): RowWrite | null {
  const occurrence = occurrenceOn(item, day);
  if (occurrence === null) return null;
  const { values } = newValues(occurrence, view);
  const stamp = { [activityNames.stamp]: occurrenceIdOf({ role: 'changed', key: mainId, day }) };
  return { id: null, values: { ...values, ...stamp }, children, drops: [] };
}

/** The Siebel fields of a new appointment, but for its owner and our stamp. */
export function newValues(item: Appointment, view: View): SentValues {
  const { displays, types } = view.map.settings;
  const { values, notes } = appointmentValues(filledAppointment(item), { item, row: null }, view);
  const type = view.map.appointment.activityType.name ?? 'Type';
  return {
    values: { [type]: types.appointment, ...values, [activityNames.display]: displays.appointment },
    notes,
  };
}

/** The exception rows for days on which a repeating activity does not take place. */
export function exceptionChildren(
  days: readonly string[],
  { slot, view }: Readonly<{ slot: TimeSlot; view: View }>,
): readonly SentChild[] {
  const { children, exceptionField } = view.map.settings;
  const name = children.exception;
  if (name === null) return [];
  return days.map((day) => {
    const { start } = instantsOf(onDay(slot, day), view.zones.owner);
    const row = { [exceptionField]: siebelFromInstant(start, view.zones.service) };
    return { name, row, fields: [`occurrence.${day}`] };
  });
}

/** What an anchor says besides: until when the activities of its series have been made. */
export function anchorValues(
  key: string,
  day: string,
  horizon: string | null,
): Readonly<Record<string, string>> {
  return {
    [activityNames.stamp]: occurrenceIdOf({ role: 'anchor', key, day }),
    ...(horizon === null ? {} : { [activityNames.repeatingExpires]: siebelFromDate(horizon) }),
  };
}

/** How faithfully Siebel holds a series; nothing to say where it repeats by itself. */
export function seriesNotes(plan: SeriesPlan): readonly FieldNote[] {
  if (plan.form === 'fan') {
    return [noteOf('recurrence', 'notHeld', { code: 'separateActivities', day: plan.horizon })];
  }
  if (plan.form !== 'repeat' || plan.until === null) return [];
  const { repeat: rule, until: day } = plan;
  return [noteOf('recurrence', 'notHeld', { code: 'repeatsNearly', rule, day })];
}

/** The notes of several activities of one series, each once. */
export function mergedNotes(notes: readonly FieldNote[]): readonly FieldNote[] {
  return [...new Map(notes.map((note) => [`${note.field} ${note.what}`, note])).values()];
}

export function childrenOf(row: Row, names: readonly string[]): readonly SentChild[] {
  return names.flatMap((name) =>
    (row.children[name] ?? []).map(({ id }) => ({ name, row: { Id: id }, fields: ['attendees'] as const })),
  );
}

function isFilled(value: unknown): boolean {
  return value !== null && value !== false && (!Array.isArray(value) || value.length > 0);
}
