import type { WireAnswer } from '../../wire.ts';
import { contextOf, mailboxOf, noContent, ok, type Call } from '../call.ts';
import { refuseOtherVersion } from '../conditions.ts';
import {
  answerCount,
  answerListing,
  checkedSelect,
  projected,
  selection,
  type Collection,
} from '../listing.ts';
import { calendarOf } from './calendars.ts';
import { cancelDate } from './copies.ts';
import { appliedPreferences, eventOf, eventSet, optionsOf } from './event-call.ts';
import { withInstants } from './event-filter.ts';
import { eventEtag } from './event-ids.ts';
import { dropEvent, moveEvent, touchEvent } from './event-store.ts';
import { cancelledOccurrences, eventProperties, readEventProperty, showEvent } from './event-view.ts';
import type { Instance } from './instance.ts';
import { callOff } from './meetings.ts';

/** GET …/events: single events and series of a calendar, no occurrences. */
export function listEvents(call: Call): WireAnswer {
  const query = withInstants(call.query);
  const answer = answerListing({ ...call, query }, eventsOf(call));
  return { ...answer, headers: appliedPreferences(call) };
}

export const countEvents = (call: Call): WireAnswer =>
  answerCount({ ...call, query: withInstants(call.query) }, eventsOf(call));

function eventsOf(call: Call): Collection<Instance> {
  const mailbox = mailboxOf(call);
  const items = [...calendarOf(call, mailbox).items.values()];
  return instanceCollection(
    call,
    eventSet(call, mailbox),
    items.map((item) => ({ item, date: null })),
  );
}

/** Events as the query options see them. */
export function instanceCollection(
  call: Call,
  context: string,
  rows: readonly Instance[],
): Collection<Instance> {
  const mailbox = mailboxOf(call);
  const options = optionsOf(call);
  return {
    context,
    rows,
    read: (instance, name) => readEventProperty(mailbox, instance, name),
    show: (instance) => showEvent(mailbox, instance, options),
    properties: eventProperties,
    pageSize: 10,
  };
}

/** GET …/events/{event}; the cancelled occurrences of a series come only when they are selected. */
export function getEvent(call: Call): WireAnswer {
  const { mailbox, instance } = eventOf(call);
  const select = checkedSelect(call.query.select, eventProperties);
  const { item, date } = instance;
  const wantsCancelled = date === null && item.series && select?.includes('cancelledOccurrences');
  const shown = {
    ...showEvent(mailbox, instance, optionsOf(call)),
    ...(wantsCancelled && {
      cancelledOccurrences: cancelledOccurrences(mailbox, item, call.prefer.immutableIds),
    }),
  };
  return ok(
    {
      '@odata.context': contextOf(call, `${eventSet(call, mailbox)}${selection(select)}/$entity`),
      ...projected(shown, select),
    },
    { ...appliedPreferences(call), ETag: eventEtag(mailbox, item) },
  );
}

/** DELETE moves to Deleted Items. As organiser it calls the meeting off, as guest it takes the copy away and says nothing. */
export function deleteEvent(call: Call): WireAnswer {
  remove(call, (instance, mailbox) => {
    moveEvent(call.graph, mailbox, { item: instance.item, to: mailbox.calendars.deleted });
  });
  return noContent;
}

export function permanentlyDeleteEvent(call: Call): WireAnswer {
  remove(call, (instance, mailbox) => dropEvent(call.graph, mailbox, instance.item));
  return noContent;
}

function remove(call: Call, away: (instance: Instance, mailbox: ReturnType<typeof mailboxOf>) => void): void {
  const { graph } = call;
  const { mailbox, instance } = eventOf(call);
  const { item, date } = instance;
  refuseOtherVersion(call, item, eventEtag(mailbox, item));
  if (item.isOrganizer) callOff(graph, instance);
  if (date === null) away(instance, mailbox);
  else {
    cancelDate(item, date);
    touchEvent(graph, mailbox, item);
  }
}
