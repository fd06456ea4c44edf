import type { WireAnswer } from '../../wire.ts';
import { bodyOf, contextOf, created, idOf, mailboxOf, noContent, ok, type Call } from '../call.ts';
import { encodeChangeKey } from '../ids.ts';
import { answerListing, checkedSelect, projected, selection } from '../listing.ts';
import { nextVersion } from '../mailbox.ts';
import { badRequest, Refusal } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import { createCalendar } from './calendar-store.ts';
import { callOff } from './meetings.ts';
import { moveEvent } from './event-store.ts';
import { calendarId, findCalendar } from './find.ts';
import type { Calendar } from './state.ts';

const properties: ReadonlySet<string> = new Set(
  'id name color hexColor isDefaultCalendar changeKey canShare canViewPrivateItems canEdit allowedOnlineMeetingProviders defaultOnlineMeetingProvider isTallyingResponses isRemovable owner'.split(
    ' ',
  ),
);

/** The calendar a route names, or the default one. */
export const calendarOf = (call: Call, mailbox: Mailbox): Calendar =>
  'calendar' in call.ids ? findCalendar(mailbox, idOf(call, 'calendar')) : mailbox.calendars.main;

export function listCalendars(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return answerListing(call, {
    context: setOf(mailbox),
    rows: mailbox.calendars.all.values(),
    read: (calendar, name) => show(mailbox, calendar)[name],
    show: (calendar) => show(mailbox, calendar),
    properties,
    pageSize: 10,
  });
}

export function getCalendar(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const select = checkedSelect(call.query.select, properties);
  return ok({
    '@odata.context': contextOf(call, `${setOf(mailbox)}${selection(select)}/$entity`),
    ...projected(show(mailbox, calendarOf(call, mailbox)), select),
  });
}

export function createNamedCalendar(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const name = readName(bodyOf(call)['name']);
  refuseTaken(mailbox, name);
  const calendar = createCalendar(call.graph.world.nextNumber(), name, 'calendar');
  calendar.version = nextVersion(mailbox);
  mailbox.calendars.all.set(calendar.number, calendar);
  return created(entity(call, mailbox, calendar));
}

export function updateCalendar(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const calendar = calendarOf(call, mailbox);
  const { name, color } = bodyOf(call);
  const wanted = name === undefined ? calendar.name : readName(name);
  if (wanted !== calendar.name) refuseTaken(mailbox, wanted);
  calendar.name = wanted;
  if (typeof color === 'string') calendar.color = color;
  calendar.version = nextVersion(mailbox);
  return ok(entity(call, mailbox, calendar));
}

/** DELETE takes the calendar away and its events to Deleted Items; meetings in it are called off. */
export function deleteCalendar(call: Call): WireAnswer {
  const { graph } = call;
  const mailbox = mailboxOf(call);
  const calendar = calendarOf(call, mailbox);
  const { main, deleted, all } = mailbox.calendars;
  if (calendar === main) {
    throw new Refusal(403, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
  }
  for (const item of calendar.items.values()) {
    if (item.isOrganizer) callOff(graph, { item, date: null });
    moveEvent(graph, mailbox, { item, to: deleted });
    item.origin = main;
  }
  all.delete(calendar.number);
  return noContent;
}

/** Only the default calendar counts the answers to its meetings. */
function show(mailbox: Mailbox, calendar: Calendar): Record<string, unknown> {
  const isDefault = calendar === mailbox.calendars.main;
  return {
    id: calendarId(mailbox, calendar),
    name: calendar.name,
    color: calendar.color,
    hexColor: '',
    isDefaultCalendar: isDefault,
    changeKey: encodeChangeKey(mailbox.prefixes.changeKey, calendar.version),
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: ['teamsForBusiness'],
    defaultOnlineMeetingProvider: 'teamsForBusiness',
    isTallyingResponses: isDefault,
    isRemovable: !isDefault,
    owner: { name: mailbox.displayName, address: mailbox.address },
  };
}

const setOf = (mailbox: Mailbox) => `users('${mailbox.userId}')/calendars`;

const entity = (call: Call, mailbox: Mailbox, calendar: Calendar) => ({
  '@odata.context': contextOf(call, `${setOf(mailbox)}/$entity`),
  ...show(mailbox, calendar),
});

function readName(name: unknown): string {
  if (typeof name === 'string' && name !== '') return name;
  throw badRequest('A calendar needs a name.', 'ErrorPropertyValidationFailure');
}

function refuseTaken(mailbox: Mailbox, name: string): void {
  const isTaken = [...mailbox.calendars.all.values()].some(
    (calendar) => calendar.name.toLowerCase() === name.toLowerCase(),
  );
  if (isTaken)
    throw new Refusal(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
}
