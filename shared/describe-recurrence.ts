import { unreachable } from './domain.ts';
import { longDate, monthName } from './long-date.ts';
import { daysOfWeek, type DayOfWeek, type Recurrence, type RecurrencePattern } from './recurrence.ts';

/** A series in words, to stand in the middle of an English sentence: "every second Tuesday and Thursday, 20 times". */
export function describeRecurrence({ pattern, range }: Recurrence): string {
  const rhythm = describePattern(pattern);
  switch (range.type) {
    case 'noEnd':
      return rhythm;
    case 'endDate':
      return `${rhythm}, until ${longDate(range.endDate)}`;
    case 'numbered':
      return `${rhythm}, ${times(range.numberOfOccurrences)}`;
  }
  return unreachable(range);
}

function describePattern(pattern: RecurrencePattern): string {
  const { interval } = pattern;
  switch (pattern.type) {
    case 'daily':
      return every(interval, 'day');
    case 'weekly':
      return everyWeek(interval, pattern.daysOfWeek);
    case 'absoluteMonthly':
      return `on ${dayOfMonth(pattern.dayOfMonth)} of ${every(interval, 'month')}`;
    case 'relativeMonthly':
      return `on the ${pattern.index} ${dayList(pattern.daysOfWeek, 'or')} of ${every(interval, 'month')}`;
    case 'absoluteYearly':
      return `${every(interval, 'year')} on ${pattern.dayOfMonth} ${monthName(pattern.month)}`;
    case 'relativeYearly':
      return `${every(interval, 'year')} on the ${pattern.index} ${dayList(pattern.daysOfWeek, 'or')} of ${monthName(pattern.month)}`;
  }
  return unreachable(pattern);
}

/** "Every second working day" would mean something else than the working days of every second week. */
function everyWeek(interval: number, days: readonly DayOfWeek[]): string {
  const list = dayList(days, 'and');
  if (interval === 1 || /[A-Z]/.test(list)) return every(interval, list);
  return `${every(interval, 'week')} on ${list === 'day' ? 'every day' : `${list}s`}`;
}

function every(interval: number, period: string): string {
  return interval === 1 ? `every ${period}` : `every ${ordinal(interval)} ${period}`;
}

/** Months differ in length: the day that some lack is their last one there. */
function dayOfMonth(day: number): string {
  if (day === 31) return 'the last day';
  return day > 28 ? `the ${numeral(day)} (or last day)` : `the ${numeral(day)}`;
}

const workingDays = daysOfWeek.slice(0, 5);
const weekend = daysOfWeek.slice(5);

function dayList(days: readonly DayOfWeek[], joint: 'and' | 'or'): string {
  const ordered = daysOfWeek.filter((day) => days.includes(day));
  if (ordered.length === daysOfWeek.length) return 'day';
  if (ordered.join() === workingDays.join()) return 'working day';
  if (ordered.join() === weekend.join() && joint === 'or') return 'weekend day';
  return listed(ordered.map(capitalized), joint);
}

function listed(words: readonly string[], joint: string): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`;
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function ordinal(count: number): string {
  return ordinals[count - 1] ?? numeral(count);
}

function numeral(count: number): string {
  const teens = count % 100 > 10 && count % 100 < 14;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

function times(count: number): string {
  if (count === 1) return 'once';
  return count === 2 ? 'twice' : `${count} times`;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
