import type { DayOfWeek } from '../../../shared/recurrence.ts';
import { daysOfWeek } from '../../../shared/recurrence.ts';
import type { Language } from '../../text/language.ts';

/** Days, months and times of day in a language. What has no zone is counted in UTC throughout, so that it stays as it is. */
export type Days = Readonly<{
  /** `2026-06-10` as "10. Juni 2026". */
  day: (day: string) => string;
  /** Two of them, both included. */
  days: (first: string, last: string) => string;
  /** Wall times (`2026-06-10T09:00:00`); the day once where it is the same. */
  times: (start: string, end: string) => string;
  weekday: (day: DayOfWeek) => string;
  month: (month: number) => string;
  /** A day of every year. */
  yearly: (month: number, day: number) => string;
}>;

export function daysIn(language: Language): Days {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
  const day = format({ dateStyle: 'long' });
  const time = format({ dateStyle: 'long', timeStyle: 'short' });
  const weekday = format({ weekday: 'long' });
  const month = format({ month: 'long' });
  const yearly = format({ day: 'numeric', month: 'long' });
  return {
    day: (one) => day.format(atMidnight(one)),
    days: (first, last) => day.formatRange(atMidnight(first), atMidnight(last)),
    times: (start, end) => time.formatRange(atWall(start), atWall(end)),
    weekday: (one) => weekday.format(Date.UTC(2024, 0, 1 + daysOfWeek.indexOf(one))),
    month: (one) => month.format(Date.UTC(2024, one - 1, 1)),
    yearly: (ofMonth, one) => yearly.format(Date.UTC(2024, ofMonth - 1, one)),
  };
}

function atMidnight(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
}

function atWall(time: string): number {
  return Date.parse(`${time.slice(0, 19)}Z`);
}
