import type { Call } from './call.ts';
import { findUser } from './directory.ts';
import { findFolder } from './mailbox.ts';
import { segmentsOf } from './paths.ts';
import { badRequest, userNotFound } from './refusal.ts';
import { findCalendar } from './calendar/find.ts';
import type { Mailbox } from './state.ts';
import type { Subscription, WatchedSet } from './subscription.ts';
import { findList } from './todo/store.ts';

const minute = 60_000;

/** Less than 45 minutes is raised to that, more than under 7 days is refused. */
const shortestMs = 45 * minute;
const longestMs = 10_080 * minute;

/** The texts of a body; everything about a subscription that a client sets is one. */
export function texts(body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  if (body['includeResourceData'] === true) {
    throw badRequest(watchProblem('BadRequest', 'Resource data is not offered here'), 'ExtensionError');
  }
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) if (typeof value === 'string') result[name] = value;
  return result;
}

/** When a subscription made or renewed at `now` ends, in milliseconds. */
export function readExpiry(text: string | undefined, now: number): number {
  const wanted = Date.parse(text ?? '');
  if (Number.isNaN(wanted))
    throw badRequest("The 'expirationDateTime' is not a valid date.", 'InvalidRequest');
  if (wanted <= now) {
    throw badRequest('Subscription expiration must be in the future.', 'InvalidRequest');
  }
  if (wanted > now + longestMs) {
    const most = longestMs / minute;
    throw badRequest(
      watchProblem('BadRequest', `Subscription expiration can only be ${most} minutes in the future`),
      'ExtensionError',
    );
  }
  return Math.max(wanted, now + shortestMs);
}

export type Watched = Pick<Subscription, 'mailbox' | 'set' | 'folder' | 'resource'>;

/**
 * What a resource names: the contacts or events of a mailbox, of one folder or one calendar, or the tasks of one list.
 * An app on its own cannot watch tasks; that and everything that cannot be watched at all is refused in the same words
 * (microsoft-graph-docs#14948).
 */
export function resourceOf(call: Call, text: string | undefined): Watched {
  if (text === undefined) throw badRequest("The 'resource' is required.", 'InvalidRequest');
  const segments = segmentsOf(`/${(text.split('?')[0] ?? '').replace(/^\/+/, '')}`);
  const isMe = segments[0]?.toLowerCase() === 'me';
  const [set = '', key = '', ...below] = isMe
    ? ['users', call.caller.objectId, ...segments.slice(1)]
    : segments;
  const isTodo = below[0]?.toLowerCase() === 'todo' && call.caller.kind === 'person';
  const rest = isTodo ? [below.slice(0, 2).join('/'), ...below.slice(2)] : below;
  const names = rest.map((part) => part.toLowerCase());
  const watched = names.length === 2 ? undefined : watchable[[names[0], ...names.slice(2)].join('/')];
  if (set.toLowerCase() !== 'users' || !watched || (isMe && call.caller.kind === 'app')) {
    throw badRequest(watchProblem('BadRequest', 'Invalid resource specified in payload'), 'ExtensionError');
  }
  const mailbox = findUser(call.graph, key);
  if (!mailbox) throw userNotFound(key);
  return { mailbox, set: watched.set, folder: watched.find(mailbox, rest[1] ?? ''), resource: text };
}

type Watchable = Readonly<{
  set: WatchedSet;
  find: (mailbox: Mailbox, id: string) => Subscription['folder'];
}>;

/** By the names in a resource, ids left out. */
const watchable: Readonly<Record<string, Watchable>> = {
  contacts: { set: 'Contacts', find: () => null },
  'contactfolders/contacts': { set: 'Contacts', find: findFolder },
  events: { set: 'Events', find: () => null },
  'calendars/events': { set: 'Events', find: findCalendar },
  'todo/lists/tasks': { set: 'Tasks', find: findList },
};

/** How the notification service passes on what the service behind it said. */
export const watchProblem = (reason: string, message: string): string =>
  `Operation: Create; Exception: [Status Code: ${reason}; Reason: ${message}.]`;
