import { sql } from 'kysely';
import type { Both, Domain, Side } from '../../shared/domain.ts';
import type { ItemField } from '../../shared/item.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Ref, Snapshot, Version } from '../core/snapshot.ts';
import type { FieldNote } from '../core/step.ts';
import type { Db } from './db.ts';
import type { Braked, JournalTable, QuestionTable, SiebelRecordTable, Wish } from './schema.ts';
import { hashOf } from './snapshots.ts';
import type { LinkRow } from './turns.ts';

/** A record as a turn leaves it. */
export type SavedRecord = Readonly<{
  id: string;
  kind: SiebelRecordTable['kind'];
  ref: Ref | null;
  version: Version | null;
  /** The iCalUId its meeting turned out to have; `null` leaves what is known. */
  uid: string | null;
  /** The one the turn found. */
  foundUid: string | null;
  rollAt: string | null;
  createStartedAt: string | null;
}>;

/** A Link as a turn leaves it. */
export type SavedLink = Readonly<{
  id: string;
  recordId: string;
  state: 'open' | 'closed';
  closedWhy: string | null;
  ref: Ref | null;
  version: Version | null;
  uid: string | null;
  base: Both<Snapshot>;
  needsLook: boolean;
  isListed: boolean;
  wasOnTeam: boolean;
  hasLeft: boolean;
  wish: Wish | null;
  held: Braked | null;
  decisions: Partial<Record<ItemField, Side>>;
  notes: readonly FieldNote[];
  why: string | null;
  reasons: readonly Reason[] | null;
  createStartedAt: string | null;
  begun: LinkRow['begun'];
  settledAt: string | null;
  /** The row as the turn found it. */
  found: Pick<LinkRow, 'ref' | 'wish' | 'decisions'>;
}>;

export async function saveRecords(db: Db, records: readonly SavedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((record) => ({ ...record, started: record.createStartedAt }));
  await sql`
    update siebel_record set kind = row.kind, ref = coalesce(row.ref, siebel_record.ref),
      version = coalesce(row.version, siebel_record.version), uid = ${uidToKeep},
      create_started_at = row.started, roll_at = row."rollAt", kept_at = clock_timestamp()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as row(id text, kind text, ref text, version text, uid text, "foundUid" text, "rollAt" timestamptz, started timestamptz)
    where siebel_record.id = row.id`.execute(db);
}

/** Two records are never one meeting: whoever had the iCalUId first keeps it. */
const uidToKeep = sql`case when siebel_record.uid is distinct from row."foundUid"
    or exists (select from siebel_record other where other.uid = row.uid) then siebel_record.uid
  else coalesce(row.uid, siebel_record.uid) end`;

/** Saves Links and the contents of their bases, and drops contents no Link of those records needs any more. */
export async function saveLinks(db: Db, links: readonly SavedLink[]): Promise<void> {
  if (links.length === 0) return;
  const hashes = links.map((link) => ({
    siebel: link.base.siebel.state === 'present' ? hashOf(link.base.siebel.item) : null,
    exchange: link.base.exchange.state === 'present' ? hashOf(link.base.exchange.item) : null,
  }));
  await saveSnapshots(db, links, hashes);
  await updateLinks(db, links, hashes);
  await sql`
    delete from snapshot where record_id = any(${[...new Set(links.map((link) => link.recordId))]}::text[])
      and not exists (select from link where link.record_id = snapshot.record_id
        and snapshot.hash in (link.siebel_hash, link.exchange_hash))`.execute(db);
}

type Hashes = readonly Both<string | null>[];

async function saveSnapshots(db: Db, links: readonly SavedLink[], hashes: Hashes): Promise<void> {
  const contents = new Map<string, { record_id: string; hash: string; item: string }>();
  for (const [index, link] of links.entries()) {
    for (const side of ['siebel', 'exchange'] as const) {
      const snapshot = link.base[side];
      const hash = hashes[index]?.[side];
      if (snapshot.state === 'absent' || !hash) continue;
      contents.set(`${link.recordId} ${hash}`, {
        record_id: link.recordId,
        hash,
        item: JSON.stringify(snapshot.item),
      });
    }
  }
  if (contents.size === 0) return;
  const rows = [...contents.values()];
  await sql`
    insert into snapshot (record_id, hash, item)
    select * from unnest(${rows.map((row) => row.record_id)}::text[], ${rows.map((row) => row.hash)}::text[],
      ${rows.map((row) => row.item)}::jsonb[])
    on conflict do nothing`.execute(db);
}

/**
 * What others wrote into a row while the turn was under way stays: a button pressed, an answer given, a copy that moved, a
 * feed's news. The turn could not know of it; its cue has become due again.
 */
