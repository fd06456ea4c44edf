import type { FileZones } from './zones.ts';
import type { Property } from './property.ts';

/** A date, or a wall time in an IANA zone. */
export type FileTime =
  | Readonly<{ isDate: true; day: string }>
  | Readonly<{ isDate: false; wall: string; zone: string }>;

export type TimesRead = Readonly<{
  times: readonly FileTime[];
  /** A sentence about a zone that had to be guessed. */
  remark: string | null;
  /** Whether a value could not be read. */
  isBroken: boolean;
}>;

/** Every value of a DTSTART, DUE, EXDATE, RDATE or RECURRENCE-ID line; of a period its begin. */
export function timesIn(property: Property, zones: FileZones): TimesRead {
  const tzid = property.params['tzid'] ?? null;
  const read = property.values.map((value) => timeFrom(value, tzid, zones));
  const times = read.filter((time) => time !== null);
  return {
    times,
    remark: times.some(({ isDate }) => !isDate) ? remarkOn(tzid, zones) : null,
    isBroken: times.length < read.length || read.length === 0,
  };
}

const shape = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(Z?))?/;

function timeFrom(value: string, tzid: string | null, zones: FileZones): FileTime | null {
  const [, day, time, isUtc] = shape.exec(value) ?? [];
  if (day === undefined || !isDay(day)) return null;
  if (time === undefined) return { isDate: true, day };
  // A leap second is the last one of its minute to everybody else.
  const text = `${day}T${time.replace(/:60$/, ':59')}`;
  if (!/T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text)) return null;
  if (isUtc === 'Z') return { isDate: false, wall: text, zone: 'UTC' };
  return placed(text, tzid, zones);
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12 || year < 1) return false;
  return day >= 1 && day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

function placed(text: string, tzid: string | null, zones: FileZones): FileTime {
  const zone = tzid === null ? null : zones.find(tzid);
  if (zone?.is === 'zone') return { isDate: false, wall: text, zone: zone.zone };
  if (zone?.is !== 'offsets') return { isDate: false, wall: text, zone: zones.fallback };
  const wall = Temporal.PlainDateTime.from(text);
  const instant = wall.subtract({ seconds: zone.offsetSecondsAt(wall) }).toZonedDateTime('UTC');
  return inZone({ isDate: false, wall: instant.toPlainDateTime().toString(), zone: 'UTC' }, zones.fallback);
}

function remarkOn(tzid: string | null, { find, fallback }: FileZones): string | null {
  if (tzid === null) return null;
  const zone = find(tzid);
  if (zone.is === 'offsets')
    return `The time zone "${tzid}" is no known one; the time is kept, shown in ${fallback}.`;
  return zone.is === 'unknown' ? `The time zone "${tzid}" is not known; ${fallback} was taken.` : null;
}

/** The same instant as another zone's wall time; a date stays a date. */
export function inZone(time: FileTime, zone: string): FileTime {
  if (time.isDate || time.zone === zone) return time;
  return { isDate: false, wall: wallOf(instantOf(time).toZonedDateTimeISO(zone)), zone };
}

export function instantOf({ wall, zone }: Extract<FileTime, { isDate: false }>): Temporal.Instant {
  return Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).toInstant();
}

export function wallOf(time: Temporal.ZonedDateTime | Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'second' }).slice(0, 19);
}

export function dayOf(time: FileTime): string {
  return time.isDate ? time.day : time.wall.slice(0, 10);
}

/** Wall time, midnight for a date. */
export function wallTimeOf(time: FileTime): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(time.isDate ? `${time.day}T00:00:00` : time.wall);
}
