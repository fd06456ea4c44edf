import type { Weekday } from '../graph/recurrence-days.ts';

/** How a colleague answers an invitation, as Graph names the call. */
export type DemoAnswer = 'accept' | 'tentativelyAccept' | 'decline';

/** An occurrence of a series that is not as the rule says: `change` as Graph takes it, null for one that is called off. */
export type DemoException = Readonly<{ day: string; change: Fields | null }>;

/** An event somebody made in Outlook. People and contacts are places in their lists. */
export type DemoEvent = Readonly<{
  owner: number;
  /** What Graph takes in a POST, but for the attendees. */
  fields: Fields;
  employees: readonly number[];
  contacts: readonly number[];
  /** By the places of employees; nobody else has answered. */
  answers: Readonly<Record<number, DemoAnswer>>;
  exceptions: readonly DemoException[];
}>;

type Fields = Readonly<Record<string, unknown>>;

/** `zones` are those of the employees; what people make in Outlook is in their own. */
export type OutlookStage = Readonly<{
  today: Temporal.PlainDate;
  zones: readonly string[];
  /** Places of business contacts. */
  contacts: readonly number[];
}>;

export function demoEvent(
  owner: number,
  fields: Fields,
  more: Partial<Omit<DemoEvent, 'owner' | 'fields'>> = {},
): DemoEvent {
  return { owner, fields, employees: [], contacts: [], answers: {}, exceptions: [], ...more };
}

export type Hours = readonly [start: string, end: string];

/** Start and end on one day; times are `HH:MM`. */
export function timed(day: Temporal.PlainDate, [start, end]: Hours, timeZone: string): Fields {
  return {
    start: { dateTime: `${day.toString()}T${start}:00`, timeZone },
    end: { dateTime: `${day.toString()}T${end}:00`, timeZone },
  };
}

export function wholeDays(first: Temporal.PlainDate, count: number, timeZone: string): Fields {
  return {
    isAllDay: true,
    start: { dateTime: `${first.toString()}T00:00:00`, timeZone },
    end: { dateTime: `${first.add({ days: count }).toString()}T00:00:00`, timeZone },
  };
}

/** A place, by its name. */
export function at(displayName: string): Fields {
  return displayName === '' ? {} : { location: { displayName } };
}

export type DemoRange =
  | Readonly<{ type: 'noEnd' }>
  | Readonly<{ type: 'endDate'; endDate: string }>
  | Readonly<{ type: 'numbered'; numberOfOccurrences: number }>;

/** A recurrence from a first day on. */
export function repeating(pattern: Fields, range: DemoRange, first: Temporal.PlainDate): Fields {
  return { recurrence: { pattern, range: { ...range, startDate: first.toString() } } };
}

const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly Weekday[];

export function weekdayOf({ dayOfWeek }: Temporal.PlainDate): Weekday {
  return weekdays[dayOfWeek - 1] ?? 'monday';
}
