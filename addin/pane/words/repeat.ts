import { unreachable } from '../../../shared/domain.ts';
import {
  daysOfWeek,
  type DayOfWeek,
  type Recurrence,
  type RecurrencePattern,
} from '../../../shared/recurrence.ts';
import { fill, type Language } from '../../text/language.ts';
import type { Counted, RepeatTexts } from '../../text/value-texts.ts';
import { daysIn, type Days } from './days.ts';

/** Tells a series in a language: "jede Woche am Dienstag und Donnerstag, 20 Mal". */
export function repeatsIn(language: Language, texts: RepeatTexts): (rule: Recurrence) => string {
  const means = meansIn(language, texts);
  return ({ pattern, range }) => {
    const rule = patternIn(pattern, means);
    switch (range.type) {
      case 'noEnd':
        return rule;
      case 'endDate':
        return fill(texts.until, { rule, day: means.days.day(range.endDate) });
      case 'numbered':
        return fill(texts.times, { rule, times: means.counted(texts.count, range.numberOfOccurrences) });
    }
    return unreachable(range);
  };
}

type Means = Readonly<{
  texts: RepeatTexts;
  days: Days;
  /** The form the number asks for, with the number in it. */
  counted: (forms: Counted, count: number) => string;
  all: (words: readonly string[]) => string;
  any: (words: readonly string[]) => string;
}>;

function meansIn(language: Language, texts: RepeatTexts): Means {
  const plural = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const all = new Intl.ListFormat(language, { type: 'conjunction' });
  const any = new Intl.ListFormat(language, { type: 'disjunction' });
  return {
    texts,
    days: daysIn(language),
    counted: (forms, count) =>
      fill(forms[plural.select(count)] ?? forms.other, { count: numbers.format(count) }),
    all: (words) => all.format(words),
    any: (words) => any.format(words),
  };
}

function patternIn(pattern: RecurrencePattern, means: Means): string {
  const { texts, days, counted } = means;
  const { interval } = pattern;
  switch (pattern.type) {
    case 'daily':
      return counted(texts.days, interval);
    case 'weekly':
      return weekly(pattern, means);
    case 'absoluteMonthly': {
      const text = texts[dayText(pattern.dayOfMonth)];
      return fill(text, { months: counted(texts.months, interval), day: pattern.dayOfMonth });
    }
    case 'relativeMonthly':
      return fill(texts.onNth, { months: counted(texts.months, interval), ...nth(pattern, means) });
    case 'absoluteYearly': {
      const date = days.yearly(pattern.month, pattern.dayOfMonth);
      return fill(texts.onDate, { years: counted(texts.years, interval), date });
    }
    case 'relativeYearly': {
      const month = days.month(pattern.month);
      return fill(texts.onNthOfMonth, {
        years: counted(texts.years, interval),
        month,
        ...nth(pattern, means),
      });
    }
  }
  return unreachable(pattern);
}

const workingDays = daysOfWeek.slice(0, 5).join();
const weekend = daysOfWeek.slice(5).join();

function ordered(days: readonly DayOfWeek[]): readonly DayOfWeek[] {
  return daysOfWeek.filter((day) => days.includes(day));
}

function weekly(
  { interval, daysOfWeek: named }: Extract<RecurrencePattern, { type: 'weekly' }>,
  { texts, days, counted, all }: Means,
): string {
  const weeks = counted(texts.weeks, interval);
  const list = ordered(named);
  if (list.length === daysOfWeek.length) return fill(texts.weeklyOnAll, { weeks });
  if (list.join() === workingDays) return fill(texts.weeklyOnWorkingDays, { weeks });
  const words = list.map((day) => fill(texts.onWeekday, { day: days.weekday(day) }));
  return fill(texts.weekly, { weeks, days: all(words) });
}

/** Months differ in length: the day that some lack is their last one there. */
function dayText(day: number): 'onFirstDay' | 'onDay' | 'onDayOrLast' | 'onLastDay' {
  if (day === 1) return 'onFirstDay';
  if (day === 31) return 'onLastDay';
  return day > 28 ? 'onDayOrLast' : 'onDay';
}

function nth(
  { index, daysOfWeek: named }: Extract<RecurrencePattern, { type: 'relativeMonthly' | 'relativeYearly' }>,
  { texts, days, any }: Means,
): Readonly<{ index: string; days: string }> {
  const list = ordered(named);
  const group =
    list.length === daysOfWeek.length
      ? texts.anyDay
      : ({ [workingDays]: texts.workingDay, [weekend]: texts.weekendDay }[list.join()] ?? null);
  return { index: texts.index[index], days: group ?? any(list.map((day) => days.weekday(day))) };
}
