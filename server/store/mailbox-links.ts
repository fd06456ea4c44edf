import { sql } from 'kysely';
import type { Ref, Version } from '../core/snapshot.ts';
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

/** Every open Link of a person that has an Outlook copy: for a whole listing only. */
export async function linksWithCopy(db: Db, personId: string): Promise<readonly KnownLink[]> {
  return db
    .selectFrom('link')
    .select(columns)
    .where('person_id', '=', personId)
    .where('state', '=', 'open')
    .where('ref', 'is not', null)
    .execute();
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

/** Those of the people in whose mailboxes copies are being created: begun since, and not kept yet. */
export async function creatingFor(
  db: Db,
  { personIds, since }: Readonly<{ personIds: readonly string[]; since: string }>,
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await sql<{ person_id: string }>`
    select distinct person_id from link
    where person_id = any(${[...personIds]}::text[]) and domain = 'contact' and state = 'open' and ref is null
      and create_started_at > ${since}::timestamptz`.execute(db);
  return new Set(rows.rows.map((row) => row.person_id));
}
