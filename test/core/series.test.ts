import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { hasOccurrences, lastDay, occurrenceDates } from '../../shared/occurrences.ts';
import {
  daysOfWeek,
  type DayOfWeek,
  type Recurrence,
  type RecurrencePattern,
  type RecurrenceRange,
  type WeekIndex,
} from '../../shared/recurrence.ts';
import { coveringRule, nativeRule, recurrenceOf, type NativeRule } from '../../shared/series.ts';
import { days, recurrences } from '../support/appointments.ts';

const workdays = daysOfWeek.slice(0, 5);
const weekend = daysOfWeek.slice(5);
const noEnd: RecurrenceRange = { type: 'noEnd' };
/** A Tuesday, the fourth one of its month. */
const tuesday = '2026-11-24';

const daily = (interval = 1): RecurrencePattern => ({ type: 'daily', interval });
const weekly = (
  some: readonly DayOfWeek[],
  interval = 1,
  firstDayOfWeek: DayOfWeek = 'monday',
): RecurrencePattern => ({ type: 'weekly', interval, daysOfWeek: some, firstDayOfWeek });
const monthly = (dayOfMonth: number, interval = 1): RecurrencePattern => ({
  type: 'absoluteMonthly',
  interval,
  dayOfMonth,
});
const relative = (index: WeekIndex, some: readonly DayOfWeek[], interval = 1): RecurrencePattern => ({
  type: 'relativeMonthly',
  interval,
  daysOfWeek: some,
  index,
});
const yearly = (month: number, dayOfMonth: number, interval = 1): RecurrencePattern => ({
  type: 'absoluteYearly',
  interval,
  month,
  dayOfMonth,
});
const relativeYearly = (month: number, index: WeekIndex, some: readonly DayOfWeek[]): RecurrencePattern => ({
  type: 'relativeYearly',
  interval: 1,
  month,
  daysOfWeek: some,
  index,
});
const times = (numberOfOccurrences: number): RecurrenceRange => ({ type: 'numbered', numberOfOccurrences });
const until = (endDate: string): RecurrenceRange => ({ type: 'endDate', endDate });

type Form = Readonly<{
  says: string;
  pattern: RecurrencePattern;
  /** Without end unless it says otherwise. */
  range?: RecurrenceRange;
  first?: string;
  /** The simple rule that says the same. */
  native: NativeRule | null;
  /** The simple rule that covers it. */
  covering: NativeRule;
}>;

