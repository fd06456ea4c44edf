import type { TimeSlot } from '../../../../shared/appointment.ts';
import { objectFrom, textFrom, type GraphRow } from '../wire.ts';
import { graphFromIana, ianaFromGraph } from '../zones.ts';

/** A date-time of Graph: wall time with seven decimals and the name of its zone, UTC unless another one was asked for. */
export type GraphTime = Readonly<{ dateTime: string; timeZone: string }>;

/** The zone of a mailbox (IANA), in which what names no zone we know is told. */
export type Mailbox = Readonly<{ timeZone: string }>;

/**
 * The zone in which an event was made: of a series the one its rule counts in. Attendees' copies of all-day series name none
 * (msgraph docs issue 7163), and some programs name one nobody knows; the instant is kept and told in the mailbox's zone.
 */
export function zoneFromGraph(row: GraphRow, { timeZone }: Mailbox): string {
  const range = objectFrom(objectFrom(row['recurrence'])?.['range']);
  const names = [range?.['recurrenceTimeZone'], row['originalStartTimeZone']];
  return (
    names.map((name) => ianaFromGraph(textFrom(name), timeZone)).find((zone) => zone !== null) ?? timeZone
  );
}

/**
 * `null` where a start or an end is missing. An all-day event is dates, whatever zone they come with (facts/graph.md 5.4). Wall
 * time that comes twice when clocks go back means the first one, so a single event in the second hour is told in UTC.
 */
export function slotFromGraph(row: GraphRow, zone: string): TimeSlot | null {
  const start = timeFrom(row['start']);
  const end = timeFrom(row['end']);
  if (start === null || end === null) return null;
  if (row['isAllDay'] === true) {
    return { isAllDay: true, start: start.dateTime.slice(0, 10), end: end.dateTime.slice(0, 10) };
  }
  const [begins, ends] = [instantFrom(start), instantFrom(end)];
  const isOfSeries = objectFrom(row['recurrence']) !== null || textFrom(row['seriesMasterId']) !== null;
  const told = isOfSeries || (isPlain(begins, zone) && isPlain(ends, zone)) ? zone : 'UTC';
  return { isAllDay: false, start: wallTime(begins, told), end: wallTime(ends, told), zone: told };
}

/**
 * Graph takes midnights for all-day events; UTC on both ends is what no client moves. Wall time that comes twice or not at all
 * when clocks change is no matter of opinion in UTC; only a series keeps its hour and must leave it to Exchange.
 */
export function graphFromSlot(
  slot: TimeSlot,
  isSeries: boolean,
): Readonly<{ start: GraphTime; end: GraphTime }> {
  if (slot.isAllDay) {
    const midnight = (day: string) => ({ dateTime: `${day}T00:00:00`, timeZone: 'UTC' });
    return { start: midnight(slot.start), end: midnight(slot.end) };
  }
  if (!isSeries && [slot.start, slot.end].some((wall) => isDoubtful(wall, slot.zone))) {
    const exact = (wall: string) => ({
      dateTime: wallTime(instantOf(wall, slot.zone), 'UTC'),
      timeZone: 'UTC',
    });
    return { start: exact(slot.start), end: exact(slot.end) };
  }
  const timeZone = graphFromIana(slot.zone);
  return {
    start: { dateTime: slot.start, timeZone },
    end: { dateTime: slot.end, timeZone },
  };
}

/** The day (`YYYY-MM-DD`) of an instant as Graph writes it in `originalStart`, in a zone. */
export function dayFromGraph(originalStart: string, zone: string): string | null {
  const at = Date.parse(originalStart);
  if (Number.isNaN(at)) return null;
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The instant a wall time of ours means. */
export function instantOf(wall: string, zone: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
}

function timeFrom(value: unknown): GraphTime | null {
  const dateTime = textFrom(objectFrom(value)?.['dateTime']);
  const isTime = dateTime !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(dateTime);
  return isTime ? { dateTime, timeZone: textFrom(objectFrom(value)?.['timeZone']) ?? 'UTC' } : null;
}

function instantFrom({ dateTime, timeZone }: GraphTime): Temporal.Instant {
  return instantOf(dateTime.replace(/Z$/, ''), ianaFromGraph(timeZone, null) ?? 'UTC');
}

function wallTime(instant: Temporal.Instant, zone: string): string {
  return instant.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'second' });
}

function isDoubtful(wall: string, zone: string): boolean {
  const time = Temporal.PlainDateTime.from(wall);
  const [one, other] = (['earlier', 'later'] as const).map((disambiguation) =>
    time.toZonedDateTime(zone, { disambiguation }).toInstant(),
  );
  return one !== undefined && other !== undefined && !one.equals(other);
}

function isPlain(instant: Temporal.Instant, zone: string): boolean {
  return instantOf(wallTime(instant, zone), zone).equals(instant.round('second'));
}
