import { decodeId, encodeId, isMalformedId } from '../ids.ts';
import { badRequest, itemNotFound } from '../refusal.ts';
import { occurrenceDates } from '../recurrence.ts';
import type { Graph, Mailbox } from '../state.ts';
import { isOn } from '../switches.ts';
import { decodeInstance } from './event-ids.ts';
import type { Instance } from './instance.ts';
import type { Calendar, EventItem } from './state.ts';

export const calendarId = (mailbox: Mailbox, calendar: Calendar): string =>
  encodeId(mailbox.prefixes.folder, calendar.number);

/** The calendar of an id; there is no well-known name for one. */
export function findCalendar(mailbox: Mailbox, id: string): Calendar {
  const number = decodeId(mailbox.prefixes.folder, id);
  const calendar = number === null ? undefined : mailbox.calendars.all.get(number);
  if (calendar) return calendar;
  throw missing(id);
}

/** The event or occurrence that has this id now, of either kind, in any calendar; in Deleted Items none is found. */
export function findInstance(graph: Graph, mailbox: Mailbox, id: string): Instance {
  const found = instanceById(mailbox, id);
  if (!found || !isThere(found)) throw missing(id);
  const isDeleted = found.item.calendar.kind === 'deletedItems';
  if (isDeleted && !isOn(graph.world, 'deletedEventsFound')) throw missing(id);
  return found;
}

/** As `findInstance`, wherever it is and whether or not the occurrence exists; null for what is no event. */
export function instanceById(mailbox: Mailbox, id: string): Instance | null {
  const { prefixes, calendars } = mailbox;
  const immutable = decodeInstance(prefixes.immutable, id);
  const named = immutable ?? decodeInstance(prefixes.mutable, id);
  const item = named ? calendars.items.get(named.number) : undefined;
  if (!named || !item) return null;
  const present = immutable ? item.number : item.mutableNumber;
  return present === named.number ? { item, date: named.date } : null;
}

const isThere = ({ item, date }: Instance): boolean => date === null || isOccurrence(item, date);

/** Whether a date is one of the rule that was not cancelled. */
function isOccurrence({ series }: EventItem, date: string): boolean {
  if (!series || series.cancelled.has(date)) return false;
  return series.exceptions.has(date) || occurrenceDates(series.rule, date, date).length > 0;
}

const missing = (id: string) =>
  isMalformedId(id) ? badRequest('Id is malformed.', 'ErrorInvalidIdMalformed') : itemNotFound();
