import type { RouteRow } from '../route-row.ts';
import { cancelEvent, dismissReminder, forwardEvent, snoozeReminder } from './actions.ts';
import { createAttachment, deleteAttachment, getAttachment, listAttachments } from './attachments.ts';
import { listInstances, viewCalendar } from './calendar-view.ts';
import {
  createNamedCalendar,
  deleteCalendar,
  getCalendar,
  listCalendars,
  updateCalendar,
} from './calendars.ts';
import { createEvent } from './event-create.ts';
import { eventExtensions } from './event-extensions.ts';
import { updateEvent } from './event-update.ts';
import { countEvents, deleteEvent, getEvent, listEvents, permanentlyDeleteEvent } from './events.ts';
import { accept, acceptTentatively, decline } from './responses.ts';
import { deltaView } from './view-delta.ts';

/** Every call below a mailbox that has to do with calendars. */
export const calendarRows = (): readonly RouteRow[] => [
  ['GET', 'users/{user}/calendars', 'events.read', listCalendars, 'list'],
  ['POST', 'users/{user}/calendars', 'events.write', createNamedCalendar],
  ...['users/{user}/calendar', 'users/{user}/calendars/{calendar}'].flatMap(ofCalendar),
  ...['users/{user}', 'users/{user}/calendar', 'users/{user}/calendars/{calendar}'].flatMap(ofEvents),
];

const ofCalendar = (calendar: string): readonly RouteRow[] => [
  ['GET', calendar, 'events.read', getCalendar],
  ['PATCH', calendar, 'events.write', updateCalendar],
  ['DELETE', calendar, 'events.write', deleteCalendar],
];

const ofEvents = (below: string): readonly RouteRow[] => [
  ['GET', `${below}/calendarView`, 'events.read', viewCalendar, 'list'],
  ['GET', `${below}/calendarView/delta`, 'events.read', deltaView, 'delta'],
  ['GET', `${below}/events`, 'events.read', listEvents, 'list'],
  ['GET', `${below}/events/$count`, 'events.read', countEvents],
  ['POST', `${below}/events`, 'events.write', createEvent],
  ...ofEvent(`${below}/events/{event}`),
];

const ofEvent = (event: string): readonly RouteRow[] => [
  ['GET', event, 'events.read', getEvent],
  ['PATCH', event, 'events.write', updateEvent],
  ['DELETE', event, 'events.write', deleteEvent],
  ['POST', `${event}/permanentDelete`, 'events.write', permanentlyDeleteEvent],
  ['GET', `${event}/instances`, 'events.read', listInstances, 'list'],
  ['POST', `${event}/accept`, 'events.write', accept],
  ['POST', `${event}/tentativelyAccept`, 'events.write', acceptTentatively],
  ['POST', `${event}/decline`, 'events.write', decline],
  ['POST', `${event}/cancel`, 'events.write', cancelEvent],
  ['POST', `${event}/forward`, 'events.read', forwardEvent],
  ['POST', `${event}/dismissReminder`, 'events.write', dismissReminder],
  ['POST', `${event}/snoozeReminder`, 'events.write', snoozeReminder],
  ['GET', `${event}/attachments`, 'events.read', listAttachments],
  ['POST', `${event}/attachments`, 'events.write', createAttachment],
  ['GET', `${event}/attachments/{attachment}`, 'events.read', getAttachment],
  ['DELETE', `${event}/attachments/{attachment}`, 'events.write', deleteAttachment],
  ['GET', `${event}/extensions`, 'events.read', eventExtensions.list],
  ['POST', `${event}/extensions`, 'events.write', eventExtensions.create],
  ['GET', `${event}/extensions/{extension}`, 'events.read', eventExtensions.get],
  ['PATCH', `${event}/extensions/{extension}`, 'events.write', eventExtensions.update],
  ['DELETE', `${event}/extensions/{extension}`, 'events.write', eventExtensions.remove],
];
