import type { Event } from '@microsoft/microsoft-graph-types';
import { instant } from '../call.ts';
import { extendedRows } from '../extended-properties.ts';
import { matches } from '../filter-match.ts';
import { projected } from '../listing.ts';
import { expandedExtensions } from '../open-extensions.ts';
import type { Expansion } from '../query.ts';
import { badRequest } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import { showAttendee } from './attendees.ts';
import { showAttachment } from './attachment-view.ts';
import { changeKeyOf, eventEtag, eventId, occurrenceICalUId } from './event-ids.ts';
import { htmlOf, textFromHtml } from './html.ts';
import { exceptionOf, originalStartOf, typeOf, valuesOf, type Instance } from './instance.ts';
import { joinedLocation } from './location.ts';
import type { EventBody, EventException, EventItem, EventValues, WallTime } from './state.ts';
import { exactly, shownWall, wallAt } from './wall-time.ts';

/** How an event is shown, and what is shown besides its own properties. */
export type EventOptions = Readonly<{
  immutableIds: boolean;
  /** The zone times are shown in, as it was asked for; null for UTC. */
  zone: string | null;
  textBodies: boolean;
  expand: readonly Expansion[];
  prefixedExtensionIds: boolean;
  /** Guests see no zone on series of whole days (microsoft-graph-docs#7163). */
  blankZones: boolean;
}>;

/** One event about to be shown. */
type Seen = Readonly<{ mailbox: Mailbox; instance: Instance; values: EventValues; options: EventOptions }>;

type Reader = (seen: Seen) => unknown;

/** What carries extended properties and extensions: the exception where there is one, or the item. */
export const holderOf = (instance: Instance): EventItem | EventException =>
  exceptionOf(instance) ?? instance.item;

/** In the order in which the service sends them. */
const properties = {
  id: ({ mailbox, instance, options }) => eventId(mailbox, instance, options.immutableIds),
  createdDateTime: ({ instance }) => precise(holderOf(instance).createdAt),
  lastModifiedDateTime: ({ instance }) => precise(instance.item.modifiedAt),
  changeKey: ({ mailbox, instance }) => changeKeyOf(mailbox, instance.item),
  categories: ({ values }) => values.categories,
  originalStartTimeZone: ({ values, instance }) => instance.item.zoneLabel ?? values.start.zone,
  originalEndTimeZone: ({ values, instance }) => instance.item.zoneLabel ?? values.end.zone,
  iCalUId: ({ instance: { item, date } }) =>
    date === null ? item.iCalUId : occurrenceICalUId(item.iCalUId, date),
  reminderMinutesBeforeStart: ({ values }) => values.reminderMinutesBeforeStart,
  isReminderOn: ({ values }) => values.isReminderOn,
  hasAttachments: ({ instance }) => instance.item.attachments.length > 0,
  subject: ({ values }) => values.subject,
  bodyPreview: ({ values }) => values.body.preview,
  importance: ({ values }) => values.importance,
  sensitivity: ({ values }) => values.sensitivity,
  isAllDay: ({ values }) => values.isAllDay,
  isCancelled: ({ instance }) => instance.item.isCancelled,
  isOrganizer: ({ instance }) => instance.item.isOrganizer,
  responseRequested: ({ values }) => values.responseRequested,
  seriesMasterId: ({ mailbox, instance: { item, date }, options }) =>
    date === null ? null : eventId(mailbox, { item, date: null }, options.immutableIds),
  showAs: ({ values }) => values.showAs,
  type: ({ instance }) => typeOf(instance),
  webLink: ({ mailbox, instance }) =>
    `https://outlook.office365.com/owa/?itemid=${encodeURIComponent(eventId(mailbox, instance, false))}&exvsurl=1&path=/calendar/item`,
  onlineMeetingUrl: () => null,
  isOnlineMeeting: ({ values }) => values.online !== null,
  onlineMeetingProvider: ({ values }) => values.online?.provider ?? 'unknown',
  allowNewTimeProposals: ({ values }) => values.allowNewTimeProposals,
  isDraft: () => false,
  hideAttendees: ({ values }) => values.hideAttendees,
  recurrence: (seen) => shownRecurrence(seen),
  onlineMeeting: ({ values: { online } }) =>
    online && { joinUrl: online.joinUrl, conferenceId: online.conferenceId },
  responseStatus: ({ instance }) => exceptionOf(instance)?.response ?? instance.item.response,
  body: ({ values, options }) => shownBody(values.body, options),
  start: ({ values, options }) => shownTime(values, values.start, options),
  end: ({ values, options }) => shownTime(values, values.end, options),
  location: ({ values }) => joinedLocation(values.locations),
  locations: ({ values }) => values.locations,
  attendees: ({ values }) => values.attendees.map(showAttendee),
  organizer: ({ instance }) => ({ emailAddress: instance.item.organizer }),
} as const satisfies Partial<Record<keyof Event, Reader>>;

/** Shown only where there is something to show. */
const rare = {
  originalStart: ({ instance }) => {
    const ms = originalStartOf(instance);
    return ms === null ? null : instant(ms);
  },
  transactionId: ({ instance }) => instance.item.transactionId,
} as const satisfies Partial<Record<keyof Event, Reader>>;

/** Everything `$select`, `$filter` and `$orderby` may name on an event. */
export const eventProperties: ReadonlySet<string> = new Set([
  ...Object.keys(properties),
  ...Object.keys(rare),
  'cancelledOccurrences',
  'exceptionOccurrences',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
  'attachments',
]);

