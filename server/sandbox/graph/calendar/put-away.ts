import type { Graph, Mailbox } from '../state.ts';
import { eventId } from './event-ids.ts';
import { dropEvent, moveEvent, reviveEvent } from './event-store.ts';
import { instanceById } from './find.ts';
import type { EventItem } from './state.ts';

/** Moves an event to the archive mailbox. False where there is none of this id. */
export function archiveEvent(graph: Graph, mailbox: Mailbox, id: string): boolean {
  const found = instanceById(mailbox, id);
  if (!found) return false;
  const { item } = found;
  dropEvent(graph, mailbox, item);
  mailbox.calendars.archived.set(item.number, item);
  mailbox.calendars.archived.set(item.mutableNumber, item);
  return true;
}

/** Puts a deleted or archived event back where it was; answers its mutable id now, or null where there is none. */
export function restoreEvent(graph: Graph, mailbox: Mailbox, numbers: readonly number[]): string | null {
  const { calendars } = mailbox;
  const archived = numbers.map((number) => calendars.archived.get(number)).find((one) => one !== undefined);
  const deleted = numbers.map((number) => calendars.items.get(number)).find((one) => one !== undefined);
  if (archived) {
    calendars.archived.delete(archived.number);
    calendars.archived.delete(archived.mutableNumber);
    if (archived.calendar.kind === 'calendar' && !calendars.all.has(archived.calendar.number)) {
      archived.calendar = calendars.main;
    }
    reviveEvent(graph, mailbox, archived);
    return idOf(mailbox, archived);
  }
  if (!deleted || deleted.calendar.kind !== 'deletedItems') return null;
  deleted.isCancelled = false;
  moveEvent(graph, mailbox, { item: deleted, to: deleted.origin ?? calendars.main });
  return idOf(mailbox, deleted);
}

const idOf = (mailbox: Mailbox, item: EventItem) => eventId(mailbox, { item, date: null }, false);
