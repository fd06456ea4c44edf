import { unreachable } from './domain.ts';
import { lastDay, occurrenceDates } from './occurrences.ts';
import { daysOfWeek, type Recurrence, type RecurrencePattern, type RecurrenceRange } from './recurrence.ts';

/**
 * The rhythms that the simplest calendars know: one occurrence a period, counted from the series' first day. What they
 * make of the 29th to 31st in shorter months differs or is not documented, so a rule that comes to such a month says
 * nothing exactly and covers nothing.
 */
export type NativeRule = 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** A simple series that takes place whenever the real one does, and on some days more. */
export type CoveringRule = Readonly<{
  rule: NativeRule;
  /** The day on which both begin: the first one that is an occurrence. */
  firstDay: string;
  /** The simple series itself; it ends with the last occurrence of the real one. */
  recurrence: Recurrence;
  /** The days from `from` to `to`, both included, on which the simple series takes place and the real one does not. */
  exceptDays: (window: Readonly<{ from: string; to: string }>) => readonly string[];
}>;

/** The simple rule that says exactly the same, `null` where none does. */
export function nativeRule(recurrence: Recurrence, firstDay: string): NativeRule | null {
  return ruleThatSays(recurrence.pattern, plainDates(recurrence, firstDay));
}

function ruleThatSays(pattern: RecurrencePattern, dates: readonly Temporal.PlainDate[]): NativeRule | null {
  const [first] = dates;
  if (first === undefined) return null;
  const says = (rule: NativeRule) =>
    isCertain(rule, first) && dates.every((date, at) => nthDate(rule, first, at).equals(date));
  return [likelyRule(pattern), ...sparsestFirst].find(says) ?? null;
}

/**
 * The simple series with the fewest days too many. Throws for a series without any occurrence: ask `hasOccurrences`.
 */
export function coveringRule(recurrence: Recurrence, firstDay: string): CoveringRule {
  const dates = plainDates(recurrence, firstDay);
  const [first] = dates;
  if (first === undefined) throw new Error(`The series from ${firstDay} has no occurrence to cover.`);
  const covers = (rule: NativeRule) =>
    isCertain(rule, first) && dates.every((date) => isOnRule(rule, first, date));
  const rule = ruleThatSays(recurrence.pattern, dates) ?? sparsestFirst.find(covers) ?? 'daily';
  const start = first.toString();
  const end = lastDay(recurrence, firstDay);
  const simple = recurrenceOf(
    rule,
    start,
    end === null ? { type: 'noEnd' } : { type: 'endDate', endDate: end },
  );
  const exceptDays = ({ from, to }: Readonly<{ from: string; to: string }>) => {
    const window = { from, to, limit: Number.POSITIVE_INFINITY };
    const real = new Set(occurrenceDates(recurrence, firstDay, window));
    return occurrenceDates(simple, start, window).filter((day) => !real.has(day));
  };
  return { rule, firstDay: start, recurrence: simple, exceptDays };
}

/** A simple rule in the words of every series. Where a month lacks the first day's number, its last day stands in. */
export function recurrenceOf(rule: NativeRule, firstDay: string, range: RecurrenceRange): Recurrence {
  return { pattern: patternOf(rule, Temporal.PlainDate.from(firstDay)), range };
}

function patternOf(rule: NativeRule, { day, month, dayOfWeek }: Temporal.PlainDate): RecurrencePattern {
  switch (rule) {
    case 'daily':
      return { type: 'daily', interval: 1 };
    case 'weekly': {
      const weekday = daysOfWeek[dayOfWeek - 1] ?? 'monday';
      return { type: 'weekly', interval: 1, daysOfWeek: [weekday], firstDayOfWeek: 'monday' };
    }
    case 'monthly':
      return { type: 'absoluteMonthly', interval: 1, dayOfMonth: day };
    case 'quarterly':
      return { type: 'absoluteMonthly', interval: 3, dayOfMonth: day };
    case 'yearly':
      return { type: 'absoluteYearly', interval: 1, month, dayOfMonth: day };
  }
  return unreachable(rule);
}

/** A rule that agrees with a series so often agrees for ever: the slowest to part are a yearly 28 and 29 February. */
const tellingCount = 500;

function plainDates(recurrence: Recurrence, firstDay: string): readonly Temporal.PlainDate[] {
  const window = { from: firstDay, to: '9999-12-31', limit: tellingCount };
  return occurrenceDates(recurrence, firstDay, window).map((day) => Temporal.PlainDate.from(day));
}

const sparsestFirst: readonly NativeRule[] = ['yearly', 'quarterly', 'monthly', 'weekly', 'daily'];

/** What a series of very few occurrences is called when several rules would do. */
function likelyRule({ type, interval }: RecurrencePattern): NativeRule {
  switch (type) {
    case 'daily':
      return 'daily';
    case 'weekly':
      return 'weekly';
    case 'absoluteMonthly':
    case 'relativeMonthly':
      return interval === 3 ? 'quarterly' : 'monthly';
    case 'absoluteYearly':
    case 'relativeYearly':
      return 'yearly';
  }
  return unreachable(type);
}

const steps = {
  daily: { days: 1 },
  weekly: { days: 7 },
  monthly: { months: 1 },
  quarterly: { months: 3 },
  yearly: { months: 12 },
} as const satisfies Record<NativeRule, Readonly<{ days: number }> | Readonly<{ months: number }>>;

/** Steps that show all lengths of a month: eight years of months, a hundred years of which one is no leap year. */
const allLengths = 100;

/** Whether a rule never comes to a month that lacks the day. */
function isCertain(rule: NativeRule, first: Temporal.PlainDate): boolean {
  if ('days' in steps[rule] || first.day <= 28) return true;
  return Array.from({ length: allLengths }, (_, at) => nthDate(rule, first, at)).every(
    ({ day }) => day === first.day,
  );
}

function nthDate(rule: NativeRule, first: Temporal.PlainDate, at: number): Temporal.PlainDate {
  const step = steps[rule];
  return 'days' in step ? first.add({ days: step.days * at }) : first.add({ months: step.months * at });
}

function isOnRule(rule: NativeRule, first: Temporal.PlainDate, date: Temporal.PlainDate): boolean {
  const step = steps[rule];
  if ('days' in step) return first.until(date).days % step.days === 0;
  const months = (date.year - first.year) * 12 + date.month - first.month;
  return months % step.months === 0 && first.add({ months }).equals(date);
}
