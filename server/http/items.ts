import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import {
  ItemDetail,
  ItemList,
  ItemParams,
  ItemQuery,
  type ItemState,
  type ItemSummary,
} from '../../shared/api-items.ts';
import type { TimeSlot } from '../../shared/appointment.ts';
import type { Domain } from '../../shared/domain.ts';
import { isAppointment } from '../../shared/item.ts';
import { startIn } from '../../shared/start-in.ts';
import { nothingTold } from '../../shared/telling.ts';
import type { TimeAsked } from '../../shared/time-asked.ts';
import type { BrowsedPage, Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { listComing } from '../store/coming-items.ts';
import type { ItemRow } from '../store/item-rows.ts';
import { listItems, itemsByRef } from '../store/items-view.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { openMatches } from '../store/questions-view.ts';
import { whyOff } from '../why-off.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { itemDetail } from './item-detail.ts';
import { linkedItem, unlinkedItem } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { unreachable } from './problem.ts';
import { timeAsked, wallTime } from './time-asked.ts';
import { viewpointOf, type Viewpoint } from './viewpoint.ts';

/** `GET /items` and `GET /items/{domain}/{itemId}`: my Outlook items and where each stands. */
export function itemRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/items',
      { schema: { ...signedIn, querystring: ItemQuery, response: { 200: ItemList, default: Problem } } },
      async (request) => {
        const { domain = 'contact', search, filter = 'all', after, limit = pageSize } = request.query;
        const person = await personOfCaller(context, request);
        const time = timeAsked(person, request.query);
        const page = { domain, search: search?.trim() || null, after: openedCursor(after), limit, time };
        const shown =
          filter === 'all' || filter === 'off'
            ? await browsed(context, person, { ...page, isOffOnly: filter === 'off' })
            : await listed(context, person, { ...page, states: filter === 'attention' ? troubled : null });
        return { items: [...shown.items], next: sealedCursor(shown.next) };
      },
    );
    app.get(
      '/items/:domain/:itemId',
      { schema: { ...signedIn, params: ItemParams, response: { 200: ItemDetail, default: Problem } } },
      async (request) => {
        return itemDetail(context, await personOfCaller(context, request), request.params);
      },
    );
  };
}

const troubled: readonly ItemState[] = ['asking', 'attention', 'held'];

type Asked = Readonly<{
  domain: Domain;
  search: string | null;
  after: string | null;
  limit: number;
  time: TimeAsked | null;
}>;
type Shown = Readonly<{ items: readonly ItemSummary[]; next: string | null }>;

/** Items that are kept in step, from our own books: no mailbox is asked. */
async function listed(
  context: Context,
  person: PersonRow,
  asked: Asked & Readonly<{ states: readonly ItemState[] | null }>,
): Promise<Shown> {
  const view = await viewpointOf(context, person, asked.domain);
  const { page, comes } = await rowsAsked(context, person, asked);
  const items = page.items.map((row) =>
    comingNext(linkedItem(row, view, null), slotFrom(row, comes.get(row.link_id)), view.holder),
  );
  // What has left the time that is kept in step still has its Link.
  return { items: items.filter(({ state }) => state !== 'off'), next: page.next };
}

type RowsAsked = Asked & Readonly<{ states: readonly ItemState[] | null }>;

async function rowsAsked({ db }: Context, person: PersonRow, { time, ...asked }: RowsAsked) {
  const request = { personId: person.id, ...asked };
  if (time !== null && 'from' in time) {
    const from = Temporal.Instant.from(time.from);
    return listComing(db, request, { from, zone: person.time_zone ?? 'UTC' });
  }
  const before = time === null ? null : wallTime(time.before, person);
  return { page: await listItems(db, { ...request, before }), comes: new Map<string, string>() };
}

function withComing(
  items: readonly ItemSummary[],
  { sightings, comes }: BrowsedPage,
  holder: Holder,
): readonly ItemSummary[] {
  if (comes === undefined) return items;
  const slots = sightings.map(({ ref }) => comes.get(ref));
  return items.map((item, index) => comingNext(item, slots[index], holder));
}

/** The slot of what begins at a wall time of the item's own zone. */
function slotFrom({ exchange, siebel }: ItemRow, start: string | undefined): TimeSlot | undefined {
  const item = exchange ?? siebel;
  const slot = item !== null && isAppointment(item) ? item.timeSlot : null;
  return slot === null || start === undefined ? undefined : { ...slot, start };
}

/** An item of a list of what comes: a series stands there for its next occurrence. */
function comingNext(item: ItemSummary, slot: TimeSlot | undefined, { timeZone }: Holder): ItemSummary {
  return slot === undefined ? item : { ...item, when: startIn(slot, timeZone) };
}

/** How many pages of a mailbox are read at most to fill one page of items that are off. */
const mostPages = 5;

/** What the mailbox holds, each item with its Link. */
async function browsed(
  context: Context,
  person: PersonRow,
  { domain, search, after, limit, time, isOffOnly }: Asked & Readonly<{ isOffOnly: boolean }>,
): Promise<Shown> {
  const view = await viewpointOf(context, person, domain);
  const { holder } = view;
  const items: ItemSummary[] = [];
  let next = after;
  for (let pages = 0; pages < mostPages && items.length < limit; pages += 1) {
    const asked = { domain, holder, search, after: next, limit: limit - items.length, time };
    const page = await context.exchange.browse(asked);
    if ('kind' in page) throw unreachable(page);
    const shown = await joined(context, person, { view, domain, sightings: page.sightings });
    items.push(...withComing(shown, page, holder).filter((item) => !isOffOnly || item.state === 'off'));
    next = page.next;
    if (next === null) break;
  }
  return { items, next };
}

/** Items of a mailbox with their Links, and of those without one, why. */
export async function joined(
  context: Context,
  person: PersonRow,
  { view, domain, sightings }: Readonly<{ view: Viewpoint; domain: Domain; sightings: readonly Sighting[] }>,
): Promise<readonly ItemSummary[]> {
  const refs = sightings.map(({ ref }) => ref);
  const linked = await itemsByRef(context.db, person.id, refs);
  const asked = await openMatches(context.db, person.id, refs);
  const loose = sightings.filter(({ ref }) => linked.get(ref)?.is_open !== true);
  const reasons = await whyOff(context, { person, domain, sightings: loose, closed: linked });
  return sightings.map((sighting) => {
    const { ref } = sighting;
    const row = linked.get(ref);
    if (row?.is_open === true) return linkedItem(row, view, sighting);
    return unlinkedItem(sighting, view.holder, {
      question: asked.get(ref) ?? null,
      told: reasons.get(ref) ?? nothingTold,
    });
  });
}
