import { isObject } from '../call.ts';
import { readExtendedProperties } from '../extended-properties.ts';
import { badRequest } from '../refusal.ts';
import type { Graph } from '../state.ts';
import { isOn, numberOf } from '../switches.ts';
import { readAttendees } from './attendees.ts';
import { readLocation, readLocations } from './location.ts';
import { bodyFrom, isStillOnline, newOnlineMeeting, providers, withJoinBlob } from './online-meeting.ts';
import { importances, passedOver, sensitivities, shownStates } from './event-properties.ts';
import type { EventPatch, EventValues, WallTime } from './state.ts';
import { exactly, readWallTime, wallMs } from './wall-time.ts';
import { notFound, wrongType } from './wrong-value.ts';

export type Fields = Readonly<Record<string, unknown>>;

type Reading = Readonly<{ graph: Graph; name: string; value: unknown; before: EventValues }>;

/** What a property of a body sets. */
const readers: Readonly<Record<string, (reading: Reading) => EventPatch>> = {
  subject: ({ graph, name, value }) => ({ subject: storedText(graph, name, value) }),
  body: ({ value }) => ({ body: readBody(value) }),
  importance: (reading) => ({ importance: oneOf(reading, importances, 'normal') }),
  sensitivity: (reading) => ({ sensitivity: oneOf(reading, sensitivities, 'normal') }),
  showAs: (reading) => ({ showAs: oneOf(reading, shownStates, 'busy') }),
  categories: ({ name, value }) => ({ categories: readTexts(name, value) }),
  isAllDay: (reading) => ({ isAllDay: readFlag(reading) }),
  start: ({ name, value }) => ({ start: readWallTime(name, value) }),
  end: ({ name, value }) => ({ end: readWallTime(name, value) }),
  location: ({ value }) => ({ locations: readLocation(value) }),
  locations: ({ value }) => ({ locations: readLocations(value) }),
  attendees: ({ graph, value, before }) => ({ attendees: readAttendees(graph, value, before.attendees) }),
  isReminderOn: (reading) => ({ isReminderOn: readFlag(reading) }),
  reminderMinutesBeforeStart: ({ name, value }) => ({ reminderMinutesBeforeStart: readMinutes(name, value) }),
  responseRequested: (reading) => ({ responseRequested: readFlag(reading) }),
  allowNewTimeProposals: (reading) => ({ allowNewTimeProposals: readFlag(reading) }),
  hideAttendees: (reading) => ({ hideAttendees: readFlag(reading) }),
  isOnlineMeeting: (reading) => {
    readFlag(reading);
    return {};
  },
  onlineMeetingProvider: (reading) => {
    oneOf(reading, providers, 'unknown');
    return {};
  },
};

/**
 * Reads and checks what a POST or PATCH sets; whatever it refuses, it refuses before anything is stored. The recurrence
 * is read elsewhere, because it needs the values this makes.
 */
export function readEventPatch(graph: Graph, body: Fields, before: EventValues): EventPatch {
  let patch: EventPatch = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@') || passedOver.has(name)) continue;
    const read = readers[name];
    if (!read) throw unknownProperty(name);
    // `locations` says more than `location`, in whichever order they come.
    if (name === 'location' && Array.isArray(body['locations'])) continue;
    patch = { ...patch, ...read({ graph, name, value, before }) };
  }
  readExtendedProperties(body['singleValueExtendedProperties']);
  readExtendedProperties(body['multiValueExtendedProperties']);
  return { ...patch, ...onlinePatch(graph, body, { patch, before }) };
}

/** Turns an online meeting on, once for ever, and off where a new body leaves its join address out. */
function onlinePatch(
  { world }: Graph,
  fields: Fields,
  { patch, before }: Readonly<{ patch: EventPatch; before: EventValues }>,
): EventPatch {
  if (before.online) {
    return patch.body && !isStillOnline(patch.body, before.online) ? { online: null } : {};
  }
  if (fields['isOnlineMeeting'] !== true) return {};
  const provider = fields['onlineMeetingProvider'];
  const online = newOnlineMeeting(world, typeof provider === 'string' ? provider : 'unknown');
  return { online, body: withJoinBlob(patch.body ?? before.body, online) };
}

/** Refuses times Exchange does not take: an end before the start, an all-day event that is not made of days. */
export function refuseTimes({ isAllDay, start, end }: EventValues): void {
  if (exactly(end) < exactly(start)) {
    throw badRequest('At least one property failed validation.', 'ErrorPropertyValidationFailure');
  }
  const problem = isAllDay ? allDayProblem(start, end) : null;
  if (problem !== null)
    throw badRequest(`Your request can't be completed. ${problem}`, 'ErrorInvalidRequest');
}

const dayMs = 86_400_000;

function allDayProblem(start: WallTime, end: WallTime): string | null {
  if (wallMs(start) % dayMs !== 0) {
    return 'The Event.Start property for an all-day event needs to be set to midnight.';
  }
  if (wallMs(end) % dayMs !== 0) {
    return 'The Event.End property for an all-day event needs to be set to midnight.';
  }
  if (start.zone !== end.zone) {
    return 'The start and end of an all-day event need to be in the same time zone.';
  }
  return wallMs(end) > wallMs(start)
    ? null
    : 'The duration of an all-day event needs to be at least 24 hours.';
}

function readBody(value: unknown) {
  if (value === null) return bodyFrom('html', '');
  if (!isObject(value)) throw wrongType('body', 'microsoft.graph.itemBody');
  const { contentType = 'text', content = '' } = value;
  const kind = String(contentType).toLowerCase();
  if (kind !== 'text' && kind !== 'html') {
    throw notFound('contentType', contentType);
  }
  if (content !== null && typeof content !== 'string') throw wrongType('content', 'Edm.String');
  return bodyFrom(kind, content ?? '');
}

/** How the service changes text on its way in, as far as switches ask for it. */
function storedText({ world }: Graph, name: string, value: unknown): string {
  if (value === null) return '';
  if (typeof value !== 'string') throw wrongType(name, 'Edm.String');
  const trimmed = isOn(world, 'trimsText') ? value.trim() : value;
  const limit = numberOf(world, 'textLimit');
  return limit > 0 ? trimmed.slice(0, limit) : trimmed;
}

function oneOf({ name, value }: Reading, members: readonly string[], standard: string): string {
  if (value === null) return standard;
  const found = members.find((one) => one === value);
  if (found !== undefined) return found;
  throw notFound(name, value);
}

function readTexts(name: string, value: unknown): readonly string[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw wrongType(name, 'Collection(Edm.String)');
  return value.map((text: unknown) => {
    if (typeof text !== 'string') throw wrongType(name, 'Edm.String');
    return text;
  });
}

function readFlag({ name, value }: Reading): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  throw wrongType(name, 'Edm.Boolean');
}

function readMinutes(name: string, value: unknown): number {
  if (value === null) return 0;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw wrongType(name, 'Edm.Int32');
}

const unknownProperty = (name: string) =>
  badRequest(
    `The property '${name}' does not exist on type 'microsoft.graph.event'. Make sure to only use property names that are defined by the type.`,
    'RequestBodyRead',
  );
