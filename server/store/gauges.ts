import { sql } from 'kysely';
import type { Db } from './db.ts';

export type Gauge = Readonly<{
  what: 'cues' | 'people' | 'parked' | 'questions' | 'links';
  label: string;
  value: number;
}>;

/** Numbers for monitoring; nothing in them points to a person. */
export async function readGauges(db: Db, now: Temporal.Instant): Promise<readonly Gauge[]> {
  const at = sql`${now.toString()}::timestamptz`;
  const rows = await sql<{ what: Gauge['what']; label: string; value: string }>`
    select 'cues' as what, kind || ':' || case when parked_reason is not null then 'parked'
        when lease_until >= ${at} then 'running' when due_at <= ${at} then 'due'
        when due_at is not null then 'later' else 'idle' end as label, count(*) as value
      from cue group by 2
    union all select 'people', state, count(*) from person group by state
    union all select 'parked', kind, count(*) from parked where status = 'open' group by kind
    union all select 'questions', kind, count(*) from question where status = 'open' group by kind
    union all select 'links', state, count(*) from link group by state`.execute(db);
  return rows.rows.map((row) => ({ ...row, value: Number(row.value) }));
}

/** Answers when the database does. */
export async function pingDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db);
}

/** The clock of the database, which all workers share. */
export async function databaseNow(db: Db): Promise<Temporal.Instant> {
  return (await databaseFacts(db)).now;
}

/** The server's version as a number (150004 is 15.4) and its clock, for `doctor`. */
export async function databaseFacts(db: Db): Promise<Readonly<{ version: number; now: Temporal.Instant }>> {
  const facts = await sql<{ version: string; now: string }>`
    select current_setting('server_version_num') as version, clock_timestamp() as now`.execute(db);
  const row = facts.rows[0];
  if (!row) throw new Error('PostgreSQL answered a select of constants with no row.');
  return { version: Number(row.version), now: Temporal.Instant.from(row.now) };
}
