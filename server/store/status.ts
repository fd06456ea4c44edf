import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import { lastLook } from './cursors.ts';
import type { Db } from './db.ts';
import type { PersonRow } from './people-at-work.ts';

type CueCounts = Readonly<{
  /** Waiting for a worker. */
  due: number;
  running: number;
  /** Tried and to be tried again later. Mailboxes that merely wait for their next poll are not counted. */
  waiting: number;
  /** Items that need attention. */
  parked: number;
}>;

export type Status = Readonly<{ quiet: boolean; cues: CueCounts }>;

/**
 * After this many failures in a row a mailbox no longer keeps everything else from being quiet: a mailbox that is gone or
 * whose consent was revoked shows as failing, and says so there.
 */
const patience = 5;

/**
 * Whether there is anything left to do that is known of; for one person, what concerns them and Siebel as a whole. One
 * statement, so that work does not slip from one count to the next between two looks.
 */
export async function statusOf(
  db: Db,
  scope: { now: Temporal.Instant; personId: string | null },
): Promise<Status> {
  const now = sql`${scope.now.toString()}::timestamptz`;
  const { personId } = scope;
  const concerns =
    personId === null
      ? sql`true`
      : sql`(kind = 'siebel' or person_id = ${personId} or exists (
          select from link where link.person_id = ${personId} and link.record_id = cue.record_id))`;
  const counted = await sql<Record<'due' | 'running' | 'retried' | 'given_up' | 'parked', string>>`
    select
      count(*) filter (where stage = 'due') as due,
      count(*) filter (where stage = 'running') as running,
      count(*) filter (where stage = 'later' and (kind = 'turn' or failures > 0)) as retried,
      count(*) filter (where stage = 'later' and kind = 'mailbox' and failures > ${patience}) as given_up,
      (select count(*) from parked where status = 'open'
        and (${personId}::text is null or person_id = ${personId})) as parked
    from (select kind, failures, case
        when parked_reason is not null then 'parked'
        when lease_until >= ${now} then 'running'
        when due_at <= ${now} then 'due'
        when due_at is not null then 'later' end as stage
      from cue where due_at is not null and ${concerns}) as staged`.execute(db);
  const row = counted.rows[0];
  const [due, running, waiting] = [Number(row?.due), Number(row?.running), Number(row?.retried)];
  const isQuiet = due + running === 0 && waiting <= Number(row?.given_up);
  return { quiet: isQuiet, cues: { due, running, waiting, parked: Number(row?.parked) } };
}

/** Everybody on the user map, by mailbox. */
export async function peopleWithState(db: Db): Promise<readonly PersonRow[]> {
  return db
    .selectFrom('person')
    .selectAll()
    .select(lastLook)
    .where('state', '<>', 'removed')
    .orderBy('mailbox')
    .execute();
}

/** How many items of each domain are kept in step, over all mailboxes. */
export async function linkedByDomain(db: Db): Promise<ReadonlyMap<Domain, number>> {
  const rows = await sql<{ domain: Domain; count: string }>`
    select domain, count(*) as count from link where state = 'open' group by domain`.execute(db);
  return new Map(rows.rows.map(({ domain, count }) => [domain, Number(count)]));
}

export type LookTaken = Readonly<{ key: string; dirty: number }>;

/** How often each cue has been wished for by now; a look that began later has `done` at least as high. */
export async function wishesFor(db: Db, keys: readonly string[]): Promise<readonly LookTaken[]> {
  if (keys.length === 0) return [];
  const rows = await db
    .selectFrom('cue')
    .select(['key', 'dirty'])
    .where('key', 'in', [...keys])
    .execute();
  return rows.map((row) => ({ key: row.key, dirty: Number(row.dirty) }));
}

/** Whether every one of these looks has been taken; a cue that is gone has nobody left to look for. */
export async function areTaken(db: Db, looks: readonly LookTaken[]): Promise<boolean> {
  const open = await sql<{ key: string }>`
    select cue.key from jsonb_to_recordset(${JSON.stringify(looks)}::jsonb) as look(key text, dirty bigint)
      join cue on cue.key = look.key
    where cue.done < look.dirty limit 1`.execute(db);
  return open.rows.length === 0;
}

/** The journal's last number so far: what is written later is numbered higher. */
export async function lastJournalId(db: Db): Promise<string> {
  const row = await db
    .selectFrom('journal')
    .select((eb) => eb.fn.max<string | null>('id').as('id'))
    .executeTakeFirst();
  return row?.id ?? '0';
}

/** How many writes of users' records each side has taken since then, for everybody or one person. */
export async function writtenSince(
  db: Db,
  since: { journalId: string; personId: string | null },
): Promise<Readonly<{ siebel: number; exchange: number }>> {
  const { journalId, personId } = since;
  const sums = await sql<{ siebel: string; exchange: string }>`
    select coalesce(sum(wrote_siebel), 0) as siebel, coalesce(sum(wrote_exchange), 0) as exchange
    from journal where id > ${journalId} and (${personId}::text is null or person_id = ${personId})`.execute(
    db,
  );
  return { siebel: Number(sums.rows[0]?.siebel), exchange: Number(sums.rows[0]?.exchange) };
}
