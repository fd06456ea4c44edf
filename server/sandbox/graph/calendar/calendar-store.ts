import type { World } from '../../world.ts';
import { createFeed } from '../feed.ts';
import { createIndex } from './event-index.ts';
import type { Calendar, Calendars } from './state.ts';

/** The calendars of a new mailbox: the default one, with nothing in it. */
export function createCalendars(world: World): Calendars {
  const main = createCalendar(world.nextNumber(), 'Calendar', 'calendar');
  return {
    main,
    deleted: createCalendar(world.nextNumber(), 'Deleted Items', 'deletedItems'),
    all: new Map([[main.number, main]]),
    items: new Map(),
    byICalUId: new Map(),
    archived: new Map(),
    transactions: new Map(),
  };
}

export const createCalendar = (number: number, name: string, kind: Calendar['kind']): Calendar => ({
  number,
  name,
  color: 'auto',
  kind,
  version: 1,
  items: new Map(),
  feed: createFeed(),
  index: createIndex(),
  left: new Map(),
});
