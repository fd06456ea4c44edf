import { RRuleTemporal } from 'rrule-temporal';
import { lastDay, occurrenceDates } from '../../../shared/occurrences.ts';
import type { Recurrence, RecurrencePattern, RecurrenceRange } from '../../../shared/recurrence.ts';
import { patternOf } from './pattern.ts';
import { ruleFrom, type Rule } from './rule.ts';
import { dayOf, inZone, wallOf, wallTimeOf, type FileTime } from './times.ts';

/** Between which days events are made one by one where no series can be, and how many at most. */
export type Bounds = Readonly<{ from: string; to: string; most: number }>;

/** How a rule is loaded: as a series from `firstDay` on, as times one by one, or not at all. */
export type Repeat =
  | Readonly<{ as: 'series'; recurrence: Recurrence; firstDay: string; count: number | null }>
  | Readonly<{ as: 'times'; walls: readonly string[]; isCut: boolean }>
  | Readonly<{ as: 'nothing'; why: string }>;

type Request = Readonly<{
  rules: readonly string[];
  /** Rules of times to leave out (EXRULE, which the standard has given up). */
  without: readonly string[];
  start: FileTime;
  isOutlook: boolean;
  bounds: Bounds;
}>;

/** What became of the rules of an event. The start itself is an occurrence whether or not a rule names it. */
export function repeatOf(request: Request): Repeat {
  const rules = request.rules.map(ruleFrom);
  if (rules.includes(null)) return { as: 'nothing', why: 'Its recurrence rule cannot be read' };
  const [only] = rules;
  const isOne = rules.length === 1 && request.without.length === 0;
  const series = isOne && only ? seriesOf(only, request) : null;
  return (
    series ??
    timesOf(
      request,
      rules.filter((rule) => rule !== null),
    )
  );
}

function seriesOf(rule: Rule, { start, isOutlook }: Request): Repeat | null {
  const wall = wallTimeOf(start);
  const pattern = patternOf(rule, { wall, isOutlook });
  if (pattern === null) return null;
  const day = dayOf(start);
  const end = endOf(rule, start);
  if (rule.until !== null && end === null)
    return { as: 'nothing', why: 'The end of its recurrence cannot be read' };
  const all = { pattern, range: { type: 'noEnd' } } as const;
  const [firstDay] = occurrenceDates(all, day, { from: day, to: '4500-08-31', limit: 1 });
  if (firstDay === undefined || (end !== null && end < firstDay))
    return { as: 'nothing', why: 'It ends before it repeats' };
  // A start the rule does not name is the first of those counted.
  const count = rule.count === null ? null : rule.count - (firstDay === day ? 0 : 1);
  if (count === 0) return { as: 'nothing', why: 'It ends before it repeats' };
  const recurrence = { pattern, range: rangeOf({ pattern, firstDay, count, end }) };
  return { as: 'series', recurrence, firstDay, count };
}

/** More than fifty years of days; who writes such a count means a series without end, and counting would take its time. */
const mostCounted = 20_000;

/** Exchange counts no further than 999; a longer series ends on the day of its last occurrence. */
function rangeOf(
  series: Readonly<{
    pattern: RecurrencePattern;
    firstDay: string;
    count: number | null;
    end: string | null;
  }>,
): RecurrenceRange {
  const { pattern, firstDay, count, end } = series;
  if (count === null || count > mostCounted)
    return end === null ? { type: 'noEnd' } : { type: 'endDate', endDate: end };
  const range = { type: 'numbered', numberOfOccurrences: count } as const;
  const last = count > 999 ? lastDay({ pattern, range }, firstDay) : null;
  return last === null ? range : { type: 'endDate', endDate: last };
}

/** The last day on which an occurrence may begin: UNTIL is the last time of all, in UTC or in the zone of the start. */
function endOf({ until }: Rule, start: FileTime): string | null {
  const time = until === null ? null : untilTime(until, start);
  if (time === null) return null;
  const day = dayOf(time);
  if (time.isDate || start.isDate) return day;
  const isBefore = time.wall.slice(11) < start.wall.slice(11);
  return isBefore ? Temporal.PlainDate.from(day).subtract({ days: 1 }).toString() : day;
}

