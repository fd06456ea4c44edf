import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import { endHold } from './people-at-work.ts';
import type { Braked, ParkedTable } from './schema.ts';

export type ParkedItem = Readonly<{
  id: string;
  personId: string;
  recordId: string;
  linkId: string;
  domain: Domain;
  item: string | null;
  reason: string;
  at: string;
}>;

/** Parks items with a reason a user understands; an item parked already keeps the time since when. */
export async function parkItems(db: Db, items: readonly ParkedItem[]): Promise<void> {
  for (const item of items) {
    await sql`
      insert into parked (id, kind, person_id, record_id, link_id, domain, item, reason, status, since)
      values (${item.id}, 'refused', ${item.personId}, ${item.recordId}, ${item.linkId}, ${item.domain}, ${item.item},
        ${item.reason}, 'open', ${item.at}::timestamptz)
      on conflict (link_id) where status = 'open' and link_id is not null do update set reason = excluded.reason`.execute(
      db,
    );
  }
}

/** Items that are well again leave the list. */
export async function unparkItems(db: Db, linkIds: readonly string[], at: string): Promise<void> {
  if (linkIds.length === 0) return;
  await db
    .updateTable('parked')
    .set({ status: 'resolved', resolved_at: at })
    .where('link_id', 'in', [...linkIds])
    .where('status', '=', 'open')
    .execute();
}

export type Brake = Readonly<{
  id: string;
  personId: string;
  domain: Domain;
  what: NonNullable<ParkedTable['what']>;
  planned: number;
  total: number;
  reason: string;
  at: string;
}>;

/** Holds a mailbox: nothing of that kind goes on there until an administrator decides. */
export async function holdMailbox(db: Db, brake: Brake): Promise<void> {
  await sql`
    insert into parked (id, kind, person_id, domain, what, planned, total, reason, status, since)
    values (${brake.id}, 'brake', ${brake.personId}, ${brake.domain}, ${brake.what}, ${brake.planned}, ${brake.total},
      ${brake.reason}, 'open', ${brake.at}::timestamptz)
    on conflict (person_id, domain, what) where status in ('open', 'approved') and kind = 'brake'
    do update set planned = greatest(parked.planned, excluded.planned), total = excluded.total, reason = excluded.reason
    where parked.status = 'open'`.execute(db);
  await sql`
    update person set state = 'held' where id = ${brake.personId} and exists (select from parked
      where person_id = person.id and kind = 'brake' and status = 'open')`.execute(db);
}

export type BrakeRow = Readonly<{
  person_id: string | null;
  domain: Domain;
  what: ParkedTable['what'];
  status: ParkedTable['status'];
}>;

/** Brakes of these people that are on, or that an administrator let go of. */
export async function brakesOf(db: Db, personIds: readonly string[]): Promise<readonly BrakeRow[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom('parked')
    .select(['person_id', 'domain', 'what', 'status'])
    .where('kind', '=', 'brake')
    .where('status', 'in', ['open', 'approved'])
    .where('person_id', 'in', [...personIds])
    .execute();
}

/** A listing that can be believed again needs nobody's attention any more. */
export async function endListingAlert(
  db: Db,
  { personId, domain }: Readonly<{ personId: string; domain: Domain }>,
  at: string,
): Promise<void> {
  await db
    .updateTable('parked')
    .set({ status: 'resolved', resolved_at: at })
    .where('person_id', '=', personId)
    .where('domain', '=', domain)
    .where('kind', '=', 'brake')
    .where('what', '=', 'listing')
    .where('status', '=', 'open')
    .execute();
}

/** A brake that holds nothing any more, because what it was about turned out otherwise or was put back, is let go. */
async function endIdleBrakes(db: Db, personIds: readonly string[], at: string): Promise<void> {
  const ended = await sql<{ person_id: string }>`
    update parked set status = 'resolved', resolved_at = ${at}::timestamptz
    where kind = 'brake' and status = 'open' and what <> 'listing' and person_id = any(${[...personIds]}::text[])
      and not exists (select from link left join cue on cue.key = 'turn:' || link.record_id
        where link.person_id = parked.person_id and link.domain = parked.domain and link.state = 'open'
          and (link.held = parked.what or cue.due_at is not null or cue.lease_until is not null))
    returning person_id`.execute(db);
  await endHold(
    db,
    ended.rows.map((row) => row.person_id),
  );
}

/** Lets go of brakes that have nothing left to hold or to let through. */
export async function endBrakes(db: Db, personIds: readonly string[], at: string): Promise<void> {
  if (personIds.length === 0) return;
  await endApprovals(db, personIds, at);
  await endIdleBrakes(db, personIds, at);
}

/** An approval lasts until the mailbox has nothing left to look at. */
async function endApprovals(db: Db, personIds: readonly string[], at: string): Promise<void> {
  await sql`
    update parked set status = 'resolved', resolved_at = ${at}::timestamptz
    where kind = 'brake' and status = 'approved' and person_id = any(${[...personIds]}::text[])
      and not exists (select from link join cue on cue.key = 'turn:' || link.record_id
        where link.person_id = parked.person_id and link.domain = parked.domain and (link.needs_look or link.held is not null)
          and (cue.due_at is not null or cue.lease_until is not null))`.execute(db);
}

/**
 * What was removed, created or rewritten for a person since `since`: bursts count together. What an administrator let
 * through has been counted.
 */
export async function recentSteps(
  db: Db,
  request: Readonly<{ personId: string; domain: Domain; what: Braked; since: string }>,
): Promise<Readonly<{ removed: number; created: number; updated: number; linked: number }>> {
  const counts = await sql<{ removed: string; created: string; updated: string; linked: string }>`
    select count(*) filter (where step like '%remove%') as removed, count(*) filter (where step like '%create%') as created,
      count(*) filter (where step like '%update%') as updated,
      (select count(*) from link where person_id = ${request.personId} and domain = ${request.domain} and state = 'open'
        and settled_at is not null) as linked
    from journal where person_id = ${request.personId} and domain = ${request.domain} and at > greatest(${request.since}::timestamptz,
      (select max(resolved_at) from parked where person_id = ${request.personId} and kind = 'brake' and domain = ${request.domain}
        and what = ${request.what}))`.execute(db);
  const row = counts.rows[0];
  return {
    removed: Number(row?.removed ?? 0),
    created: Number(row?.created ?? 0),
    updated: Number(row?.updated ?? 0),
    linked: Number(row?.linked ?? 0),
  };
}
