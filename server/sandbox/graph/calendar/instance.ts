import { exactly, wallMs, wallOf, zoned } from './wall-time.ts';
import type { EventException, EventItem, EventValues, Series, WallTime } from './state.ts';
import type { Span } from './event-index.ts';

/** What a client takes for one event: an item as a whole, or the occurrence of a series on a date of its rule. */
export type Instance = Readonly<{ item: EventItem; date: string | null }>;

export const exceptionOf = ({ item, date }: Instance): EventException | null =>
  (date === null ? null : item.series?.exceptions.get(date)) ?? null;

export function typeOf(instance: Instance): 'singleInstance' | 'occurrence' | 'exception' | 'seriesMaster' {
  if (instance.date !== null) return exceptionOf(instance) ? 'exception' : 'occurrence';
  return instance.item.series ? 'seriesMaster' : 'singleInstance';
}

/** All values of an instance: an occurrence has those of its series at its own time, an exception some of its own. */
export function valuesOf(instance: Instance): EventValues {
  const { item, date } = instance;
  if (date === null || !item.series) return item.values;
  return { ...item.values, ...timesOn(item, item.series, date), ...exceptionOf(instance)?.values };
}

/** When an occurrence would begin had nobody moved it, in milliseconds; null for what is no occurrence. */
export function originalStartOf({ item, date }: Instance): number | null {
  return date === null || !item.series ? null : exactly(timesOn(item, item.series, date).start);
}

/** When an instance takes place, in milliseconds. */
export function spanOf(instance: Instance): Span {
  if (instance.date === null) return instance.item;
  const { start, end } = valuesOf(instance);
  return { startMs: exactly(start), endMs: exactly(end) };
}

/** The zone in which the dates of a series count. */
export const zoneOfSeries = (item: EventItem, series: Series): string =>
  item.values.isAllDay ? item.values.start.zone : series.rule.range.recurrenceTimeZone;

/** Start and end of the occurrence on a date: the wall time of the series, whatever the clocks do in between. */
function timesOn(
  item: EventItem,
  series: Series,
  date: string,
): Readonly<{ start: WallTime; end: WallTime }> {
  const zone = zoneOfSeries(item, series);
  const start = zoned(item.values.start, zone);
  const end = zoned(item.values.end, zone);
  const shift = Date.parse(`${date}T00:00:00Z`) - Date.parse(`${start.dateTime.slice(0, 10)}T00:00:00Z`);
  return { start: wallOf(wallMs(start) + shift, zone), end: wallOf(wallMs(end) + shift, zone) };
}
