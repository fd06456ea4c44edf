import { sql, type RawBuilder } from 'kysely';
import type { ItemState } from '../../shared/api.ts';
import type { Contact, ContactKind } from '../../shared/contact.ts';
import type { Domain } from '../../shared/domain.ts';
import type { FieldNote } from '../core/step.ts';
import type { Db } from './db.ts';
import { pageOf, type Page } from './page.ts';
import type { Wish } from './schema.ts';

/** A Link as its person sees it: the contents both sides last agreed on, and where it stands. */
export type ItemRow = Readonly<{
  link_id: string;
  record_id: string;
  domain: Domain;
  kind: ContactKind;
  ref: string | null;
  siebel_ref: string | null;
  siebel: Contact | null;
  exchange: Contact | null;
  is_open: boolean;
  /** Marked, and not begun yet. */
  is_asked: boolean;
  closed_why: string | null;
  why: string | null;
  wish: Wish | null;
  notes: readonly FieldNote[];
  settled_at: string | null;
  question_id: string | null;
  parked_reason: string | null;
  state: ItemState;
  /** What lists are ordered by: the name, the company or the address, in lower case. */
  name: string;
}>;

/** Links of a person to these Outlook items, the open one before a closed one, by ref. */
export async function itemsByRef(
  db: Db,
  personId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, ItemRow>> {
  if (refs.length === 0) return new Map();
  const rows = await sql<ItemRow>`
    ${views} where link.person_id = ${personId} and link.ref = any(${[...refs]}::text[])
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
}>;

/** A person's items that are kept in step or on their way, by name. */
export async function listItems(db: Db, request: ItemListRequest): Promise<Page<ItemRow>> {
  const { states, search, limit } = request;
  const [name, id] = cursorFrom(request.after);
  const rows = await sql<ItemRow>`
    select * from (${views} where link.person_id = ${request.personId} and link.domain = ${request.domain}
      and (link.state = 'open' or link.wish is not null)) as viewed
    where (${states === null} or state = any(${[...(states ?? [])]}::text[]))
      and (${search === null} or name like ${likePattern(search ?? '')})
      and (${name === null} or (name, link_id) > (${name ?? ''}, ${id ?? ''}))
    order by name, link_id limit ${limit + 1}`.execute(db);
  return pageOf(rows.rows, limit, (row) => JSON.stringify([row.name, row.link_id]));
}

/** How many of a person's items stand where. */
export async function countItems(db: Db, personId: string): Promise<ReadonlyMap<ItemState, number>> {
  const rows = await sql<{ state: ItemState; count: string }>`
    select state, count(*) as count from (${views} where link.person_id = ${personId}) as viewed
    group by state`.execute(db);
  return new Map(rows.rows.map((row) => [row.state, Number(row.count)]));
}

export type Explained = ItemRow & Readonly<{ mailbox: string }>;

/** Everybody's Links to what an operator names: a ref of either side, a Siebel row id, our id, or a part of the name. */
export async function findItems(
  db: Db,
  wanted: { text: string; personId: string | null; limit: number },
): Promise<readonly Explained[]> {
  const { text, personId } = wanted;
  const rows = await sql<Explained>`
    select viewed.*, person.mailbox from (${views} where ${personId}::text is null or link.person_id = ${personId}) as viewed
      join link on link.id = viewed.link_id join person on person.id = link.person_id
    where viewed.ref = ${text} or siebel_ref in (${text}, ${`Contact/${text}`}, ${`Employee/${text}`})
      or viewed.link_id = ${text} or viewed.record_id = ${text} or name like ${likePattern(text)}
    order by person.mailbox, viewed.link_id limit ${wanted.limit}`.execute(db);
  return rows.rows;
}

const nameOf = (table: string): RawBuilder<string> =>
  sql.raw(`nullif(lower(concat_ws(' ', ${table}.item->>'firstName', ${table}.item->>'lastName',
    ${table}.item->>'company', ${table}.item->>'email1')), '')`);

/** The order in which the states are asked for is the order in which a person wants to know. */
const views = sql`
  select link.id as link_id, link.record_id, link.domain, siebel_record.kind, link.ref,
    siebel_record.ref as siebel_ref, in_siebel.item as siebel, in_exchange.item as exchange,
    link.state <> 'closed' as is_open, link.state = 'asked' as is_asked, link.closed_why, link.why, link.wish, link.notes, link.settled_at,
    question.id as question_id, parked.reason as parked_reason,
    case
      when link.state = 'closed' and link.wish is null then 'off'
      when parked.id is not null then 'attention'
      when question.id is not null then 'asking'
      when brake.person_id is not null and link.needs_look then 'held'
      when cue.due_at is not null or cue.lease_until is not null or link.wish is not null then 'waiting'
      when link.settled_at is null then 'waiting'
      else 'inStep' end as state,
    coalesce(${nameOf('in_exchange')}, ${nameOf('in_siebel')}, '') as name
  from link
    join siebel_record on siebel_record.id = link.record_id
    left join snapshot in_siebel on in_siebel.record_id = link.record_id and in_siebel.hash = link.siebel_hash
    left join snapshot in_exchange on in_exchange.record_id = link.record_id and in_exchange.hash = link.exchange_hash
    left join question on question.link_id = link.id and question.status = 'open' and question.kind = 'conflict'
    left join parked on parked.link_id = link.id and parked.status = 'open'
    left join lateral (select person_id from parked brake where brake.person_id = link.person_id
      and brake.kind = 'brake' and brake.status = 'open' limit 1) brake on true
    left join cue on cue.key = 'turn:' || link.record_id`;

function likePattern(search: string): string {
  return `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
}

function cursorFrom(after: string | null): readonly [string | null, string | null] {
  if (after === null) return [null, null];
  const parsed: unknown = JSON.parse(after);
  const isCursor = Array.isArray(parsed) && parsed.every((part) => typeof part === 'string');
  return isCursor ? [parsed[0] ?? null, parsed[1] ?? null] : [null, null];
}
