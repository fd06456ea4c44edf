import { sql } from 'kysely';
import type { Db } from './db.ts';

/**
 * A word that is another one as soon as anything has changed of what we know of the person who signs in by this id; null for
 * somebody who is not mapped. Every row carries the transaction that wrote it (`xmin`), so nothing that writes has to keep count,
 * and only rows of the person are touched, by index. What it does not tell is that a change is on its way: a cue belongs to a
 * record, and nobody's Links are written before it was worked at.
 */
export async function newsOf(db: Db, userId: string): Promise<string | null> {
  const { rows } = await sql<{ news: string }>`
    select md5(concat_ws(' ', person.id, person.xmin,
      (select max(version) from policy),
      (select max(updated_at) from cursor where person_id = person.id),
      (select string_agg(id || ' ' || xmin, ' ' order by id) from question
        where person_id = person.id and status = 'open'),
      (select string_agg(id || ' ' || xmin, ' ' order by id) from parked
        where person_id = person.id and status = 'open'),
      (select string_agg(id || ' ' || xmin, ' ' order by id) from parked
        where person_id is null and status = 'open'),
      (select concat(count(*), ' ', sum(hashtext(xmin::text))) from link where person_id = person.id))) as news
    from person where user_id = ${userId} and state <> 'removed'`.execute(db);
  return rows[0]?.news ?? null;
}
