import type { Selectable } from 'kysely';
import type { Db } from './db.ts';
import { pageOf, type Page } from './page.ts';
import { endHold } from './people-at-work.ts';
import type { ParkedTable } from './schema.ts';

export type ParkedItemRow = Selectable<ParkedTable> & Readonly<{ mailbox: string | null }>;

/** What needs attention, the oldest first. Ids are ordered by time, to the millisecond. */
export async function listParked(
  db: Db,
  page: { after: string | null; limit: number },
): Promise<Page<ParkedItemRow>> {
  const rows = await withMailbox(db)
    .where('parked.status', '=', 'open')
    .where('parked.id', '>', page.after ?? '')
    .orderBy('parked.id')
    .limit(page.limit + 1)
    .execute();
  return pageOf(rows, page.limit, (row) => row.id);
}

export async function parkedById(db: Db, id: string): Promise<ParkedItemRow | null> {
  return (await withMailbox(db).where('parked.id', '=', id).executeTakeFirst()) ?? null;
}

/** What is parked of one record, for `explain`. */
export async function parkedOfRecord(db: Db, recordId: string): Promise<readonly ParkedItemRow[]> {
  return withMailbox(db)
    .where('parked.record_id', '=', recordId)
    .where('parked.status', '=', 'open')
    .execute();
}

/** Records somebody has to attend to, which a change of the rules may help. */
export async function parkedRecordIds(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('parked')
    .select('record_id')
    .distinct()
    .where('status', '=', 'open')
    .where('record_id', 'is not', null)
    .execute();
  return rows.flatMap((row) => row.record_id ?? []);
}

/** Records of whose Links something is held by this brake. */
export async function heldRecordIds(db: Db, brake: Held): Promise<readonly string[]> {
  const rows = await heldLinks(db, brake);
  return [...new Set(rows.map((row) => row.record_id))];
}

type Held = Readonly<Pick<Selectable<ParkedTable>, 'person_id' | 'domain' | 'what'>>;

async function heldLinks(
  db: Db,
  { person_id, domain, what }: Held,
): Promise<readonly { id: string; record_id: string }[]> {
  if (person_id === null || what === null || what === 'listing') return [];
  return db
    .selectFrom('link')
    .select(['id', 'record_id'])
    .where('person_id', '=', person_id)
    .where('domain', '=', domain)
    .where('state', '=', 'open')
    .where('held', '=', what)
    .execute();
}

/** What a rejection means for the Links: removed items come back, edits are undone, what was to be made is left alone. */
const rejected = {
  deletions: { wish: 'mark', held: null, needs_look: true },
  updates: { wish: 'revert', held: null, needs_look: true },
  creates: { state: 'closed', closed_why: 'rejected', held: null, needs_look: false },
  // Nobody is invited because of it any more, and what guests would have been told is taken back.
  mails: { wish: 'revert', is_silent: true, held: null, needs_look: true },
} as const;

type Decision = Readonly<{ brake: ParkedItemRow; status: 'approved' | 'rejected'; at: Temporal.Instant }>;

/** An administrator's word on a brake. Answers false when it was no longer open. */
export async function decideBrake(db: Db, { brake, status, at }: Decision): Promise<boolean> {
  if (!(await closeBrake(db, { id: brake.id, status, at }))) return false;
  const links = await heldLinks(db, brake);
  if (status === 'rejected' && links.length > 0 && brake.what !== null && brake.what !== 'listing') {
    const ids = links.map((link) => link.id);
    await db.updateTable('link').set(rejected[brake.what]).where('id', 'in', ids).execute();
  }
  await endHold(db, brake.person_id === null ? [] : [brake.person_id]);
  return true;
}

async function closeBrake(
  db: Db,
  decision: { id: string; status: 'approved' | 'rejected'; at: Temporal.Instant },
): Promise<boolean> {
  const row = await db
    .updateTable('parked')
    .set({
      status: decision.status,
      resolved_at: decision.status === 'rejected' ? decision.at.toString() : null,
    })
    .where('id', '=', decision.id)
    .where('kind', '=', 'brake')
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

function withMailbox(db: Db) {
  return db
    .selectFrom('parked')
    .leftJoin('person', 'person.id', 'parked.person_id')
    .selectAll('parked')
    .select('person.mailbox');
}
