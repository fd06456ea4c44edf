import { createCategory, deleteCategory, getCategory, listCategories, updateCategory } from './categories.ts';
import type { Handler } from './call.ts';
import { calendarRows } from './calendar/routes.ts';
import { deltaContacts } from './contact-delta.ts';
import { contactExtensions } from './contact-extensions.ts';
import {
  createContactFolder,
  deleteFolder,
  deltaFolders,
  getFolder,
  listFolders,
  updateFolder,
} from './contact-folders.ts';
import {
  countContacts,
  createContact,
  deleteContact,
  getContact,
  listContacts,
  permanentlyDeleteContact,
  updateContact,
} from './contacts.ts';
import type { Need } from './gate.ts';
import type { RouteRow, RouteShape } from './route-row.ts';
import { todoRows } from './todo/routes.ts';
import { getSetting, getSettings, listTimeZones, updateSettings } from './mailbox-settings.ts';
import type { SubscriptionHandlers } from './subscriptions.ts';
import { translateIds } from './translate-ids.ts';
import { getUser, listUsers } from './users.ts';

export type Route = Readonly<{
  method: string;
  /** Below `/v1.0`; a part in braces is an id of that name. */
  parts: readonly string[];
  lowerParts: readonly string[];
  shape: RouteShape;
  need: Need;
  /** Lives in Exchange, so that the limits of a mailbox and its own refusals apply. */
  isInExchange: boolean;
  handler: Handler;
}>;

/** Every call the stand-in answers. */
export function createRoutes(subscriptions: SubscriptionHandlers): readonly Route[] {
  return [
    ...[...contactRows('users/{user}'), ...contactRows('users/{user}/contactFolders/{folder}')].map(
      inExchange,
    ),
    ...calendarRows().map(inExchange),
    ...folderRows.map(inExchange),
    ...outlookRows.map(inExchange),
    ...todoRows.map(inExchange),
    ...directoryRows.map(elsewhere),
    ...subscriptionRows(subscriptions).map(elsewhere),
  ];
}

const contactRows = (below: string): readonly RouteRow[] => {
  const extension = `${below}/contacts/{contact}/extensions/{extension}`;
  return [
    ['GET', `${below}/contacts`, 'contacts.read', listContacts, 'list'],
    ['GET', `${below}/contacts/$count`, 'contacts.read', countContacts],
    ['GET', `${below}/contacts/delta`, 'contacts.read', deltaContacts, 'delta'],
    ['POST', `${below}/contacts`, 'contacts.write', createContact],
    ['GET', `${below}/contacts/{contact}`, 'contacts.read', getContact],
    ['PATCH', `${below}/contacts/{contact}`, 'contacts.write', updateContact],
    ['DELETE', `${below}/contacts/{contact}`, 'contacts.write', deleteContact],
    ['POST', `${below}/contacts/{contact}/permanentDelete`, 'contacts.write', permanentlyDeleteContact],
    ['GET', `${below}/contacts/{contact}/extensions`, 'contacts.read', contactExtensions.list],
    ['POST', `${below}/contacts/{contact}/extensions`, 'contacts.write', contactExtensions.create],
    ['GET', extension, 'contacts.read', contactExtensions.get],
    ['PATCH', extension, 'contacts.write', contactExtensions.update],
    ['DELETE', extension, 'contacts.write', contactExtensions.remove],
  ];
};

const folder = 'users/{user}/contactFolders/{folder}';

const folderRows: readonly RouteRow[] = [
  ['GET', 'users/{user}/contactFolders', 'contacts.read', listFolders, 'list'],
  ['GET', 'users/{user}/contactFolders/delta', 'contacts.read', deltaFolders, 'delta'],
  ['POST', 'users/{user}/contactFolders', 'contacts.write', createContactFolder],
  ['GET', folder, 'contacts.read', getFolder],
  ['PATCH', folder, 'contacts.write', updateFolder],
  ['DELETE', folder, 'contacts.write', deleteFolder],
  ['GET', `${folder}/childFolders`, 'contacts.read', listFolders, 'list'],
  ['POST', `${folder}/childFolders`, 'contacts.write', createContactFolder],
];

const category = 'users/{user}/outlook/masterCategories/{category}';

