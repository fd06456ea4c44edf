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

/** Subscriptions of people whose mailbox is not kept in step any more. */
export async function idleSubscriptions(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('person', 'person.id', 'subscription.person_id')
    .select('subscription.subscription_id')
    .where((where) => where.or([where('person.enabled', '=', false), where('person.state', '=', 'removed')]))
    .execute();
  return rows.map((row) => row.subscription_id);
}