const forms: readonly Form[] = [
  { says: 'every day', pattern: daily(), native: 'daily', covering: 'daily' },
  { says: 'every day, ten times', pattern: daily(), range: times(10), native: 'daily', covering: 'daily' },
  { says: 'every second day', pattern: daily(2), native: null, covering: 'daily' },
  { says: 'every seventh day', pattern: daily(7), native: 'weekly', covering: 'weekly' },
  { says: 'every 14th day', pattern: daily(14), native: null, covering: 'weekly' },
  { says: 'every 30th day', pattern: daily(30), native: null, covering: 'daily' },
  { says: 'every 365th day', pattern: daily(365), native: null, covering: 'daily' },
  {
    says: 'every 365th day until a leap day comes between',
    pattern: daily(365),
    range: until('2027-12-31'),
    native: 'yearly',
    covering: 'yearly',
  },
  { says: 'every Tuesday', pattern: weekly(['tuesday']), native: 'weekly', covering: 'weekly' },
  {
    says: 'every Tuesday of weeks that begin on Wednesday',
    pattern: weekly(['tuesday'], 1, 'wednesday'),
    native: 'weekly',
    covering: 'weekly',
  },
  {
    says: 'every Tuesday until Christmas',
    pattern: weekly(['tuesday']),
    range: until('2026-12-24'),
    native: 'weekly',
    covering: 'weekly',
  },
  {
    says: 'one Tuesday',
    pattern: weekly(['tuesday']),
    range: times(1),
    native: 'weekly',
    covering: 'weekly',
  },
  {
    says: 'every Friday, said on a Tuesday',
    pattern: weekly(['friday']),
    native: 'weekly',
    covering: 'weekly',
  },
  { says: 'every second Tuesday', pattern: weekly(['tuesday'], 2), native: null, covering: 'weekly' },
  {
    says: 'every second Tuesday, twice',
    pattern: weekly(['tuesday'], 2),
    range: times(2),
    native: null,
    covering: 'weekly',
  },
  {
    says: 'every second Tuesday and Thursday, 20 times',
    pattern: weekly(['tuesday', 'thursday'], 2),
    range: times(20),
    native: null,
    covering: 'daily',
  },
  { says: 'working days', pattern: weekly(workdays), native: null, covering: 'daily' },
  {
    says: 'the working days that are left of one week',
    pattern: weekly(workdays),
    range: times(4),
    native: 'daily',
    covering: 'daily',
  },
  { says: 'weekends', pattern: weekly(weekend), native: null, covering: 'daily' },
  { says: 'all days of the week', pattern: weekly(daysOfWeek), native: 'daily', covering: 'daily' },
  {
    says: 'all days of every second week',
    pattern: weekly(daysOfWeek, 2),
    native: null,
    covering: 'daily',
  },
  {
    says: 'every fourth week, as often as February allows',
    pattern: weekly(['monday'], 4),
    range: times(2),
    first: '2027-02-01',
    native: 'monthly',
    covering: 'monthly',
  },
  { says: 'the 24th', pattern: monthly(24), native: 'monthly', covering: 'monthly' },
  {
    says: 'the 24th, twelve times',
    pattern: monthly(24),
    range: times(12),
    native: 'monthly',
    covering: 'monthly',
  },
  { says: 'the 5th, said on a 24th', pattern: monthly(5), native: 'monthly', covering: 'monthly' },
  { says: 'the 24th of every second month', pattern: monthly(24, 2), native: null, covering: 'monthly' },
  {
    says: 'the 24th of every third month',
    pattern: monthly(24, 3),
    native: 'quarterly',
    covering: 'quarterly',
  },
  { says: 'the 24th of every sixth month', pattern: monthly(24, 6), native: null, covering: 'quarterly' },
  { says: 'the 24th of every fourth month', pattern: monthly(24, 4), native: null, covering: 'monthly' },
  { says: 'the 24th of every twelfth month', pattern: monthly(24, 12), native: 'yearly', covering: 'yearly' },
  { says: 'the 24th of every 24th month', pattern: monthly(24, 24), native: null, covering: 'yearly' },
  {
    says: 'the last day of the month, from a 31st on',
    pattern: monthly(31),
    first: '2027-01-31',
    native: null,
    covering: 'daily',
  },
  {
    says: 'the last day of the month, from a 30th on',
    pattern: monthly(31),
    first: '2026-11-30',
    native: null,
    covering: 'daily',
  },
  {
    says: 'the 30th of months that have one',
    pattern: monthly(30, 3),
    first: '2027-01-30',
    native: 'quarterly',
    covering: 'quarterly',
  },
  {
    says: 'a 29th that February lacks',
    pattern: monthly(29),
    first: '2027-01-29',
    native: null,
    covering: 'daily',
  },
  {
    says: 'every 31 December',
    pattern: yearly(12, 31),
    first: '2026-12-31',
    native: 'yearly',
    covering: 'yearly',
  },
  {
    says: 'the last day of a quarter, from a 31st on',
    pattern: monthly(31, 3),
    first: '2026-12-31',
    native: null,
    covering: 'daily',
  },
  { says: 'the fourth Tuesday', pattern: relative('fourth', ['tuesday']), native: null, covering: 'weekly' },
  { says: 'the last Friday', pattern: relative('last', ['friday']), native: null, covering: 'weekly' },
  {
    says: 'the fourth Tuesday of every third month',
    pattern: relative('fourth', ['tuesday'], 3),
    native: null,
    covering: 'weekly',
  },
  { says: 'the first working day', pattern: relative('first', workdays), native: null, covering: 'daily' },
  { says: 'the last weekend day', pattern: relative('last', weekend), native: null, covering: 'daily' },
  { says: 'the first day', pattern: relative('first', daysOfWeek), native: 'monthly', covering: 'monthly' },
  {
    says: 'the third day of every third month',
    pattern: relative('third', daysOfWeek, 3),
    native: 'quarterly',
    covering: 'quarterly',
  },
  {
    says: 'the last day, from a 31st on',
    pattern: relative('last', daysOfWeek),
    first: '2027-01-31',
    native: null,
    covering: 'daily',
  },
  {
    says: 'the second Monday or Tuesday',
    pattern: relative('second', ['monday', 'tuesday']),
    native: null,
    covering: 'daily',
  },
  { says: '24 December', pattern: yearly(12, 24), native: 'yearly', covering: 'yearly' },
  {
    says: '24 December, three times',
    pattern: yearly(12, 24),
    range: times(3),
    native: 'yearly',
    covering: 'yearly',
  },
  { says: '24 December of every second year', pattern: yearly(12, 24, 2), native: null, covering: 'yearly' },
  {
    says: '29 February, from a leap year on',
    pattern: yearly(2, 29),
    first: '2028-02-29',
    native: null,
    covering: 'daily',
  },
  {
    says: '29 February, from a common year on',
    pattern: yearly(2, 29),
    first: '2027-02-28',
    native: null,
    covering: 'daily',
  },
  {
    says: 'the fourth Thursday of November',
    pattern: relativeYearly(11, 'fourth', ['thursday']),
    native: null,
    covering: 'weekly',
  },
  {
    says: 'the first day of April',
    pattern: relativeYearly(4, 'first', daysOfWeek),
    native: 'yearly',
    covering: 'yearly',
  },
  {
    says: 'the last working day of the year',
    pattern: relativeYearly(12, 'last', workdays),
    native: null,
    covering: 'daily',
  },
];

