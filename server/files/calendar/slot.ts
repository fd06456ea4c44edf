import ICAL from 'ical.js';
import type { TimeSlot } from '../../../shared/appointment.ts';
import type { Component } from './components.ts';
import { propertyOf, valueOf, wordOf } from './component-values.ts';
import { dayOf, inZone, timesIn, wallOf, wallTimeOf, type FileTime } from './times.ts';
import type { FileZones } from './zones.ts';

export type SlotRead =
  | Readonly<{ is: 'slot'; slot: TimeSlot; start: FileTime; remarks: readonly string[] }>
  | Readonly<{ is: 'problem'; reason: string }>;

/** When a VEVENT takes place. An end before the start is taken for a slip and left out. */
export function slotOf(event: Component, zones: FileZones): SlotRead {
  const property = propertyOf(event, 'dtstart');
  if (property === null) return { is: 'problem', reason: 'The event has no start (DTSTART).' };
  const read = timesIn(property, zones);
  const [written] = read.times;
  if (written === undefined)
    return { is: 'problem', reason: 'The start of the event (DTSTART) cannot be read.' };
  const start = isAllDay(event, written) ? ({ isDate: true, day: dayOf(written) } as const) : written;
  const end = endOf(event, start, zones);
  const isBackwards = end !== null && Temporal.PlainDateTime.compare(end, wallTimeOf(start)) < 0;
  const backwards = 'The event ends before it begins; its end was left out.';
  return {
    is: 'slot',
    start,
    slot: slotFrom(start, isBackwards ? null : end),
    remarks: [...(read.remark === null ? [] : [read.remark]), ...(isBackwards ? [backwards] : [])],
  };
}

/** A slot of the same length that begins at another wall time. */
export function movedTo(slot: TimeSlot, wall: string): TimeSlot {
  const [from, to] = [slot.start, slot.end].map((text) => Temporal.PlainDateTime.from(text));
  if (from === undefined || to === undefined) return slot;
  const start = Temporal.PlainDateTime.from(wall);
  const end = start.add(from.until(to, { largestUnit: 'days' }));
  if (!slot.isAllDay) return { ...slot, start: wallOf(start), end: wallOf(end) };
  return { isAllDay: true, start: start.toPlainDate().toString(), end: end.toPlainDate().toString() };
}

/** Outlook writes some all-day events as midnight to midnight and says so beside it. */
function isAllDay(event: Component, start: FileTime): boolean {
  if (start.isDate) return true;
  return wordOf(event, 'x-microsoft-cdo-alldayevent') === 'TRUE' && start.wall.endsWith('T00:00:00');
}

/** The end as a wall time in the zone of the start; `null` where the event names none. */
function endOf(event: Component, start: FileTime, zones: FileZones): Temporal.PlainDateTime | null {
  const property = propertyOf(event, 'dtend');
  const [end] = property === null ? [] : timesIn(property, zones).times;
  if (end !== undefined) return wallTimeOf(start.isDate || end.isDate ? end : inZone(end, start.zone));
  const duration = valueOf(event, 'duration');
  return duration === null ? null : wallTimeOf(start).add(durationFrom(duration));
}

/** Without an end a day lasts a day and a time no time at all (RFC 5545, 3.6.1). */
function slotFrom(start: FileTime, end: Temporal.PlainDateTime | null): TimeSlot {
  if (!start.isDate) {
    return {
      isAllDay: false,
      start: start.wall,
      end: end === null ? start.wall : wallOf(end),
      zone: start.zone,
    };
  }
  const next = Temporal.PlainDate.from(start.day).add({ days: 1 }).toString();
  const last = end?.toPlainDate().toString() ?? next;
  return { isAllDay: true, start: start.day, end: last > start.day ? last : next };
}

/** `PT1H30M`, `-P1W`; what is no duration is no time at all. */
export function durationFrom(text: string): Temporal.Duration {
  if (!/^[+-]?P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/i.test(text))
    return new Temporal.Duration();
  return Temporal.Duration.from({ seconds: ICAL.Duration.fromString(text.toUpperCase()).toSeconds() });
}
