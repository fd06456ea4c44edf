import type { World } from '../world.ts';
import { instant } from './call.ts';
import { eventEtag } from './calendar/event-ids.ts';
import { etagOf } from './contact-view.ts';
import { createOutgoing, type Outgoing } from './outgoing.ts';
import { encodeId } from './ids.ts';
import type { Change, Mailbox } from './state.ts';
import {
  createSubscriptions,
  dropExpired,
  dropSubscription,
  type Subscription,
  type Subscriptions,
  type WatchedSet,
} from './subscription.ts';
import { isOn, numberOf } from './switches.ts';
import { etagOf as taskEtag } from './todo/task-view.ts';
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
  subscription.set === setOf(change) &&
  (subscription.folder === null || subscription.folder === change.folder) &&
  change.folder.kind !== 'deletedItems';

function setOf(change: Change): WatchedSet {
  if ('event' in change) return 'Events';
  return 'task' in change ? 'Tasks' : 'Contacts';
}

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
  const { mailbox } = change;
  const id = idIn(change, subscription.immutableIds);
  const resource = `Users/${mailbox.userId}/${setOf(change)}/${id}`;
  return {
    id: Buffer.from(`n${world.nextNumber()}`.padStart(10, '0')).toString('base64'),
    ...commonPart(subscription),
    changeType: change.changeType,
    resource,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${typeNames[setOf(change)]}`,
      '@odata.id': resource,
      '@odata.etag': etagIn(change),
      id,
    },
  };
}

const typeNames: Readonly<Record<WatchedSet, string>> = {
  Contacts: 'Contact',
  Events: 'Event',
  Tasks: 'TodoTask',
};

/** Tasks have one kind of id only. */
function idIn(change: Change, isImmutable: boolean): string {
  const { prefixes } = change.mailbox;
  if (!isImmutable || 'task' in change) return encodeId(prefixes.mutable, change.mutableNumber);
  return encodeId(prefixes.immutable, 'event' in change ? change.event.number : change.item.number);
}

function etagIn(change: Change): string {
  if ('event' in change) return eventEtag(change.mailbox, change.event);
  if ('task' in change) return taskEtag(change.mailbox, change.task);
  return etagOf(change.mailbox, change.item);
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
