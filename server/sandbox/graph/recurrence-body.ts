import { isRecord } from '../json.ts';
import { unreachable } from '../unreachable.ts';
import { weekdays, weekIndexes, type Pattern, type PatternType, type Weekday } from './recurrence-days.ts';
import { badRequest } from './refusal.ts';
import { isKnownZone } from './time-zones.ts';

export type RangeType = 'endDate' | 'noEnd' | 'numbered';

type Fields = Readonly<Record<string, unknown>>;

const patternTypes: readonly PatternType[] = [
  'daily',
  'weekly',
  'absoluteMonthly',
  'relativeMonthly',
  'absoluteYearly',
  'relativeYearly',
];

const rangeTypes: readonly RangeType[] = ['endDate', 'noEnd', 'numbered'];

/** What a pattern does not say, as the service echoes it (facts/graph.md 5.2). */
const unsaid = { month: 0, dayOfMonth: 0, daysOfWeek: [], firstDayOfWeek: 'sunday', index: 'first' } as const;

/** Exchange counts no further than this. */
const mostDays = 999;
const mostPeriods = 99;

/** The pattern in a body with the defaults of the echo; fields its type does not use are validated and left out. */
export function readPattern(value: unknown): Pattern {
  const fields = objectIn(value, 'pattern');
  const type = oneOf(fields, 'type', patternTypes);
  const interval = numberIn(fields, 'interval', [1, type === 'daily' ? mostDays : mostPeriods]);
  // What does not apply is still read, because the service validates it too.
  const firstDayOfWeek = fields['firstDayOfWeek'] ? oneOf(fields, 'firstDayOfWeek', weekdays) : 'sunday';
  const index = fields['index'] ? oneOf(fields, 'index', weekIndexes) : 'first';
  const days = dayNames(fields['daysOfWeek']);
  const base = { ...unsaid, type, interval };
  switch (type) {
    case 'daily':
      return base;
    case 'weekly':
      return { ...base, daysOfWeek: atLeastOne(days), firstDayOfWeek };
    case 'absoluteMonthly':
      return { ...base, dayOfMonth: numberIn(fields, 'dayOfMonth', [1, 31]) };
    case 'relativeMonthly':
      return { ...base, daysOfWeek: atLeastOne(days), index };
    case 'absoluteYearly':
      return { ...base, ...monthAndDay(fields) };
    case 'relativeYearly':
      return { ...base, daysOfWeek: atLeastOne(days), index, month: numberIn(fields, 'month', [1, 12]) };
  }
  return unreachable(type);
}

export type RangeFields = Readonly<{
  type: RangeType;
  /** yyyy-MM-dd, null where the body has none. */
  startDate: string | null;
  /** `0001-01-01` where the range has none. */
  endDate: string;
  recurrenceTimeZone: string | null;
  numberOfOccurrences: number;
}>;

/** Stands for no date at all. */
const noDate = '0001-01-01';

/** The range in a body; what depends on the event is left open. */
export function readRange(value: unknown): RangeFields {
  const fields = objectIn(value, 'range');
  const type = oneOf(fields, 'type', rangeTypes);
  const startDate = fields['startDate'];
  return {
    type,
    startDate: isAbsent(startDate) ? null : dateIn(fields, 'startDate'),
    endDate: type === 'endDate' ? dateIn(fields, 'endDate') : noDate,
    recurrenceTimeZone: zoneIn(fields['recurrenceTimeZone']),
    numberOfOccurrences: type === 'numbered' ? numberIn(fields, 'numberOfOccurrences', [1, mostDays]) : 0,
  };
}

function zoneIn(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (isKnownZone(value)) return value;
  throw badRequest(`The time zone '${value}' is not supported.`, 'ErrorInvalidTimeZone');
}

const isAbsent = (value: unknown) => value === undefined || value === null || value === noDate;

/** Longest a month may be; February has its 29th every four years. */
const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function monthAndDay(fields: Fields) {
  const month = numberIn(fields, 'month', [1, 12]);
  return { month, dayOfMonth: numberIn(fields, 'dayOfMonth', [1, monthLengths[month - 1] ?? 31]) };
}

function objectIn(value: unknown, name: string): Fields {
  if (isRecord(value)) return value;
  throw badRequest(`The recurrence needs a ${name}.`, 'ErrorPropertyValidationFailure');
}

/** Enumeration members are taken in the spelling of the service only. */
function oneOf<Name extends string>(fields: Fields, name: string, members: readonly Name[]): Name {
  const found = members.find((one) => one === fields[name]);
  if (found !== undefined) return found;
  throw badRequest(
    `Requested value '${String(fields[name])}' was not found for the property '${name}'.`,
    'RequestBodyRead',
  );
}

function numberIn(fields: Fields, name: string, [least, most]: readonly [number, number]): number {
  const value = fields[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw badRequest(
    `The recurrence's ${name} must be between ${least} and ${most}.`,
    'ErrorPropertyValidationFailure',
  );
}

function dateIn(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && isDate(value)) return value;
  throw badRequest(
    `Cannot convert the literal '${String(value)}' to the expected type 'Edm.Date'.`,
    'RequestBodyRead',
  );
}

function isDate(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A 31 April parses as 1 May.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

function dayNames(value: unknown): readonly Weekday[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw badRequest("The property 'daysOfWeek' is a list.", 'RequestBodyRead');
  const known = new Set(value.map((day: unknown) => oneOf({ daysOfWeek: day }, 'daysOfWeek', weekdays)));
  return weekdays.filter((day) => known.has(day));
}

function atLeastOne(days: readonly Weekday[]): readonly Weekday[] {
  if (days.length > 0) return days;
  throw badRequest('The recurrence needs at least one of daysOfWeek.', 'ErrorPropertyValidationFailure');
}
