import type { WireRequest } from '../wire.ts';
import type { World } from '../world.ts';
import type { Caller } from './call.ts';
import { accessDenied, Refusal, unauthenticated } from './refusal.ts';
import type { Mailbox } from './state.ts';
import { namesMailbox, textOf } from './switches.ts';

/** What a route asks of a token. `own` is what every signed-in person may do for themselves. */
export type Need =
  | 'contacts.read'
  | 'contacts.write'
  | 'events.read'
  | 'events.write'
  | 'tasks.read'
  | 'tasks.write'
  | 'settings.read'
  | 'settings.write'
  | 'users.read'
  | 'own'
  | 'nothing';

type Grants = Readonly<{ app: readonly string[]; person: readonly string[] }>;

const both = (...names: readonly string[]): Grants => ({ app: names, person: names });
const directory = ['User.Read.All', 'User.ReadBasic.All', 'User.ReadWrite.All', 'Directory.Read.All'];

/** Any one of them is enough (facts/graph.md section 9). */
const grants: Readonly<Record<Exclude<Need, 'own' | 'nothing'>, Grants>> = {
  'contacts.read': both('Contacts.Read', 'Contacts.ReadWrite'),
  'contacts.write': both('Contacts.ReadWrite'),
  'events.read': both('Calendars.Read', 'Calendars.ReadWrite'),
  'events.write': both('Calendars.ReadWrite'),
  'tasks.read': {
    app: ['Tasks.Read.All', 'Tasks.ReadWrite.All'],
    person: ['Tasks.Read', 'Tasks.ReadWrite'],
  },
  'tasks.write': { app: ['Tasks.ReadWrite.All'], person: ['Tasks.ReadWrite'] },
  'settings.read': both('MailboxSettings.Read', 'MailboxSettings.ReadWrite'),
  'settings.write': both('MailboxSettings.ReadWrite'),
  'users.read': both(...directory),
};

/** Audiences under which Microsoft Graph goes. */
const audiences: ReadonlySet<unknown> = new Set([
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
  '00000003-0000-0000-c000-000000000000',
]);

/** Who sent the request; a missing, foreign or expired token answers 401 with a challenge. */
export async function authenticate(world: World, headers: WireRequest['headers']): Promise<Caller> {
  const token = /^Bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1];
  if (token === undefined) throw unauthenticated('Access token is empty.');
  const claims = await world.verifyToken(token);
  if (!claims) throw unauthenticated('Access token validation failure.');
  if (!audiences.has(claims['aud'])) {
    throw unauthenticated('Access token validation failure. Invalid audience.');
  }
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : '');
  const isPerson = typeof claims['scp'] === 'string';
  const roles = Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
  return {
    kind: isPerson ? 'person' : 'app',
    appId: text('appid') || text('azp'),
    tenantId: text('tid'),
    objectId: text('oid'),
    grants: new Set(isPerson ? text('scp').split(' ').map(shortScope) : roles),
  };
}

const shortScope = (scope: string) => scope.replace(/^https:\/\/graph\.microsoft\.com\//, '');

/** Refuses what the token does not grant. A person reaches their own mailbox only. */
export function authorize(caller: Caller, need: Need, mailbox: Mailbox | null): void {
  const isOwn = mailbox !== null && caller.objectId === mailbox.userId;
  if (caller.kind === 'person' && mailbox && !isOwn && need !== 'users.read') throw accessDenied();
  if (need === 'nothing' || (need === 'own' && (caller.kind === 'app' || isOwn))) return;
  if (need === 'own') throw accessDenied();
  if (need === 'users.read' && caller.kind === 'person' && isOwn) return;
  const enough = grants[need][caller.kind === 'app' ? 'app' : 'person'];
  if (enough.some((grant) => caller.grants.has(grant))) return;
  if (need === 'users.read') {
    throw new Refusal(
      403,
      'Authorization_RequestDenied',
      'Insufficient privileges to complete the operation.',
    );
  }
  throw accessDenied();
}

/** What Exchange refuses for a mailbox, whatever the token grants. */
export function refuseUnreachable(world: World, caller: Caller, mailbox: Mailbox): void {
  if (namesMailbox(world, 'mailboxNotEnabled', mailbox.address)) {
    throw new Refusal(
      404,
      'MailboxNotEnabledForRESTAPI',
      'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
    );
  }
  const isScoped = textOf(world, 'mailboxScope') !== '';
  if (caller.kind === 'app' && isScoped && !namesMailbox(world, 'mailboxScope', mailbox.address)) {
    throw accessDenied();
  }
}
