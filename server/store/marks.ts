import type { Db } from './db.ts';
import type { Wish } from './schema.ts';

/**
 * Keeps what a person pressed on an item until a turn has done it. A Link that was closed opens again for a mark; its
 * base is empty, so that it begins as a first contact.
 */
export async function setWish(db: Db, wish: { linkId: string; wish: Wish }): Promise<void> {
  await db
    .updateTable('link')
    .set({
      wish: wish.wish,
      needs_look: true,
      ...(wish.wish === 'mark' ? { state: 'open' as const, closed_why: null } : {}),
    })
    .where('id', '=', wish.linkId)
    .execute();
}

/** Ids of records that somebody's Link is open to, a page at a time, in order. */
export async function linkedRecordIds(
  db: Db,
  page: { after: string; limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('link')
    .select('record_id')
    .distinct()
    .where('state', '=', 'open')
    .where('record_id', '>', page.after)
    .orderBy('record_id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.record_id);
}
