import type { Db } from './db.ts';
import type { SubscriptionRow } from './subscriptions.ts';

/** The subscriptions notifications say they come from; unknown ones are left out. */
export async function subscriptionsById(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SubscriptionRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('subscription_id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.subscription_id, row]));
}

/** Graph wants a subscription renewed at once. */
export async function renewNow(db: Db, subscriptionId: string, now: Temporal.Instant): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ renew_at: now.toString() })
    .where('subscription_id', '=', subscriptionId)
    .execute();
}

/** Graph has dropped a subscription: the next sweep makes a new one. */
export async function forgetSubscription(db: Db, subscriptionId: string): Promise<void> {
  await db.deleteFrom('subscription').where('subscription_id', '=', subscriptionId).execute();
}
