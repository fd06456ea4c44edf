import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Context } from '../context.ts';
import { leaveCues } from '../store/cues.ts';
import { forgetSubscription, renewNow, subscriptionsById } from '../store/notices.ts';
import type { SubscriptionRow } from '../store/subscriptions.ts';

const Query = Type.Object({ validationToken: Type.Optional(Type.String({ maxLength: 2048 })) });
type Notification = Readonly<{ subscriptionId: string; clientState?: unknown; lifecycleEvent?: unknown }>;

/**
 * `POST /webhooks/graph`: Microsoft Graph's notifications. Each is only a hint to look at a mailbox again; nothing in it is
 * believed. What does not carry the secret of its subscription is dropped without a word, so that nobody can probe.
 * Source: graph-docs `change-notifications-delivery-webhooks.md`, `change-notifications-lifecycle-events.md`.
 */
export function notificationRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    for (const url of ['/webhooks/graph', '/webhooks/graph/lifecycle']) {
      app.post(
        url,
        { schema: { hide: true, querystring: Query }, config: { rateLimit: false } },
        async (request, reply) => {
          const { validationToken } = request.query;
          if (validationToken !== undefined)
            return reply.type('text/plain; charset=utf-8').send(validationToken);
          await takeNotifications(context, request.body);
          return reply.code(202).send();
        },
      );
    }
  };
}

async function takeNotifications(context: Context, body: unknown): Promise<void> {
  const notifications = notificationsIn(body);
  const known = await subscriptionsById(context.db, [
    ...new Set(notifications.map((one) => one.subscriptionId)),
  ]);
  const genuine = notifications.flatMap((one) => {
    const subscription = known.get(one.subscriptionId);
    return subscription && isSame(subscription.client_state, one.clientState) ? [{ one, subscription }] : [];
  });
  const dropped = notifications.length - genuine.length;
  if (dropped > 0) context.log.warn({ count: dropped }, 'notifications of unknown subscriptions dropped');
  for (const { one, subscription } of genuine) await noteLifecycle(context, one, subscription);
  const people = new Set(genuine.map(({ subscription }) => subscription.person_id));
  await leaveCues(
    context.db,
    [...people].map((personId) => ({ kind: 'mailbox', personId, recordId: null, cause: 'notification' })),
    context.clock.now(),
  );
}

function notificationsIn(body: unknown): readonly Notification[] {
  const value = typeof body === 'object' && body !== null && 'value' in body ? body.value : null;
  return Array.isArray(value) ? value.filter(isNotification) : [];
}

function isNotification(value: unknown): value is Notification {
  return (
    typeof value === 'object' &&
    value !== null &&
    'subscriptionId' in value &&
    typeof value.subscriptionId === 'string'
  );
}

/** Graph says by the way that a subscription ends or has ended, or that it lost something: the next sweep sees to it. */
async function noteLifecycle(
  { db, clock }: Context,
  one: Notification,
  subscription: SubscriptionRow,
): Promise<void> {
  if (one.lifecycleEvent === 'reauthorizationRequired')
    await renewNow(db, subscription.subscription_id, clock.now());
  if (one.lifecycleEvent === 'subscriptionRemoved')
    await forgetSubscription(db, subscription.subscription_id);
}

/** In a time that tells nothing about where two secrets differ. */
function isSame(expected: string, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