describe('a simple rule', () => {
  test.each(forms)('for $says', ({ pattern, range = noEnd, first = tuesday, native, covering }) => {
    const recurrence: Recurrence = { pattern, range };
    expect(nativeRule(recurrence, first)).toBe(native);
    const cover = coveringRule(recurrence, first);
    expect(cover.rule).toBe(covering);
    const window = { from: '2026-11-01', to: '2032-12-31' };
    expect(cover.exceptDays(window).length === 0).toBe(native !== null);
    expect(withoutExceptions(cover, window)).toEqual(
      occurrenceDates(recurrence, first, { ...window, limit: 5_000 }),
    );
  });

  test('and its exceptions always make the series', () => {
    fc.assert(
      fc.property(series, days(), fc.nat(700), ([first, recurrence], from, span) => {
        const window = { from, to: Temporal.PlainDate.from(from).add({ days: span }).toString() };
        const cover = coveringRule(recurrence, first);
        expect(withoutExceptions(cover, window)).toEqual(
          occurrenceDates(recurrence, first, { ...window, limit: 5_000 }),
        );
        expect(lastDay(cover.recurrence, cover.firstDay)).toBe(lastDay(recurrence, first));
        expect(nativeRule(cover.recurrence, cover.firstDay)).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('that says the same is the same series', () => {
    fc.assert(
      fc.property(series, ([first, recurrence]) => {
        const rule = nativeRule(recurrence, first);
        const { firstDay, recurrence: simple, rule: covering } = coveringRule(recurrence, first);
        if (rule !== null) expect(covering).toBe(rule);
        const all = (one: Recurrence) =>
          occurrenceDates(one, firstDay, { from: firstDay, to: '4500-08-31', limit: 1_100 });
        if (rule !== null) expect(all(simple)).toEqual(all(recurrence));
        else expect(all(simple)).not.toEqual(all(recurrence));
      }),
      { numRuns: 200 },
    );
  });

  const rules: readonly NativeRule[] = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly'];
  test.each(rules)('%s is told from its own words', (rule) => {
    for (const day of [tuesday, '2027-01-28', '2028-02-28', '2026-12-01']) {
      expect(nativeRule(recurrenceOf(rule, day, noEnd), day)).toBe(rule);
      expect(nativeRule(recurrenceOf(rule, day, times(1)), day)).toBe(rule);
    }
  });

  test('needs a series that takes place', () => {
    const over: Recurrence = { pattern: daily(), range: until('2026-11-23') };
    expect(nativeRule(over, tuesday)).toBeNull();
    expect(() => coveringRule(over, tuesday)).toThrow('has no occurrence to cover');
  });
});

const series = days()
  .chain((first) => fc.tuple(fc.constant(first), recurrences(first)))
  .filter(([first, recurrence]) => hasOccurrences(recurrence, first));

function withoutExceptions(
  { recurrence, firstDay, exceptDays }: ReturnType<typeof coveringRule>,
  window: Readonly<{ from: string; to: string }>,
): readonly string[] {
  const except = new Set(exceptDays(window));
  return occurrenceDates(recurrence, firstDay, { ...window, limit: 5_000 }).filter((day) => !except.has(day));
}
