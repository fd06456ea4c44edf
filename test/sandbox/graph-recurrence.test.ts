import { fc } from '../support/property.ts';
import { expect, test } from 'vitest';
import {
  lastDate,
  nextDate,
  occurrenceDates,
  readRecurrence,
  type PatternedRecurrence,
} from '../../server/sandbox/graph/recurrence.ts';
import { weekdays, weekIndexes } from '../../server/sandbox/graph/recurrence-days.ts';
import { Refusal } from '../../server/sandbox/graph/refusal.ts';

const zone = 'Europe/Madrid';

type Fields = Readonly<Record<string, unknown>>;

/** The series of a body whose event starts on that date. */
const series = (startDate: string, pattern: Fields, range: Fields = { type: 'noEnd' }) =>
  readRecurrence(
    { pattern: { interval: 1, ...pattern }, range: { startDate, ...range } },
    { startDate, zone },
  );

const fromTo = (recurrence: PatternedRecurrence, from: string, to: string) =>
  occurrenceDates(recurrence, from, to).join(' ');

test('Every third day', () => {
  const recurrence = series('2026-02-27', { type: 'daily', interval: 3 });
  expect(fromTo(recurrence, '2026-02-01', '2026-03-08')).toBe('2026-02-27 2026-03-02 2026-03-05 2026-03-08');
});

test('With weeks left out, it matters which day a week begins with', () => {
  const pattern = { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'sunday'] };
  const fromMonday = series('2026-10-06', { ...pattern, firstDayOfWeek: 'monday' });
  const fromSunday = series('2026-10-06', { ...pattern, firstDayOfWeek: 'sunday' });
  expect(fromTo(fromMonday, '2026-10-01', '2026-10-31')).toBe('2026-10-06 2026-10-11 2026-10-20 2026-10-25');
  expect(fromTo(fromSunday, '2026-10-01', '2026-10-31')).toBe('2026-10-06 2026-10-18 2026-10-20');
});

test('The 31st is the last day of a month that has fewer', () => {
  const recurrence = series('2026-01-31', { type: 'absoluteMonthly', dayOfMonth: 31 });
  expect(fromTo(recurrence, '2026-01-01', '2026-04-30')).toBe('2026-01-31 2026-02-28 2026-03-31 2026-04-30');
});

test('The 29th of February is the 28th in other years', () => {
  const recurrence = series('2024-02-29', { type: 'absoluteYearly', month: 2, dayOfMonth: 29 });
  expect(fromTo(recurrence, '2024-01-01', '2028-12-31')).toBe(
    '2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29',
  );
});

test('The last working day of a month', () => {
  const daysOfWeek = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
  const recurrence = series('2026-01-30', { type: 'relativeMonthly', daysOfWeek, index: 'last' });
  expect(fromTo(recurrence, '2026-01-01', '2026-05-31')).toBe(
    '2026-01-30 2026-02-27 2026-03-31 2026-04-30 2026-05-29',
  );
});

test('The fourth Thursday of November', () => {
  const recurrence = series('2026-11-26', {
    type: 'relativeYearly',
    month: 11,
    daysOfWeek: ['thursday'],
    index: 'fourth',
  });
  expect(fromTo(recurrence, '2026-01-01', '2028-12-31')).toBe('2026-11-26 2027-11-25 2028-11-23');
});

test('A window far from the start of a series without end is answered at once', () => {
  const recurrence = series('1990-01-01', { type: 'daily', interval: 1 });
  expect(fromTo(recurrence, '2390-12-31', '2391-01-01')).toBe('2390-12-31 2391-01-01');
});

test('The echo fills in what the request left out', () => {
  expect(
    readRecurrence(
      {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'] },
        range: { type: 'noEnd', startDate: '2026-11-23' },
      },
      { startDate: '2026-11-23', zone },
    ),
  ).toEqual({
    pattern: {
      type: 'weekly',
      interval: 1,
      month: 0,
      dayOfMonth: 0,
      daysOfWeek: ['monday'],
      firstDayOfWeek: 'sunday',
      index: 'first',
    },
    range: {
      type: 'noEnd',
      startDate: '2026-11-23',
      endDate: '0001-01-01',
      recurrenceTimeZone: zone,
      numberOfOccurrences: 0,
    },
  });
});

