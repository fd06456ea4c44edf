import { sql } from 'kysely';
import type { ItemState } from '../../shared/api-items.ts';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import { itemRows, type ItemRow } from './item-rows.ts';
import { pageOf, type Page } from './page.ts';

/** Links of a person to these Outlook items, the open one before a closed one, by ref. */
export async function itemsByRef(
  db: Db,
  personId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, ItemRow>> {
  if (refs.length === 0) return new Map();
  const rows = await sql<ItemRow>`
    ${itemRows} where link.person_id = ${personId} and link.ref = any(${[...refs]}::text[])
    order by (link.state = 'open'), link.created_at`.execute(db);
  return new Map(rows.rows.flatMap((row) => (row.ref === null ? [] : [[row.ref, row] as const])));
}

export type ItemListRequest = Readonly<{
  personId: string;
  domain: Domain;
  /** Null takes every open Link. */
  states: readonly ItemState[] | null;
  search: string | null;
  after: string | null;
  limit: number;
  /** Appointments that begin before this wall time alone. */
  before?: string | null;
}>;

/** A person's items that are kept in step or on their way: contacts by name, appointments the last first, tasks as they are due. */
export async function listItems(db: Db, request: ItemListRequest): Promise<Page<ItemRow>> {
  const { states, search, limit, before = null } = request;
  const [place, id] = cursorFrom(request.after);
  const isLastFirst = request.domain === 'appointment';
  const [beyond, order] = [sql.raw(isLastFirst ? '<' : '>'), sql.raw(isLastFirst ? 'desc' : 'asc')];
  const rows = await sql<ItemRow>`
    select * from (${itemRows} where link.person_id = ${request.personId} and link.domain = ${request.domain}
      and (link.state = 'open' or link.wish is not null)) as viewed
    where (${states === null} or state = any(${[...(states ?? [])]}::text[]))
      and (${search === null} or name like ${likePattern(search ?? '')})
      and (${before === null} or place < ${before ?? ''})
      and (${place === null} or (place, link_id) ${beyond} (${place ?? ''}, ${id ?? ''}))
    order by place ${order}, link_id ${order} limit ${limit + 1}`.execute(db);
  return pageOf(rows.rows, limit, (row) => JSON.stringify([row.place, row.link_id]));
}

/** How many of a person's items stand where, by domain. */
export async function countItems(
  db: Db,
  personId: string,
): Promise<ReadonlyMap<Domain, ReadonlyMap<ItemState, number>>> {
  const rows = await sql<{ domain: Domain; state: ItemState; count: string }>`
    select domain, state, count(*) as count from (${itemRows} where link.person_id = ${personId}) as viewed
    group by domain, state`.execute(db);
  const counts = new Map<Domain, Map<ItemState, number>>();
  for (const { domain, state, count } of rows.rows) {
    const ofDomain = counts.get(domain) ?? new Map<ItemState, number>();
    counts.set(domain, ofDomain.set(state, Number(count)));
  }
  return counts;
}

/**
 * The refs of tasks by To Do's own ids, which say nothing of the list a task lies in. A ref given as such is answered as it is;
 * a task no Link leads to is left out.
 */
export async function taskRefs(
  db: Db,
  { personId, ids }: Readonly<{ personId: string | null; ids: readonly string[] }>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; ref: string }>`
    select split_part(ref, '/', 2) as id, ref from link
    where domain = 'task' and (${personId}::text is null or person_id = ${personId})
      and split_part(ref, '/', 2) = any(${[...ids]}::text[])`.execute(db);
  const given = ids.flatMap((id) => (id.includes('/') ? [[id, id] as const] : []));
  return new Map([...rows.rows.map(({ id, ref }) => [id, ref] as const), ...given]);
}

export type Explained = ItemRow & Readonly<{ mailbox: string }>;

/** Everybody's Links to what an operator names: a ref of either side, a Siebel row id, our id, or a part of the name. */
export async function findItems(
  db: Db,
  wanted: { text: string; personId: string | null; limit: number },
): Promise<readonly Explained[]> {
  const { text, personId } = wanted;
  const rows = await sql<Explained>`
    select viewed.*, person.mailbox from (${itemRows} where ${personId}::text is null or link.person_id = ${personId}) as viewed
      join link on link.id = viewed.link_id join person on person.id = link.person_id
    where viewed.ref = ${text} or siebel_ref = any(${siebelRefs(text)}::text[])
      or (viewed.domain = 'task' and split_part(viewed.ref, '/', 2) = ${text}) or viewed.link_id = ${text} or viewed.record_id = ${text} or name like ${likePattern(text)}
    order by person.mailbox, viewed.link_id limit ${wanted.limit}`.execute(db);
  return rows.rows;
}

/** The refs an operator may mean who names a row of Siebel by its id. */
export function siebelRefs(id: string): string[] {
  return [id, ...['Contact', 'Employee', 'Appointment', 'Task', 'Series'].map((kind) => `${kind}/${id}`)];
}

export function likePattern(search: string): string {
  return `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
}

export function cursorFrom(after: string | null): readonly [string | null, string | null] {
  if (after === null) return [null, null];
  const parsed: unknown = JSON.parse(after);
  const isCursor = Array.isArray(parsed) && parsed.every((part) => typeof part === 'string');
  return isCursor ? [parsed[0] ?? null, parsed[1] ?? null] : [null, null];
}
