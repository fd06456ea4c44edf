import type { WireAnswer } from '../../wire.ts';
import { bodyOf, ok, type Call } from '../call.ts';
import { refuseFull, refuseOtherVersion } from '../conditions.ts';
import { writeExtendedProperties } from '../extended-properties.ts';
import { badRequest } from '../refusal.ts';
import { afterWrite } from '../server-touch.ts';
import type { Graph, Mailbox } from '../state.ts';
import { isOn } from '../switches.ts';
import { keyOf, noResponse } from './attendees.ts';
import { blank } from './copies.ts';
import { appliedPreferences, eventEntity, eventOf } from './event-call.ts';
import { readEventPatch, refuseTimes, type Fields } from './event-body.ts';
import { eventEtag } from './event-ids.ts';
import { takenOver } from './event-properties.ts';
import { setEvent, touchEvent } from './event-store.ts';
import { holderOf } from './event-view.ts';
import { timedWith } from './event-write.ts';
import { exceptionOf, valuesOf, type Instance } from './instance.ts';
import { hasMoved, tellGuests } from './meetings.ts';
import { refuseCrossing } from './series.ts';
import type { Attendee, EventItem, EventPatch, EventValues, Series } from './state.ts';

/**
 * PATCH …/events/{event}: what is not named stays, collections are replaced whole. As organiser it mails the guests what
 * they can see of it; in a guest's copy it stays there.
 */
export function updateEvent(call: Call): WireAnswer {
  const { graph } = call;
  const { mailbox, instance } = eventOf(call);
  const { item } = instance;
  refuseFull(call, mailbox);
  refuseOtherVersion(call, item, eventEtag(mailbox, item));
  const body = bodyOf(call);
  refuseGuest(graph, item, body);
  const before = valuesOf(instance);
  const ruleBefore = JSON.stringify(item.series?.rule);
  if (instance.date === null) patchItem(graph, item, { body, before });
  else patchOccurrence(graph, instance, { body, before });
  writeExtendedProperties(holderOf(instance), body['singleValueExtendedProperties']);
  writeExtendedProperties(holderOf(instance), body['multiValueExtendedProperties']);
  touchEvent(graph, mailbox, item);
  if (item.isOrganizer) {
    const hasOtherRule = JSON.stringify(item.series?.rule) !== ruleBefore;
    tellGuests(graph, instance, { before, hasOtherRule, named: Object.keys(body) });
  }
  touchLater(graph, mailbox, item);
  return ok(eventEntity(call, mailbox, instance), {
    ...appliedPreferences(call),
    ETag: eventEtag(mailbox, item),
  });
}

function touchLater(graph: Graph, mailbox: Mailbox, item: EventItem): void {
  afterWrite(graph.world, () => {
    if (item.calendar.items.get(item.number) === item) touchEvent(graph, mailbox, item);
  });
}

type Write = Readonly<{ body: Fields; before: EventValues }>;

function patchItem(graph: Graph, item: EventItem, { body, before }: Write): void {
  const patch = readEventPatch(graph, body, before);
  const wanted = { ...before, ...patch };
  refuseTimes(wanted);
  const { recurrence } = body;
  const timed = timedWith(graph, wanted, { recurrence, before: { values: before, series: item.series } });
  const values = asked(item, before, timed.values);
  item.intendedShowAs = values.showAs;
  if (timed.series && patch.attendees) passGuests(timed.series, before.attendees, values.attendees);
  setEvent(item, values, timed.series);
}

/** A change of one occurrence makes it an exception, which holds what differs from its series. */
function patchOccurrence(graph: Graph, instance: Instance, { body, before }: Write): void {
  const { item, date } = instance;
  const { series } = item;
  if (date === null || !series) return;
  if (body['recurrence'] !== undefined && body['recurrence'] !== null) {
    throw badRequest("Your request can't be completed. An occurrence has no recurrence of its own.");
  }
  const patch = readEventPatch(graph, body, before);
  const values = asked(item, before, { ...before, ...patch });
  refuseTimes(values);
  if (patch.start) refuseCrossing(instance, values.start);
  const exception = exceptionOf(instance) ?? blank(graph.world.now().getTime());
  const own: EventPatch =
    values.attendees === before.attendees ? patch : { ...patch, attendees: values.attendees };
  exception.values = { ...exception.values, ...own };
  series.exceptions.set(date, exception);
}

/** Answers to a meeting that takes place at another time count no more. */
function asked(item: EventItem, before: EventValues, after: EventValues): EventValues {
  if (!item.isOrganizer || after.attendees.length === 0 || !hasMoved(before, after)) return after;
  return {
    ...after,
    attendees: after.attendees.map((one) => ({ ...one, status: noResponse, proposed: null })),
  };
}

/** Guests who come to a series or leave it come to its exceptions or leave them. */
function passGuests(series: Series, before: readonly Attendee[], after: readonly Attendee[]): void {
  const keysOf = (list: readonly Attendee[]) => new Set(list.map(keyOf));
  const [were, are] = [keysOf(before), keysOf(after)];
  for (const exception of series.exceptions.values()) {
    const { attendees } = exception.values;
    if (!attendees) continue;
    const own = keysOf(attendees);
    const added = after.filter((one) => !were.has(keyOf(one)) && !own.has(keyOf(one)));
    const kept = attendees.filter((one) => are.has(keyOf(one)) || !were.has(keyOf(one)));
    exception.values = { ...exception.values, attendees: [...kept, ...added] };
  }
}

/** What the service does with a guest's change of what the organiser decides is not documented. */
function refuseGuest(graph: Graph, item: EventItem, body: Fields): void {
  if (item.isOrganizer || !isOn(graph.world, 'attendeeEditsRefused')) return;
  const decided: ReadonlySet<string> = new Set([...takenOver, 'location', 'recurrence', 'isOnlineMeeting']);
  if (Object.keys(body).some((name) => decided.has(name))) {
    throw badRequest(
      "Your request can't be completed. You need to be an organizer to change this meeting.",
      'ErrorInvalidRequest',
    );
  }
}
