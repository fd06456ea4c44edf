import type { Outlook } from '../read.ts';
import type { DomainVerbs } from '../verbs.ts';
import { browse } from './browse.ts';
import { calendarFeed, changes } from './changes.ts';
import { create } from './create.ts';
import { find } from './find.ts';
import { read } from './read.ts';
import { remove } from './remove.ts';
import { update } from './update.ts';

/** Appointments, meetings and series of Outlook's default calendar. A ref is the event's immutable id, of a series its master's. */
export function createCalendar(outlook: Outlook): DomainVerbs {
  return {
    changes: (requests) => changes(outlook, requests),
    read: (requests) => read(outlook, requests),
    find: (requests) => find(outlook, requests),
    create: (requests) => create(outlook, requests),
    update: (requests) => update(outlook, requests),
    remove: (requests) => remove(outlook, requests),
    feeds: () => Promise.resolve([calendarFeed]),
    browse: (request) => browse(outlook, request),
  };
}