async function updateLinks(db: Db, links: readonly SavedLink[], hashes: Hashes): Promise<void> {
  const rows = links.map((link, index) => ({
    ...link,
    siebel_hash: hashes[index]?.siebel ?? null,
    siebel_absent: link.base.siebel.state === 'absent' ? link.base.siebel.why : null,
    exchange_hash: hashes[index]?.exchange ?? null,
    exchange_absent: link.base.exchange.state === 'absent' ? link.base.exchange.why : null,
  }));
  await sql`
    update link set
      state = case when ${isMarkedAgain} then 'open' else row.state end,
      closed_why = case when ${isMarkedAgain} then null else row."closedWhy" end,
      ref = case when ${hasMoved} then link.ref else row.ref end,
      version = case when ${hasMoved} then link.version else row.version end,
      siebel_hash = row.siebel_hash, siebel_absent = row.siebel_absent,
      exchange_hash = row.exchange_hash, exchange_absent = row.exchange_absent,
      needs_look = row."needsLook" or (link.needs_look and ${isWantedAgain}) or ${isMarkedAgain} or ${hasMoved},
      uid = coalesce(row.uid, link.uid), is_listed = row."isListed", was_on_team = row."wasOnTeam",
      has_left = row."hasLeft",
      wish = case when link.wish is distinct from row.found->>'wish' then link.wish else row.wish end, held = row.held,
      decisions = case when link.decisions <> row.found->'decisions' then link.decisions else row.decisions end, notes = row.notes, why = row.why,
      reasons = row.reasons,
      create_started_at = row."createStartedAt", begun = row.begun, settled_at = coalesce(row."settledAt", link.settled_at)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      id text, state text, "closedWhy" text, ref text, version text, uid text, siebel_hash text, siebel_absent text,
      exchange_hash text, exchange_absent text, "needsLook" boolean, "isListed" boolean, "wasOnTeam" boolean, "hasLeft" boolean,
      wish text, held text, decisions jsonb, notes jsonb, why text, reasons jsonb, "createStartedAt" timestamptz, begun jsonb,
      "settledAt" timestamptz, found jsonb)
    where link.id = row.id`.execute(db);
}

const isMarkedAgain = sql`(link.wish is not distinct from 'mark' and row.found->>'wish' is distinct from 'mark')`;
const hasMoved = sql`(link.ref is distinct from row.found->>'ref' and row.ref is not distinct from row.found->>'ref')`;
/** The cue has been finished in this transaction: whatever is still wished for came in between. */
const isWantedAgain = sql`exists (select from cue where cue.key = 'turn:' || link.record_id and cue.dirty > cue.done)`;

/**
 * A Link whose record or whose copy is about to be created, with what both sides will hold then, and the copy the turn knows
 * it to have.
 */
export type BegunLink = Readonly<{
  id: string;
  inOutlook: boolean;
  ref: LinkRow['ref'];
  begun: NonNullable<LinkRow['begun']>;
}>;

/**
 * Marks creates as begun, before they are sent: after a crash the stamp is looked up instead of creating a twin. Answers the
 * Links so marked: one that has been given a copy since its turn began needs none made.
 */
export async function startCreates(
  db: Db,
  begun: Readonly<{ recordIds: readonly string[]; links: readonly BegunLink[]; at: string }>,
): Promise<ReadonlySet<string>> {
  if (begun.recordIds.length > 0) {
    await db
      .updateTable('siebel_record')
      .set({ create_started_at: begun.at })
      .where('id', 'in', [...begun.recordIds])
      .execute();
  }
  if (begun.links.length === 0) return new Set();
  const marked = await sql<{ id: string }>`
    update link set begun = row.begun,
      create_started_at = case when row."inOutlook" then ${begun.at}::timestamptz else link.create_started_at end
    from jsonb_to_recordset(${JSON.stringify(begun.links)}::jsonb)
      as row(id text, begun jsonb, "inOutlook" boolean, ref text)
    where link.id = row.id and (not row."inOutlook" or link.ref is not distinct from row.ref)
    returning link.id`.execute(db);
  return new Set(marked.rows.map(({ id }) => id));
}

export type JournalEntry = Readonly<
  Omit<JournalTable, 'id' | 'reasons' | 'before' | 'after' | 'lost' | 'replay'> & {
    reasons: readonly Reason[] | null;
    before: unknown;
    after: unknown;
    lost: unknown;
    replay: unknown;
  }
>;

export async function writeJournal(db: Db, entries: readonly JournalEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into journal (at, person_id, record_id, link_id, domain, siebel_ref, exchange_ref, cause, verdict, step, why,
      reasons, before, after, lost, wrote_siebel, wrote_exchange, replay)
    select at, person_id, record_id, link_id, domain, siebel_ref, exchange_ref, cause, verdict, step, why,
      reasons, before, after, lost, wrote_siebel, wrote_exchange, replay
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as row(at timestamptz, person_id text, record_id text,
      link_id text, domain text, siebel_ref text, exchange_ref text, cause text, verdict text, step text, why text,
      reasons jsonb, before jsonb, after jsonb, lost jsonb, wrote_siebel integer, wrote_exchange integer, replay jsonb)`.execute(
    db,
  );
}

export type OpenConflict = Readonly<{
  id: string;
  domain: Domain;
  personId: string;
  recordId: string;
  linkId: string;
  exchangeRef: string | null;
  label: string;
  fields: QuestionTable['fields']['__select__'];
  at: string;
}>;

/** Asks a person about a conflict; asking again brings the open question up to date. */
export async function askConflicts(db: Db, conflicts: readonly OpenConflict[]): Promise<void> {
  for (const conflict of conflicts) {
    await sql`
      insert into question (id, kind, person_id, record_id, link_id, domain, exchange_ref, fields, label, status, asked_at)
      values (${conflict.id}, 'conflict', ${conflict.personId}, ${conflict.recordId}, ${conflict.linkId}, ${conflict.domain},
        ${conflict.exchangeRef}, ${JSON.stringify(conflict.fields)}::jsonb, ${conflict.label}, 'open',
        ${conflict.at}::timestamptz)
      on conflict (link_id) where status = 'open' and kind = 'conflict'
      do update set fields = excluded.fields`.execute(db);
  }
}

/** Withdraws open conflict questions of Links that have none any more. */
export async function withdrawConflicts(db: Db, linkIds: readonly string[]): Promise<void> {
  if (linkIds.length === 0) return;
  await db
    .updateTable('question')
    .set({ status: 'void' })
    .where('link_id', 'in', [...linkIds])
    .where('kind', '=', 'conflict')
    .where('status', '=', 'open')
    .execute();
}
