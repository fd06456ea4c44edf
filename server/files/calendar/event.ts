import {
  emptyAppointment,
  type Appointment,
  type Attendee,
  type Participant,
  type ShowAs,
  type TimeSlot,
} from '../../../shared/appointment.ts';
import { alarmOf } from './alarm.ts';
import type { Component } from './components.ts';
import {
  categoriesOf,
  importanceOf,
  isPrivateIn,
  propertiesOf,
  propertyOf,
  tidy,
  valueOf,
  wordOf,
} from './component-values.ts';
import type { Property } from './property.ts';
import { instantOf } from './times.ts';
import type { FileZones } from './zones.ts';

/** A VEVENT as a single appointment in a slot; series and their exceptions are put together by `series.ts`. */
export function appointmentFrom(event: Component, timeSlot: TimeSlot, zones: FileZones): Appointment {
  const organizer = propertyOf(event, 'organizer');
  return {
    ...emptyAppointment,
    subject: valueOf(event, 'summary')?.replaceAll('\n', ' ') ?? null,
    body: bodyOf(event),
    location: valueOf(event, 'location')?.replaceAll('\n', ', ') ?? null,
    timeSlot,
    showAs: showAsOf(event),
    isPrivate: isPrivateIn(event),
    importance: importanceOf(event),
    reminderMinutesBeforeStart: reminderOf(event, timeSlot, zones),
    categories: categoriesOf(event),
    organizer: organizer === null ? null : participantFrom(organizer),
    attendees: attendeesOf(event),
  };
}

/** The description, and the address of the event where the description does not hold it. */
function bodyOf(event: Component): string | null {
  const text = valueOf(event, 'description');
  const url = valueOf(event, 'url');
  if (url === null || text?.includes(url) === true) return text;
  return tidy([text, url].filter((part) => part !== null).join('\n\n'));
}

const busyStatus: Readonly<Record<string, ShowAs>> = {
  FREE: 'free',
  TENTATIVE: 'tentative',
  BUSY: 'busy',
  OOF: 'oof',
  WORKINGELSEWHERE: 'workingElsewhere',
};

/** Outlook's own property says most; of the standard ones STATUS goes before TRANSP. */
function showAsOf(event: Component): ShowAs {
  const own = wordOf(event, 'x-microsoft-cdo-busystatus') || wordOf(event, 'x-microsoft-cdo-intendedstatus');
  const known = busyStatus[own];
  if (known !== undefined) return known;
  if (wordOf(event, 'status') === 'TENTATIVE') return 'tentative';
  return wordOf(event, 'transp') === 'TRANSPARENT' ? 'free' : 'busy';
}

/** Whole minutes before the start; an alarm after it is none that Outlook could keep. */
function reminderOf(event: Component, slot: TimeSlot, zones: FileZones): number | null {
  const alarm = alarmOf(event, zones);
  if (alarm === null) return null;
  const seconds = alarm.is === 'offset' ? -alarm.seconds : secondsBetween(alarm.instant, slot, zones);
  const length = alarm.is === 'offset' && alarm.from === 'end' ? lengthOf(slot) : 0;
  const minutes = Math.round((seconds - length) / 60);
  return minutes < 0 ? null : minutes;
}

function secondsBetween(instant: Temporal.Instant, slot: TimeSlot, zones: FileZones): number {
  const wall = slot.isAllDay ? `${slot.start}T00:00:00` : slot.start;
  const zone = slot.isAllDay ? zones.fallback : slot.zone;
  return instant.until(instantOf({ isDate: false, wall, zone })).total('seconds');
}

function lengthOf({ start, end }: TimeSlot): number {
  return Temporal.PlainDateTime.from(start).until(Temporal.PlainDateTime.from(end)).total('seconds');
}

/** Everybody but the organizer, by address, none twice. */
function attendeesOf(event: Component): readonly Attendee[] {
  const organizer = propertyOf(event, 'organizer');
  const host = organizer === null ? null : addressOf(organizer);
  const found = new Map<string, Attendee>();
  for (const property of propertiesOf(event, 'attendee')) {
    const who = participantFrom(property);
    if (who === null || who.address === host) continue;
    found.set(who.address, { ...who, type: typeOf(property), response: responseOf(property) });
  }
  return [...found.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
}

/** `null` for somebody without an address. */
function participantFrom(property: Property): Participant | null {
  const address = addressOf(property);
  return address === null ? null : { address, name: tidy(property.params['cn'] ?? null), login: null };
}

/** `mailto:` in the value, or in the parameter EMAIL where the value is an id of the calendar server. */
function addressOf({ values, params }: Property): string | null {
  const [value = ''] = values;
  const address = (/^\s*mailto:/i.test(value) ? value : (params['email'] ?? value)).replace(
    /^\s*mailto:/i,
    '',
  );
  return /^[^\s@]+@[^\s@]+$/.test(address.trim()) ? address.trim().toLowerCase() : null;
}

function typeOf({ params }: Property): Attendee['type'] {
  if (['ROOM', 'RESOURCE'].includes(params['cutype']?.toUpperCase() ?? '')) return 'resource';
  return /^(?:OPT|NON)-PARTICIPANT$/i.test(params['role'] ?? '') ? 'optional' : 'required';
}

function responseOf({ params }: Property): Attendee['response'] {
  const status = params['partstat']?.toUpperCase() ?? '';
  if (status === 'ACCEPTED') return 'accepted';
  if (status === 'TENTATIVE') return 'tentative';
  return status === 'DECLINED' ? 'declined' : 'none';
}
