import { sql } from 'kysely';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Domain } from '../../shared/domain.ts';
import type { ItemKind } from '../../shared/item.ts';
import type { Db } from './db.ts';
import type { LinkTable } from './schema.ts';

export type KnownRecord = Readonly<{ id: string; ref: Ref; version: Version | null }>;

export async function recordsByRef(db: Db, refs: readonly Ref[]): Promise<ReadonlyMap<Ref, KnownRecord>> {
  if (refs.length === 0) return new Map();
  const rows = await sql<KnownRecord>`
    select id, ref, version from siebel_record where ref = any(${[...refs]}::text[])`.execute(db);
  return new Map(rows.rows.map((row) => [row.ref, row]));
}

/** A Link as the census sees it: whose it is, and whether we believe the person to be on the record's Sync List. */
export type Listing = Readonly<{
  link_id: string;
  record_id: string;
  person_id: string;
  ref: Ref;
  domain: Domain;
  is_listed: boolean;
  state: LinkTable['state'];
  closed_why: string | null;
}>;

const listing = sql`
  select link.id as link_id, link.record_id, link.person_id, link.domain, link.is_listed, link.state, link.closed_why,
    siebel_record.ref
  from link join siebel_record on siebel_record.id = link.record_id`;

/** Who has, or had, a Link to these records. */
export async function listingsOf(db: Db, refs: readonly Ref[]): Promise<readonly Listing[]> {
  if (refs.length === 0) return [];
  const rows = await sql<Listing>`${listing} where siebel_record.ref = any(${[...refs]}::text[])`.execute(db);
  return rows.rows;
}

/** What of these kinds we believe to be for a person. */
export async function listingsFor(
  db: Db,
  personId: string,
  kinds: readonly ItemKind[],
): Promise<readonly Listing[]> {
  const rows = await sql<Listing>`
    ${listing} where link.person_id = ${personId} and link.is_listed and siebel_record.ref is not null
      and siebel_record.kind = any(${[...kinds]}::text[])`.execute(db);
  return rows.rows;
}

const listed = (kinds: readonly ItemKind[]) => sql<{ ref: Ref }>`
  select ref from siebel_record where kind = any(${[...kinds]}::text[]) and ref is not null
    and exists (select from link where link.record_id = siebel_record.id and link.is_listed)`;

/** Every record of these kinds we believe to be for anybody. */
export async function listedRefs(db: Db, kinds: readonly ItemKind[]): Promise<readonly Ref[]> {
  const rows = await listed(kinds).execute(db);
  return rows.rows.map((row) => row.ref);
}

/** How many those are, counted no further than `most`. */
export async function countListed(db: Db, kinds: readonly ItemKind[], most: number): Promise<number> {
  const rows = await sql<{ count: string }>`
    select count(*) from (${listed(kinds)} limit ${most}) as counted`.execute(db);
  return Number(rows.rows[0]?.count ?? 0);
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
