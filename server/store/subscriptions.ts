import type { Selectable } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import type { SubscriptionTable } from './schema.ts';

export type SubscriptionRow = Selectable<SubscriptionTable>;

export type DueSubscription<Watched extends Domain> = Readonly<{
  personId: string;
  domain: Watched;
  /** `null` where there is none yet. */
  row: SubscriptionRow | null;
}>;

/** Subscriptions of these people and domains that are to be made or renewed now. */
export async function dueSubscriptions<Watched extends Domain>(
  db: Db,
  wanted: Readonly<{ personIds: readonly string[]; domains: readonly Watched[] }>,
  now: string,
): Promise<readonly DueSubscription<Watched>[]> {
  const { personIds, domains } = wanted;
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('person_id', 'in', [...personIds])
    .execute();
  const known = new Map(rows.map((row) => [`${row.person_id} ${row.domain}`, row]));
  const instant = Temporal.Instant.from(now);
  return personIds
    .flatMap((personId) => domains.map((domain) => ({ personId, domain })))
    .map((one) => ({ ...one, row: known.get(`${one.personId} ${one.domain}`) ?? null }))
    .filter(
      ({ row }) =>
        row === null || Temporal.Instant.compare(Temporal.Instant.from(row.renew_at), instant) <= 0,
    );
}

export async function saveSubscription(
  db: Db,
  subscription: Readonly<{
    personId: string;
    domain: Domain;
    subscriptionId: string;
    clientState: string;
    expiresAt: string;
    renewAt: string;
  }>,
): Promise<void> {
  const row = {
    person_id: subscription.personId,
    domain: subscription.domain,
    subscription_id: subscription.subscriptionId,
    client_state: subscription.clientState,
    expires_at: subscription.expiresAt,
    renew_at: subscription.renewAt,
  };
  await db
    .insertInto('subscription')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person_id', 'domain']).doUpdateSet(row))
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
