import type { WireAnswer } from '../../wire.ts';
import { bodyOf, isObject, type Call } from '../call.ts';
import { findUser } from '../directory.ts';
import { badRequest } from '../refusal.ts';
import type { Graph, Mailbox } from '../state.ts';
import { addressesOf, keyOf, mailboxesOf, readAttendees } from './attendees.ts';
import { blank, cancelDate, copyInto, occurrenceAlone } from './copies.ts';
import { eventOf } from './event-call.ts';
import { liveEvent, moveEvent, setEvent, touchEvent } from './event-store.ts';
import { exceptionOf, valuesOf, type Instance } from './instance.ts';
import { callOff, mail } from './meetings.ts';
import { accepted, lowerNames } from './responses.ts';
import type { Attendee, EventItem } from './state.ts';

/** POST …/cancel: only the organiser may. The event goes to Deleted Items, the guests are told. */
export function cancelEvent(call: Call): WireAnswer {
  const { graph } = call;
  const { mailbox, instance } = eventOf(call);
  const { item, date } = instance;
  if (!item.isOrganizer) {
    throw badRequest(
      "Your request can't be completed. You need to be an organizer to cancel a meeting.",
      'ErrorInvalidRequest',
    );
  }
  callOff(graph, instance);
  if (date === null) {
    item.isCancelled = true;
    moveEvent(graph, mailbox, { item, to: mailbox.calendars.deleted });
  } else {
    cancelDate(item, date);
    touchEvent(graph, mailbox, item);
  }
  return accepted;
}

/**
 * POST …/forward: whoever it is forwarded to is invited by the one who forwards, and stands in the organiser's list of
 * guests where the organiser's mailbox is one of the tenant's.
 */
export function forwardEvent(call: Call): WireAnswer {
  const { graph } = call;
  const { mailbox, instance } = eventOf(call);
  const { item, date } = instance;
  const added = recipientsOf(call);
  const organizer = findUser(graph, item.organizer.address);
  const original = organizer && (item.isOrganizer ? item : liveEvent(organizer, item.iCalUId, true));
  if (organizer && original) addGuests(graph, organizer, { instance: { item: original, date }, added });
  const source = { item: original ?? item, date };
  const to = addressesOf(graph, added, item.organizer);
  for (const guest of mailboxesOf(graph, to)) {
    copyInto(graph, guest, date === null ? source.item : occurrenceAlone(graph, source));
  }
  mail(graph, { kind: 'invitation', to, instance, from: mailbox.address });
  return accepted;
}

function recipientsOf(call: Call): readonly Attendee[] {
  const rows = lowerNames(bodyOf(call))['torecipients'];
  if (Array.isArray(rows) && rows.length > 0) return readAttendees(call.graph, rows, []);
  throw badRequest('At least one recipient is needed.', 'ErrorInvalidRecipients');
}

function addGuests(
  graph: Graph,
  organizer: Mailbox,
  { instance, added }: Readonly<{ instance: Instance; added: readonly Attendee[] }>,
): void {
  const { item, date } = instance;
  const present = valuesOf(instance).attendees;
  const keys = new Set(present.map(keyOf));
  const attendees = [...present, ...added.filter((one) => !keys.has(keyOf(one)))];
  if (date === null || !item.series) setEvent(item, { ...item.values, attendees }, item.series);
  else {
    const exception = exceptionOf(instance) ?? blank(graph.world.now().getTime());
    exception.values = { ...exception.values, attendees };
    item.series.exceptions.set(date, exception);
  }
  touchEvent(graph, organizer, item);
}

/** POST …/dismissReminder: nobody is reminded of the event any more. */
export function dismissReminder(call: Call): WireAnswer {
  const { mailbox, instance } = eventOf(call);
  const { item, date } = instance;
  if (date === null) silence(item);
  touchEvent(call.graph, mailbox, item);
  return { status: 200, body: null };
}

const silence = (item: EventItem) => setEvent(item, { ...item.values, isReminderOn: false }, item.series);

/** POST …/snoozeReminder: checked, and kept by nobody, because the stand-in rings no bell. */
export function snoozeReminder(call: Call): WireAnswer {
  eventOf(call);
  if (!isObject(lowerNames(bodyOf(call))['newremindertime'])) {
    throw badRequest('newReminderTime is needed.', 'ErrorInvalidRequest');
  }
  return { status: 200, body: null };
}
