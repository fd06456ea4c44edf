import { isRecord } from '../json.ts';
import { unreachable } from '../unreachable.ts';
import { readPattern, readRange, type RangeType } from './recurrence-body.ts';
import { dateOf, dayOf, daysOfPeriod, periodOf, type Pattern } from './recurrence-days.ts';
import { badRequest } from './refusal.ts';

/** A series as the service keeps and echoes it: every field filled, dates yyyy-MM-dd, `0001-01-01` for none. */
export type PatternedRecurrence = Readonly<{
  pattern: Pattern;
  range: Readonly<{
    type: RangeType;
    startDate: string;
    endDate: string;
    recurrenceTimeZone: string;
    numberOfOccurrences: number;
  }>;
}>;

/** What a series belongs to: the date of its start as a wall date of `zone`. */
export type SeriesStart = Readonly<{
  startDate: string;
  zone: string;
  /** Refuses a `range.startDate` of another date; otherwise the date of the start wins silently (docs#2202). */
  isStrict?: boolean;
}>;

/** Reads the `recurrence` of a body. Throws a `Refusal` 400 for what Exchange does not take. */
export function readRecurrence(value: unknown, event: SeriesStart): PatternedRecurrence {
  if (!isRecord(value)) throw badRequest('A recurrence is an object.', 'RequestBodyRead');
  const pattern = readPattern(value['pattern']);
  const { recurrenceTimeZone, startDate, ...range } = readRange(value['range']);
  if (event.isStrict && startDate !== null && startDate !== event.startDate) {
    throw badRequest(
      "The recurrence's range.startDate is not the date of the start.",
      'ErrorPropertyValidationFailure',
    );
  }
  const zone = recurrenceTimeZone ?? event.zone;
  const recurrence = {
    pattern,
    range: { ...range, startDate: event.startDate, recurrenceTimeZone: zone },
  };
  refuseEmpty(recurrence);
  return recurrence;
}

function refuseEmpty({ pattern, range }: PatternedRecurrence): void {
  if (range.type !== 'endDate') return;
  if (range.endDate < range.startDate) {
    throw badRequest("The recurrence's endDate is before its startDate.", 'ErrorPropertyValidationFailure');
  }
  if (days({ pattern, range }, range.startDate, range.endDate).next().done) {
    throw badRequest('The recurrence has no occurrence.', 'ErrorRecurrenceHasNoOccurrence');
  }
}

/**
 * The dates of the occurrences from `from` to `to`, both yyyy-MM-dd and included, in order. Intervals count from the
 * day, week, month or year that holds `range.startDate`; a start that does not fit the pattern is no occurrence itself.
 */
export const occurrenceDates = (
  recurrence: PatternedRecurrence,
  from: string,
  to: string,
): readonly string[] => [...days(recurrence, from, to)].map(dateOf);

/** The first occurrence after a date, null where the series has ended. */
export function nextDate(recurrence: PatternedRecurrence, after: string): string | null {
  const [day] = days(recurrence, dateOf(dayOf(after) + 1), endOfTime);
  return day === undefined ? null : dateOf(day);
}

/** The date of the last occurrence, null for a series without end. */
export function lastDate(recurrence: PatternedRecurrence): string | null {
  const { type, startDate, endDate } = recurrence.range;
  switch (type) {
    case 'noEnd':
      return null;
    case 'numbered':
      return occurrenceDates(recurrence, startDate, endOfTime).at(-1) ?? null;
    case 'endDate':
      return lastBefore(recurrence, endDate);
  }
  return unreachable(type);
}

/** Looks back period by period; in one of two neighbours there is an occurrence, unless the series has none. */
function lastBefore(recurrence: PatternedRecurrence, endDate: string): string | null {
  const { pattern, range } = recurrence;
  const start = dayOf(range.startDate);
  const end = dayOf(endDate);
  for (let index = periodOf(pattern, start, end); index >= 0; index--) {
    const day = daysOfPeriod(pattern, start, index).findLast((one) => one >= start && one <= end);
    if (day !== undefined) return dateOf(day);
  }
  return null;
}

/** Exchange's calendar ends here. */
const endOfTime = '4500-08-31';

/** The days of the occurrences in a window. Only a numbered series is walked from its start, because it counts. */
function* days(recurrence: PatternedRecurrence, from: string, to: string): Generator<number> {
  const { pattern, range } = recurrence;
  const start = dayOf(range.startDate);
  const isNumbered = range.type === 'numbered';
  const first = Math.max(start, dayOf(from));
  const last = dayOf([to, endOfTime, ...(range.type === 'endDate' ? [range.endDate] : [])].sort()[0] ?? to);
  let left = isNumbered ? range.numberOfOccurrences : Number.POSITIVE_INFINITY;
  const end = periodOf(pattern, start, last);
  for (let index = isNumbered ? 0 : periodOf(pattern, start, first); index <= end; index++) {
    for (const day of daysOfPeriod(pattern, start, index)) {
      if (day < start) continue;
      if (day > last || left === 0) return;
      left -= 1;
      if (day >= first) yield day;
    }
  }
}
