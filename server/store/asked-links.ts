import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Reason } from '../../shared/reason.ts';
import { sentenceOf } from '../../shared/telling.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Db } from './db.ts';
import type { NewLink } from './open-links.ts';

/** An Outlook item its owner marked and that no sweep has matched with Siebel yet. */
export type AskedLink = Readonly<{ id: string; record_id: string; ref: Ref; version: Version }>;

export async function askedLinks(
  db: Db,
  of: Readonly<{ personId: string; domain: Domain }>,
): Promise<readonly AskedLink[]> {
  const rows = await sql<AskedLink>`
    select id, record_id, ref, version from link
    where person_id = ${of.personId} and domain = ${of.domain} and state = 'asked'`.execute(db);
  return rows.rows;
}

/** Keeps that a person marked an item: the next sweep of the mailbox finds out what it is in Siebel, or makes it there. */
export async function askFor(db: Db, link: NewLink, now: Temporal.Instant): Promise<void> {
  const at = now.toString();
  const { recordId, linkId, personId, domain, kind, exchange } = link;
  await sql`
    insert into siebel_record (id, domain, kind, stamp, created_at)
    values (${recordId}, ${domain}, ${kind}, ${recordId}, ${at}::timestamptz)`.execute(db);
  await sql`
    insert into link (id, record_id, person_id, domain, state, ref, version, siebel_absent, exchange_absent, wish, created_at)
    values (${linkId}, ${recordId}, ${personId}, ${domain}, 'asked', ${exchange?.ref ?? null},
      ${exchange?.version ?? null}, 'never', 'never', 'mark', ${at}::timestamptz)`.execute(db);
}

/**
 * Removes what was only asked for: it has begun as a Link of its own, or its owner took the wish back. Answers the ids of
 * those that still stood: of one that is gone, the other has happened meanwhile.
 */
export async function dropAsked(
  db: Db,
  links: readonly Pick<AskedLink, 'id' | 'record_id'>[],
): Promise<ReadonlySet<string>> {
  if (links.length === 0) return new Set();
  const dropped = await sql<{ id: string }>`
    delete from link where id = any(${links.map((link) => link.id)}::text[]) and state = 'asked'
    returning id`.execute(db);
  await sql`
    delete from siebel_record where id = any(${links.map((link) => link.record_id)}::text[])
      and not exists (select from link where link.record_id = siebel_record.id)`.execute(db);
  return new Set(dropped.rows.map(({ id }) => id));
}

/** Marks that cannot be carried out, with the reason their owners see. */
export async function refuseAsked(db: Db, linkIds: readonly string[], reason: Reason): Promise<void> {
  if (linkIds.length === 0) return;
  const kept = { why: sentenceOf([reason]), reasons: JSON.stringify([reason]) };
  await db
    .updateTable('link')
    .set({ state: 'closed', closed_why: 'refused', wish: null, ...kept })
    .where('id', 'in', [...linkIds])
    .where('state', '=', 'asked')
    .execute();
}
