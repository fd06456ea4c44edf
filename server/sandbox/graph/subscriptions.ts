import type { WireAnswer } from '../wire.ts';
import { bodyOf, contextOf, created, idOf, noContent, ok, type Call, type Handler } from './call.ts';
import { refuseUnreachable, authorize, type Need } from './gate.ts';
import { badRequest, Refusal } from './refusal.ts';
import { readExpiry, resourceOf, texts, watchProblem } from './subscription-body.ts';
import {
  dropExpired,
  dropSubscription,
  keepSubscription,
  type Subscription,
  type Subscriptions,
  type WatchedSet,
} from './subscription.ts';
import type { Webhook } from './webhook.ts';

const mostOfMailbox = 1000;
const handshakeMs = 10_000;

export type SubscriptionHandlers = Readonly<
  Record<'list' | 'create' | 'get' | 'update' | 'remove' | 'reauthorize', Handler>
>;

/** The routes below `/subscriptions` (facts/graph.md section 2). The set takes no query options. */
export function subscriptionHandlers(all: Subscriptions, webhook: Webhook): SubscriptionHandlers {
  const find = (call: Call): Subscription => {
    const found = all.byId.get(idOf(call, 'subscription').toLowerCase());
    if (found && isVisible(call, found)) return found;
    throw new Refusal(404, 'ResourceNotFound', 'The object was not found.');
  };
  const fresh =
    (handler: Handler): Handler =>
    (call) => {
      dropExpired(all, call.graph.world.now().getTime());
      return handler(call);
    };
  return {
    list: fresh((call) =>
      ok({
        '@odata.context': contextOf(call, 'subscriptions'),
        value: [...all.byId.values()].filter((one) => isVisible(call, one)).map(show),
      }),
    ),
    create: fresh((call) => create(call, all, webhook)),
    get: fresh((call) => ok(entity(call, find(call)))),
    update: fresh((call) => update(call, find(call), webhook)),
    remove: fresh((call) => {
      dropSubscription(all, find(call));
      return noContent;
    }),
    reauthorize: fresh((call) => {
      find(call).remindedAt = call.graph.world.now().getTime();
      return noContent;
    }),
  };
}

const needs = {
  Contacts: 'contacts.read',
  Events: 'events.read',
  Tasks: 'tasks.read',
} as const satisfies Record<WatchedSet, Need>;

/** POST: both addresses must answer the handshake before there is a subscription. */
async function create(call: Call, all: Subscriptions, webhook: Webhook): Promise<WireAnswer> {
  const body = texts(bodyOf(call));
  const { world } = call.graph;
  const { mailbox, set, folder, resource } = resourceOf(call, body['resource']);
  authorize(call.caller, needs[set], mailbox);
  refuseUnreachable(world, call.caller, mailbox);
  const notificationUrl = readUrl(body['notificationUrl'], 'notificationUrl');
  const lifecycle = body['lifecycleNotificationUrl'];
  const now = world.now().getTime();
  const subscription: Subscription = {
    id: world.uuid(),
    appId: call.caller.appId,
    tenantId: call.caller.tenantId,
    creatorId: call.caller.objectId,
    isDelegated: call.caller.kind === 'person',
    mailbox,
    set,
    folder,
    resource,
    ...readChangeTypes(body['changeType']),
    notificationUrl,
    lifecycleNotificationUrl: lifecycle === undefined ? null : readUrl(lifecycle, 'lifecycleNotificationUrl'),
    clientState: readClientState(body['clientState']),
    latestSupportedTlsVersion: body['latestSupportedTlsVersion'] ?? 'v1_2',
    immutableIds: call.prefer.immutableIds,
    expiresAt: readExpiry(body['expirationDateTime'], now),
    remindedAt: now,
  };
  refuseExcess(all, subscription);
  await shakeHands(webhook, notificationUrl, world.uuid());
  const { lifecycleNotificationUrl } = subscription;
  if (lifecycleNotificationUrl !== null) await shakeHands(webhook, lifecycleNotificationUrl, world.uuid());
  keepSubscription(all, subscription);
  return created(entity(call, subscription));
}

