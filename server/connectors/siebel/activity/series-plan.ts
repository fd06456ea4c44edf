import type { Appointment, TimeSlot } from '../../../../shared/appointment.ts';
import { hasOccurrences, lastDay, occurrenceDates } from '../../../../shared/occurrences.ts';
import type { Reason } from '../../../../shared/reason.ts';
import type { Recurrence } from '../../../../shared/recurrence.ts';
import { coveringRule, nativeRule, type NativeRule } from '../../../../shared/series.ts';
import type { ActivityPolicy } from '../settings.ts';
import { dayOf, instantsOf } from './times.ts';

/**
 * How Siebel is to hold an appointment. `repeat`: one activity that repeats by itself, less the days that are not in the
 * rule (`less`). `fan`: one activity for each of the days, which are all there are until `horizon`.
 */
export type SeriesPlan =
  | Readonly<{ form: 'single' }>
  | Readonly<{
      form: 'repeat';
      repeat: NativeRule;
      expires: string | null;
      less: readonly string[];
      until: string | null;
    }>
  | Readonly<{ form: 'fan'; days: readonly string[]; horizon: string }>
  | Readonly<{ form: 'none'; because: Reason }>;

export type SeriesWays = Readonly<{
  policy: ActivityPolicy['appointment'];
  ownerZone: string;
  /** `YYYY-MM-DD`, in the owner's zone. */
  today: string;
  /** Whether this Siebel keeps exceptions of what repeats. */
  keepsExceptions: boolean;
}>;

/** As many activities as one series may become. */
const mostOccurrences = 500;
const endOfTime = '4500-08-31';

export function seriesPlanOf(item: Appointment, ways: SeriesWays): SeriesPlan {
  const { recurrence, timeSlot } = item;
  if (recurrence === null || timeSlot === null) return { form: 'single' };
  const firstDay = dayOf(timeSlot);
  if (!hasOccurrences(recurrence, firstDay)) {
    return { form: 'none', because: { code: 'seriesEndsFirst' } };
  }
  const [begin] = occurrenceDates(recurrence, firstDay, { from: firstDay, to: endOfTime, limit: 1 });
  // A day that is another one where the owner lives would repeat on the wrong days there.
  const isOwnersDay = begin === firstDay && dayInZone(timeSlot, ways.ownerZone) === firstDay;
  const isWhole = Object.keys(item.exceptions).length === 0 || ways.keepsExceptions;
  const native = nativeRule(recurrence, firstDay);
  const expires = lastDay(recurrence, firstDay);
  if (native !== null && isOwnersDay && isWhole) {
    return { form: 'repeat', repeat: native, expires, less: [], until: null };
  }
  if (ways.policy.seriesStrategy === 'nearest-rule' && ways.keepsExceptions && isOwnersDay) {
    return coverOf(recurrence, firstDay, ways);
  }
  return fanOf(recurrence, firstDay, ways);
}

/** The first `mostOccurrences` days of a series that ends, else those from today to the end of the window, at least one. */
function fanOf(recurrence: Recurrence, firstDay: string, { policy, today }: SeriesWays): SeriesPlan {
  const whole = wholeOf(recurrence, firstDay);
  if (whole !== null) return { form: 'fan', days: whole, horizon: whole.at(-1) ?? firstDay };
  const from = today < firstDay ? firstDay : today;
  const horizon = Temporal.PlainDate.from(from).add({ days: policy.seriesWindowDays }).toString();
  const window = occurrenceDates(recurrence, firstDay, { from, to: horizon, limit: mostOccurrences });
  const next = occurrenceDates(recurrence, firstDay, { from, to: endOfTime, limit: 1 });
  const days = window.length > 0 ? window : next;
  const end = days.at(-1) ?? horizon;
  return { form: 'fan', days, horizon: window.length === mostOccurrences || end > horizon ? end : horizon };
}

/** The last day of a series that is made whole; `null` for one that is made as its window moves on. */
export function endOfWhole({ recurrence, timeSlot }: Appointment): string | null {
  if (recurrence === null || timeSlot === null) return null;
  return wholeOf(recurrence, dayOf(timeSlot))?.at(-1) ?? null;
}

function wholeOf(recurrence: Recurrence, firstDay: string): readonly string[] | null {
  const last = lastDay(recurrence, firstDay);
  if (last === null) return null;
  const limit = mostOccurrences + 1;
  const all = occurrenceDates(recurrence, firstDay, { from: firstDay, to: last, limit });
  return all.length < limit ? all : null;
}

function coverOf(recurrence: Recurrence, firstDay: string, { policy, today }: SeriesWays): SeriesPlan {
  const { rule, exceptDays } = coveringRule(recurrence, firstDay);
  const expires = lastDay(recurrence, firstDay);
  const from = today < firstDay ? firstDay : today;
  const horizon = Temporal.PlainDate.from(from).add({ days: policy.seriesWindowDays }).toString();
  const until = expires !== null && expires < horizon ? expires : horizon;
  return { form: 'repeat', repeat: rule, expires, less: exceptDays({ from, to: until }), until };
}

/** Days among those known as exceptions that a covering rule leaves out of itself. */
export function coverDays({ recurrence, timeSlot, exceptions }: Appointment): readonly string[] {
  const days = Object.keys(exceptions).toSorted();
  const [from] = days;
  const to = days.at(-1);
  if (recurrence === null || timeSlot === null || from === undefined || to === undefined) return [];
  if (!hasOccurrences(recurrence, dayOf(timeSlot))) return [];
  return coveringRule(recurrence, dayOf(timeSlot)).exceptDays({ from, to });
}

function dayInZone(slot: TimeSlot, zone: string): string {
  if (slot.isAllDay) return slot.start;
  return instantsOf(slot, zone).start.toZonedDateTimeISO(zone).toPlainDate().toString();
}
