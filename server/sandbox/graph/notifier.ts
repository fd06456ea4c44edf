import type { World } from '../world.ts';
import { instant } from './call.ts';
import { contactId, etagOf } from './contact-view.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { encodeId } from './ids.ts';
import type { Change, Mailbox } from './state.ts';
import {
  createSubscriptions,
  dropExpired,
  dropSubscription,
  type Subscription,
  type Subscriptions,
} from './subscription.ts';
import { isOn, numberOf } from './switches.ts';
import type { Webhook } from './webhook.ts';

export type Notifier = Readonly<{
  subscriptions: Subscriptions;
  notify: (change: Change) => void;
  /** The lifecycle event `missed` for every subscription of a mailbox. */
  missed: (mailbox: Mailbox) => void;
  /** Sends the last notifications again, shuffled. */
  replay: () => number;
  reset: () => void;
  close: () => void;
}>;

type LifecycleEvent = 'missed' | 'subscriptionRemoved' | 'reauthorizationRequired';

const pulseMs = 250;

/** Minutes before its end at which a subscription is asked to be reauthorized. */
const reminders = [180, 90, 60, 45, 30, 15].map((minutes) => minutes * 60_000);

/** Tells subscribers of changes and looks after their subscriptions as the sandbox's clock goes on. */
export function createNotifier(world: World, webhook: Webhook): Notifier {
  const subscriptions = createSubscriptions();
  const outgoing = createOutgoing(world, webhook);

  const pulse = setInterval(() => {
    dropExpired(subscriptions, world.now().getTime());
    for (const subscription of subscriptions.byId.values()) remind(world, outgoing, subscription);
    outgoing.retryDue();
  }, pulseMs);
  pulse.unref();

  return {
    subscriptions,
    notify: (change) => {
      const interested = subscriptions.byMailbox.get(change.mailbox);
      if (!interested || interested.size === 0) return;
      dropExpired(subscriptions, world.now().getTime());
      for (const subscription of interested) {
        if (covers(subscription, change)) tell(world, { outgoing, subscriptions }, { subscription, change });
      }
    },
    missed: (mailbox) => {
      for (const subscription of subscriptions.byMailbox.get(mailbox) ?? []) {
        outgoing.lifecycle(subscription, lifecycleRow(subscription, 'missed'));
      }
    },
    replay: () => outgoing.replay(),
    reset: () => {
      subscriptions.byId.clear();
      subscriptions.byMailbox.clear();
      outgoing.clear();
    },
    close: () => {
      clearInterval(pulse);
      outgoing.clear();
    },
  };
}

const covers = (subscription: Subscription, change: Change) =>
  subscription.changeTypes.has(change.changeType) &&
  (subscription.folder === null || subscription.folder === change.folder) &&
  change.folder.kind !== 'deletedItems';

type Means = Readonly<{ outgoing: Outgoing; subscriptions: Subscriptions }>;

function tell(
  world: World,
  { outgoing, subscriptions }: Means,
  { subscription, change }: Readonly<{ subscription: Subscription; change: Change }>,
): void {
  if (isOn(world, 'subscriptionRemoved')) {
    dropSubscription(subscriptions, subscription);
    outgoing.lifecycle(subscription, lifecycleRow(subscription, 'subscriptionRemoved'));
  } else if (isOn(world, 'missedInstead')) {
    outgoing.lifecycle(subscription, lifecycleRow(subscription, 'missed'));
  } else if (numberOf(world, 'notificationLoss') === 0 || !isLost(world)) {
    outgoing.notification(subscription, notificationRow(world, subscription, change));
    if (isOn(world, 'duplicateNotifications')) {
      outgoing.notification(subscription, notificationRow(world, subscription, change));
    }
  }
}

const isLost = (world: World) => world.random() < numberOf(world, 'notificationLoss');

/** The row of facts/graph.md 2.4, capitals included. */
function notificationRow(world: World, subscription: Subscription, change: Change): Record<string, unknown> {
  const { mailbox, item } = change;
  const id = subscription.immutableIds
    ? contactId(mailbox, item, true)
    : encodeId(mailbox.prefixes.mutable, change.mutableNumber);
  const resource = `Users/${mailbox.userId}/Contacts/${id}`;
  return {
    id: Buffer.from(`n${world.nextNumber()}`.padStart(10, '0')).toString('base64'),
    ...commonPart(subscription),
    changeType: change.changeType,
    resource,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Contact',
      '@odata.id': resource,
      '@odata.etag': etagOf(mailbox, item),
      id,
    },
  };
}

const lifecycleRow = (subscription: Subscription, lifecycleEvent: LifecycleEvent) => ({
  ...commonPart(subscription),
  resource: subscription.resource,
  lifecycleEvent,
});

const commonPart = (subscription: Subscription) => ({
  subscriptionId: subscription.id,
  subscriptionExpirationDateTime: instant(subscription.expiresAt),
  tenantId: subscription.tenantId,
  clientState: subscription.clientState,
});

/** Asks at every reminder that lies between the last look and now; a renewal starts them again. */
function remind(world: World, outgoing: Outgoing, subscription: Subscription): void {
  const now = world.now().getTime();
  const isNear = subscription.expiresAt - now <= (reminders[0] ?? 0);
  const isDue =
    isNear &&
    reminders
      .map((ms) => subscription.expiresAt - ms)
      .some((at) => at > subscription.remindedAt && at <= now);
  subscription.remindedAt = now;
  if (isDue) outgoing.lifecycle(subscription, lifecycleRow(subscription, 'reauthorizationRequired'));
}
