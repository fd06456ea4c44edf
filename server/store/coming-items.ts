import { sql, type RawBuilder } from 'kysely';
import { isAppointment } from '../../shared/item.ts';
import { nextStart } from '../core/next-occurrence.ts';
import type { Db } from './db.ts';
import { itemRows, type ItemRow } from './item-rows.ts';
import { cursorFrom, likePattern, type ItemListRequest } from './items-view.ts';
import { pageOf, type Page } from './page.ts';

type Coming = Readonly<{
  page: Page<ItemRow>;
  /** When they begin, by Link: a series where it comes next. */
  comes: ReadonlyMap<string, string>;
}>;

/**
 * A person's appointments that are kept in step and go on at an instant or come later, soonest first. The series are read whole:
 * when one comes next no index knows, and nobody has many.
 */
export async function listComing(
  db: Db,
  request: ItemListRequest,
  { from, zone }: Readonly<{ from: Temporal.Instant; zone: string }>,
): Promise<Coming> {
  const { limit } = request;
  const [place, id] = cursorFrom(request.after);
  // Wall times of other zones are up to a day off; what is over is sorted out below.
  const since = from.subtract({ hours: 26 }).toZonedDateTimeISO(zone).toPlainDateTime().toString();
  const singles = await rowsWhere(
    db,
    request,
    sql`${content}->>'recurrence' is null and ${content}->'timeSlot'->>'end' >= ${since}
      and (${place === null} or (place, link_id) > (${place ?? ''}, ${id ?? ''}))
      order by place, link_id limit ${limit + 1}`,
  );
  const series = await rowsWhere(db, request, sql`${content}->>'recurrence' is not null`);
  const comes = new Map<string, string>();
  const isBehind = ({ link_id }: ItemRow): boolean => {
    const start = comes.get(link_id) ?? '';
    return place === null || start > place || (start === place && link_id > (id ?? ''));
  };
  for (const row of [...singles, ...series]) {
    const item = row.exchange ?? row.siebel;
    const start = item !== null && isAppointment(item) ? nextStart(item, from, zone) : null;
    if (start !== null) comes.set(row.link_id, start);
  }
  const rows = [...singles, ...series.filter(isBehind)]
    .filter(({ link_id }) => comes.has(link_id))
    .toSorted((one, other) => (keyOf(one, comes) < keyOf(other, comes) ? -1 : 1));
  return { page: pageOf(rows, limit, (row) => keyOf(row, comes)), comes };
}

const content = sql`coalesce(exchange, siebel)`;

/** Also the place at which the next page goes on. */
function keyOf({ link_id }: ItemRow, comes: ReadonlyMap<string, string>): string {
  return JSON.stringify([comes.get(link_id) ?? '', link_id]);
}

async function rowsWhere(
  db: Db,
  { personId, domain, states, search }: ItemListRequest,
  more: RawBuilder<unknown>,
): Promise<readonly ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select * from (${itemRows} where link.person_id = ${personId} and link.domain = ${domain}
      and (link.state = 'open' or link.wish is not null)) as viewed
    where (${states === null} or state = any(${[...(states ?? [])]}::text[]))
      and (${search === null} or name like ${likePattern(search ?? '')}) and ${more}`.execute(db);
  return rows;
}
