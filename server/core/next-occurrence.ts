import type { Appointment, TimeSlot } from '../../shared/appointment.ts';
import { occurrenceDates } from '../../shared/occurrences.ts';
import { isOver } from './window.ts';

const endOfTime = '9999-12-31';

/**
 * When an appointment begins that is not over at an instant (wall time or date): of a series its occurrence that goes on then or
 * comes next. Null where all is over. Dates are told in the zone.
 */
export function nextStart(item: Appointment, at: Temporal.Instant, zone: string): string | null {
  // What ends at the very instant is over.
  const justAfter = at.add({ nanoseconds: 1 });
  const starts = slotsFrom(item, at, zone)
    .filter((timeSlot) => !isOver({ ...item, timeSlot, recurrence: null }, justAfter, zone))
    .map(({ start }) => start);
  return starts.toSorted()[0] ?? null;
}

/** The slots among which the next one is: as the rule says, and those of occurrences that were moved. */
function slotsFrom(item: Appointment, at: Temporal.Instant, zone: string): readonly TimeSlot[] {
  const { timeSlot, recurrence, exceptions } = item;
  if (timeSlot === null) return [];
  if (recurrence === null) return [timeSlot];
  const firstDay = timeSlot.start.slice(0, 10);
  const days = occurrenceDates(recurrence, firstDay, {
    from: dayBefore(timeSlot, at, zone),
    to: endOfTime,
    // Those before the instant, the one that is looked for, and those that do not take place as the rule says.
    limit: lengthInDays(timeSlot) + 3 + Object.keys(exceptions).length,
  });
  const moved = Object.values(exceptions).flatMap((one) => (one.isCancelled ? [] : [one.timeSlot]));
  return [
    ...days.filter((day) => !(day in exceptions)).map((day) => slotOn(timeSlot, firstDay, day)),
    ...moved,
  ];
}

/** A day before which no occurrence begins that lasts until the instant, in whatever zone. */
function dayBefore(slot: TimeSlot, at: Temporal.Instant, zone: string): string {
  const today = at.toZonedDateTimeISO(slot.isAllDay ? zone : slot.zone).toPlainDate();
  return today.subtract({ days: lengthInDays(slot) + 1 }).toString();
}

function lengthInDays({ start, end }: TimeSlot): number {
  return Temporal.PlainDate.from(start.slice(0, 10)).until(end.slice(0, 10)).days;
}

function slotOn(slot: TimeSlot, firstDay: string, day: string): TimeSlot {
  const { days } = Temporal.PlainDate.from(firstDay).until(day);
  const shifted = (text: string): string => {
    const date = Temporal.PlainDate.from(text.slice(0, 10)).add({ days });
    return `${date.toString()}${text.slice(10)}`;
  };
  return { ...slot, start: shifted(slot.start), end: shifted(slot.end) };
}
