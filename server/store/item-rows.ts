import { sql, type RawBuilder } from 'kysely';
import type { ItemState } from '../../shared/api-items.ts';
import type { Domain } from '../../shared/domain.ts';
import type { Item, ItemKind } from '../../shared/item.ts';
import type { Reason } from '../../shared/reason.ts';
import type { FieldNote } from '../core/step.ts';
import type { Braked, Wish } from './schema.ts';

/** A Link as its person sees it: the contents both sides last agreed on, and where it stands. */
export type ItemRow = Readonly<{
  link_id: string;
  record_id: string;
  domain: Domain;
  kind: ItemKind;
  ref: string | null;
  siebel_ref: string | null;
  siebel: Item | null;
  exchange: Item | null;
  is_open: boolean;
  /** Marked, and not begun yet. */
  is_asked: boolean;
  closed_why: string | null;
  why: string | null;
  reasons: readonly Reason[] | null;
  wish: Wish | null;
  /** What a brake holds of it. */
  held: Braked | null;
  notes: readonly FieldNote[];
  settled_at: string | null;
  question_id: string | null;
  parked_reason: string | null;
  state: ItemState;
  /** What is searched, in lower case: of contacts the name, the company and the address, of all others subject and place. */
  name: string;
  /** What lists are ordered by: contacts by that name, appointments by their start, tasks by the day they are due. */
  place: string;
}>;

const nameOf = (table: string): RawBuilder<string> =>
  sql.raw(`nullif(lower(concat_ws(' ', ${table}.item->>'firstName', ${table}.item->>'lastName',
    ${table}.item->>'company', ${table}.item->>'email1', ${table}.item->>'subject', ${table}.item->>'location')), '')`);

/** Tasks without a day come last. */
const placeOf = (table: string): RawBuilder<string> =>
  sql.raw(`case when ${table}.item is null then null
    when link.domain = 'appointment' then ${table}.item->'timeSlot'->>'start'
    when link.domain = 'task' then coalesce(${table}.item->>'dueDate', '9999-12-31') end`);

/** The order in which the states are asked for is the order in which a person wants to know. */
export const itemRows = sql`
  select link.id as link_id, link.record_id, link.domain, siebel_record.kind, link.ref,
    siebel_record.ref as siebel_ref, in_siebel.item as siebel, in_exchange.item as exchange,
    link.state <> 'closed' as is_open, link.state = 'asked' as is_asked, link.closed_why, link.why, link.reasons, link.wish,
    link.held, link.notes, link.settled_at,
    question.id as question_id, parked.reason as parked_reason,
    case
      when link.state = 'closed' and link.wish is null then 'off'
      when parked.id is not null then 'attention'
      when question.id is not null then 'asking'
      when brake.person_id is not null and (link.needs_look or link.held is not null) then 'held'
      when link.notes @> '[{"what": "mailHeld"}]' then 'held'
      when cue.due_at is not null or cue.lease_until is not null or link.wish is not null then 'waiting'
      when link.settled_at is null then 'waiting'
      else 'inStep' end as state,
    coalesce(${nameOf('in_exchange')}, ${nameOf('in_siebel')}, '') as name,
    coalesce(${placeOf('in_exchange')}, ${placeOf('in_siebel')}, ${nameOf('in_exchange')}, ${nameOf('in_siebel')}, '') as place
  from link
    join siebel_record on siebel_record.id = link.record_id
    left join snapshot in_siebel on in_siebel.record_id = link.record_id and in_siebel.hash = link.siebel_hash
    left join snapshot in_exchange on in_exchange.record_id = link.record_id and in_exchange.hash = link.exchange_hash
    left join question on question.link_id = link.id and question.status = 'open' and question.kind = 'conflict'
    left join parked on parked.link_id = link.id and parked.status = 'open'
    left join lateral (select person_id from parked brake where brake.person_id = link.person_id
      and brake.domain = link.domain and brake.kind = 'brake' and brake.status = 'open' limit 1) brake on true
    left join cue on cue.key = 'turn:' || link.record_id`;
