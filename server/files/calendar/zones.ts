import ICAL from 'ical.js';
import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import type { Component } from './components.ts';
import { valueOf } from './component-values.ts';

/** How a zone of a file is understood: a zone of the IANA list, or offsets which only that file knows. */
type FileZone =
  | Readonly<{ is: 'zone'; zone: string }>
  | Readonly<{ is: 'offsets'; offsetSecondsAt: (wall: Temporal.PlainDateTime) => number }>
  | Readonly<{ is: 'unknown' }>;

export type FileZones = Readonly<{
  /** The zone of times without one. */
  fallback: string;
  find: (tzid: string) => FileZone;
}>;

/**
 * Zones by the names a file gives them. `preferred` is the zone of the mailbox: it is taken for every definition that fits it,
 * and for times without a zone. `year` is the year in which definitions are compared.
 */
export function createZones(
  definitions: readonly Component[],
  { preferred, year }: Readonly<{ preferred: string; year: number }>,
): FileZones {
  const byId = new Map(definitions.map((one) => [valueOf(one, 'tzid') ?? '', one]));
  const known = new Map<string, FileZone>();
  const look = (tzid: string): FileZone => {
    const named = zoneNamed(tzid);
    if (named !== null) return { is: 'zone', zone: named };
    const definition = byId.get(tzid.trim());
    return definition === undefined ? { is: 'unknown' } : zoneDefined(definition, { preferred, year });
  };
  return {
    fallback: preferred,
    find: (tzid) => {
      const zone = known.get(tzid) ?? look(tzid);
      known.set(tzid, zone);
      return zone;
    },
  };
}

/** `Europe/Berlin`, `/mozilla.org/20050126_1/Europe/Berlin`, or Windows' `W. Europe Standard Time`; `null` for any other. */
export function zoneNamed(name: string): string | null {
  const plain = name.trim().replace(/^"(.*)"$/, '$1');
  const parts = plain.split('/').filter(Boolean);
  const tails = [parts.slice(-3), parts.slice(-2), parts.slice(-1)].map((tail) => tail.join('/'));
  const iana = [plain, ...(plain.startsWith('/') ? tails : [])].find(isZone);
  return iana ?? findIana(plain)[0] ?? null;
}

function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    // Temporal has no other way to ask whether it knows a zone.
    return false;
  }
}

/** A zone of the list whose clocks show the same all year round; else the offsets as they are defined. */
function zoneDefined(
  definition: Component,
  { preferred, year }: Readonly<{ preferred: string; year: number }>,
): FileZone {
  const location = zoneNamed(valueOf(definition, 'x-lic-location') ?? '');
  if (location !== null) return { is: 'zone', zone: location };
  const offsets = offsetsOf(definition);
  if (offsets === null) return { is: 'unknown' };
  const weeks = Array.from({ length: 53 }, (_, week) =>
    Temporal.PlainDate.from({ year, month: 1, day: 1 }).add({ weeks: week }).toPlainDateTime({ hour: 12 }),
  );
  const wanted = weeks.map((wall) => [wall, offsets(wall)] as const);
  const fits = (zone: string) =>
    wanted.every(([wall, seconds]) => wall.toZonedDateTime(zone).offsetNanoseconds === seconds * 1e9);
  const zone = [preferred, ...worldZones].find(fits);
  return zone === undefined ? { is: 'offsets', offsetSecondsAt: offsets } : { is: 'zone', zone };
}

/** One zone for each that Windows knows: enough to find one with the same rules. */
const worldZones = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001').flatMap(({ iana }) =>
  iana.slice(0, 1),
);

/** The offset of a VTIMEZONE at a wall time, in seconds; `null` where it defines none. */
function offsetsOf(definition: Component): ((wall: Temporal.PlainDateTime) => number) | null {
  if (!definition.children.some((child) => valueOf(child, 'tzoffsetto') !== null)) return null;
  try {
    const component = new ICAL.Component(jcalOf(definition));
    const zone = new ICAL.Timezone({ component, tzid: valueOf(definition, 'tzid') ?? 'zone' });
    const at = ({ year, month, day, hour, minute, second }: Temporal.PlainDateTime) =>
      zone.utcOffset(ICAL.Time.fromData({ year, month, day, hour, minute, second, isDate: false }));
    at(Temporal.PlainDateTime.from('2026-01-01T12:00'));
    return at;
  } catch {
    // ical.js throws for definitions it cannot follow; times in such a zone are reported by whoever meets them.
    return null;
  }
}

function jcalOf({ name, properties, children }: Component): unknown[] {
  const lines = properties.map(
    ({ name, params, raw }) => `${name}${Object.entries(params).map(paramText).join('')}:${raw}`,
  );
  const parsed = lines.map((line): unknown => ICAL.parse.property(line));
  return [name.toLowerCase(), parsed, children.map(jcalOf)];
}

function paramText([name, value]: readonly [string, string]): string {
  return `;${name}="${value}"`;
}
