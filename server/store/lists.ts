import { sql } from 'kysely';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Domain } from '../../shared/domain.ts';
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
  is_listed: boolean;
  state: LinkTable['state'];
  closed_why: string | null;
}>;

const listing = sql`
  select link.id as link_id, link.record_id, link.person_id, link.is_listed, link.state, link.closed_why,
    siebel_record.ref
  from link join siebel_record on siebel_record.id = link.record_id`;

/** Who has, or had, a Link to these records. */
export async function listingsOf(db: Db, refs: readonly Ref[]): Promise<readonly Listing[]> {
  if (refs.length === 0) return [];
  const rows = await sql<Listing>`${listing} where siebel_record.ref = any(${[...refs]}::text[])`.execute(db);
  return rows.rows;
}

/** What of a domain we believe to be for a person. */
export async function listingsFor(db: Db, personId: string, domain: Domain): Promise<readonly Listing[]> {
  const rows = await sql<Listing>`
    ${listing} where link.person_id = ${personId} and link.domain = ${domain} and link.is_listed
      and siebel_record.ref is not null`.execute(db);
  return rows.rows;
}

/** Every record of a domain we believe to be for anybody. */
export async function listedRefs(db: Db, domain: Domain): Promise<readonly Ref[]> {
  const rows = await sql<{ ref: Ref }>`
    select ref from siebel_record where domain = ${domain} and ref is not null
      and exists (select from link where link.record_id = siebel_record.id and link.is_listed)`.execute(db);
  return rows.rows.map((row) => row.ref);
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