/** An event with every property, as Graph sends it without `$select`. */
export function showEvent(
  mailbox: Mailbox,
  instance: Instance,
  options: EventOptions,
): Record<string, unknown> {
  const seen: Seen = { mailbox, instance, values: valuesOf(instance), options };
  const shown: Record<string, unknown> = { '@odata.etag': eventEtag(mailbox, instance.item) };
  for (const [name, read] of Object.entries(properties)) shown[name] = read(seen);
  for (const [name, read] of Object.entries(rare)) {
    const value = read(seen);
    if (value !== null) shown[name] = value;
  }
  for (const expansion of options.expand) Object.assign(shown, expanded(seen, expansion));
  return shown;
}

/** All that a delta round tells of an occurrence that is like its series (microsoft-graph-docs#7632). */
export function showSkeleton(
  mailbox: Mailbox,
  instance: Instance,
  options: EventOptions,
): Record<string, unknown> {
  const seen: Seen = { mailbox, instance, values: valuesOf(instance), options };
  return {
    '@odata.etag': eventEtag(mailbox, instance.item),
    id: properties.id(seen),
    seriesMasterId: properties.seriesMasterId(seen),
    type: 'occurrence',
    start: properties.start(seen),
    end: properties.end(seen),
  };
}

const plainOptions: EventOptions = {
  immutableIds: false,
  zone: null,
  textBodies: false,
  expand: [],
  prefixedExtensionIds: false,
  blankZones: false,
};

/** One property as `$filter` and `$orderby` see it: times in UTC and milliseconds; `undefined` for what events lack. */
export function readEventProperty(mailbox: Mailbox, instance: Instance, name: string): unknown {
  const values = valuesOf(instance);
  if (name === 'start' || name === 'end') return { dateTime: exactly(values[name]), timeZone: 'UTC' };
  if (name === 'singleValueExtendedProperties') return extendedRows(holderOf(instance), 'single');
  if (name === 'multiValueExtendedProperties') return extendedRows(holderOf(instance), 'multi');
  const read = isOne(properties, name) ? properties[name] : isOne(rare, name) ? rare[name] : undefined;
  return read?.({ mailbox, instance, values, options: plainOptions });
}

const isOne = <Table extends object>(table: Table, name: PropertyKey): name is keyof Table =>
  Object.hasOwn(table, name);

/** Milliseconds as events show their times of change. */
const precise = (ms: number) => `${new Date(ms).toISOString().slice(0, -1)}0000Z`;

/** Whole days come back from midnight to midnight whatever zone is preferred (microsoft-graph-docs#1802). */
function shownTime({ isAllDay }: EventValues, wall: WallTime, { zone }: EventOptions) {
  const preferred = zone ?? 'UTC';
  if (isAllDay) return shownWall({ dateTime: wall.dateTime, zone: preferred });
  return shownWall(wallAt(exactly(wall), preferred));
}

/** Bodies are HTML, whatever they were sent as, unless text is preferred. */
function shownBody(body: EventBody, { textBodies }: EventOptions) {
  const { contentType, content } = body;
  if (textBodies) {
    const text = contentType === 'text' ? content.replace(/\r?\n/g, '\r\n') : textFromHtml(content);
    return { contentType: 'text', content: text };
  }
  return { contentType: 'html', content: htmlOf(body) };
}

function shownRecurrence({ instance: { item, date }, options }: Seen) {
  if (date !== null || !item.series) return null;
  const { rule } = item.series;
  const isBlank = options.blankZones && !item.isOrganizer && item.values.isAllDay;
  const recurrenceTimeZone = isBlank ? '' : (item.zoneLabel ?? rule.range.recurrenceTimeZone);
  return { ...rule, range: { ...rule.range, recurrenceTimeZone } };
}

/** `OID.{masterId}.{date}` of every occurrence that was taken out, in their order. */
export function cancelledOccurrences(
  mailbox: Mailbox,
  item: EventItem,
  isImmutable: boolean,
): readonly string[] {
  const masterId = eventId(mailbox, { item, date: null }, isImmutable);
  return [...(item.series?.cancelled ?? [])].sort().map((date) => `OID.${masterId}.${date}`);
}

function expanded(seen: Seen, { property, filter, select }: Expansion): Record<string, unknown> {
  const { mailbox, instance, options } = seen;
  const { item, date } = instance;
  switch (property) {
    case 'extensions': {
      const holder = holderOf(instance);
      return { extensions: expandedExtensions(holder, filter, options.prefixedExtensionIds) };
    }
    case 'attachments':
      return { attachments: item.attachments.map(showAttachment) };
    case 'exceptionOccurrences': {
      if (date !== null || !item.series) return {};
      const plain = { ...options, expand: [] };
      const rows = [...item.series.exceptions.keys()]
        .sort()
        .map((one) => projected(showEvent(mailbox, { item, date: one }, plain), select));
      return { exceptionOccurrences: rows };
    }
    case 'singleValueExtendedProperties':
    case 'multiValueExtendedProperties':
      return expandedProperties(instance, property, filter);
    default:
      throw badRequest(
        `Could not find a property named '${property}' on type 'microsoft.graph.event'.`,
        'BadRequest',
      );
  }
}

/** They cannot be listed: without a filter by id the service does not know which to look for. */
function expandedProperties(
  instance: Instance,
  property: string,
  filter: Expansion['filter'],
): Record<string, unknown> {
  if (!filter) {
    throw badRequest(`$expand of ${property} requires a $filter by id.`, 'ErrorInvalidUrlQueryFilter');
  }
  const kind = property === 'singleValueExtendedProperties' ? 'single' : 'multi';
  const rows = extendedRows(holderOf(instance), kind).filter((row) =>
    matches(filter, (name) => (name === 'id' ? row.id : name === 'value' ? row.value : undefined)),
  );
  return rows.length === 0 ? {} : { [property]: rows };
}
