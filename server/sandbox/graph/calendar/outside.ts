import { isObject } from '../call.ts';
import { findUser } from '../directory.ts';
import { badRequest } from '../refusal.ts';
import type { GraphControl } from '../side.ts';
import type { Graph, Mailbox } from '../state.ts';
import { addressesOf, mailboxesOf, never, noResponse } from './attendees.ts';
import { blank, cancelDate, copyInto, withdrawCopy } from './copies.ts';
import { readEventPatch, type Fields } from './event-body.ts';
import { readNewEvent } from './event-create.ts';
import { eventId, newICalUId } from './event-ids.ts';
import { liveEvent, makeEvent, touchEvent } from './event-store.ts';
import { valuesOf } from './instance.ts';
import { noteAnswer, type Answer } from './responses.ts';
import type { Attendee, EventItem } from './state.ts';

/** Meetings and answers that people outside the tenant send to its mailboxes. */
export const mailFromOutside = (graph: Graph): Pick<GraphControl, 'invite' | 'callOff' | 'respond'> => ({
  invite: (address, message) => {
    const mailbox = findUser(graph, address);
    return mailbox && receiveInvitation(graph, mailbox, message);
  },
  callOff: (address, message) => {
    const mailbox = findUser(graph, address);
    return mailbox !== null && receiveCancellation(graph, mailbox, message);
  },
  respond: (address, message) => {
    const mailbox = findUser(graph, address);
    return mailbox !== null && receiveAnswer(graph, mailbox, message);
  },
});

/**
 * An invitation from an organiser outside the tenant, `{ organizer: { address, name }, event }` with the event as Graph
 * takes it in a POST, `iCalUId` besides where it is known, and with `exceptions: [{ date, event }]` and `cancelled: [date]` of a
 * series (dates yyyy-MM-dd as its rule counts them, events as in a PATCH). It arrives in this mailbox and in those of all guests who are
 * people of the sandbox; under an iCalUId that is there already it is an update. Answers the id of this mailbox's copy.
 */
function receiveInvitation(
  graph: Graph,
  mailbox: Mailbox,
  message: Fields,
): Readonly<{ id: string; iCalUId: string }> {
  const source = outsideEvent(graph, mailbox, message);
  const guests = mailboxesOf(graph, addressesOf(graph, source.values.attendees, source.organizer));
  for (const guest of guests) if (guest !== mailbox) copyInto(graph, guest, source);
  const copy = copyInto(graph, mailbox, source);
  return { id: eventId(mailbox, { item: copy, date: null }, false), iCalUId: source.iCalUId };
}

function outsideEvent(graph: Graph, mailbox: Mailbox, message: Fields): EventItem {
  const { organizer, event } = message;
  const address = isObject(organizer) ? organizer['address'] : null;
  if (!isObject(event) || typeof address !== 'string' || !isObject(organizer)) {
    throw badRequest('An invitation needs an organizer with an address and an event.');
  }
  if (findUser(graph, address)) {
    throw badRequest(`${address} is a mailbox of the sandbox; its invitations are made through Graph.`);
  }
  const { known, nameless } = guestsIn(event);
  const { values: read, series } = readNewEvent(graph, known);
  const values = { ...read, attendees: [...read.attendees, ...nameless] };
  const { name } = organizer;
  const { iCalUId, originalStartTimeZone: zone } = event;
  const now = graph.world.now().getTime();
  const source = makeEvent(graph, mailbox.calendars.main, {
    iCalUId: typeof iCalUId === 'string' ? iCalUId : newICalUId(graph.world.uuid(), now),
    transactionId: null,
    organizer: { name: typeof name === 'string' ? name : address, address },
    isOrganizer: true,
    response: { response: 'organizer', time: never },
    intendedShowAs: values.showAs,
    values,
    series,
  });
  if (typeof zone === 'string' && zone.startsWith('tzone://')) source.zoneLabel = zone;
  for (const row of rowsOf(message['exceptions'])) {
    const { date, event: changed } = isObject(row) ? row : {};
    if (typeof date !== 'string' || !isObject(changed)) continue;
    const patch = readEventPatch(graph, changed, valuesOf({ item: source, date }));
    series?.exceptions.set(date, { ...blank(now), values: patch });
  }
  for (const date of rowsOf(message['cancelled'])) cancelDate(source, String(date));
  return source;
}

/** Mail may name guests without an address, whom Graph would not take; they are read apart from the others. */
function guestsIn(event: Fields): Readonly<{ known: Fields; nameless: readonly Attendee[] }> {
  const rows = rowsOf(event['attendees']);
  const nameOf = (row: unknown) => {
    const email = isObject(row) ? row['emailAddress'] : null;
    return isObject(email) && !email['address'] && typeof email['name'] === 'string' ? email['name'] : null;
  };
  const nameless = rows.flatMap((row): Attendee[] => {
    const name = nameOf(row);
    return name === null
      ? []
      : [{ type: 'required', name, address: null, status: noResponse, proposed: null }];
  });
  if (nameless.length === 0) return { known: event, nameless };
  return { known: { ...event, attendees: rows.filter((row) => nameOf(row) === null) }, nameless };
}

const rowsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);

/**
 * A cancellation from outside, `{ iCalUId }` of the whole meeting or with the `date` of an occurrence (yyyy-MM-dd): the
 * copies of this mailbox and of the other guests go to Deleted Items. False where this mailbox has no such copy.
 */
function receiveCancellation(graph: Graph, mailbox: Mailbox, message: Fields): boolean {
  const { iCalUId, date } = message;
  const own = typeof iCalUId === 'string' ? liveEvent(mailbox, iCalUId, false) : null;
  if (!own) return false;
  const guests = mailboxesOf(graph, addressesOf(graph, own.values.attendees, own.organizer));
  for (const guest of new Set([mailbox, ...guests])) {
    const copy = liveEvent(guest, own.iCalUId, false);
    if (copy && typeof date === 'string') {
      cancelDate(copy, date);
      touchEvent(graph, guest, copy);
    } else if (copy) withdrawCopy(graph, guest, copy);
  }
  return true;
}

const answers: readonly Answer[] = ['accepted', 'tentativelyAccepted', 'declined'];

/**
 * The answer of a guest outside the tenant to a meeting this mailbox organises: `{ iCalUId, from, response }`. False where
 * there is no such meeting or guest.
 */
function receiveAnswer(graph: Graph, mailbox: Mailbox, message: Fields): boolean {
  const { iCalUId, from, response } = message;
  const answer = answers.find((one) => one === response);
  if (typeof iCalUId !== 'string' || typeof from !== 'string' || !answer) {
    throw badRequest(`An answer needs iCalUId, from and response, one of ${answers.join(', ')}.`);
  }
  const item = liveEvent(mailbox, iCalUId, true);
  const isFrom = ({ address }: Readonly<{ address: string | null }>) =>
    address?.toLowerCase() === from.toLowerCase();
  if (!item?.values.attendees.some(isFrom)) return false;
  const status = { response: answer, time: graph.world.now().toISOString() };
  noteAnswer(graph, mailbox, { instance: { item, date: null }, noted: { status, proposed: null, isFrom } });
  return true;
}
