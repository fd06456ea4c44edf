import { unreachable } from '../unreachable.ts';

export type PatternType =
  | 'daily'
  | 'weekly'
  | 'absoluteMonthly'
  | 'relativeMonthly'
  | 'absoluteYearly'
  | 'relativeYearly';

export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

export type Weekday = (typeof weekdays)[number];

export const weekIndexes = ['first', 'second', 'third', 'fourth', 'last'] as const;

/** What a series repeats by; what a type does not need is 0, empty or the default, as in the echo of the service. */
export type Pattern = Readonly<{
  type: PatternType;
  interval: number;
  /** 1 to 12 for the yearly types. */
  month: number;
  dayOfMonth: number;
  daysOfWeek: readonly Weekday[];
  firstDayOfWeek: Weekday;
  index: (typeof weekIndexes)[number];
}>;

const dayMs = 86_400_000;

/** Days since 1970-01-01 of a date yyyy-MM-dd, as this engine counts them. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** 0 is Sunday. */
const weekdayOf = (day: number) => (((day + 4) % 7) + 7) % 7;

/** Months since the year 0; a month is a number here so that intervals are plain steps. */
const monthOf = (day: number) => {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

const firstOfMonth = (month: number) => Date.UTC(Math.floor(month / 12), month % 12, 1) / dayMs;

/**
 * The days of the period number `index` counted from the one that holds `start` (day, week, month or year), in order,
 * those before `start` included. A day of the month that a month lacks is its last one, as in Outlook.
 */
export function daysOfPeriod(pattern: Pattern, start: number, index: number): readonly number[] {
  const steps = index * pattern.interval;
  const { type } = pattern;
  switch (type) {
    case 'daily':
      return [start + steps];
    case 'weekly':
      return daysOfWeek(pattern, weekStart(pattern, start) + 7 * steps);
    case 'absoluteMonthly':
      return [dayOfMonth(pattern, monthOf(start) + steps)];
    case 'relativeMonthly':
      return nthDay(pattern, monthOf(start) + steps);
    case 'absoluteYearly':
      return [dayOfMonth(pattern, yearMonth(pattern, start, steps))];
    case 'relativeYearly':
      return nthDay(pattern, yearMonth(pattern, start, steps));
  }
  return unreachable(type);
}

/** The number of the last period that begins on `day` or before it. */
export function periodOf(pattern: Pattern, start: number, day: number): number {
  const { type, interval } = pattern;
  switch (type) {
    case 'daily':
      return Math.floor((day - start) / interval);
    case 'weekly':
      return Math.floor((day - weekStart(pattern, start)) / (7 * interval));
    case 'absoluteMonthly':
    case 'relativeMonthly':
      return Math.floor((monthOf(day) - monthOf(start)) / interval);
    case 'absoluteYearly':
    case 'relativeYearly':
      return Math.floor((yearOf(day) - yearOf(start)) / interval);
  }
  return unreachable(type);
}

const yearOf = (day: number) => Math.floor(monthOf(day) / 12);

const yearMonth = ({ month }: Pattern, start: number, steps: number) =>
  (yearOf(start) + steps) * 12 + month - 1;

/** The first day of the week that holds `day`; which one that is matters as soon as weeks are left out. */
const weekStart = ({ firstDayOfWeek }: Pattern, day: number) =>
  day - ((weekdayOf(day) - weekdays.indexOf(firstDayOfWeek) + 7) % 7);

const daysOfWeek = ({ daysOfWeek: wanted }: Pattern, from: number) =>
  [0, 1, 2, 3, 4, 5, 6].map((offset) => from + offset).filter((day) => isOneOf(wanted, day));

const isOneOf = (wanted: readonly Weekday[], day: number) => {
  const weekday = weekdays[weekdayOf(day)];
  return weekday !== undefined && wanted.includes(weekday);
};

const dayOfMonth = (pattern: Pattern, month: number) =>
  Math.min(firstOfMonth(month) + pattern.dayOfMonth - 1, firstOfMonth(month + 1) - 1);

/** The first to fourth or last day of a month that is one of the wanted days of the week. */
function nthDay(pattern: Pattern, month: number): readonly number[] {
  const first = firstOfMonth(month);
  const length = firstOfMonth(month + 1) - first;
  const fitting = Array.from({ length }, (_, offset) => first + offset).filter((day) =>
    isOneOf(pattern.daysOfWeek, day),
  );
  const day = pattern.index === 'last' ? fitting.at(-1) : fitting[weekIndexes.indexOf(pattern.index)];
  return day === undefined ? [] : [day];
}
