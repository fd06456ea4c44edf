import { daysOfWeek, type DayOfWeek } from '../../../shared/recurrence.ts';

/** An RRULE in pieces (RFC 5545, 3.3.10). Lists are empty where the rule has none of them. */
export type Rule = Readonly<{
  freq: 'SECONDLY' | 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  interval: number;
  count: number | null;
  /** As the file writes it: a date, a wall time or a time in UTC. */
  until: string | null;
  byDay: readonly Readonly<{ nth: number | null; day: DayOfWeek }>[];
  byMonthDay: readonly number[];
  byMonth: readonly number[];
  bySetPos: readonly number[];
  weekStart: DayOfWeek;
  /** BYHOUR, BYWEEKNO and the like, as written. */
  others: Readonly<Record<string, string>>;
}>;

const frequencies = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const otherParts = ['BYHOUR', 'BYMINUTE', 'BYSECOND', 'BYWEEKNO', 'BYYEARDAY', 'RSCALE', 'SKIP'];

/** `null` for a rule that cannot be read. */
export function ruleFrom(raw: string): Rule | null {
  const parts = new Map<string, string>();
  for (const part of raw.trim().toUpperCase().split(';').filter(Boolean)) {
    const [name = '', value = ''] = part.split('=');
    parts.set(name.trim(), value.trim());
  }
  const freq = frequencies.find((one) => one === parts.get('FREQ'));
  const interval = Number(parts.get('INTERVAL') ?? '1');
  const count = parts.has('COUNT') ? Number(parts.get('COUNT')) : null;
  const byDay = listOf(parts, 'BYDAY').map(dayFrom);
  const lists = ['BYMONTHDAY', 'BYMONTH', 'BYSETPOS'].map((name) => listOf(parts, name).map(Number));
  const [byMonthDay = [], byMonth = [], bySetPos = []] = lists;
  const numbers = [interval, count ?? 1, ...byMonthDay, ...byMonth, ...bySetPos];
  const isWhole =
    numbers.every((one) => Number.isInteger(one) && one !== 0) && interval > 0 && (count ?? 1) > 0;
  if (freq === undefined || byDay.includes(null) || !isWhole) return null;
  return {
    freq,
    interval,
    count,
    until: parts.get('UNTIL') ?? null,
    byDay: byDay.filter((day) => day !== null),
    byMonthDay,
    byMonth,
    bySetPos,
    weekStart: dayNamed(parts.get('WKST') ?? 'MO') ?? 'monday',
    others: Object.fromEntries(otherParts.flatMap((name) => [[name, parts.get(name)]]).filter(isSet)),
  };
}

function isSet(entry: (string | undefined)[]): entry is [string, string] {
  return entry[1] !== undefined;
}

function listOf(parts: ReadonlyMap<string, string>, name: string): readonly string[] {
  return (parts.get(name) ?? '').split(',').filter(Boolean);
}

/** `TU`, `2TU`, `-1FR`. */
function dayFrom(text: string): Readonly<{ nth: number | null; day: DayOfWeek }> | null {
  const [, nth = '', name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? [];
  const day = dayNamed(name);
  return day === null ? null : { nth: nth === '' ? null : Number(nth), day };
}

function dayNamed(name: string): DayOfWeek | null {
  return name.length === 2
    ? (daysOfWeek.find((day) => day.slice(0, 2).toUpperCase() === name) ?? null)
    : null;
}
