import { sql } from 'kysely';
import type { Db } from './db.ts';

/**
 * Logins of the people who took a meeting out of their own calendar, by record: whoever lists them still, they do not attend
 * through Exchange's invitation any more.
 */
export async function departedFrom(
  db: Db,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await sql<{ record_id: string; siebel_login: string }>`
    select link.record_id, person.siebel_login from link join person on person.id = link.person_id
    where link.record_id = any(${[...recordIds]}::text[]) and link.has_left`.execute(db);
  return new Map(
    [...Map.groupBy(rows.rows, (row) => row.record_id)].map(([recordId, theirs]) => [
      recordId,
      theirs.map((row) => row.siebel_login),
    ]),
  );
}
