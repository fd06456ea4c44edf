import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { describeRecurrence } from '../../shared/describe-recurrence.ts';
import { hasOccurrences, lastDay, occurrenceDates } from '../../shared/occurrences.ts';
import {
  daysOfWeek,
  weekIndexes,
  type DayOfWeek,
  type Recurrence,
  type RecurrencePattern,
  type RecurrenceRange,
  type WeekIndex,
} from '../../shared/recurrence.ts';
import { days, recurrences } from '../support/appointments.ts';

const noEnd: RecurrenceRange = { type: 'noEnd' };
const runs = { numRuns: 400 };

describe('the days of a series', () => {
  test('are those that a calendar turned over page by page shows', () => {
    const cases = days().chain((first) =>
      fc.tuple(fc.constant(first), recurrences(first), days(), fc.nat(500)),
    );
    fc.assert(
      fc.property(cases, fc.nat(60), ([first, recurrence, from, span], limit) => {
        const to = addDays(from, span);
        const slowly = pagedThrough(recurrence, first, to).filter((day) => day >= from);
        expect(occurrenceDates(recurrence, first, { from, to, limit })).toEqual(slowly.slice(0, limit));
      }),
      runs,
    );
  });

  test('end with the last one a calendar shows', () => {
    const cases = days().chain((first) => fc.tuple(fc.constant(first), recurrences(first)));
    fc.assert(
      fc.property(cases, ([first, recurrence]) => {
        const all = (limit: number) =>
          occurrenceDates(recurrence, first, { from: first, to: '4500-08-31', limit });
        expect(hasOccurrences(recurrence, first)).toBe(all(1).length === 1);
        expect(lastDay(recurrence, first)).toBe(
          recurrence.range.type === 'noEnd' ? null : (all(2_000).at(-1) ?? null),
        );
      }),
      runs,
    );
  });

  test('a numbered series has so many and no more', () => {
    const numbered = recurrences().filter(({ range }) => range.type === 'numbered');
    fc.assert(
      fc.property(days(), numbered, (first, recurrence) => {
        const all = occurrenceDates(recurrence, first, { from: first, to: '4500-08-31', limit: 5_000 });
        const { range } = recurrence;
        if (range.type === 'numbered' && all.at(-1)?.startsWith('4') !== true) {
          expect(all).toHaveLength(range.numberOfOccurrences);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('come at once however long ago a series began and however far its window reaches', () => {
    const daily: Recurrence = { pattern: { type: 'daily', interval: 1 }, range: noEnd };
    const begun = performance.now();
    for (let count = 0; count < 20; count += 1) {
      const window = { from: '2027-01-01', to: '4500-08-31', limit: 60 };
      expect(occurrenceDates(daily, '1995-01-01', window)).toHaveLength(60);
    }
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  const shown: readonly (readonly [string, RecurrencePattern, string, readonly string[]])[] = [
    [
      'the 31st is the last day of shorter months',
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
      '2027-01-31',
      ['2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    ],
    [
      'the 30th is the 28th or 29th in February only',
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 30 },
      '2027-12-30',
      ['2027-12-30', '2028-01-30', '2028-02-29', '2028-03-30'],
    ],
    [
      '29 February is 28 February in other years',
      { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
      '2028-02-29',
      ['2028-02-29', '2029-02-28', '2030-02-28', '2031-02-28', '2032-02-29'],
    ],
    [
      'every second Tuesday and Thursday',
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'thursday'], firstDayOfWeek: 'monday' },
      '2026-11-24',
      ['2026-11-24', '2026-11-26', '2026-12-08', '2026-12-10'],
    ],
    [
      'Sunday belongs to the week before where weeks begin on Monday',
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'monday' },
      '2026-11-24',
      ['2026-11-24', '2026-11-29', '2026-12-08', '2026-12-13'],
    ],
    [
      'Sunday begins the week where weeks begin on Sunday',
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'], firstDayOfWeek: 'sunday' },
      '2026-11-24',
      ['2026-11-24', '2026-12-06', '2026-12-08', '2026-12-20'],
    ],
    [
      'the last working day of every third month',
      { type: 'relativeMonthly', interval: 3, daysOfWeek: daysOfWeek.slice(0, 5), index: 'last' },
      '2026-01-30',
      ['2026-01-30', '2026-04-30', '2026-07-31', '2026-10-30'],
    ],
    [
      'the fourth Thursday of November',
      { type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
      '2026-11-26',
      ['2026-11-26', '2027-11-25', '2028-11-23'],
    ],
    [
      'a first day that does not fit is none of them',
      { type: 'weekly', interval: 1, daysOfWeek: ['friday'], firstDayOfWeek: 'monday' },
      '2026-11-24',
      ['2026-11-27', '2026-12-04'],
    ],
    [
      'a month in which the day is over counts all the same',
      { type: 'absoluteMonthly', interval: 2, dayOfMonth: 5 },
      '2026-11-24',
      ['2027-01-05', '2027-03-05'],
    ],
  ];
  test.each(shown)('%s', (_, pattern, first, expected) => {
    const limit = expected.length;
    expect(
      occurrenceDates({ pattern, range: noEnd }, first, { from: first, to: '9999-12-31', limit }),
    ).toEqual(expected);
    const range: RecurrenceRange = { type: 'numbered', numberOfOccurrences: limit };
    expect(lastDay({ pattern, range }, first)).toBe(expected.at(-1));
  });

  test('a series that ends before its first occurrence has none', () => {
    const mondays: RecurrencePattern = {
      type: 'weekly',
      interval: 1,
      daysOfWeek: ['monday'],
      firstDayOfWeek: 'monday',
    };
    const until = (endDate: string): Recurrence => ({
      pattern: mondays,
      range: { type: 'endDate', endDate },
    });
    expect(hasOccurrences(until('2026-11-29'), '2026-11-24')).toBe(false);
    expect(lastDay(until('2026-11-29'), '2026-11-24')).toBeNull();
    expect(hasOccurrences(until('2026-11-30'), '2026-11-24')).toBe(true);
    expect(hasOccurrences(until('2020-01-01'), '2026-11-24')).toBe(false);
  });

  test('a window before the series, or turned round, holds nothing', () => {
    const daily: Recurrence = { pattern: { type: 'daily', interval: 1 }, range: noEnd };
    expect(occurrenceDates(daily, '2026-11-24', { from: '2026-01-01', to: '2026-11-23', limit: 9 })).toEqual(
      [],
    );
    expect(occurrenceDates(daily, '2026-11-24', { from: '2026-12-31', to: '2026-12-01', limit: 9 })).toEqual(
      [],
    );
    expect(occurrenceDates(daily, '2026-11-24', { from: '2026-12-01', to: '2026-12-31', limit: 0 })).toEqual(
      [],
    );
  });
});

describe('a series in words', () => {
  const workdays = daysOfWeek.slice(0, 5);
  const weekOf = (interval: number, ...some: readonly DayOfWeek[]): RecurrencePattern => ({
    type: 'weekly',
    interval,
    daysOfWeek: some,
    firstDayOfWeek: 'monday',
  });
  const monthly = (interval: number, dayOfMonth: number): RecurrencePattern => ({
    type: 'absoluteMonthly',
    interval,
    dayOfMonth,
  });
  const relative = (index: WeekIndex, some: readonly DayOfWeek[]): RecurrencePattern => ({
    type: 'relativeMonthly',
    interval: 1,
    daysOfWeek: some,
    index,
  });
  const said: readonly (readonly [string, RecurrencePattern, RecurrenceRange])[] = [
    ['every second Tuesday and Thursday, 20 times', weekOf(2, 'thursday', 'tuesday'), numbered(20)],
    ['every day', { type: 'daily', interval: 1 }, noEnd],
    ['every 21st day, once', { type: 'daily', interval: 21 }, numbered(1)],
    ['every working day', weekOf(1, ...workdays), noEnd],
    ['every Monday, Wednesday and Friday', weekOf(1, 'monday', 'wednesday', 'friday'), noEnd],
    ['every Saturday and Sunday, twice', weekOf(1, 'saturday', 'sunday'), numbered(2)],
    ['every third week on every day', weekOf(3, ...daysOfWeek), noEnd],
    ['every second week on working days', weekOf(2, ...workdays), noEnd],
    [
      'on the 3rd of every month, until 1 March 2027',
      monthly(1, 3),
      { type: 'endDate', endDate: '2027-03-01' },
    ],
    ['on the last day of every month', monthly(1, 31), noEnd],
    ['on the 30th (or last day) of every third month', monthly(3, 30), noEnd],
    ['on the first working day of every month', relative('first', workdays), noEnd],
    ['on the last day of every month', relative('last', daysOfWeek), noEnd],
    ['on the second Monday or Tuesday of every month', relative('second', ['tuesday', 'monday']), noEnd],
    ['on the third weekend day of every month', relative('third', ['sunday', 'saturday']), noEnd],
    ['every year on 24 December', { type: 'absoluteYearly', interval: 1, month: 12, dayOfMonth: 24 }, noEnd],
    [
      'every second year on the fourth Thursday of November',
      { type: 'relativeYearly', interval: 2, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
      noEnd,
    ],
  ];
  test.each(said)('%s', (sentence, pattern, range) => {
    expect(describeRecurrence({ pattern, range })).toBe(sentence);
  });

  function numbered(numberOfOccurrences: number): RecurrenceRange {
    return { type: 'numbered', numberOfOccurrences };
  }
});

/** Every day from the first on is looked at by itself and asked whether the rule names it. */
function pagedThrough({ pattern, range }: Recurrence, first: string, to: string): readonly string[] {
  const found: string[] = [];
  for (let day = first; day <= to; day = addDays(day, 1)) {
    if (range.type === 'endDate' && day > range.endDate) break;
    if (range.type === 'numbered' && found.length === range.numberOfOccurrences) break;
    if (isNamed(pattern, first, day)) found.push(day);
  }
  return found;
}

function isNamed(pattern: RecurrencePattern, first: string, day: string): boolean {
  const { interval, type } = pattern;
  if (periodsBetween(pattern, first, day) % interval !== 0) return false;
  if (type === 'daily') return true;
  if (type === 'weekly') return pattern.daysOfWeek.includes(weekdayOf(day));
  if ('month' in pattern && pattern.month !== Number(day.slice(5, 7))) return false;
  if ('dayOfMonth' in pattern) {
    const last = daysOfMonth(day).length;
    return Number(day.slice(8)) === Math.min(pattern.dayOfMonth, last);
  }
  const fitting = daysOfMonth(day).filter((one) => pattern.daysOfWeek.includes(weekdayOf(one)));
  const at = pattern.index === 'last' ? fitting.length - 1 : weekIndexes.indexOf(pattern.index);
  return fitting[at] === day;
}

function periodsBetween(pattern: RecurrencePattern, first: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(first.slice(0, 4));
  if (pattern.type === 'daily') return daysBetween(first, day);
  if (pattern.type === 'weekly') {
    const [begin, now] = [first, day].map((one) => weekBegin(one, pattern.firstDayOfWeek));
    return daysBetween(begin ?? first, now ?? day) / 7;
  }
  if (pattern.type.endsWith('Yearly')) return years;
  return years * 12 + Number(day.slice(5, 7)) - Number(first.slice(5, 7));
}

function weekBegin(day: string, begins: DayOfWeek): string {
  return weekdayOf(day) === begins ? day : weekBegin(addDays(day, -1), begins);
}

function daysOfMonth(day: string): readonly string[] {
  return Array.from({ length: 31 }, (_, at) => addDays(`${day.slice(0, 8)}01`, at)).filter((one) =>
    one.startsWith(day.slice(0, 8)),
  );
}

function weekdayOf(day: string): DayOfWeek {
  return daysOfWeek[(new Date(day).getUTCDay() + 6) % 7] ?? 'monday';
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}
