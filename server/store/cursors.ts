import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';

export type Cursor = Readonly<{
  person_id: string;
  domain: Domain;
  feed: string;
  value: string;
  updated_at: string;
}>;

/** Where a feed has been read to. */
export type NewCursor = Readonly<{ personId: string; domain: Domain; feed: string; value: string }>;

/** The feed that serves everybody has no person. */
export const everybody = '';

export async function cursorsOf(db: Db, personIds: readonly string[]): Promise<readonly Cursor[]> {
  if (personIds.length === 0) return [];
  return db
    .selectFrom('cursor')
    .selectAll()
    .where('person_id', 'in', [...personIds])
    .execute();
}

/** Stores where feeds were read to, in the transaction of what that reading led to. */
export async function saveCursors(db: Db, cursors: readonly NewCursor[], at: string): Promise<void> {
  if (cursors.length === 0) return;
  await db
    .insertInto('cursor')
    .values(
      cursors.map(({ personId, domain, feed, value }) => ({
        person_id: personId,
        domain,
        feed,
        value,
        updated_at: at,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['person_id', 'domain', 'feed']).doUpdateSet((eb) => ({
        value: eb.ref('excluded.value'),
        updated_at: eb.ref('excluded.updated_at'),
      })),
    )
    .execute();
}

/** Forgets feeds that are no more, e.g. a deleted contact folder. */
export async function dropCursors(
  db: Db,
  of: Readonly<{ personId: string; domain: Domain }>,
  feeds: readonly string[],
): Promise<void> {
  if (feeds.length === 0) return;
  await db
    .deleteFrom('cursor')
    .where('person_id', '=', of.personId)
    .where('domain', '=', of.domain)
    .where('feed', 'in', [...feeds])
    .execute();
}

/** When a person's mailbox was last looked at. The cursors tell: a look that finds nothing writes no other row. */
export const lastLook = sql<string | null>`greatest(person.last_synced_at,
  (select max(cursor.updated_at) from cursor where cursor.person_id = person.id))`.as('last_synced_at');