test('The date of the start wins over another startDate, or is insisted on', () => {
  const body = {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'noEnd', startDate: '2026-11-20' },
  };
  const start = { startDate: '2026-11-23', zone };
  expect(readRecurrence(body, start).range.startDate).toBe('2026-11-23');
  expect(() => readRecurrence(body, { ...start, isStrict: true })).toThrow('startDate');
});

test.each<[string, unknown, unknown]>([
  ['no pattern', null, { type: 'noEnd' }],
  ['no range', { type: 'daily', interval: 1 }, undefined],
  ['an unknown type', { type: 'hourly', interval: 1 }, { type: 'noEnd' }],
  ['an unknown range', { type: 'daily', interval: 1 }, { type: 'forever' }],
  ['an interval of nought', { type: 'daily', interval: 0 }, { type: 'noEnd' }],
  ['a broken interval', { type: 'daily', interval: 1.5 }, { type: 'noEnd' }],
  ['an interval of 1,000 days', { type: 'daily', interval: 1000 }, { type: 'noEnd' }],
  ['an interval of 100 weeks', { type: 'weekly', interval: 100, daysOfWeek: ['monday'] }, { type: 'noEnd' }],
  ['a week without days', { type: 'weekly', interval: 1 }, { type: 'noEnd' }],
  ['an unknown day', { type: 'weekly', interval: 1, daysOfWeek: ['MO'] }, { type: 'noEnd' }],
  ['a day that is no list', { type: 'weekly', interval: 1, daysOfWeek: 'monday' }, { type: 'noEnd' }],
  ['a 32nd', { type: 'absoluteMonthly', interval: 1, dayOfMonth: 32 }, { type: 'noEnd' }],
  ['a 31st of April', { type: 'absoluteYearly', interval: 1, month: 4, dayOfMonth: 31 }, { type: 'noEnd' }],
  ['a 13th month', { type: 'absoluteYearly', interval: 1, month: 13, dayOfMonth: 1 }, { type: 'noEnd' }],
  ['an end that is no date', { type: 'daily', interval: 1 }, { type: 'endDate', endDate: '2026-02-30' }],
  ['an end before the start', { type: 'daily', interval: 1 }, { type: 'endDate', endDate: '2026-11-22' }],
  [
    'an end before the first occurrence',
    { type: 'weekly', interval: 1, daysOfWeek: ['sunday'] },
    { type: 'endDate', endDate: '2026-11-24' },
  ],
  ['no occurrences', { type: 'daily', interval: 1 }, { type: 'numbered', numberOfOccurrences: 0 }],
  ['an unknown zone', { type: 'daily', interval: 1 }, { type: 'noEnd', recurrenceTimeZone: 'Mars/Olympus' }],
])('A recurrence with %s is refused', (_what, pattern, range) => {
  const read = () => readRecurrence({ pattern, range }, { startDate: '2026-11-23', zone });
  expect(read).toThrow(Refusal);
});

// ------------------------------------------------------------------ laws, against an engine that tries every day

const date = fc
  .integer({ min: 0, max: 365 * 12 })
  .map((offset) => Temporal.PlainDate.from('2020-01-01').add({ days: offset }).toString());

const pattern = fc.record({
  type: fc.constantFrom(
    'daily',
    'weekly',
    'absoluteMonthly',
    'relativeMonthly',
    'absoluteYearly',
    'relativeYearly',
  ),
  interval: fc.integer({ min: 1, max: 5 }),
  month: fc.integer({ min: 1, max: 12 }),
  dayOfMonth: fc.oneof(fc.integer({ min: 1, max: 29 }), fc.constantFrom(28, 29)),
  daysOfWeek: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  firstDayOfWeek: fc.constantFrom(...weekdays),
  index: fc.constantFrom(...weekIndexes),
});

