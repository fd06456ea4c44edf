/**
 * How a series repeats, in Microsoft Graph's words: six patterns, three ranges. The first day is the day on which the
 * series' first occurrence begins, and is not repeated here.
 */

export const daysOfWeek = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type DayOfWeek = (typeof daysOfWeek)[number];

export const weekIndexes = ['first', 'second', 'third', 'fourth', 'last'] as const;
export type WeekIndex = (typeof weekIndexes)[number];

export type RecurrencePattern =
  | Readonly<{ type: 'daily'; interval: number }>
  | Readonly<{
      type: 'weekly';
      interval: number;
      daysOfWeek: readonly DayOfWeek[];
      /** Decides which days belong to one week where the interval is more than one. */
      firstDayOfWeek: DayOfWeek;
    }>
  | Readonly<{ type: 'absoluteMonthly'; interval: number; dayOfMonth: number }>
  /** With several days: the first (or last …) day of the month that is one of them. */
  | Readonly<{
      type: 'relativeMonthly';
      interval: number;
      daysOfWeek: readonly DayOfWeek[];
      index: WeekIndex;
    }>
  | Readonly<{ type: 'absoluteYearly'; interval: number; month: number; dayOfMonth: number }>
  | Readonly<{
      type: 'relativeYearly';
      interval: number;
      month: number;
      daysOfWeek: readonly DayOfWeek[];
      index: WeekIndex;
    }>;

export type RecurrenceRange =
  | Readonly<{ type: 'noEnd' }>
  /** Inclusive, `YYYY-MM-DD`. */
  | Readonly<{ type: 'endDate'; endDate: string }>
  | Readonly<{ type: 'numbered'; numberOfOccurrences: number }>;

export type Recurrence = Readonly<{ pattern: RecurrencePattern; range: RecurrenceRange }>;
