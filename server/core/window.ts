import type { TimeSlot } from '../../shared/appointment.ts';
import { isAppointment, isTask } from '../../shared/item.ts';
import { lastDay } from '../../shared/occurrences.ts';
import type { Item } from './snapshot.ts';

/** The days, inclusive, whose items are kept in step; `null` is no limit. */
export type DayWindow = Readonly<{ from: string | null; to: string | null }>;

/** The window of a person: from the day of their extract, and as many days before and after today as the policy says. */
export function windowOf(input: {
  /** `YYYY-MM-DD` in the person's zone. */
  today: string;
  extractFrom: string | null;
  pastDays: number | null;
  futureDays: number | null;
}): DayWindow {
  const { extractFrom, pastDays, futureDays } = input;
  const today = Temporal.PlainDate.from(input.today);
  const past = pastDays === null ? null : today.subtract({ days: pastDays }).toString();
  const [from = null] = [extractFrom, past]
    .filter((day) => day !== null)
    .sort()
    .reverse();
  return { from, to: futureDays === null ? null : today.add({ days: futureDays }).toString() };
}

/** Whether an item lies outside the window: it is over before it begins, or begins after it ends. Contacts never do. */
export function isOutside(item: Item, { from, to }: DayWindow): boolean {
  const span = spanOf(item);
  if (span === null) return false;
  return (from !== null && span.last !== null && span.last < from) || (to !== null && span.first > to);
}

type Span = Readonly<{ first: string; /** `null`: it goes on without end. */ last: string | null }>;

/** The days an item takes; `null` for what has none. A task that is open is never over. */
function spanOf(item: Item): Span | null {
  if (isTask(item)) return item.dueDate === null ? null : { first: item.dueDate, last: item.dueDate };
  if (!isAppointment(item) || item.timeSlot === null) return null;
  const first = item.timeSlot.start.slice(0, 10);
  if (item.recurrence === null) return { first, last: lastDayOf(item.timeSlot) };
  return { first, last: lastDay(item.recurrence, first) };
}

function lastDayOf(slot: TimeSlot): string {
  if (!slot.isAllDay) return slot.end.slice(0, 10);
  return Temporal.PlainDate.from(slot.end).subtract({ days: 1 }).toString();
}

/** Whether an appointment, or the last occurrence of a series, is over at that instant. Dates end with their day in the zone. */
export function isOver(item: Item, now: Temporal.Instant, zone: string): boolean {
  if (!isAppointment(item) || item.timeSlot === null) return false;
  const { timeSlot, recurrence } = item;
  if (recurrence !== null) {
    const last = lastDay(recurrence, timeSlot.start.slice(0, 10));
    return last !== null && last < now.toZonedDateTimeISO(zone).toPlainDate().toString();
  }
  const end = timeSlot.isAllDay
    ? Temporal.PlainDate.from(timeSlot.end).toZonedDateTime(zone)
    : Temporal.PlainDateTime.from(timeSlot.end).toZonedDateTime(timeSlot.zone);
  return Temporal.Instant.compare(end.toInstant(), now) < 0;
}
