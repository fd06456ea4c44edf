import { noteChange, noteRemoval } from '../feed.ts';
import { nextVersion } from '../mailbox.ts';
import type { EventChange, Graph, Mailbox } from '../state.ts';
import { addToIndex, removeFromIndex } from './event-index.ts';
import type { Calendar, EventItem, EventValues, Series } from './state.ts';
import { exactly } from './wall-time.ts';

type Given =
  | 'iCalUId'
  | 'organizer'
  | 'isOrganizer'
  | 'response'
  | 'intendedShowAs'
  | 'values'
  | 'series'
  | 'transactionId';

export type NewEvent = Pick<EventItem, Given>;

/** An event that lies nowhere yet. */
export function makeEvent(graph: Graph, calendar: Calendar, given: NewEvent): EventItem {
  const number = graph.world.nextNumber();
  const now = graph.world.now().getTime();
  return {
    ...given,
    number,
    mutableNumber: number,
    calendar,
    origin: null,
    version: 0,
    createdAt: now,
    modifiedAt: now,
    isCancelled: false,
    attachments: [],
    zoneLabel: null,
    extended: null,
    extensions: null,
    startMs: exactly(given.values.start),
    endMs: exactly(given.values.end),
  };
}

/** Puts an event into its calendar. */
export function addEvent(graph: Graph, mailbox: Mailbox, item: EventItem): void {
  const { calendars } = mailbox;
  item.version = nextVersion(mailbox);
  calendars.items.set(item.number, item);
  calendars.items.set(item.mutableNumber, item);
  calendars.byICalUId.set(item.iCalUId, [...(calendars.byICalUId.get(item.iCalUId) ?? []), item]);
  enter(item);
  notify(graph, mailbox, { event: item, changeType: 'created' });
}

/** Gives an event other values and finds it its place in time; the caller touches it afterwards. */
export function setEvent(item: EventItem, values: EventValues, series: Series | null): void {
  removeFromIndex(item.calendar.index, item);
  item.values = values;
  item.series = series;
  item.startMs = exactly(values.start);
  item.endMs = exactly(values.end);
  addToIndex(item.calendar.index, item);
}

/** After any write: another change key, a place in the change feed, a notification. */
export function touchEvent(graph: Graph, mailbox: Mailbox, item: EventItem): void {
  item.version = nextVersion(mailbox);
  item.modifiedAt = graph.world.now().getTime();
  noteChange(item.calendar.feed, item.number);
  notify(graph, mailbox, { event: item, changeType: 'updated' });
}

/** Moves an event to another calendar or to Deleted Items; its mutable id becomes another one. */
export function moveEvent(
  graph: Graph,
  mailbox: Mailbox,
  move: Readonly<{ item: EventItem; to: Calendar }>,
): void {
  const { item, to } = move;
  const from = item.calendar;
  const formerNumber = item.mutableNumber;
  leave(item);
  item.mutableNumber = graph.world.nextNumber();
  mailbox.calendars.items.set(item.mutableNumber, item);
  item.origin = to.kind === 'deletedItems' ? from : null;
  item.calendar = to;
  item.version = nextVersion(mailbox);
  item.modifiedAt = graph.world.now().getTime();
  enter(item);
  if (to.kind === 'deletedItems') {
    graph.notify({ mailbox, event: item, folder: from, mutableNumber: formerNumber, changeType: 'deleted' });
  } else {
    const changeType = from.kind === 'deletedItems' ? 'created' : 'updated';
    notify(graph, mailbox, { event: item, changeType });
  }
}

/** Takes an event out of the mailbox for good, or into the archive. */
export function dropEvent(graph: Graph, mailbox: Mailbox, item: EventItem): void {
  const { calendars } = mailbox;
  leave(item);
  calendars.items.delete(item.number);
  calendars.items.delete(item.mutableNumber);
  const others = (calendars.byICalUId.get(item.iCalUId) ?? []).filter((one) => one !== item);
  if (others.length === 0) calendars.byICalUId.delete(item.iCalUId);
  else calendars.byICalUId.set(item.iCalUId, others);
  if (item.calendar.kind !== 'deletedItems') notify(graph, mailbox, { event: item, changeType: 'deleted' });
}

/** Puts back what was dropped, under new ids. */
export function reviveEvent(graph: Graph, mailbox: Mailbox, item: EventItem): void {
  item.number = graph.world.nextNumber();
  item.mutableNumber = item.number;
  addEvent(graph, mailbox, item);
}

/** The event of this iCalUId that lies in a calendar of the mailbox; of the organiser, or a guest's copy. */
export function liveEvent(mailbox: Mailbox, iCalUId: string, isOrganizer: boolean): EventItem | null {
  const found = mailbox.calendars.byICalUId.get(iCalUId) ?? [];
  return found.find((one) => one.isOrganizer === isOrganizer && one.calendar.kind === 'calendar') ?? null;
}

function enter(item: EventItem): void {
  item.calendar.items.set(item.number, item);
  addToIndex(item.calendar.index, item);
  noteChange(item.calendar.feed, item.number);
}

function leave(item: EventItem): void {
  item.calendar.items.delete(item.number);
  removeFromIndex(item.calendar.index, item);
  noteRemoval(item.calendar.feed, item.number);
  if (item.mutableNumber !== item.number) item.calendar.left.set(item.number, item.mutableNumber);
}

function notify(graph: Graph, mailbox: Mailbox, change: Pick<EventChange, 'event' | 'changeType'>): void {
  const { event } = change;
  graph.notify({ ...change, mailbox, folder: event.calendar, mutableNumber: event.mutableNumber });
}
