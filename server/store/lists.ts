import { sql } from 'kysely';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Db } from './db.ts';

export type ListedRow = Readonly<{ person_id: string; ref: Ref; link_id: string; record_id: string }>;

/** What we believe to be on people's Sync Lists. */
export async function listedFor(db: Db, personIds: readonly string[]): Promise<readonly ListedRow[]> {
  if (personIds.length === 0) return [];
  const rows = await sql<ListedRow>`
    select link.person_id, siebel_record.ref, link.id as link_id, link.record_id
    from link join siebel_record on siebel_record.id = link.record_id
    where link.person_id = any(${[...personIds]}::text[]) and link.is_listed and siebel_record.ref is not null`.execute(
    db,
  );
  return rows.rows;
}

export type KnownRecord = Readonly<{ id: string; ref: Ref; version: Version | null }>;

export async function recordsByRef(db: Db, refs: readonly Ref[]): Promise<ReadonlyMap<Ref, KnownRecord>> {
  if (refs.length === 0) return new Map();
  const rows = await sql<KnownRecord>`
    select id, ref, version from siebel_record where ref = any(${[...refs]}::text[])`.execute(db);
  return new Map(rows.rows.map((row) => [row.ref, row]));
}

export type Holding = Readonly<{
  record_id: string;
  person_id: string;
  is_listed: boolean;
  state: 'open' | 'closed';
}>;

/** Who has, or had, a Link to these records. */
export async function holdingsOf(db: Db, recordIds: readonly string[]): Promise<readonly Holding[]> {
  if (recordIds.length === 0) return [];
  return db
    .selectFrom('link')
    .select(['record_id', 'person_id', 'is_listed', 'state'])
    .where('record_id', 'in', [...recordIds])
    .execute();
}

/** People who left a record's list while their Link was closed already: joining again opens it anew. */
export async function forgetListed(db: Db, linkIds: readonly string[]): Promise<void> {
  if (linkIds.length === 0) return;
  await db
    .updateTable('link')
    .set({ is_listed: false })
    .where('id', 'in', [...linkIds])
    .where('state', '=', 'closed')
    .execute();
}