function untilTime(until: string, start: FileTime): FileTime | null {
  const [, year, month, date, time, isUtc] =
    /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d:?\d\d:?\d\d)(Z?))?$/.exec(until) ?? [];
  if (year === undefined || Number(month) > 12 || Number(date) > 31) return null;
  const day = `${year}-${month}-${date}`;
  if (time === undefined || start.isDate) return { isDate: true, day };
  const digits = time.replaceAll(':', '');
  const wall = `${day}T${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4, 6)}`;
  const zone = isUtc === 'Z' ? 'UTC' : start.zone;
  return inZone({ isDate: false, wall, zone }, start.zone);
}

/** Some rules run by the second, and some name days that never come; nobody's calendar is asked for more than this. */
const mostSteps = 20_000;

/** Rules without an end give the times around today; those that end give theirs from the start on. */
function timesOf({ start, without, rules: texts, bounds }: Request, rules: readonly Rule[]): Repeat {
  const first = wallOf(wallTimeOf(start));
  const isEndless = rules.some(({ count, until }) => count === null && until === null);
  const from = isEndless && first < bounds.from ? `${bounds.from}T00:00:00` : first;
  const window = { from, to: `${bounds.to}T23:59:59`, most: bounds.most };
  const given = texts.map((text) => wallsOf(text, start, window));
  const taken = without.map((text) => wallsOf(text, start, window));
  if ([...given, ...taken].includes(null))
    return { as: 'nothing', why: 'Its recurrence rule cannot be followed' };
  const walls = new Set(given.flatMap((found) => found ?? []));
  if (first >= from) walls.add(first);
  for (const wall of taken.flatMap((found) => found ?? [])) walls.delete(wall);
  const all = [...walls].sort();
  const isCut = isEndless || all.length > bounds.most || rules.some((rule) => goesBeyond(rule, bounds));
  return { as: 'times', walls: all.slice(0, bounds.most), isCut };
}

function goesBeyond({ until }: Rule, { to }: Bounds): boolean {
  return until !== null && `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}` > to;
}

type Window = Readonly<{ from: string; to: string; most: number }>;

/** Wall times of a rule in a window, in the zone of the start; `null` for a rule that leads nowhere in reasonable time. */
function wallsOf(text: string, start: FileTime, window: Window): readonly string[] | null {
  try {
    return walk(text, start, window);
  } catch {
    // The library throws for rules against the standard, and for those that take too many steps.
    return null;
  }
}

function walk(text: string, start: FileTime, { from, to, most }: Window): readonly string[] {
  // Dates are days of UTC, where each has one midnight.
  const zone = start.isDate ? 'UTC' : start.zone;
  const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(zone);
  const rule = ruleFrom(text);
  const end = rule === null ? null : endTime(rule, start);
  const parts = text.split(';').filter((part) => !/^\s*UNTIL=/i.test(part));
  const iterator = new RRuleTemporal({
    rruleString: `RRULE:${parts.join(';')}`,
    dtstart: wallTimeOf(start).toZonedDateTime(zone),
    tzid: zone,
    maxIterations: mostSteps,
    ...(end === null ? {} : { until: at(end) }),
  });
  if (rule === null || !['HOURLY', 'MINUTELY', 'SECONDLY'].includes(rule.freq))
    return iterator.between(at(from), at(to), true).map((time) => wallOf(time.toPlainDateTime()));
  // Within a day, step by step: nobody's window ends soon enough.
  const found: string[] = [];
  let next = iterator.next(at(from), true);
  while (next !== null && found.length <= most && next.epochMilliseconds <= at(to).epochMilliseconds) {
    found.push(wallOf(next.toPlainDateTime()));
    next = iterator.next(next, false);
  }
  return found;
}

function endTime({ until }: Rule, start: FileTime): string | null {
  const time = until === null ? null : untilTime(until, start);
  if (time === null) return null;
  return time.isDate ? `${time.day}T23:59:59` : time.wall;
}
