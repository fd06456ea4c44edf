/**
 * Siebel writes `MM/DD/YYYY` and `MM/DD/YYYY HH:MM:SS`, whatever the locale, in the time zone of the signed-in account's
 * profile (facts/siebel-rest.md 2.1 and 5; https://docs.oracle.com/cd/G30559_01/books/OIRef/c-Set-Search-Expr-Method-for-a-Business-Component-ae1012158.html).
 */
const dateTimeForm = /^(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/;
const dateForm = /^(\d{2})\/(\d{2})\/(\d{4})(?: \d{2}:\d{2}:\d{2})?$/;

/** The instant a date-time of Siebel means; of an hour that comes twice the first; `null` for anything else. */
export function instantFromSiebel(text: string, zone: string): Temporal.Instant | null {
  const [, month, day, year, hour, minute, second] = dateTimeForm.exec(text) ?? [];
  if (month === undefined) return null;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  return orNull(() => Temporal.PlainDateTime.from(iso).toZonedDateTime(zone).toInstant());
}

/** Whole seconds, cut off: Siebel keeps no fractions. */
export function siebelFromInstant(instant: Temporal.Instant, zone: string): string {
  const at = instant.toZonedDateTimeISO(zone);
  return `${two(at.month)}/${two(at.day)}/${four(at.year)} ${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
}

/** A date without a zone: `YYYY-MM-DD`; a time behind it is ignored. `null` for anything else. */
export function dateFromSiebel(text: string): string | null {
  const [, month, day, year] = dateForm.exec(text) ?? [];
  return month === undefined
    ? null
    : orNull(() => Temporal.PlainDate.from(`${year}-${month}-${day}`).toString());
}

/** `date` is `YYYY-MM-DD`. */
export function siebelFromDate(date: string): string {
  const { year, month, day } = Temporal.PlainDate.from(date);
  return `${two(month)}/${two(day)}/${four(year)}`;
}

/** Whether the clock of the zone shows this time twice, as it does when summer ends: then it names no single instant. */
export function comesTwice(instant: Temporal.Instant, zone: string): boolean {
  const { earlier, later } = readings(instant, zone);
  return Temporal.Instant.compare(earlier, later) !== 0;
}

/**
 * The latest instant at or before the given one whose written form has only one meaning. A search from there on misses
 * nothing, whichever of two equal readings Siebel takes.
 */
export function plainFloor(instant: Temporal.Instant, zone: string): Temporal.Instant {
  if (!comesTwice(instant, zone)) return instant;
  const { earlier, later } = readings(instant, zone);
  return earlier.subtract(earlier.until(later));
}

/** The time of an HTTP `Date` header. */
export function instantFromHttpDate(text: string | null): Temporal.Instant | null {
  const epochMs = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(epochMs) ? null : Temporal.Instant.fromEpochMilliseconds(epochMs);
}

function readings(instant: Temporal.Instant, zone: string) {
  const wall = instant.toZonedDateTimeISO(zone).toPlainDateTime();
  return {
    earlier: wall.toZonedDateTime(zone, { disambiguation: 'earlier' }).toInstant(),
    later: wall.toZonedDateTime(zone, { disambiguation: 'later' }).toInstant(),
  };
}

/** A date that no calendar holds (`02/30/2026`) is no date; everything else is our mistake and thrown on. */
function orNull<T>(build: () => T): T | null {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function four(value: number): string {
  return String(value).padStart(4, '0');
}
