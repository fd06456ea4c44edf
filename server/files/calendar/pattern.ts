import { unreachable } from '../../../shared/domain.ts';
import {
  daysOfWeek,
  weekIndexes,
  type DayOfWeek,
  type RecurrencePattern,
  type WeekIndex,
} from '../../../shared/recurrence.ts';
import type { Rule } from './rule.ts';

/** What the start of a series adds to its rule. */
export type RuleStart = Readonly<{
  wall: Temporal.PlainDateTime;
  /**
   * Outlook means the last day of a month that has no such day; everybody else, and the standard, leaves that month out
   * (RFC 5545, 3.3.10).
   */
  isOutlook: boolean;
}>;

/** The pattern that gives exactly the days of a rule; `null` where Outlook has none. */
export function patternOf(rule: Rule, start: RuleStart): RecurrencePattern | null {
  if (!fitsOutlook(rule, start)) return null;
  switch (rule.freq) {
    case 'DAILY':
      return dailyOf(rule);
    case 'WEEKLY':
      return weeklyOf(rule, start);
    case 'MONTHLY':
      return monthlyOf(rule, start);
    case 'YEARLY':
      return yearlyOf(rule, start);
    case 'HOURLY':
    case 'MINUTELY':
    case 'SECONDLY':
      return null;
  }
  return unreachable(rule.freq);
}

/** Exchange counts up to 999 days and 99 of anything longer; hours of the day say nothing when they are the start's. */
function fitsOutlook({ freq, interval, others }: Rule, { wall }: RuleStart): boolean {
  const said: Readonly<Record<string, number>> = {
    BYHOUR: wall.hour,
    BYMINUTE: wall.minute,
    BYSECOND: wall.second,
  };
  const saysNothing = Object.entries(others).every(([name, value]) => String(said[name]) === value);
  return saysNothing && interval <= (freq === 'DAILY' ? 999 : 99);
}

function dailyOf({ interval, byDay, byMonthDay, byMonth, bySetPos }: Rule): RecurrencePattern | null {
  if (byMonthDay.length + byMonth.length + bySetPos.length > 0) return null;
  if (byDay.length === 0) return { type: 'daily', interval };
  if (interval > 1 || byDay.some(({ nth }) => nth !== null)) return null;
  return { type: 'weekly', interval: 1, daysOfWeek: ordered(byDay), firstDayOfWeek: 'monday' };
}

function weeklyOf(rule: Rule, { wall }: RuleStart): RecurrencePattern | null {
  const { interval, byDay, byMonthDay, byMonth, bySetPos, weekStart } = rule;
  if (byMonthDay.length + byMonth.length + bySetPos.length > 0) return null;
  if (byDay.some(({ nth }) => nth !== null)) return null;
  const days = byDay.length === 0 ? [weekdayOf(wall)] : ordered(byDay);
  return { type: 'weekly', interval, daysOfWeek: days, firstDayOfWeek: weekStart };
}

