import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Item, Ref, Version } from '../core/snapshot.ts';
import type { DayWindow } from '../core/window.ts';
import type { Db } from './db.ts';
import type { LinkTable } from './schema.ts';

/** What a sweep needs to know of a person's Links: enough to tell an echo from a change, without the bases. */
export type KnownLink = Readonly<{
  id: string;
  record_id: string;
  ref: Ref | null;
  version: Version | null;
  state: LinkTable['state'];
  exchange_hash: string | null;
  /** A copy is being made, or was made and its answer is lost. */
  create_started_at: string | null;
  settled_at: string | null;
}>;

const columns = [
  'id',
  'record_id',
  'ref',
  'version',
  'state',
  'exchange_hash',
  'create_started_at',
  'settled_at',
] as const;

/** Open Links of a person with these refs. */
export async function linksByRef(
  db: Db,
  personId: string,
  refs: readonly Ref[],
): Promise<readonly KnownLink[]> {
  if (refs.length === 0) return [];
  const rows = await sql<KnownLink>`
    select ${sql.raw(columns.join(', '))} from link
    where person_id = ${personId} and state = 'open' and ref = any(${[...refs]}::text[])`.execute(db);
  return rows.rows;
}

/** Every open Link of a person and domain that has an Outlook copy: for a whole listing only. */
export async function linksWithCopy(
  db: Db,
  { personId, domain }: Readonly<{ personId: string; domain: Domain }>,
): Promise<readonly KnownLink[]> {
  return db
    .selectFrom('link')
    .select(columns)
    .where('person_id', '=', personId)
    .where('domain', '=', domain)
    .where('state', '=', 'open')
    .where('ref', 'is not', null)
    .execute();
}

/**
 * Copies of a person's open Links that may lie beyond the window: those that begin, or of a series began, so early or so
 * late. Their records, and what was last agreed of them.
 */
export async function copiesBeyond(
  db: Db,
  { personId, domain, window }: Readonly<{ personId: string; domain: Domain; window: DayWindow }>,
): Promise<readonly Readonly<{ recordId: string; item: Item }>[]> {
  const { from, to } = window;
  const rows = await sql<{ recordId: string; item: Item }>`
    select link.record_id as "recordId", snapshot.item from link
      join snapshot on snapshot.record_id = link.record_id and snapshot.hash = link.exchange_hash
    where link.person_id = ${personId} and link.domain = ${domain} and link.state = 'open'
      and (coalesce(item->'timeSlot'->>'end', item->>'dueDate') <= ${from}
        or coalesce(item->'timeSlot'->>'start', item->>'dueDate') > ${to})`.execute(db);
  return rows.rows;
}

/** Links of a person by our stamp, which is the Link's id. */
export async function linksByStamp(
  db: Db,
  personId: string,
  stamps: readonly string[],
): Promise<readonly KnownLink[]> {
  if (stamps.length === 0) return [];
  return db
    .selectFrom('link')
    .select(columns)
    .where('person_id', '=', personId)
    .where('id', 'in', [...stamps])
    .execute();
}

/** Records (by Siebel ref) this person has an open Link with an Outlook copy to. */
export async function heldRefs(
  db: Db,
  personId: string,
  siebelRefs: readonly Ref[],
): Promise<ReadonlySet<Ref>> {
  if (siebelRefs.length === 0) return new Set();
  const rows = await sql<{ ref: Ref }>`
    select siebel_record.ref from link join siebel_record on siebel_record.id = link.record_id
    where link.person_id = ${personId} and link.state = 'open' and link.ref is not null
      and siebel_record.ref = any(${[...siebelRefs]}::text[])`.execute(db);
  return new Set(rows.rows.map((row) => row.ref));
}

/** Marks copies as reported by a feed: their turns read them first. */
export async function needLook(db: Db, linkIds: readonly string[]): Promise<void> {
  if (linkIds.length === 0) return;
  await db
    .updateTable('link')
    .set({ needs_look: true })
    .where('id', 'in', [...linkIds])
    .execute();
}

/** The same Outlook item under a new id (a moved mailbox, an item put back): the Link follows it. */
export async function moveLinks(
  db: Db,
  moves: readonly Readonly<{ linkId: string; ref: Ref; version: Version }>[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update link set ref = row.ref, version = row.version, needs_look = true
    from jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) as row("linkId" text, ref text, version text)
    where link.id = row."linkId"`.execute(db);
}

/**
 * Those of the people in whose mailboxes copies are being created: begun since, and not kept yet; `domain` is `null` for
 * copies of any kind. A meeting that is being made in its organizer's calendar comes into the calendars of all its guests.
 */
export async function creatingFor(
  db: Db,
  {
    personIds,
    domain,
    since,
  }: Readonly<{ personIds: readonly string[]; domain: Domain | null; since: string }>,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const people = sql`${[...personIds]}::text[]`;
  const ofDomain = domain === null ? sql`true` : sql`begun.domain = ${domain}`;
  const isBegun = sql`begun.state = 'open' and begun.ref is null and begun.create_started_at > ${since}::timestamptz
    and ${ofDomain}`;
  const rows = await sql<{ person_id: string }>`
    select person_id from link begun where person_id = any(${people}) and ${isBegun}
    union
    select guest.person_id from link guest join link begun on begun.record_id = guest.record_id
    where guest.person_id = any(${people}) and guest.domain = 'appointment' and guest.state = 'open'
      and guest.ref is null and ${isBegun}`.execute(db);
  return new Set(rows.rows.map((row) => row.person_id));
}

/** Those of the people for whom copies are to be created next: Links of a moment ago whose turns are due. */
export async function awaitingCopies(
  db: Db,
  { personIds, since, now }: Readonly<{ personIds: readonly string[]; since: string; now: string }>,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await sql<{ person_id: string }>`
    select distinct link.person_id from link join cue on cue.key = 'turn:' || link.record_id
    where link.person_id = any(${[...personIds]}::text[]) and link.state = 'open' and link.ref is null
      and link.created_at > ${since}::timestamptz and cue.due_at <= ${now}::timestamptz
      and cue.parked_reason is null`.execute(db);
  return new Set(rows.rows.map((row) => row.person_id));
}

export type ClosedLink = Readonly<{ why: string; recordId: string }>;

/** Outlook items a person's closed Links were about, and why they closed: they do not begin anew by themselves. */
export async function closedRefs(
  db: Db,
  personId: string,
  refs: readonly Ref[],
): Promise<ReadonlyMap<Ref, ClosedLink>> {
  if (refs.length === 0) return new Map();
  const rows = await sql<ClosedLink & { ref: Ref }>`
    select ref, coalesce(closed_why, '') as why, record_id as "recordId" from link
    where person_id = ${personId} and state = 'closed' and ref = any(${[...refs]}::text[])`.execute(db);
  return new Map(rows.rows.map(({ ref, why, recordId }) => [ref, { why, recordId }]));
}
