import type { Calendar } from './calendar/state.ts';
import type { Folder, Mailbox } from './state.ts';
import type { TaskList } from './todo/state.ts';

/** What can be watched, as notifications name it. */
export type WatchedSet = 'Contacts' | 'Events' | 'Tasks';

/** A subscription as the service keeps it; times in milliseconds of the sandbox's clock. */
export type Subscription = {
  readonly id: string;
  readonly appId: string;
  readonly tenantId: string;
  readonly creatorId: string;
  readonly isDelegated: boolean;
  readonly mailbox: Mailbox;
  /** As the client wrote it. */
  readonly resource: string;
  readonly set: WatchedSet;
  /** Null: every contact, or every event, of the mailbox. */
  readonly folder: Folder | Calendar | TaskList | null;
  readonly changeTypes: ReadonlySet<string>;
  readonly changeType: string;
  notificationUrl: string;
  readonly lifecycleNotificationUrl: string | null;
  readonly clientState: string | null;
  readonly latestSupportedTlsVersion: string;
  /** Decided by the header at creation, for life. */
  readonly immutableIds: boolean;
  expiresAt: number;
  /** Up to which of the last hours it was asked to be reauthorized. */
  remindedAt: number;
};

export type Subscriptions = Readonly<{
  byId: Map<string, Subscription>;
  byMailbox: Map<Mailbox, Set<Subscription>>;
}>;

export const createSubscriptions = (): Subscriptions => ({ byId: new Map(), byMailbox: new Map() });

export function keepSubscription(all: Subscriptions, subscription: Subscription): void {
  all.byId.set(subscription.id, subscription);
  const ofMailbox = all.byMailbox.get(subscription.mailbox) ?? new Set();
  all.byMailbox.set(subscription.mailbox, ofMailbox.add(subscription));
}

export function dropSubscription(all: Subscriptions, subscription: Subscription): void {
  all.byId.delete(subscription.id);
  all.byMailbox.get(subscription.mailbox)?.delete(subscription);
}

/** Forgets what has expired; nothing is said about it to anybody. */
export function dropExpired(all: Subscriptions, now: number): void {
  for (const subscription of all.byId.values()) {
    if (subscription.expiresAt <= now) dropSubscription(all, subscription);
  }
}
