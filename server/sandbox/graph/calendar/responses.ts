import type { WireAnswer } from '../../wire.ts';
import { bodyOf, idOf, isObject, mailboxOf, type Call } from '../call.ts';
import { findUser } from '../directory.ts';
import { badRequest } from '../refusal.ts';
import type { Graph, Mailbox } from '../state.ts';
import { isOwner, keyOf } from './attendees.ts';
import { blank, cancelDate } from './copies.ts';
import { seriesOfICalUId } from './event-ids.ts';
import { liveEvent, moveEvent, setEvent, touchEvent } from './event-store.ts';
import { findInstance } from './find.ts';
import { valuesOf, type Instance } from './instance.ts';
import { mail } from './meetings.ts';
import type { Attendee, EventItem, ResponseStatus } from './state.ts';

export type Answer = 'accepted' | 'tentativelyAccepted' | 'declined';

export const accept = (call: Call): WireAnswer => respond(call, 'accepted');
export const acceptTentatively = (call: Call): WireAnswer => respond(call, 'tentativelyAccepted');
export const decline = (call: Call): WireAnswer => respond(call, 'declined');

export const accepted: WireAnswer = { status: 202, body: null };

/**
 * A guest's answer. The organiser hears of it, and has it in the list of guests, only when it is sent; a declined meeting
 * leaves the calendar either way.
 */
function respond(call: Call, answer: Answer): WireAnswer {
  const { graph } = call;
  const mailbox = mailboxOf(call);
  const instance = findInstance(graph, mailbox, idOf(call, 'event'));
  const { item, date } = instance;
  if (item.isOrganizer) {
    throw badRequest(
      "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.",
      'ErrorInvalidRequest',
    );
  }
  const { isSent, proposed } = readAnswer(call, instance, answer);
  const status: ResponseStatus = { response: answer, time: graph.world.now().toISOString() };
  if (isSent) {
    const { address } = mailbox;
    mail(graph, { kind: 'response', to: [item.organizer.address.toLowerCase()], instance, from: address });
    noteAtOrganizer(graph, instance, {
      status,
      proposed,
      isFrom: (attendee) => isOwner(graph, mailbox, attendee),
    });
  }
  if (answer !== 'declined') keepAnswer(graph, mailbox, { instance, status });
  else if (date === null) {
    item.response = status;
    moveEvent(graph, mailbox, { item, to: mailbox.calendars.deleted });
  } else {
    cancelDate(item, date);
    touchEvent(graph, mailbox, item);
  }
  return accepted;
}

/** `comment`, `sendResponse` and `proposedNewTime`, in any spelling of case. */
function readAnswer(call: Call, instance: Instance, answer: Answer) {
  const body = lowerNames(bodyOf(call));
  const isSent = body['sendresponse'] !== false;
  const proposed = body['proposednewtime'];
  if (!isObject(proposed)) return { isSent, proposed: null };
  if (!isSent || answer === 'accepted' || !valuesOf(instance).allowNewTimeProposals) {
    throw badRequest(
      "Your request can't be completed. A new time can't be proposed for this meeting.",
      'ErrorInvalidRequest',
    );
  }
  return { isSent, proposed };
}

export const lowerNames = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));

/** An accepted meeting is shown as the organiser wanted it, a tentative one as tentative. */
function keepAnswer(
  graph: Graph,
  mailbox: Mailbox,
  { instance, status }: Readonly<{ instance: Instance; status: ResponseStatus }>,
): void {
  const { item, date } = instance;
  const showAs = status.response === 'accepted' ? item.intendedShowAs : 'tentative';
  if (date === null || !item.series) {
    item.response = status;
    setEvent(item, { ...item.values, showAs }, item.series);
  } else {
    const exception = item.series.exceptions.get(date) ?? blank(graph.world.now().getTime());
    exception.response = status;
    exception.values = { ...exception.values, showAs };
    item.series.exceptions.set(date, exception);
  }
  touchEvent(graph, mailbox, item);
}

export type Noted = Readonly<{
  status: ResponseStatus;
  proposed: Readonly<Record<string, unknown>> | null;
  isFrom: (attendee: Attendee) => boolean;
}>;

/** Enters an answer in the organiser's list of guests, where the organiser's mailbox is one of the tenant's. */
function noteAtOrganizer(graph: Graph, { item, date }: Instance, noted: Noted): void {
  const organizer = findUser(graph, item.organizer.address);
  const alone = seriesOfICalUId(item.iCalUId);
  const original = organizer && liveEvent(organizer, alone?.iCalUId ?? item.iCalUId, true);
  if (!organizer || !original) return;
  noteAnswer(graph, organizer, { instance: { item: original, date: alone?.date ?? date }, noted });
}

/** As a guest's answer arrives at the organiser's event; an answer to one occurrence makes it an exception. */
export function noteAnswer(
  graph: Graph,
  organizer: Mailbox,
  { instance, noted }: Readonly<{ instance: Instance; noted: Noted }>,
): void {
  const { item, date } = instance;
  const { status, proposed, isFrom } = noted;
  const attendees = valuesOf(instance).attendees.map((one) =>
    isFrom(one) ? { ...one, status, proposed } : one,
  );
  if (date === null || !item.series) {
    setEvent(item, { ...item.values, attendees }, item.series);
    passToExceptions(item, attendees.filter(isFrom));
  } else {
    const exception = item.series.exceptions.get(date) ?? blank(graph.world.now().getTime());
    exception.values = { ...exception.values, attendees };
    item.series.exceptions.set(date, exception);
  }
  touchEvent(graph, organizer, item);
}

/** Exceptions with a list of guests of their own hold the answer to the series as well. */
function passToExceptions({ series }: EventItem, answered: readonly Attendee[]): void {
  const byKey = new Map(answered.map((one) => [keyOf(one), one]));
  for (const exception of series?.exceptions.values() ?? []) {
    const { attendees } = exception.values;
    if (!attendees) continue;
    exception.values = {
      ...exception.values,
      attendees: attendees.map((one) => ({ ...one, status: byKey.get(keyOf(one))?.status ?? one.status })),
    };
  }
}
