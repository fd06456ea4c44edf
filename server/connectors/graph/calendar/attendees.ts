import type { Appointment, Attendee, AttendeeResponse, Participant } from '../../../../shared/appointment.ts';
import { listFrom, objectFrom, textFrom, type GraphRow } from '../wire.ts';

/** Everybody but the organizer, once, by address; who has no address cannot be told from others and is left out. */
export function attendeesFromGraph(row: GraphRow): readonly Attendee[] {
  const organizer = organizerFromGraph(row)?.address;
  const found = new Map<string, Attendee>();
  for (const entry of listFrom(row['attendees'])) {
    const attendee = attendeeFrom(entry);
    if (attendee === null || attendee.address === organizer || found.has(attendee.address)) continue;
    found.set(attendee.address, attendee);
  }
  return [...found.values()].sort((one, other) => (one.address < other.address ? -1 : 1));
}

export function organizerFromGraph(row: GraphRow): Participant | null {
  return participantFrom(row['organizer']);
}

export function graphFromAttendee({ address, name, type }: Attendee): unknown {
  return { emailAddress: { address, name: name ?? address }, type };
}

/**
 * The whole list a PATCH must carry, with `wanted` in place of `before`: whoever is in neither stays as they are, entries
 * without an address included, and so does who declined, whom nobody need call off. `null` where nobody comes or goes, for
 * every list that is sent may mail people. Responses are Exchange's and are not sent.
 */
export function attendeesToWrite(
  present: readonly unknown[],
  before: Appointment,
  wanted: readonly Attendee[],
): readonly unknown[] | null {
  const wantedForms = new Set(wanted.map(formOf));
  const dropped = before.attendees.filter((one) => isComing(one) && !wantedForms.has(formOf(one)));
  const droppedAddresses = new Set(dropped.map(({ address }) => address));
  const kept = present.filter((entry) => !droppedAddresses.has(addressIn(entry) ?? ''));
  const here = new Set(kept.map(addressIn));
  const known = new Set(before.attendees.map(formOf));
  const added = wanted.filter((one) => isComing(one) && !known.has(formOf(one)) && !here.has(one.address));
  if (added.length === 0 && kept.length === present.length) return null;
  return [...kept.map(withoutStatus), ...added.map(graphFromAttendee)];
}

/** Who declined counts as not attending: nobody calls them off, and nobody invites them again. */
export function isComing({ response }: Attendee): boolean {
  return response !== 'declined';
}

/** One of our people is known by the login, whatever address a side knows them by. */
function formOf({ login, address }: Attendee): string {
  return login ?? address;
}

function withoutStatus(entry: unknown): unknown {
  const { status: _status, ...kept } = objectFrom(entry) ?? {};
  return kept;
}

function attendeeFrom(entry: unknown): Attendee | null {
  const participant = participantFrom(entry);
  if (participant === null) return null;
  const fields = objectFrom(entry);
  const type = types.find((name) => name === fields?.['type']) ?? 'required';
  return { ...participant, type, response: responseFrom(objectFrom(fields?.['status'])?.['response']) };
}

function participantFrom(value: unknown): Participant | null {
  const address = addressIn(value);
  if (address === null) return null;
  const name = textFrom(objectFrom(objectFrom(value)?.['emailAddress'])?.['name']);
  return { address, name: name?.toLowerCase() === address ? null : name, login: null };
}

function addressIn(value: unknown): string | null {
  const address = textFrom(objectFrom(objectFrom(value)?.['emailAddress'])?.['address']);
  return address?.trim().toLowerCase() ?? null;
}

const types = ['required', 'optional', 'resource'] as const;

function responseFrom(value: unknown): AttendeeResponse {
  if (value === 'accepted' || value === 'declined') return value;
  return value === 'tentativelyAccepted' ? 'tentative' : 'none';
}
