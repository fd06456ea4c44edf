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
  /** The iCalUId of the meeting in Outlook: a record with it is the same meeting. */
  uid: string | null;
  /** Opened by a first load: nothing that is done about it may mail anybody. */
  isSilent: boolean;
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
    insert into siebel_record (id, domain, kind, ref, version, stamp, uid, created_at)
    select distinct on (coalesce(siebel_ref, uid, "recordId")) "recordId", domain, kind, siebel_ref, siebel_version,
      ${stampOf}, uid, ${now}::timestamptz
    from ${rowsOf(json)}
    where not exists (select from siebel_record other where other.ref = row.siebel_ref or other.uid = row.uid)
    order by coalesce(siebel_ref, uid, "recordId")
    on conflict do nothing`.execute(db);
  const opened = await sql<{ record_id: string }>`
    insert into link (id, record_id, person_id, domain, state, ref, version, uid, siebel_absent, exchange_absent,
      needs_look, is_listed, is_silent, wish, created_at)
    select distinct on (coalesce(known.id, row."recordId"), row."personId")
      row."linkId", coalesce(known.id, row."recordId"), row."personId", row.domain, 'open', row.ref, row.version,
      row.uid, 'never', 'never', row.ref is not null, row."isListed", row."isSilent",
      case when row."isWished" then 'mark' end, ${now}::timestamptz
    from ${rowsOf(json)} left join lateral (select id from siebel_record
      where siebel_record.ref = row.siebel_ref or siebel_record.uid = row.uid
      order by siebel_record.ref is not distinct from row.siebel_ref desc limit 1) known on true
    where not exists (select from link taken where taken.person_id = row."personId" and taken.ref = row.ref
      and taken.state = 'open' and taken.record_id <> coalesce(known.id, row."recordId"))
    order by coalesce(known.id, row."recordId"), row."personId", row.ref nulls last
    on conflict (record_id, person_id) do update set
      state = 'open', closed_why = null, wish = coalesce(excluded.wish, link.wish), is_listed = excluded.is_listed or link.is_listed,
      ref = case when link.state = 'open' then coalesce(link.ref, excluded.ref) else coalesce(excluded.ref, link.ref) end,
      version = case when link.state = 'open' then coalesce(link.version, excluded.version)
        else coalesce(excluded.version, link.version) end,
      uid = coalesce(excluded.uid, link.uid),
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

/**
 * Those of the Links that say something new. Left out is what a listing of Siebel shows of records that a turn is making at
 * this moment, and of such as it has kept since the listing was read: the person has the Link, and the turn knows the rest.
 */
export async function unknownAmong(
  db: Db,
  links: readonly NewLink[],
  at: Temporal.Instant,
): Promise<readonly NewLink[]> {
  const listed = links.filter(
    ({ siebel, exchange, isWished }) => siebel !== null && exchange === null && !isWished,
  );
  if (listed.length === 0) return links;
  const rows = listed.map(({ linkId, personId, siebel }) => ({
    linkId,
    personId,
    siebel_ref: siebel?.ref ?? null,
    siebel_stamp: siebel?.stamp ?? null,
  }));
  const known = await sql<{ linkId: string }>`
    select row."linkId" from ${rowsOf(JSON.stringify(rows))}
      join siebel_record record on record.ref = row.siebel_ref or record.stamp = row.siebel_stamp
      join link on link.record_id = record.id and link.person_id = row."personId" and link.state = 'open'
      left join cue on cue.key = 'turn:' || record.id
    where case when record.create_started_at is null then record.ref = row.siebel_ref and link.is_listed
      else cue.lease_until > ${at.toString()}::timestamptz end`.execute(db);
  const ids = new Set(known.rows.map(({ linkId }) => linkId));
  return links.filter(({ linkId }) => !ids.has(linkId));
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
  const meetings = await recordsByUid(
    db,
    links.flatMap(({ uid }) => uid ?? []),
  );
  return links.map(({ siebel, recordId, uid }) => {
    const bySiebel = siebel && (known.get(siebel.ref)?.id ?? created.get(siebel.stamp ?? ''));
    return bySiebel ?? meetings.get(uid ?? '')?.id ?? recordId;
  });
}

export type KnownMeeting = Readonly<{ id: string; uid: string; ref: Ref | null }>;

/** Meetings that are known already, by iCalUId. */
export async function recordsByUid(
  db: Db,
  uids: readonly string[],
): Promise<ReadonlyMap<string, KnownMeeting>> {
  if (uids.length === 0) return new Map();
  const rows = await sql<KnownMeeting>`
    select id, uid, ref from siebel_record where uid = any(${[...uids]}::text[])`.execute(db);
  return new Map(rows.rows.map((row) => [row.uid, row]));
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
    kind text, siebel_ref text, siebel_version text, siebel_stamp text, ref text, version text, uid text, "isListed" boolean,
    "isSilent" boolean, "isWished" boolean)`;
}