const outlookRows: readonly RouteRow[] = [
  ['GET', 'users/{user}/mailboxSettings', 'settings.read', getSettings],
  ['PATCH', 'users/{user}/mailboxSettings', 'settings.write', updateSettings],
  ['GET', 'users/{user}/mailboxSettings/{setting}', 'settings.read', getSetting],
  ['GET', 'users/{user}/outlook/supportedTimeZones', 'own', listTimeZones],
  ['GET', 'users/{user}/outlook/supportedTimeZones/{standard}', 'own', listTimeZones],
  ['GET', 'users/{user}/outlook/masterCategories', 'settings.read', listCategories, 'list'],
  ['POST', 'users/{user}/outlook/masterCategories', 'settings.write', createCategory],
  ['GET', category, 'settings.read', getCategory],
  ['PATCH', category, 'settings.write', updateCategory],
  ['DELETE', category, 'settings.write', deleteCategory],
  ['POST', 'users/{user}/translateExchangeIds', 'own', translateIds],
];

const directoryRows: readonly RouteRow[] = [
  ['GET', 'users', 'users.read', listUsers, 'list'],
  ['GET', 'users/{user}', 'users.read', getUser],
];

const subscriptionRows = (handlers: SubscriptionHandlers): readonly RouteRow[] => [
  ['GET', 'subscriptions', 'nothing', handlers.list, 'list'],
  ['POST', 'subscriptions', 'nothing', handlers.create],
  ['GET', 'subscriptions/{subscription}', 'nothing', handlers.get],
  ['PATCH', 'subscriptions/{subscription}', 'nothing', handlers.update],
  ['DELETE', 'subscriptions/{subscription}', 'nothing', handlers.remove],
  ['POST', 'subscriptions/{subscription}/reauthorize', 'nothing', handlers.reauthorize],
];

const inExchange = (row: RouteRow) => routeFrom(row, true);
const elsewhere = (row: RouteRow) => routeFrom(row, false);

const routeFrom = (
  [method, pattern, need, handler, shape = 'item']: RouteRow,
  isInExchange: boolean,
): Route => ({
  method,
  parts: pattern.split('/'),
  lowerParts: pattern.toLowerCase().split('/'),
  shape,
  need,
  isInExchange,
  handler,
});

export type Match = Readonly<{ route: Route; ids: Readonly<Record<string, string>> }>;

/**
 * The route of a request: `found`, or `wrongMethod` where the path is known for other methods, or `unknown`. Fixed parts
 * go before ids, and `me` stands for `users/{user}` with the id `me`.
 */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  segments: readonly string[],
): Match | 'wrongMethod' | 'unknown' {
  const isMe = segments[0]?.toLowerCase() === 'me';
  const parts = isMe ? ['users', 'me', ...segments.slice(1)] : segments;
  const lowerParts = parts.map((part) => part.toLowerCase());
  const fitting = routes.filter((route) => fits(route, lowerParts));
  if (fitting.length === 0) return 'unknown';
  const fewestIds = Math.min(...fitting.map(idCount));
  const route = fitting.find((one) => idCount(one) === fewestIds && one.method === method);
  return route ? { route, ids: idsOf(route, parts) } : 'wrongMethod';
}

/** `users/{id}/contacts/{id}`, or what was asked for with its long segments hidden. */
export function routeTemplate(routes: readonly Route[], method: string, segments: readonly string[]): string {
  const match = matchRoute(routes, method, segments);
  if (typeof match === 'string') {
    return segments.map((part) => (/[@\d]|.{30}/.test(part) ? '{id}' : part)).join('/');
  }
  const parts = match.route.parts.map((part) => (isId(part) ? '{id}' : part));
  return match.ids['user'] === 'me' ? ['me', ...parts.slice(2)].join('/') : parts.join('/');
}

const isId = (part: string) => part.startsWith('{');
const idCount = (route: Route) => route.parts.filter(isId).length;

const fits = (route: Route, lowerParts: readonly string[]) =>
  route.lowerParts.length === lowerParts.length &&
  route.lowerParts.every((part, index) => isId(part) || part === lowerParts[index]);

const idsOf = (route: Route, parts: readonly string[]) =>
  Object.fromEntries(
    route.parts.flatMap((part, index) => (isId(part) ? [[part.slice(1, -1), parts[index] ?? '']] : [])),
  );