const recurrences = fc
  .record({
    pattern,
    startDate: date,
    count: fc.integer({ min: 1, max: 40 }),
    kind: fc.nat(2),
    length: fc.nat(900),
  })
  .map(({ pattern: fields, startDate, count, kind, length }) => {
    const endDate = Temporal.PlainDate.from(startDate).add({ years: 6, days: length }).toString();
    const ranges = [
      { type: 'noEnd' },
      { type: 'numbered', numberOfOccurrences: count },
      { type: 'endDate', endDate },
    ];
    return series(startDate, fields, ranges[kind] ?? {});
  });

const isoDay = (name: string) => ((weekdays.findIndex((one) => one === name) + 6) % 7) + 1;

/** Whether a series has this day by its pattern, found out from that day alone. */
function hasDay(
  { pattern: { type, ...fields }, range }: PatternedRecurrence,
  day: Temporal.PlainDate,
): boolean {
  const start = Temporal.PlainDate.from(range.startDate);
  const months = (day.year - start.year) * 12 + day.month - start.month;
  const isWanted = (one: Temporal.PlainDate) =>
    fields.daysOfWeek.some((name) => isoDay(name) === one.dayOfWeek);
  const isNth = () => {
    const all = Array.from({ length: day.daysInMonth }, (_, index) => day.with({ day: index + 1 })).filter(
      isWanted,
    );
    const wanted = fields.index === 'last' ? all.at(-1) : all[weekIndexes.indexOf(fields.index)];
    return wanted?.equals(day) ?? false;
  };
  const isDay = () => day.day === Math.min(fields.dayOfMonth, day.daysInMonth);
  const isYear = (day.year - start.year) % fields.interval === 0 && day.month === fields.month;
  if (type === 'daily') return start.until(day).days % fields.interval === 0;
  if (type === 'weekly') {
    const weekOf = (one: Temporal.PlainDate) =>
      one.subtract({ days: (one.dayOfWeek - isoDay(fields.firstDayOfWeek) + 7) % 7 });
    return isWanted(day) && (weekOf(start).until(weekOf(day)).days / 7) % fields.interval === 0;
  }
  if (type === 'absoluteMonthly') return months % fields.interval === 0 && isDay();
  if (type === 'relativeMonthly') return months % fields.interval === 0 && isNth();
  return isYear && (type === 'absoluteYearly' ? isDay() : isNth());
}

/** Every occurrence up to a date, by looking at each day. */
function naive(recurrence: PatternedRecurrence, to: string): readonly string[] {
  const { type, startDate, endDate, numberOfOccurrences } = recurrence.range;
  const found: string[] = [];
  for (let day = Temporal.PlainDate.from(startDate); day.toString() <= to; day = day.add({ days: 1 })) {
    if (type === 'endDate' && day.toString() > endDate) break;
    if (hasDay(recurrence, day)) found.push(day.toString());
    if (type === 'numbered' && found.length === numberOfOccurrences) break;
  }
  return found;
}

test('Any window of any series holds the days that fit, and no others', () => {
  fc.assert(
    fc.property(recurrences, date, fc.nat(1500), (recurrence, from, length) => {
      const to = Temporal.PlainDate.from(from).add({ days: length }).toString();
      expect(occurrenceDates(recurrence, from, to)).toEqual(
        naive(recurrence, to).filter((day) => day >= from),
      );
    }),
    { numRuns: 150 },
  );
});

test('A series ends on its last occurrence, after which there is none', () => {
  const ending = recurrences.filter(({ range }) => range.type !== 'noEnd');
  fc.assert(
    fc.property(ending, (recurrence) => {
      const last = lastDate(recurrence) ?? '';
      expect(occurrenceDates(recurrence, last, '2400-01-01')).toEqual([last]);
      expect(nextDate(recurrence, last)).toBeNull();
    }),
  );
});

test('A series without end has no last occurrence, and always a next one', () => {
  fc.assert(
    fc.property(recurrences, date, (recurrence, after) => {
      fc.pre(recurrence.range.type === 'noEnd');
      expect(lastDate(recurrence)).toBeNull();
      const next = nextDate(recurrence, after) ?? '';
      expect(next > after).toBe(true);
      expect(occurrenceDates(recurrence, after, next).filter((day) => day > after)).toEqual([next]);
    }),
  );
});
