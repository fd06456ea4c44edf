import type { OccurrenceException, TimeSlot } from '../../../../shared/appointment.ts';
import { listFrom, objectFrom, rowFrom, textFrom, type GraphRow } from '../wire.ts';
import { textFromBody } from './body.ts';
import { dayFromGraph, instantOf, slotFromGraph } from './time-slot.ts';

/** What an occurrence has of its own. */
export type Occurrence = Extract<OccurrenceException, { isCancelled: false }>;

/** A series as its master tells it: what an occurrence is like unless it is an exception. */
export type Series = Readonly<{
  subject: string | null;
  body: string | null;
  location: string | null;
  timeSlot: TimeSlot | null;
}>;

/**
 * The occurrences of a series that are not as the rule says, by their original day. Cancelled ones are ids that end in it
 * (`OID.<id>.<day>`, facts/graph.md 5.1); one that was changed back to what the rule says stays an exception in Exchange, and
 * is none.
 */
export function exceptionsFromGraph(
  row: GraphRow,
  series: Series,
  zone: string,
): Readonly<Record<string, OccurrenceException>> {
  const found = new Map<string, OccurrenceException>();
  for (const entry of exceptionRows(row)) {
    const day = originalDay(entry, zone);
    const exception = occurrenceFromGraph(entry, zone);
    if (day === null || exception === null) continue;
    if (entry['isCancelled'] === true) found.set(day, { isCancelled: true });
    else if (!isAsRuled(exception, day, series)) found.set(day, exception);
  }
  for (const day of cancelledDays(row)) found.set(day, { isCancelled: true });
  return Object.fromEntries([...found].sort(([one], [other]) => (one < other ? -1 : 1)));
}

export function exceptionRows(row: GraphRow): readonly GraphRow[] {
  return listFrom(row['exceptionOccurrences'])
    .map(rowFrom)
    .filter((entry) => entry !== null);
}

export function cancelledDays(row: GraphRow): readonly string[] {
  return listFrom(row['cancelledOccurrences']).flatMap(
    (id) => /\.(\d{4}-\d{2}-\d{2})$/.exec(String(id))?.[1] ?? [],
  );
}

/** The day an occurrence has by the rule. `zone` is the series'. */
export function originalDay(row: GraphRow, zone: string): string | null {
  const originalStart = textFrom(row['originalStart']);
  return originalStart === null ? null : dayFromGraph(originalStart, zone);
}

export function occurrenceFromGraph(row: GraphRow, zone: string): Occurrence | null {
  const timeSlot = slotFromGraph(row, zone);
  if (timeSlot === null) return null;
  return {
    isCancelled: false,
    subject: textFrom(row['subject']),
    body: textFromBody(row['body']),
    location: textFrom(objectFrom(row['location'])?.['displayName']),
    timeSlot,
  };
}

/** The occurrence of a day as the rule has it; `null` where the series has no time. */
export function ruledOccurrence(day: string, series: Series): Occurrence | null {
  const { subject, body, location, timeSlot } = series;
  return timeSlot === null
    ? null
    : { isCancelled: false, subject, body, location, timeSlot: slotOn(day, timeSlot) };
}

function isAsRuled(exception: Occurrence, day: string, series: Series): boolean {
  const ruled = ruledOccurrence(day, series);
  return ruled !== null && changedParts(exception, ruled).length === 0;
}

type Part = 'subject' | 'body' | 'location' | 'timeSlot';

/** What must be written to make one occurrence like another. */
export function changedParts(present: Occurrence, wanted: Occurrence): readonly Part[] {
  const texts = (['subject', 'body', 'location'] as const).filter((part) => present[part] !== wanted[part]);
  return isSameSlot(present.timeSlot, wanted.timeSlot) ? texts : [...texts, 'timeSlot'];
}

function slotOn(day: string, slot: TimeSlot): TimeSlot {
  const start = Temporal.PlainDateTime.from(slot.start);
  const length = start.until(Temporal.PlainDateTime.from(slot.end));
  const moved = Temporal.PlainDate.from(day).toPlainDateTime(start.toPlainTime());
  const end = moved.add(length);
  if (slot.isAllDay) return { ...slot, start: day, end: end.toPlainDate().toString() };
  return { ...slot, start: wall(moved), end: wall(end) };
}

function wall(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'second' });
}

function isSameSlot(one: TimeSlot, other: TimeSlot): boolean {
  if (one.isAllDay || other.isAllDay) {
    return one.isAllDay === other.isAllDay && one.start === other.start && one.end === other.end;
  }
  const instants = (slot: TimeSlot & { isAllDay: false }) =>
    [slot.start, slot.end].map((time) => instantOf(time, slot.zone).toString());
  return instants(one).join() === instants(other).join();
}
