import { isObject } from '../call.ts';
import { nextDate, occurrenceDates, readRecurrence } from '../recurrence.ts';
import { badRequest } from '../refusal.ts';
import type { Graph } from '../state.ts';
import { isOn } from '../switches.ts';
import { isKnownZone } from '../time-zones.ts';
import { dateAfter } from './series.ts';
import type { EventValues, Series, SeriesRule } from './state.ts';
import { storedZone, wallMs, wallOf, zoned } from './wall-time.ts';

/** An event's values with the series that goes with them. */
export type Timed = Readonly<{ values: EventValues; series: Series | null }>;

/**
 * What becomes of an event and its series when it gets these values and the `recurrence` of a body (undefined where the
 * body has none, null to end it). The first occurrence is on the first day that fits the rule, and start and end go
 * there. Other times or another pattern discard exceptions and cancellations; another range keeps those within it.
 */
export function timedWith(
  graph: Graph,
  values: EventValues,
  { recurrence, before }: Readonly<{ recurrence: unknown; before: Timed | null }>,
): Timed {
  const rule = ruleFrom(graph, values, { recurrence, before });
  if (!rule) return { values, series: null };
  const first = nextDate(rule, dateAfter(rule.range.startDate, -1));
  if (first === null) {
    throw badRequest('The recurrence has no occurrence.', 'ErrorRecurrenceHasNoOccurrence');
  }
  const days = Date.parse(`${first}T00:00:00Z`) - Date.parse(`${rule.range.startDate}T00:00:00Z`);
  const { start, end } = values;
  const moved: EventValues = {
    ...values,
    start: wallOf(wallMs(start) + days, start.zone),
    end: wallOf(wallMs(end) + days, end.zone),
  };
  const former = before?.series;
  const isAsBefore = before?.series && isSameCourse(before, moved, rule);
  if (!former || !(isAsBefore || isOn(graph.world, 'keepsExceptions'))) {
    return { values: moved, series: { rule, cancelled: new Set(), exceptions: new Map() } };
  }
  const isWithin = (date: string) => occurrenceDates(rule, date, date).length > 0;
  return {
    values: moved,
    series: {
      rule,
      cancelled: new Set([...former.cancelled].filter(isWithin)),
      exceptions: new Map([...former.exceptions].filter(([date]) => isWithin(date))),
    },
  };
}

function ruleFrom(
  { world }: Graph,
  values: EventValues,
  { recurrence, before }: Readonly<{ recurrence: unknown; before: Timed | null }>,
): SeriesRule | null {
  if (recurrence === null || (recurrence === undefined && !before?.series)) return null;
  const former = before?.series?.rule;
  // Where only the event moves, the rule goes with it.
  const body = recurrence === undefined ? former : recurrence;
  const zone = values.isAllDay ? values.start.zone : (namedZone(body) ?? values.start.zone);
  const startDate = zoned(values.start, zone).dateTime.slice(0, 10);
  // A rule that began on an earlier day than its first occurrence keeps its start as long as the event stays.
  const isUnmoved = former && recurrence === undefined && before && isSameStart(before.values, values);
  if (isUnmoved) return former;
  const isStrict = recurrence !== undefined && isOn(world, 'recurrenceStartMustMatch');
  const rule = readRecurrence(body, { startDate, zone, isStrict });
  return { ...rule, range: { ...rule.range, recurrenceTimeZone: zone } };
}

/** The zone a rule names, under the name Exchange keeps; null for none, or for one the reader of rules refuses. */
function namedZone(recurrence: unknown): string | null {
  const range = isObject(recurrence) ? recurrence['range'] : null;
  const name = isObject(range) ? range['recurrenceTimeZone'] : null;
  return typeof name === 'string' && isKnownZone(name) ? storedZone(name) : null;
}

const isSameStart = (one: EventValues, other: EventValues) =>
  one.start.dateTime === other.start.dateTime &&
  one.start.zone === other.start.zone &&
  one.isAllDay === other.isAllDay;

/** Whether occurrences stay when and how often they were. */
const isSameCourse = ({ values, series }: Timed, after: EventValues, rule: SeriesRule) =>
  isSameStart(values, after) &&
  values.end.dateTime === after.end.dateTime &&
  values.end.zone === after.end.zone &&
  series?.rule.range.recurrenceTimeZone === rule.range.recurrenceTimeZone &&
  JSON.stringify(series.rule.pattern) === JSON.stringify(rule.pattern);
