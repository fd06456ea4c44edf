import {
  daysOfWeek,
  weekIndexes,
  type DayOfWeek,
  type Recurrence,
  type RecurrencePattern,
  type RecurrenceRange,
  type WeekIndex,
} from '../../../../shared/recurrence.ts';
import { listFrom, objectFrom, textFrom } from '../wire.ts';

/**
 * A rule of Graph, whose echo fills in every property that does not apply (`month: 0`, `endDate: "0001-01-01"`,
 * facts/graph.md 5.2). `null` for none, and for a pattern this product does not know.
 */
export function recurrenceFromGraph(value: unknown): Recurrence | null {
  const rule = objectFrom(value);
  const pattern = patternFrom(objectFrom(rule?.['pattern']));
  const range = rangeFrom(objectFrom(rule?.['range']));
  return pattern === null || range === null ? null : { pattern, range };
}

/** `startDate` must be the day on which the first occurrence begins, or days shift silently (msgraph docs issue 2202). */
export function graphFromRecurrence(
  { pattern, range }: Recurrence,
  first: Readonly<{ startDate: string; timeZone: string }>,
): unknown {
  return {
    pattern,
    range: { ...range, startDate: first.startDate, recurrenceTimeZone: first.timeZone },
  };
}

type Fields = Readonly<Record<string, unknown>> | null;

function patternFrom(fields: Fields): RecurrencePattern | null {
  const interval = numberIn(fields, 'interval') ?? 1;
  const days = daysIn(fields);
  const index = weekIndexes.find((name) => name === fields?.['index']) ?? 'first';
  const month = numberIn(fields, 'month');
  const dayOfMonth = numberIn(fields, 'dayOfMonth');
  switch (fields?.['type']) {
    case 'daily':
      return { type: 'daily', interval };
    case 'weekly':
      return days.length === 0
        ? null
        : { type: 'weekly', interval, daysOfWeek: days, firstDayOfWeek: firstDayIn(fields) };
    case 'absoluteMonthly':
      return dayOfMonth === null ? null : { type: 'absoluteMonthly', interval, dayOfMonth };
    case 'relativeMonthly':
      return days.length === 0 ? null : { type: 'relativeMonthly', interval, ...placeOf(days, index) };
    case 'absoluteYearly':
      return month === null || dayOfMonth === null
        ? null
        : { type: 'absoluteYearly', interval, month, dayOfMonth };
    case 'relativeYearly':
      return month === null || days.length === 0
        ? null
        : { type: 'relativeYearly', interval, month, ...placeOf(days, index) };
    case undefined:
      return null;
  }
  return null;
}

function placeOf(days: readonly DayOfWeek[], index: WeekIndex) {
  return { daysOfWeek: days, index };
}

function rangeFrom(fields: Fields): RecurrenceRange | null {
  const endDate = textFrom(fields?.['endDate']);
  const numberOfOccurrences = numberIn(fields, 'numberOfOccurrences');
  switch (fields?.['type']) {
    case 'noEnd':
      return { type: 'noEnd' };
    case 'endDate':
      return endDate === null ? null : { type: 'endDate', endDate: endDate.slice(0, 10) };
    case 'numbered':
      return numberOfOccurrences === null ? null : { type: 'numbered', numberOfOccurrences };
    case undefined:
      return null;
  }
  return null;
}

function daysIn(fields: Fields): readonly DayOfWeek[] {
  const named = listFrom(fields?.['daysOfWeek']).map((day) => String(day).toLowerCase());
  return daysOfWeek.filter((day) => named.includes(day));
}

function firstDayIn(fields: Fields): DayOfWeek {
  return daysOfWeek.find((day) => day === fields?.['firstDayOfWeek']) ?? 'sunday';
}

/** Zero stands for "does not apply". */
function numberIn(fields: Fields, name: string): number | null {
  const value = fields?.[name];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}
