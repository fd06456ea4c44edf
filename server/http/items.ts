import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import {
  ItemDetail,
  ItemList,
  ItemParams,
  ItemQuery,
  Problem,
  type ItemState,
  type ItemSummary,
} from '../../shared/api.ts';
import type { Holder } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import { listItems, itemsByRef } from '../store/items-view.ts';
import { openMatches } from '../store/questions-view.ts';
import { currentPolicy } from '../store/policy.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { itemDetail } from './item-detail.ts';
import { checkOffered, linkedItem, unlinkedItem } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { unreachable } from './problem.ts';

/** `GET /items` and `GET /items/{domain}/{itemId}`: my Outlook items and where each stands. */
export function itemRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/items',
      { schema: { ...signedIn, querystring: ItemQuery, response: { 200: ItemList, default: Problem } } },
      async (request) => {
        const { domain = 'contact', search, filter = 'all', after, limit = pageSize } = request.query;
        checkOffered(domain);
        const person = await personOfCaller(context, request);
        const holder = holderFor(person, (await currentPolicy(context.db)).document);
        const page = { search: search?.trim() || null, after: openedCursor(after), limit };
        const shown =
          filter === 'all' || filter === 'off'
            ? await browsed(context, holder, { ...page, isOffOnly: filter === 'off' })
            : await listed(context, holder, { ...page, states: filter === 'attention' ? troubled : null });
        return { items: [...shown.items], next: sealedCursor(shown.next) };
      },
    );
    app.get(
      '/items/:domain/:itemId',
      { schema: { ...signedIn, params: ItemParams, response: { 200: ItemDetail, default: Problem } } },
      async (request) => {
        checkOffered(request.params.domain);
        return itemDetail(context, await personOfCaller(context, request), request.params.itemId);
      },
    );
  };
}

const troubled: readonly ItemState[] = ['asking', 'attention', 'held'];

type Asked = Readonly<{ search: string | null; after: string | null; limit: number }>;
type Shown = Readonly<{ items: readonly ItemSummary[]; next: string | null }>;

/** Items that are kept in step, from our own books: no mailbox is asked. */
async function listed(
  { db }: Context,
  holder: Holder,
  { search, after, limit, states }: Asked & Readonly<{ states: readonly ItemState[] | null }>,
): Promise<Shown> {
  const page = await listItems(db, {
    personId: holder.personId,
    domain: 'contact',
    states,
    search,
    after,
    limit,
  });
  return { items: page.items.map((row) => linkedItem(row, holder, null)), next: page.next };
}

/** How many pages of a mailbox are read at most to fill one page of items that are off. */
const mostPages = 5;

/** What the mailbox holds, each item with its Link. */
async function browsed(
  context: Context,
  holder: Holder,
  { search, after, limit, isOffOnly }: Asked & Readonly<{ isOffOnly: boolean }>,
): Promise<Shown> {
  const items: ItemSummary[] = [];
  let next = after;
  for (let pages = 0; pages < mostPages && items.length < limit; pages += 1) {
    const page = await context.exchange.browse({ holder, search, after: next, limit: limit - items.length });
    if ('kind' in page) throw unreachable(page);
    const refs = page.sightings.map((sighting) => sighting.ref);
    const linked = await itemsByRef(context.db, holder.personId, refs);
    const asked = await openMatches(context.db, holder.personId, refs);
    const shown = page.sightings.map((sighting) => {
      const row = linked.get(sighting.ref);
      return row?.is_open
        ? linkedItem(row, holder, sighting)
        : unlinkedItem(sighting, holder, asked.get(sighting.ref) ?? null);
    });
    items.push(...shown.filter((item) => !isOffOnly || item.state === 'off'));
    next = page.next;
    if (next === null) break;
  }
  return { items, next };
}
