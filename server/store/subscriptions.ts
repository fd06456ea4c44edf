import type { Selectable } from 'kysely';
import type { Db } from './db.ts';
import type { SubscriptionTable } from './schema.ts';

export type SubscriptionRow = Selectable<SubscriptionTable>;

/** People whose subscription is to be made (null) or renewed now. */
export async function dueSubscriptions(
  db: Db,
  personIds: readonly string[],
  now: string,
): Promise<ReadonlyMap<string, SubscriptionRow | null>> {
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('person_id', 'in', [...personIds])
    .execute();
  const byPerson = new Map(rows.map((row) => [row.person_id, row]));
  const instant = Temporal.Instant.from(now);
  const due = personIds.filter((id) => {
    const row = byPerson.get(id);
    return !row || Temporal.Instant.compare(Temporal.Instant.from(row.renew_at), instant) <= 0;
  });
  return new Map(due.map((id) => [id, byPerson.get(id) ?? null]));
}

export async function saveSubscription(
  db: Db,
  subscription: Readonly<{
    personId: string;
    subscriptionId: string;
    clientState: string;
    expiresAt: string;
    renewAt: string;
  }>,
): Promise<void> {
  const row = {
    person_id: subscription.personId,
    subscription_id: subscription.subscriptionId,
    client_state: subscription.clientState,
    expires_at: subscription.expiresAt,
    renew_at: subscription.renewAt,
  };
  await db
    .insertInto('subscription')
    .values(row)
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute();
}

/** The subscriptions named in a notification, by Graph's id. */
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

/** Makes a subscription due for renewal at once: Graph says that it is about to end or has ended. */
export async function renewSoon(db: Db, subscriptionId: string, now: string): Promise<void> {
  await db
    .updateTable('subscription')
    .set({ renew_at: now })
    .where('subscription_id', '=', subscriptionId)
    .execute();
}
