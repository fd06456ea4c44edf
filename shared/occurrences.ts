import { RRuleTemporal } from 'rrule-temporal';
import { unreachable } from './domain.ts';
import type { DayOfWeek, Recurrence, RecurrencePattern, WeekIndex } from './recurrence.ts';

/**
 * On which days a series takes place. Days are `YYYY-MM-DD` in the series' own zone; hours, zones and exceptions are the
 * caller's. `firstDay` is the day on which the series begins: intervals count from the day, week, month or year that
 * holds it, and a first day that does not fit the pattern is no occurrence itself.
 *
 * Patterns are as Microsoft Graph takes them: an interval of at least 1, days of the week where the type asks for them.
 * https://learn.microsoft.com/graph/api/resources/recurrencepattern
 */

export type OccurrenceWindow = Readonly<{
  /** Both included. */
  from: string;
  to: string;
  /** Most days to answer; whole and at least 0. */
  limit: number;
}>;

/** The days in a window on which occurrences begin, in order, the first `limit` of them. */
export function occurrenceDates(
  recurrence: Recurrence,
  firstDay: string,
  { from, to, limit }: OccurrenceWindow,
): readonly string[] {
  const { pattern, range } = recurrence;
  const first = from < firstDay ? firstDay : from;
  const ends = [to, farthestDay(recurrence)];
  // Only a window that is cut to what `limit` days can fill costs the same wherever it ends.
  if (range.type !== 'numbered') ends.push(reach(pattern, first, limit));
  const last = ends.toSorted()[0] ?? to;
  if (first > last) return [];
  const days = ruleOf(recurrence, firstDay).between(midnight(first), midnight(last), true);
  return days.slice(0, limit).map(dayOf);
}

/** The day of the last occurrence; `null` where the series has no end, or no occurrence at all (`hasOccurrences`). */
export function lastDay(recurrence: Recurrence, firstDay: string): string | null {
  if (recurrence.range.type === 'noEnd') return null;
  const last = ruleOf(recurrence, firstDay).previous(midnight(farthestDay(recurrence)), true);
  return last === null ? null : dayOf(last);
}

/** `false` for a series that ends before its first occurrence would begin. */
export function hasOccurrences(recurrence: Recurrence, firstDay: string): boolean {
  const { length } = occurrenceDates(recurrence, firstDay, { from: firstDay, to: endOfTime, limit: 1 });
  return length > 0;
}

/** Exchange's calendar ends here, and so does every series. */
const endOfTime = '4500-08-31';

function farthestDay({ range }: Recurrence): string {
  return range.type === 'endDate' && range.endDate < endOfTime ? range.endDate : endOfTime;
}

/** Longest a period of each pattern can be, in days; each holds an occurrence. */
const longestPeriod = {
  daily: 1,
  weekly: 7,
  absoluteMonthly: 31,
  relativeMonthly: 31,
  absoluteYearly: 366,
  relativeYearly: 366,
} as const satisfies Record<RecurrencePattern['type'], number>;

/** More days than there are until the end of time. */
const allDays = 1_700_000;

/** A day until which there are at least `limit` occurrences: the period it begins in may have its own behind it. */
function reach({ type, interval }: RecurrencePattern, from: string, limit: number): string {
  const days = Math.min((limit + 2) * interval * longestPeriod[type], allDays);
  return Temporal.PlainDate.from(from).add({ days }).toString();
}

/** The series as RFC 5545 says it, on a grid of days: at midnight in UTC nothing is ever skipped or repeated. */
function ruleOf({ pattern, range }: Recurrence, firstDay: string): RRuleTemporal {
  return new RRuleTemporal({
    ...partsOf(pattern),
    interval: pattern.interval,
    tzid: 'UTC',
    dtstart: midnight(firstDay),
    // A step is cheap and windows are finite: the library's own bound would only cut long series short.
    maxIterations: allDays,
    ...(range.type === 'numbered' ? { count: range.numberOfOccurrences } : {}),
  });
}

type RuleParts = Pick<
  Extract<ConstructorParameters<typeof RRuleTemporal>[0], { freq: unknown }>,
  'freq' | 'byDay' | 'byMonth' | 'byMonthDay' | 'bySetPos' | 'wkst'
>;

function partsOf(pattern: RecurrencePattern): RuleParts {
  switch (pattern.type) {
    case 'daily':
      return { freq: 'DAILY' };
    case 'weekly': {
      const wkst = weekdayCodes[pattern.firstDayOfWeek];
      return { freq: 'WEEKLY', byDay: codesOf(pattern.daysOfWeek), wkst };
    }
    case 'absoluteMonthly':
      return { freq: 'MONTHLY', ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeMonthly':
      return { freq: 'MONTHLY', ...nthDay(pattern) };
    case 'absoluteYearly':
      return { freq: 'YEARLY', byMonth: [pattern.month], ...dayOfMonth(pattern.dayOfMonth) };
    case 'relativeYearly':
      return { freq: 'YEARLY', byMonth: [pattern.month], ...nthDay(pattern) };
  }
  return unreachable(pattern);
}

/** Outlook takes the last day of a month that lacks the day; RFC 5545 alone would leave the month out. */
function dayOfMonth(day: number): Pick<RuleParts, 'byMonthDay' | 'bySetPos'> {
  if (day <= 28) return { byMonthDay: [day] };
  return { byMonthDay: [28, 29, 30, 31].filter((one) => one <= day), bySetPos: [-1] };
}

const positions = { first: 1, second: 2, third: 3, fourth: 4, last: -1 } as const satisfies Record<
  WeekIndex,
  number
>;

function nthDay(
  pattern: Readonly<{ daysOfWeek: readonly DayOfWeek[]; index: WeekIndex }>,
): Pick<RuleParts, 'byDay' | 'bySetPos'> {
  return { byDay: codesOf(pattern.daysOfWeek), bySetPos: [positions[pattern.index]] };
}

const weekdayCodes = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
} as const satisfies Record<DayOfWeek, string>;

function codesOf(days: readonly DayOfWeek[]): string[] {
  return days.map((day) => weekdayCodes[day]);
}

function midnight(day: string): Temporal.ZonedDateTime {
  return Temporal.PlainDate.from(day).toZonedDateTime('UTC');
}

function dayOf(date: Readonly<{ toString: () => string }>): string {
  return date.toString().slice(0, 10);
}
