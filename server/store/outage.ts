import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Tells administrators that a whole side refuses us; one row while it lasts. */
export async function noteOutage(
  db: Db,
  outage: Readonly<{ id: string; reason: string; at: string }>,
): Promise<void> {
  await sql`
    with known as (update parked set reason = ${outage.reason}
      where kind = 'failing' and person_id is null and status = 'open' returning id)
    insert into parked (id, kind, domain, reason, status, since)
    select ${outage.id}, 'failing', 'contact', ${outage.reason}, 'open', ${outage.at}::timestamptz
    where not exists (select from known)`.execute(db);
}

export async function endOutage(db: Db, at: string): Promise<void> {
  await db
    .updateTable('parked')
    .set({ status: 'resolved', resolved_at: at })
    .where('kind', '=', 'failing')
    .where('person_id', 'is', null)
    .where('status', '=', 'open')
    .execute();
}

/** Why nothing goes on at the moment for anybody; `null` while all is well. */
export async function outageNow(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('parked')
    .select('reason')
    .where('kind', '=', 'failing')
    .where('person_id', 'is', null)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row?.reason ?? null;
}
