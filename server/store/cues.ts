import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { CueCause, CueKind, CueTable } from './schema.ts';
import type { Selectable } from 'kysely';

export type Cue = Selectable<CueTable>;

export type NewCue = Readonly<{
  kind: CueKind;
  personId: string | null;
  recordId: string | null;
  cause: CueCause;
}>;

/** The key of a cue: a mailbox to sweep, the Siebel feed, or a record to turn. */
export function cueKey(cue: Pick<NewCue, 'kind' | 'personId' | 'recordId'>): string {
  return cue.kind === 'siebel'
    ? 'siebel'
    : `${cue.kind}:${cue.kind === 'mailbox' ? cue.personId : cue.recordId}`;
}

/**
 * Everything that writes takes its locks in one order, so that nobody waits in a circle: cues by key (mailbox before turn),
 * then Links, then the rest.
 *
 * Leaves cues: "look at this again". A cue that is already there becomes due at once and counts one more wish; one that is
 * being worked on is looked at again afterwards. Parked cues wake up: somebody has a new reason to look. When somebody asked
 * is kept by the database's clock, which all workers share.
 */
export async function leaveCues(db: Db, cues: readonly NewCue[], now: Temporal.Instant): Promise<void> {
  if (cues.length === 0) return;
  const unique = [...new Map(cues.map((cue) => [cueKey(cue), cue])).entries()];
  const rows = unique.map(([key, cue]) => ({
    key,
    kind: cue.kind,
    person_id: cue.personId,
    record_id: cue.recordId,
    bucket: bucketOf(key),
    cause: cue.cause,
  }));
  await sql`
    insert into cue (key, kind, person_id, record_id, bucket, cause, due_at, asked_at, dirty)
    select key, kind, person_id, record_id, bucket, cause, ${now.toString()}::timestamptz,
      case when cause = any(${[...askedFor]}::text[]) then clock_timestamp() end, 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(key text, kind text, person_id text, record_id text, bucket smallint, cause text)
    order by key
    on conflict (key) do update set
      dirty = cue.dirty + 1,
      cause = excluded.cause,
      asked_at = coalesce(excluded.asked_at, cue.asked_at),
      parked_reason = null,
      due_at = least(coalesce(cue.due_at, excluded.due_at), excluded.due_at)
  `.execute(db);
  await sql`select pg_notify('cue', '')`.execute(db);
}

/** Causes by which somebody wants to see what is there now. */
const askedFor = ['request', 'policy'] as const satisfies readonly CueCause[];

export type ClaimRequest = Readonly<{
  kinds: readonly CueKind[];
  limit: number;
  now: Temporal.Instant;
  leaseMs: number;
}>;

/**
 * Claims due cues for one worker: `SKIP LOCKED`, so that workers never wait for each other; the lease lets another worker
 * take over after a crash, the fence makes a late finisher's writes void.
 */
export async function claimCues(db: Db, request: ClaimRequest): Promise<readonly Cue[]> {
  const lease = request.now.add({ milliseconds: request.leaseMs }).toString();
  const now = request.now.toString();
  const claimed = await sql<Cue>`
    with due as materialized (
      select key from cue
      where kind = any(${[...request.kinds]}::text[]) and due_at <= ${now}::timestamptz
        and (lease_until is null or lease_until < ${now}::timestamptz) and parked_reason is null
      order by due_at limit ${request.limit}
      for update skip locked)
    update cue set fence = fence + 1, lease_until = ${lease}::timestamptz
    where key in (select key from due)
    returning *`.execute(db);
  return claimed.rows;
}

/** How a claimed cue ends: `next` is when to look again, null for when somebody asks; `parked` stops it until then. */
export type Finish = Readonly<{
  cue: Pick<Cue, 'key' | 'fence' | 'dirty'>;
  next: Temporal.Instant | null;
  failures: number;
  parkedReason: string | null;
}>;

/**
 * Ends claimed cues and answers the keys that were still ours; what comes next without anybody's wish is a poll; whatever belongs to the others must not be written. A cue
 * that was wished for again meanwhile stays due.
 */
export async function finishCues(db: Db, finishes: readonly Finish[]): Promise<ReadonlySet<string>> {
  if (finishes.length === 0) return new Set();
  const rows = finishes.map((finish) => ({
    key: finish.cue.key,
    fence: finish.cue.fence,
    dirty: finish.cue.dirty,
    next: finish.next?.toString() ?? null,
    failures: finish.failures,
    parked: finish.parkedReason,
  }));
  const finished = await sql<{ key: string }>`
    with locked as (select key from cue where key = any(${rows.map((row) => row.key)}::text[]) order by key for update)
    update cue set
      lease_until = null, done = row.dirty, failures = row.failures,
      parked_reason = case when cue.dirty = row.dirty then row.parked end,
      cause = case when cue.dirty = row.dirty and row.failures = 0 then 'poll' else cue.cause end,
      due_at = case when cue.dirty = row.dirty then row.next else cue.due_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(key text, fence bigint, dirty bigint, next timestamptz, failures integer, parked text)
    where cue.key = row.key and cue.fence = row.fence and cue.key in (select key from locked)
    returning cue.key`.execute(db);
  return new Set(finished.rows.map((row) => row.key));
}

/** Holds on to claimed cues while a long piece of work goes on; answers the keys that are still this worker's. */
export async function extendLeases(
  db: Db,
  cues: readonly Cue[],
  until: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  if (cues.length === 0) return new Set();
  const held = await sql<{ key: string }>`
    with locked as (select key from cue where key = any(${cues.map(({ key }) => key)}::text[]) order by key for update)
    update cue set lease_until = ${until.toString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(cues.map(({ key, fence }) => ({ key, fence })))}::jsonb)
      as row(key text, fence bigint)
    where cue.key = row.key and cue.fence = row.fence and cue.key in (select key from locked)
    returning cue.key`.execute(db);
  return new Set(held.rows.map((row) => row.key));
}

/** When there will be something to claim: the next due cue, or the end of a lease on one that is due. */
export async function nextDue(db: Db, kinds: readonly CueKind[]): Promise<Temporal.Instant | null> {
  const rows = await sql<{ due: string | null }>`
    select min(greatest(due_at, lease_until)) as due from cue
    where kind = any(${[...kinds]}::text[]) and due_at is not null and parked_reason is null`.execute(db);
  const due = rows.rows[0]?.due;
  return due ? Temporal.Instant.from(due) : null;
}

/** A stable number from 0 to 1023: the distribution column should the table ever be spread over nodes. */
function bucketOf(key: string): number {
  let hash = 0;
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1024;
  return hash;
}
