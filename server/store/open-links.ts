import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Db } from './db.ts';
import { recordsByRef } from './lists.ts';
import type { SiebelRecordTable } from './schema.ts';

/** A Link to open: a person who should hold a record, or an Outlook item that should become one. */
export type NewLink = Readonly<{
  /** Ids for what does not exist yet. */
  recordId: string;
  linkId: string;
  personId: string;
  domain: Domain;
  kind: SiebelRecordTable['kind'];
  /** The Siebel record with its Integration Id, or null for one to be created there. */
  siebel: Readonly<{ ref: Ref; version: Version; stamp: string | null }> | null;
  exchange: Readonly<{ ref: Ref; version: Version }> | null;
  isListed: boolean;
  /** Its owner pressed the button: the category is put on. */
  isWished: boolean;
}>;

/**
 * Opens Links and answers the records they belong to, which the caller has cued. A record that is known by its Siebel id is
 * used again, and so is the Link a person once had to it; a Link that is open already only learns what is new. An Outlook
 * item another sweep has just linked to something else is left to that Link; the census meets the record again.
 */
export async function openLinks(
  db: Db,
  links: readonly NewLink[],
  at: Temporal.Instant,
): Promise<readonly string[]> {
  if (links.length === 0) return [];
  const now = at.toString();
  const rows = links.map((link) => ({
    ...link,
    siebel_ref: link.siebel?.ref ?? null,
    siebel_version: link.siebel?.version ?? null,
    siebel_stamp: link.siebel?.stamp ?? null,
    ref: link.exchange?.ref ?? null,
    version: link.exchange?.version ?? null,
  }));
  const json = JSON.stringify(rows);
  await recogniseCreated(db, json);
  await sql`
    insert into siebel_record (id, domain, kind, ref, version, stamp, created_at)
    select distinct on (coalesce(siebel_ref, "recordId")) "recordId", domain, kind, siebel_ref, siebel_version,
      ${stampOf}, ${now}::timestamptz
    from ${rowsOf(json)} order by coalesce(siebel_ref, "recordId")
    on conflict (ref) where ref is not null do nothing`.execute(db);
  const opened = await sql<{ record_id: string }>`
    insert into link (id, record_id, person_id, domain, state, ref, version, siebel_absent, exchange_absent, needs_look,
      is_listed, wish, created_at)
    select row."linkId", coalesce(known.id, row."recordId"), row."personId", row.domain, 'open', row.ref, row.version,
      'never', 'never', row.ref is not null, row."isListed", case when row."isWished" then 'mark' end, ${now}::timestamptz
    from ${rowsOf(json)} left join siebel_record known on known.ref = row.siebel_ref
    where not exists (select from link taken where taken.person_id = row."personId" and taken.ref = row.ref
      and taken.state = 'open' and taken.record_id <> coalesce(known.id, row."recordId"))
    on conflict (record_id, person_id) do update set
      state = 'open', closed_why = null, wish = coalesce(excluded.wish, link.wish), is_listed = excluded.is_listed or link.is_listed,
      ref = case when link.state = 'open' then coalesce(link.ref, excluded.ref) else coalesce(excluded.ref, link.ref) end,
      version = case when link.state = 'open' then coalesce(link.version, excluded.version)
        else coalesce(excluded.version, link.version) end,
      needs_look = link.needs_look or coalesce(excluded.ref, link.ref) is not null
    returning record_id`.execute(db);
  return [...new Set(opened.rows.map((row) => row.record_id))];
}

/**
 * A record with our stamp is one a turn created and has not kept yet, or never will because its process died: it is that
 * record, not another one. Its turn, cued before, finds it there.
 */
async function recogniseCreated(db: Db, json: string): Promise<void> {
  await sql`
    update siebel_record set ref = row.siebel_ref from ${rowsOf(json)}
    where siebel_record.stamp = row.siebel_stamp
      and (siebel_record.ref is null or siebel_record.create_started_at is not null)
      and not exists (select from siebel_record other where other.ref = row.siebel_ref)`.execute(db);
}

/** The records Links will belong to, as far as it is known beforehand: whoever opens them cues these first. */
export async function recordsOf(db: Db, links: readonly NewLink[]): Promise<readonly string[]> {
  const siebel = links.flatMap((link) => link.siebel ?? []);
  const known = await recordsByRef(
    db,
    siebel.map(({ ref }) => ref),
  );
  const created = await recordsInCreation(
    db,
    siebel.flatMap(({ stamp }) => stamp ?? []),
  );
  return links.map(({ siebel, recordId }) => {
    if (siebel === null) return recordId;
    return known.get(siebel.ref)?.id ?? created.get(siebel.stamp ?? '') ?? recordId;
  });
}

async function recordsInCreation(db: Db, stamps: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (stamps.length === 0) return new Map();
  const rows = await db
    .selectFrom('siebel_record')
    .select(['id', 'stamp'])
    .where('stamp', 'in', [...stamps])
    .where((eb) => eb.or([eb('ref', 'is', null), eb('create_started_at', 'is not', null)]))
    .execute();
  return new Map(rows.map((row) => [row.stamp, row.id]));
}

/** Siebel's Integration Id takes 30 characters: the id without its dashes, cut, with a mark of ours in front. */
const stampOf = sql`'SO' || substr(translate("recordId", '-', ''), 5)`;

function rowsOf(json: string) {
  return sql`jsonb_to_recordset(${json}::jsonb) as row("recordId" text, "linkId" text, "personId" text, domain text,
    kind text, siebel_ref text, siebel_version text, siebel_stamp text, ref text, version text, "isListed" boolean, "isWished" boolean)`;
}
