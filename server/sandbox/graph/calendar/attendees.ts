import { isObject } from '../call.ts';
import { findUser } from '../directory.ts';
import { badRequest } from '../refusal.ts';
import { notFound } from './wrong-value.ts';
import type { Graph, Mailbox } from '../state.ts';
import type { Attendee, ResponseStatus } from './state.ts';

const mostAttendees = 500;

export const never = '0001-01-01T00:00:00Z';
export const noResponse: ResponseStatus = { response: 'none', time: never };

/** How guests are compared: by address in any case, by name where there is no address. */
export const keyOf = ({ address, name }: Attendee): string => (address ?? `name:${name}`).toLowerCase();

/**
 * Reads the whole list of guests; what a body says of their answers is passed over, those known keep theirs. A guest
 * without an address is refused, except in what comes from outside.
 */
export function readAttendees(
  graph: Graph,
  value: unknown,
  before: readonly Attendee[],
): readonly Attendee[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrongList();
  if (value.length > mostAttendees) {
    throw badRequest(
      `Your request can't be completed. An event takes at most ${mostAttendees} attendees.`,
      'ErrorInvalidRequest',
    );
  }
  const known = new Map(before.map((one) => [keyOf(one), one]));
  return value.map((row: unknown) => {
    const read = readAttendee(graph, row);
    const former = known.get(keyOf(read));
    return former ? { ...former, type: read.type } : read;
  });
}

function readAttendee(graph: Graph, row: unknown): Attendee {
  if (!isObject(row)) throw wrongList();
  const email = row['emailAddress'];
  const { address, name } = isObject(email) ? email : { address: null, name: null };
  const type = row['type'] ?? 'required';
  if (type !== 'required' && type !== 'optional' && type !== 'resource') {
    throw notFound('type', type);
  }
  if (typeof address !== 'string' || address.trim() === '') {
    throw badRequest('At least one property failed validation.', 'ErrorPropertyValidationFailure');
  }
  const shown = typeof name === 'string' && name !== '' ? name : findUser(graph, address)?.displayName;
  return {
    type,
    name: shown ?? address.trim(),
    address: address.trim(),
    status: noResponse,
    proposed: null,
  };
}

const wrongList = () =>
  badRequest(
    "Cannot convert the value of 'attendees' to the expected type 'Collection(microsoft.graph.attendee)'.",
    'RequestBodyRead',
  );

/** Who is to be told, the organiser left out: addresses in lower case, each once. */
export function addressesOf(
  graph: Graph,
  attendees: readonly Attendee[],
  organizer: Readonly<{ address: string }>,
): readonly string[] {
  const own = findUser(graph, organizer.address);
  const others = attendees
    .map(({ address }) => address?.toLowerCase() ?? '')
    .filter((address) => address !== '' && address !== organizer.address.toLowerCase())
    .filter((address) => own === null || findUser(graph, address) !== own);
  return [...new Set(others)];
}

/** The mailboxes of this tenant behind addresses, each once. */
export const mailboxesOf = (graph: Graph, addresses: readonly string[]): readonly Mailbox[] => [
  ...new Set(addresses.flatMap((address) => findUser(graph, address) ?? [])),
];

/** Whether a guest is the owner of a mailbox, under whichever address. */
export const isOwner = (graph: Graph, mailbox: Mailbox, attendee: Attendee): boolean =>
  attendee.address !== null && findUser(graph, attendee.address) === mailbox;

export const showAttendee = ({ type, name, address, status, proposed }: Attendee) => ({
  type,
  status,
  emailAddress: address === null ? { name } : { name, address },
  ...(proposed && { proposedNewTime: proposed }),
});
