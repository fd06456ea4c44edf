import type { Graph, Mailbox } from '../state.ts';
import { isOwner, never, noResponse } from './attendees.ts';
import { defaultValues, takenOver } from './event-properties.ts';
import { addEvent, liveEvent, makeEvent, moveEvent, setEvent, touchEvent } from './event-store.ts';
import { valuesOf, type Instance } from './instance.ts';
import { occurrenceICalUId } from './event-ids.ts';
import type { EventException, EventItem, EventPatch, ResponseStatus, Series } from './state.ts';

const notResponded: ResponseStatus = { response: 'notResponded', time: never };

/** Puts a guest's copy of a meeting into the default calendar of a mailbox, or refreshes the one that is there. */
export function copyInto(graph: Graph, mailbox: Mailbox, source: EventItem): EventItem {
  const present = liveEvent(mailbox, source.iCalUId, false);
  if (present) {
    refreshCopy(graph, mailbox, { copy: present, source, resets: true });
    return present;
  }
  const { start, end, isAllDay, sensitivity, showAs } = source.values;
  const copy = makeEvent(graph, mailbox.calendars.main, {
    iCalUId: source.iCalUId,
    transactionId: null,
    organizer: source.organizer,
    isOrganizer: false,
    response: notResponded,
    intendedShowAs: showAs,
    values: {
      ...defaultValues(start, end, isAllDay),
      ...whatGuestsGet(source.values),
      sensitivity,
      showAs: tentativeUnlessFree(showAs),
    },
    series: source.series && copiedSeries(graph, mailbox, { source: source.series, former: null }),
  });
  copy.zoneLabel = source.zoneLabel;
  addEvent(graph, mailbox, copy);
  return copy;
}

/** Exchange enters what nobody answered yet as tentative. */
const tentativeUnlessFree = (showAs: string) => (showAs === 'free' ? 'free' : 'tentative');

export type Refresh = Readonly<{
  copy: EventItem;
  source: EventItem;
  /** The meeting takes place at another time, so that the guest is asked anew. */
  resets: boolean;
}>;

/** Brings an update of the organiser into a copy; what the guest set for himself stays. */
export function refreshCopy(graph: Graph, mailbox: Mailbox, { copy, source, resets }: Refresh): void {
  const { showAs } = source.values;
  const former = courseOf(copy) === courseOf(source) ? copy.series : null;
  const series = source.series && copiedSeries(graph, mailbox, { source: source.series, former });
  const values = { ...copy.values, ...whatGuestsGet(source.values) };
  copy.intendedShowAs = showAs;
  if (resets) copy.response = notResponded;
  setEvent(copy, resets ? { ...values, showAs: tentativeUnlessFree(showAs) } : values, series);
  touchEvent(graph, mailbox, copy);
}

/** When and how often a series takes place; where that changes, nothing is kept of its occurrences. */
const courseOf = ({ values: { start, end, isAllDay }, series }: EventItem) =>
  JSON.stringify([start, end, isAllDay, series?.rule.pattern, series?.rule.range.recurrenceTimeZone]);

/** A meeting that was called off: the copy goes to Deleted Items. */
export function withdrawCopy(graph: Graph, mailbox: Mailbox, copy: EventItem): void {
  copy.isCancelled = true;
  moveEvent(graph, mailbox, { item: copy, to: mailbox.calendars.deleted });
}

/** Takes one occurrence out of a series; the caller touches it. */
export function cancelDate({ series }: EventItem, date: string): void {
  series?.cancelled.add(date);
  series?.exceptions.delete(date);
}

/** One occurrence as a meeting of its own, for guests who are invited to nothing else of the series. */
export function occurrenceAlone(graph: Graph, instance: Instance): EventItem {
  const { item, date } = instance;
  const { iCalUId, organizer, isOrganizer, response, intendedShowAs, calendar } = item;
  return makeEvent(graph, calendar, {
    iCalUId: date === null ? iCalUId : occurrenceICalUId(iCalUId, date),
    transactionId: null,
    organizer,
    isOrganizer,
    response,
    intendedShowAs,
    values: valuesOf(instance),
    series: null,
  });
}

/** What a guest sees of others: who they are, not what they answered. */
function whatGuestsGet(values: EventPatch): EventPatch {
  const given = pick(values, (name) => takenNames.has(name));
  if (!given.attendees) return given;
  const attendees = given.attendees.map((one) => ({ ...one, status: noResponse, proposed: null }));
  return { ...given, attendees };
}

const takenNames: ReadonlySet<string> = new Set(takenOver);

const pick = (values: EventPatch, wants: (name: string) => boolean): EventPatch =>
  Object.fromEntries(Object.entries(values).filter(([name]) => wants(name)));

/**
 * The organiser's series as a guest has it: without the occurrences the guest is not invited to or took out, with the
 * organiser's exceptions, and with what the guest set on single occurrences.
 */
function copiedSeries(
  graph: Graph,
  mailbox: Mailbox,
  { source, former }: Readonly<{ source: Series; former: Series | null }>,
): Series {
  const cancelled = new Set([...source.cancelled, ...(former?.cancelled ?? [])]);
  const exceptions = new Map<string, EventException>();
  for (const [date, { values, createdAt }] of source.exceptions) {
    const isInvited = values.attendees?.some((one) => isOwner(graph, mailbox, one)) ?? true;
    const given = whatGuestsGet(values);
    if (!isInvited) cancelled.add(date);
    else if (Object.keys(given).length > 0) exceptions.set(date, { ...blank(createdAt), values: given });
  }
  for (const [date, own] of former?.exceptions ?? []) {
    const given = exceptions.get(date)?.values ?? {};
    exceptions.set(date, {
      ...own,
      values: { ...pick(own.values, (name) => !takenNames.has(name)), ...given },
    });
  }
  for (const date of cancelled) exceptions.delete(date);
  return { rule: source.rule, cancelled, exceptions };
}

/** An exception in which nothing differs yet. */
export const blank = (createdAt: number): EventException => ({
  values: {},
  response: null,
  createdAt,
  extended: null,
  extensions: null,
});
