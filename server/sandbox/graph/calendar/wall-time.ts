import { isObject } from '../call.ts';
import { badRequest } from '../refusal.ts';
import { ianaName, isKnownZone, windowsName } from '../time-zones.ts';
import type { WallTime } from './state.ts';

/** Zones are known to clients by many names, and asked for with every event. */
const ianaNames = new Map<string, string>();

function iana(zone: string): string {
  const known = ianaNames.get(zone);
  if (known !== undefined) return known;
  const name = ianaName(zone);
  ianaNames.set(zone, name);
  return name;
}

/** The wall time as if it were UTC, for arithmetic that no change of clocks disturbs. */
export const wallMs = ({ dateTime }: WallTime): number => Date.parse(`${dateTime.slice(0, 23)}Z`);

/** The way back from `wallMs`. */
export const wallOf = (ms: number, zone: string): WallTime => ({ dateTime: sevenDecimals(ms), zone });

const sevenDecimals = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000`;

/** The instant of a wall time in milliseconds; one that occurs twice is the first, one that is left out comes later. */
export function exactly(wall: WallTime): number {
  const zone = iana(wall.zone);
  if (isUtc(zone)) return wallMs(wall);
  return Temporal.PlainDateTime.from(wall.dateTime).toZonedDateTime(zone).epochMilliseconds;
}

/** The same instant on the wall of another zone. */
export const zoned = (wall: WallTime, zone: string): WallTime =>
  wall.zone === zone ? wall : wallAt(exactly(wall), zone);

export function wallAt(ms: number, zone: string): WallTime {
  const name = iana(zone);
  if (isUtc(name)) return wallOf(ms, zone);
  const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(name);
  return wallOf(ms + there.offsetNanoseconds / 1_000_000, zone);
}

const isUtc = (zone: string) => zone === 'UTC' || zone === 'Etc/UTC';

/** A dateTimeTimeZone as the service shows it. */
export const shownWall = ({ dateTime, zone }: WallTime) => ({ dateTime, timeZone: zone });

/**
 * Reads a dateTimeTimeZone. Exchange keeps zones under their Windows names; a time that carries an offset is put on the
 * wall of its zone. An unknown zone is refused.
 */
export function readWallTime(name: string, value: unknown): WallTime {
  if (!isObject(value)) {
    throw badRequest(
      `Cannot convert the value of '${name}' to the expected type 'microsoft.graph.dateTimeTimeZone'.`,
      'RequestBodyRead',
    );
  }
  const { dateTime, timeZone } = value;
  const zone = storedZone(typeof timeZone === 'string' ? timeZone : '');
  const found = typeof dateTime === 'string' ? timePattern.exec(dateTime.trim()) : null;
  if (!found) {
    throw badRequest(
      `Cannot convert the literal '${String(dateTime)}' of '${name}' to the expected type 'Edm.DateTime'.`,
      'RequestBodyRead',
    );
  }
  const [, date = '', time = '00:00', seconds = ':00', offset] = found;
  const ms = Date.parse(`${date}T${time}${seconds.slice(0, 7)}${offset ?? 'Z'}`);
  if (Number.isNaN(ms) || (offset === undefined && !sevenDecimals(ms).startsWith(date))) {
    throw badRequest(`The value of '${name}' is no date.`, 'RequestBodyRead');
  }
  return offset === undefined ? wallOf(ms, zone) : wallAt(ms, zone);
}

const timePattern = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** The name under which Exchange keeps a zone: the Windows one, where there is one. */
export function storedZone(name: string): string {
  if (name === '' || !isKnownZone(name)) throw unknownZone(name);
  const windows = windowsName(name);
  return windows === 'UTC' && !/^(etc\/)?(utc|gmt|uct|universal|zulu|greenwich)$/i.test(name)
    ? name
    : windows;
}

export const unknownZone = (name: string) =>
  badRequest(
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
    'TimeZoneNotSupportedException',
  );
