import { objectFrom, textFrom, type GraphPatch } from '../wire.ts';

/**
 * A day of a task. The service keeps the instant of midnight in the zone of whoever wrote it and never tells the zone, so a
 * day written far from Greenwich comes back as another hour, or as the day before (facts/graph.md 6, "Date trap"). At 00:00
 * the date is meant as it stands; any other hour is looked at from the mailbox's zone, to the nearest midnight.
 */
export function dayFromGraph(value: unknown, zone: string): string | null {
  const wall = wallFrom(value);
  if (wall === null) return null;
  if (wall.hour === 0 && wall.minute === 0) return wall.toPlainDate().toString();
  const local = wall.toZonedDateTime('UTC').withTimeZone(zone).toPlainDateTime();
  // Noon is as near to both; more people live ten hours behind Greenwich than fourteen before it.
  return local.subtract({ nanoseconds: 1 }).add({ hours: 12 }).toPlainDate().toString();
}

/** Midnight in UTC, which every reader takes for the date. */
export function graphFromDay(date: string | null): GraphPatch | null {
  return date === null ? null : { dateTime: `${date}T00:00:00.0000000`, timeZone: 'UTC' };
}

/** A reminder is a true instant; answers are in UTC unless a request asks for another zone, which ours never do. */
export function instantFromGraph(value: unknown): string | null {
  const wall = wallFrom(value);
  return wall === null ? null : `${wall.toString({ smallestUnit: 'second' })}Z`;
}

export function graphFromInstant(instant: string): GraphPatch {
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO('UTC').toPlainDateTime();
  return { dateTime: wall.toString({ fractionalSecondDigits: 7 }), timeZone: 'UTC' };
}

/** `{ dateTime, timeZone }`; a text that is no date is none. */
function wallFrom(value: unknown): Temporal.PlainDateTime | null {
  const text = textFrom(objectFrom(value)?.['dateTime'])?.match(wallTime)?.[0];
  return text === undefined ? null : Temporal.PlainDateTime.from(text);
}

const wallTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?/;