function monthlyOf(rule: Rule, start: RuleStart): RecurrencePattern | null {
  const { interval, byDay, byMonthDay, byMonth, bySetPos } = rule;
  if (byMonth.length > 0) return interval === 1 && byMonth.length === 1 ? yearlyOf(rule, start) : null;
  const isEveryWeek =
    byDay.length > 0 && byDay.every(({ nth }) => nth === null) && byMonthDay.length + bySetPos.length === 0;
  if (isEveryWeek && interval === 1)
    return { type: 'weekly', interval, daysOfWeek: ordered(byDay), firstDayOfWeek: 'monday' };
  const day = dayWithin(rule, start.wall.day);
  if (day === null) return null;
  if ('index' in day) return { type: 'relativeMonthly', interval, ...day };
  if (day.dayOfMonth > 28 && !day.isLast && !start.isOutlook) return null;
  return { type: 'absoluteMonthly', interval, dayOfMonth: day.dayOfMonth };
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function yearlyOf(rule: Rule, start: RuleStart): RecurrencePattern | null {
  const { interval, byDay, byMonthDay, byMonth } = rule;
  const [month = start.wall.month] = byMonth;
  const longest = longestMonths[month - 1];
  // Without a month, a day of the month means every month, and a day of the week the weeks of the year.
  if (byMonth.length > 1 || longest === undefined) return null;
  if (byMonth.length === 0 && byDay.length + byMonthDay.length > 0) return null;
  const day = dayWithin(rule, start.wall.day);
  if (day === null) return null;
  if ('index' in day) return { type: 'relativeYearly', interval, month, ...day };
  if (day.dayOfMonth > longest && !day.isLast) return null;
  const isLeapDay = month === 2 && day.dayOfMonth > 28;
  if (isLeapDay && !day.isLast && !start.isOutlook) return null;
  return { type: 'absoluteYearly', interval, month, dayOfMonth: Math.min(day.dayOfMonth, longest) };
}

type DayWithin =
  | Readonly<{ dayOfMonth: number; isLast: boolean }>
  | Readonly<{ daysOfWeek: readonly DayOfWeek[]; index: WeekIndex }>;

/** The one day of a month that a rule means; `null` where it means several, or one that Outlook cannot name. */
function dayWithin(rule: Rule, startDay: number): DayWithin | null {
  const { byDay, byMonthDay } = rule;
  if (byDay.length > 0) return weekdayWithin(rule);
  if (byMonthDay.length === 0 && rule.bySetPos.length === 0) return { dayOfMonth: startDay, isLast: false };
  const days = byMonthDay.toSorted((one, other) => one - other);
  const [first = 0, ...more] = days;
  const place = rule.bySetPos[0] ?? -1;
  if (rule.bySetPos.length > 1 || Math.abs(place) !== 1) return null;
  if (more.length === 0) {
    if (first === -1) return { dayOfMonth: 31, isLast: true };
    return first > 0 && first <= 31 ? { dayOfMonth: first, isLast: false } : null;
  }
  // `28,29,30` and the last of them: how the standard says "the 30th, or the last day".
  const isRun = first === 28 && days.every((day, index) => day === 28 + index) && days.length <= 4;
  return isRun && rule.bySetPos[0] === -1 ? { dayOfMonth: 27 + days.length, isLast: true } : null;
}

function weekdayWithin({ byDay, byMonthDay, bySetPos }: Rule): DayWithin | null {
  const daysOfWeek = ordered(byDay);
  const [only] = byDay;
  const hasNth = byDay.some(({ nth }) => nth !== null);
  if (byMonthDay.length > 0) {
    const index = weekOf(byMonthDay);
    return index === null || hasNth || byDay.length > 1 || bySetPos.length > 0 ? null : { daysOfWeek, index };
  }
  if (hasNth && (byDay.length > 1 || bySetPos.length > 0)) return null;
  const place = hasNth ? only?.nth : bySetPos.length === 1 ? bySetPos[0] : undefined;
  const index = place === -1 ? 'last' : weekIndexes.slice(0, 4)[(place ?? 0) - 1];
  return index === undefined ? null : { daysOfWeek, index };
}

/** Seven days from the 1st, 8th, 15th or 22nd on hold each day of the week once. */
function weekOf(monthDays: readonly number[]): WeekIndex | null {
  const [first = 0, ...more] = monthDays.toSorted((one, other) => one - other);
  const isWeek = more.length === 6 && more.every((day, index) => day === first + index + 1);
  return isWeek && (first - 1) % 7 === 0 ? (weekIndexes.slice(0, 4)[(first - 1) / 7] ?? null) : null;
}

function ordered(byDay: Rule['byDay']): readonly DayOfWeek[] {
  return daysOfWeek.filter((day) => byDay.some((one) => one.day === day));
}

function weekdayOf(wall: Temporal.PlainDateTime): DayOfWeek {
  return daysOfWeek[wall.dayOfWeek - 1] ?? 'monday';
}
