import { createHash } from 'node:crypto';
import type { WireAnswer } from '../../wire.ts';
import { bodyOf, created, mailboxOf, type Call } from '../call.ts';
import { refuseFull } from '../conditions.ts';
import { writeExtendedProperties } from '../extended-properties.ts';
import { storeExtensions } from '../open-extensions.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { afterWrite } from '../server-touch.ts';
import type { Graph, Mailbox } from '../state.ts';
import { isOn } from '../switches.ts';
import { never } from './attendees.ts';
import { calendarOf } from './calendars.ts';
import { appliedPreferences, eventEntity } from './event-call.ts';
import { readEventPatch, refuseTimes, type Fields } from './event-body.ts';
import { newICalUId } from './event-ids.ts';
import { defaultValues } from './event-properties.ts';
import { addEvent, makeEvent, touchEvent } from './event-store.ts';
import { timedWith, type Timed } from './event-write.ts';
import { tellGuests } from './meetings.ts';
import { readAttachments } from './attachments.ts';
import type { EventItem } from './state.ts';
import { readWallTime } from './wall-time.ts';

/** POST …/events: 201 with the event, after its guests were invited. A `transactionId` makes it once only. */
export function createEvent(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const body = bodyOf(call);
  const item = madeBefore(call, mailbox, body) ?? makeFrom(call, mailbox, body);
  return { ...created(eventEntity(call, mailbox, { item, date: null })), headers: appliedPreferences(call) };
}

function makeFrom(call: Call, mailbox: Mailbox, body: Fields): EventItem {
  const { graph } = call;
  refuseFull(call, mailbox);
  const timed = readNewEvent(graph, body);
  const transactionId = typeof body['transactionId'] === 'string' ? body['transactionId'] : null;
  const now = graph.world.now().getTime();
  const item = makeEvent(graph, calendarOf(call, mailbox), {
    iCalUId: newICalUId(graph.world.uuid(), now),
    transactionId,
    organizer: { name: mailbox.displayName, address: mailbox.address },
    isOrganizer: true,
    response: { response: 'organizer', time: never },
    intendedShowAs: timed.values.showAs,
    values: timed.values,
    series: timed.series,
  });
  writeExtendedProperties(item, body['singleValueExtendedProperties']);
  writeExtendedProperties(item, body['multiValueExtendedProperties']);
  storeExtensions(item, body['extensions']);
  item.attachments = readAttachments(graph, body['attachments']);
  addEvent(graph, mailbox, item);
  if (transactionId !== null) {
    const { number } = item;
    mailbox.calendars.transactions.set(transactionId, { fingerprint: fingerprint(call, mailbox), number });
  }
  const before = { ...timed.values, attendees: [] };
  tellGuests(graph, { item, date: null }, { before, hasOtherRule: false, named: [] });
  afterWrite(graph.world, () => {
    if (item.calendar.items.get(item.number) === item) touchEvent(graph, mailbox, item);
  });
  return item;
}

/** Reads the body of a POST whole: values with their defaults, and the series where there is one. */
export function readNewEvent(graph: Graph, body: Fields): Timed {
  if (body['start'] === undefined || body['end'] === undefined) {
    throw badRequest('An event needs a start and an end.', 'ErrorPropertyValidationFailure');
  }
  const start = readWallTime('start', body['start']);
  const base = defaultValues(start, readWallTime('end', body['end']), body['isAllDay'] === true);
  const values = { ...base, ...readEventPatch(graph, body, base) };
  refuseTimes(values);
  return timedWith(graph, values, { recurrence: body['recurrence'] ?? null, before: null });
}

/**
 * A POST that is sent again finds the event it made the first time. Under the same id for another event it is refused
 * (corso#2490); what the service says to a plain retry is not documented.
 */
function madeBefore(call: Call, mailbox: Mailbox, body: Fields): EventItem | null {
  const { transactionId } = body;
  const former =
    typeof transactionId === 'string' ? mailbox.calendars.transactions.get(transactionId) : undefined;
  if (!former) return null;
  const item = mailbox.calendars.items.get(former.number);
  const isSame = former.fingerprint === fingerprint(call, mailbox) && item?.calendar.kind === 'calendar';
  if (isSame && !isOn(call.graph.world, 'transactionsRefused')) return item;
  throw new Refusal(
    409,
    'ErrorDuplicateTransactionId',
    "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.",
  );
}

const fingerprint = (call: Call, mailbox: Mailbox) =>
  createHash('sha256')
    .update(`${calendarOf(call, mailbox).number}:${call.request.body}`)
    .digest('base64url');
