import { nextDate, occurrenceDates } from '../recurrence.ts';
import { badRequest } from '../refusal.ts';
import { overlaps, singlesNear, type Span } from './event-index.ts';
import { spanOf, valuesOf, zoneOfSeries, type Instance } from './instance.ts';
import type { Calendar, EventItem, Series, WallTime } from './state.ts';
import { zoned } from './wall-time.ts';

const dayMs = 86_400_000;

const dateAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
export const dateAfter = (date: string, days: number): string =>
  dateAt(Date.parse(`${date}T00:00:00Z`) + days * dayMs);

/** The single events, occurrences and exceptions that lie in a window, in the order of their starts. */
export function instancesIn(calendar: Calendar, window: Span): readonly Instance[] {
  const { index, items } = calendar;
  const singles = singlesNear(index, window.startMs, window.endMs)
    .flatMap((number) => items.get(number) ?? [])
    .filter((item) => overlaps(item, window))
    .map((item) => ({ item, date: null }));
  const repeated = [...index.series].flatMap((number) => {
    const item = items.get(number);
    return item ? occurrencesIn(item, window) : [];
  });
  return inOrder([...singles, ...repeated]);
}

/** The occurrences and exceptions of a series that lie in a window, exceptions where they were moved to. */
export function occurrencesIn(item: EventItem, window: Span): readonly Instance[] {
  const { series } = item;
  if (!series) return [];
  // A zone may be a day ahead or behind, and an occurrence may have begun before the window does.
  const from = dateAt(window.startMs - (item.endMs - item.startMs) - dayMs);
  const dates = occurrenceDates(series.rule, from, dateAt(window.endMs + dayMs)).filter(
    (date) => !series.cancelled.has(date) && !series.exceptions.has(date),
  );
  return inOrder(
    [...dates, ...series.exceptions.keys()]
      .map((date) => ({ item, date }))
      .filter((instance) => overlaps(spanOf(instance), window)),
  );
}

const inOrder = (instances: readonly Instance[]): readonly Instance[] =>
  instances
    .map((instance) => ({ instance, at: spanOf(instance).startMs }))
    .sort((left, right) => left.at - right.at || left.instance.item.number - right.instance.item.number)
    .map(({ instance }) => instance);

/** An occurrence stays between its neighbours: it may not move to the day of one, nor past it. */
export function refuseCrossing({ item, date }: Instance, start: WallTime): void {
  const { series } = item;
  if (!series || date === null) return;
  const zone = zoneOfSeries(item, series);
  const dayOf = (wall: WallTime) => zoned(wall, zone).dateTime.slice(0, 10);
  const dayOn = (other: string | null) =>
    other === null ? null : dayOf(valuesOf({ item, date: other }).start);
  const [before, after] = [dayOn(previous(series, date)), dayOn(following(series, date))];
  const day = dayOf(start);
  if ((before === null || day > before) && (after === null || day < after)) return;
  throw badRequest(
    'Modified occurrence is crossing or overlapping adjacent occurrence.',
    'ErrorOccurrenceCrossingBoundary',
  );
}

function following({ rule, cancelled }: Series, date: string): string | null {
  let found = nextDate(rule, date);
  while (found !== null && cancelled.has(found)) found = nextDate(rule, found);
  return found;
}

/** Looks back over ever longer stretches, because rules tell only what comes next. */
function previous({ rule, cancelled }: Series, date: string): string | null {
  for (let days = 32; ; days *= 2) {
    const from = dateAfter(date, -days);
    const found = occurrenceDates(rule, from, dateAfter(date, -1)).findLast((one) => !cancelled.has(one));
    if (found !== undefined) return found;
    if (from < rule.range.startDate) return null;
  }
}