/** PATCH renews, which also reauthorizes; the notification address may change with it. */
async function update(call: Call, subscription: Subscription, webhook: Webhook): Promise<WireAnswer> {
  const body = texts(bodyOf(call));
  const { world } = call.graph;
  const now = world.now().getTime();
  const expiry = body['expirationDateTime'];
  const url = body['notificationUrl'];
  const expiresAt = expiry === undefined ? subscription.expiresAt : readExpiry(expiry, now);
  if (url !== undefined) {
    await shakeHands(webhook, readUrl(url, 'notificationUrl'), world.uuid());
    subscription.notificationUrl = url;
  }
  subscription.expiresAt = expiresAt;
  subscription.remindedAt = now;
  return ok(entity(call, subscription));
}

/** The address must give the decoded token back as plain text within 10 seconds. */
async function shakeHands(webhook: Webhook, url: string, requestId: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${requestId}`;
  const target = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
  const message = { contentType: 'text/plain; charset=utf-8', body: '', timeoutMs: handshakeMs };
  const answer = await webhook.post(target, message);
  const problem = handshakeProblem(answer, token);
  if (problem !== null)
    throw badRequest(`Subscription validation request failed. ${problem}`, 'ValidationError');
}

function handshakeProblem(answer: Awaited<ReturnType<Webhook['post']>>, token: string): string | null {
  if (!answer)
    return 'Notification endpoint must respond with 200 OK to validation request within 10 seconds.';
  if (answer.status !== 200) {
    return `Must respond with 200 OK to this request, not with ${answer.status}.`;
  }
  if (!/^text\/plain\b/i.test(answer.contentType)) return 'The response must be of type text/plain.';
  return answer.body === token ? null : 'Response must exactly match validationToken query parameter.';
}

function refuseExcess(all: Subscriptions, wanted: Subscription): void {
  const ofMailbox = [...(all.byMailbox.get(wanted.mailbox) ?? [])];
  if (ofMailbox.length >= mostOfMailbox) {
    throw new Refusal(
      403,
      'ExtensionError',
      watchProblem('Forbidden', `The mailbox has reached its limit of ${mostOfMailbox} subscriptions`),
    );
  }
  const isThere = ofMailbox.some(
    (one) =>
      one.appId === wanted.appId &&
      one.creatorId === wanted.creatorId &&
      one.set === wanted.set &&
      one.folder === wanted.folder &&
      one.changeType === wanted.changeType &&
      one.notificationUrl === wanted.notificationUrl,
  );
  if (isThere) throw new Refusal(409, 'Conflict', 'A subscription with these properties exists already.');
}

const kinds: readonly string[] = ['created', 'updated', 'deleted'];

function readChangeTypes(text: string | undefined) {
  const named = (text ?? '').split(',').map((kind) => kind.trim().toLowerCase());
  if (named.some((kind) => !kinds.includes(kind))) {
    throw badRequest(`Invalid 'changeType' attribute: '${text ?? ''}'.`, 'InvalidRequest');
  }
  return { changeType: named.join(','), changeTypes: new Set(named) };
}

function readClientState(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text.length <= 128) return text;
  throw badRequest('The clientState must be at most 128 characters.', 'InvalidRequest');
}

function readUrl(text: string | undefined, name: string): string {
  if (text !== undefined && URL.canParse(text) && /^https?:/i.test(text)) return text;
  throw badRequest(`The ${name} is not a valid address.`, 'InvalidRequest');
}

const isVisible = (call: Call, subscription: Subscription) =>
  subscription.appId === call.caller.appId &&
  (call.caller.kind === 'app' || subscription.creatorId === call.caller.objectId);

const entity = (call: Call, subscription: Subscription) => ({
  '@odata.context': contextOf(call, 'subscriptions/$entity'),
  ...show(subscription),
});

const show = (subscription: Subscription) => ({
  id: subscription.id,
  resource: subscription.resource,
  applicationId: subscription.appId,
  changeType: subscription.changeType,
  clientState: subscription.clientState,
  notificationUrl: subscription.notificationUrl,
  notificationQueryOptions: null,
  lifecycleNotificationUrl: subscription.lifecycleNotificationUrl,
  expirationDateTime: new Date(subscription.expiresAt).toISOString(),
  creatorId: subscription.creatorId,
  includeResourceData: null,
  latestSupportedTlsVersion: subscription.latestSupportedTlsVersion,
  encryptionCertificate: null,
  encryptionCertificateId: null,
  notificationUrlAppId: null,
});
