import type { TimeSlot } from '../../../../shared/appointment.ts';
import { dateFromSiebel, instantFromSiebel, siebelFromDate, siebelFromInstant } from '../dates.ts';

/** The zone date-times travel in, and the one in which the owner's days begin. */
export type Zones = Readonly<{ service: string; owner: string }>;

/** A zone by the name a profile gives it, if it is one of the IANA's; else the fallback. */
export function zoneOr(name: string | null, fallback: string): string {
  if (name === null) return fallback;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return fallback;
    throw error;
  }
}

/**
 * Start and end as people in the owner's zone see them. Siebel has no flag for whole days: what spans midnights there is
 * all-day (facts/siebel-rest.md 6.4). `null` where either is missing or no date-time.
 */
export function slotFromSiebel(start: string | null, end: string | null, zones: Zones): TimeSlot | null {
  const from = zonedFrom(start, zones);
  const to = zonedFrom(end, zones);
  if (from === null || to === null) return null;
  const isAllDay =
    from.equals(from.startOfDay()) &&
    to.equals(to.startOfDay()) &&
    Temporal.ZonedDateTime.compare(to, from) > 0;
  if (isAllDay) {
    return { isAllDay, start: from.toPlainDate().toString(), end: to.toPlainDate().toString() };
  }
  return { isAllDay: false, start: wallOf(from), end: wallOf(to), zone: zones.owner };
}

/** The two instants of a slot; all-day ones begin and end with the owner's days. */
export function instantsOf(
  slot: TimeSlot,
  ownerZone: string,
): Readonly<{ start: Temporal.Instant; end: Temporal.Instant }> {
  return { start: instantOf(slot, 'start', ownerZone), end: instantOf(slot, 'end', ownerZone) };
}

/** The day on which a slot begins, in its own zone. */
export function dayOf(slot: TimeSlot): string {
  return slot.start.slice(0, 10);
}

/** The same slot moved to another first day, at the same times of its zone's clock. */
export function onDay(slot: TimeSlot, day: string): TimeSlot {
  if (slot.isAllDay) {
    const days = Temporal.PlainDate.from(slot.start).until(slot.end, { largestUnit: 'days' });
    return { ...slot, start: day, end: Temporal.PlainDate.from(day).add(days).toString() };
  }
  const start = Temporal.PlainDateTime.from(slot.start);
  const length = start.until(slot.end, { largestUnit: 'days' });
  const moved = Temporal.PlainDate.from(day).toPlainDateTime(start.toPlainTime());
  return { ...slot, start: plainText(moved), end: plainText(moved.add(length)) };
}

/** The date of a date-time in the owner's zone, or a plain date as it stands; `YYYY-MM-DD`. */
export function dateIn(text: string, zones: Zones): string | null {
  const at = zonedFrom(text, zones);
  return at === null ? dateFromSiebel(text) : at.toPlainDate().toString();
}

/** A date as Siebel takes it: the beginning of that day in the owner's zone, or the plain date. */
export function siebelFromDay(date: string, zones: Zones, isDateTime: boolean): string {
  if (!isDateTime) return siebelFromDate(date);
  return siebelFromInstant(beginningOfDay(date, zones.owner), zones.service);
}

export function beginningOfDay(date: string, zone: string): Temporal.Instant {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant();
}

/** `20261224` as `2026-12-24`; `null` for what is no day. */
export function dayFrom(digits: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(digits) ?? [];
  return year === undefined ? null : dateFromSiebel(`${month}/${day}/${year}`);
}

export function zonedFrom(text: string | null, { service, owner }: Zones): Temporal.ZonedDateTime | null {
  return (text === null ? null : instantFromSiebel(text, service))?.toZonedDateTimeISO(owner) ?? null;
}

function instantOf(slot: TimeSlot, edge: 'start' | 'end', ownerZone: string): Temporal.Instant {
  if (slot.isAllDay) return beginningOfDay(slot[edge], ownerZone);
  return Temporal.PlainDateTime.from(slot[edge]).toZonedDateTime(slot.zone).toInstant();
}

function wallOf(at: Temporal.ZonedDateTime): string {
  return plainText(at.toPlainDateTime());
}

function plainText(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'second' });
}
