import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { ItemParams, MarkAnswer } from '../../shared/api-items.ts';
import type { Domain } from '../../shared/domain.ts';
import { domainOf, type ItemKind } from '../../shared/item.ts';
import { nothingTold } from '../../shared/telling.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { outlookIdOf } from '../holder.ts';
import { leaveCues } from '../store/cues.ts';
import type { ItemRow } from '../store/item-rows.ts';
import { itemsByRef } from '../store/items-view.ts';
import { askFor, dropAsked } from '../store/asked-links.ts';
import { setWish } from '../store/marks.ts';
import type { Wish } from '../store/schema.ts';
import { isTwin } from '../store/twins.ts';
import { levelOf } from '../why-off.ts';
import { itemMissing, readItem, refNamed, type Named } from './item-ids.ts';
import { linkedItem } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { problem } from './problem.ts';
import { viewpointOf, type Viewpoint } from './viewpoint.ts';

const schema = {
  ...signedIn,
  params: ItemParams,
  response: { 202: MarkAnswer, default: Problem },
};

/**
 * `PUT` and `DELETE /marks/{domain}/{itemId}`: keeps what the person wants and lets a turn do it. Both may be repeated; the
 * answer says where the item stands now.
 */
export function markRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    const route = (wish: Wish) => async (caller: Parameters<typeof askedFor>[1], params: Named) => {
      const asked = await askedFor(context, caller, params);
      return wish === 'mark' ? mark(context, asked) : unmark(context, asked);
    };
    const [put, remove] = [route('mark'), route('unmark')];
    app.put('/marks/:domain/:itemId', { schema }, async (request, reply) =>
      reply.code(202).send(await put(request, request.params)),
    );
    app.delete('/marks/:domain/:itemId', { schema }, async (request, reply) =>
      reply.code(202).send(await remove(request, request.params)),
    );
  };
}

type Asked = Readonly<{
  domain: Domain;
  holder: Holder;
  view: Viewpoint;
  ref: Sighting['ref'];
  row: ItemRow | null;
}>;

async function askedFor(
  context: Context,
  request: Parameters<typeof personOfCaller>[1],
  named: Named,
): Promise<Asked> {
  const { domain } = named;
  const person = await personOfCaller(context, request);
  if (!person.enabled) {
    throw problem(
      'person-disabled',
      'Sync is switched off for your mailbox; an administrator can switch it on.',
    );
  }
  if ((await levelOf(context, person, domain)) === 'none') {
    throw problem('domain-off', `The policy keeps no ${domain}s of yours in step; ask an administrator.`);
  }
  const view = await viewpointOf(context, person, domain);
  const { holder } = view;
  const ref = await refNamed(context, holder, named);
  const row = (await itemsByRef(context.db, person.id, [ref])).get(ref) ?? null;
  if (row && row.domain !== domain) throw itemMissing(domain);
  return { domain, holder, view, ref, row };
}

async function mark(context: Context, asked: Asked): Promise<MarkAnswer> {
  const { domain, holder, ref, row } = asked;
  if (row) {
    if (!row.is_asked) await wishFor(context, row, 'mark');
    return standing(context, asked);
  }
  const sighting = await readItem(context, holder, { domain, ref });
  if (sighting === null) throw itemMissing(domain);
  try {
    await openMarked(context, holder, sighting);
  } catch (error) {
    // A sweep, or the same button pressed twice, opened the Link in between: the wish goes to that one.
    const opened = isTwin(error)
      ? (await itemsByRef(context.db, holder.personId, [ref])).get(ref)
      : undefined;
    if (opened === undefined) throw error;
    await wishFor(context, opened, 'mark');
  }
  return standing(context, asked);
}

/** Asks for a Link for an Outlook item that has none: the mailbox's next sweep finds its record, or makes one. */
export async function openMarked(context: Context, holder: Holder, sighting: Sighting): Promise<void> {
  const { db, clock, newId } = context;
  const [recordId, linkId, now] = [newId(), newId(), clock.now()];
  const { ref, version, item, uid } = sighting;
  const domain = domainOf(item);
  const kind = kindOf(sighting);
  const link = { recordId, linkId, personId: holder.personId, domain, kind, uid, isSilent: false };
  await db.transaction().execute(async (trx) => {
    await leaveCues(
      trx,
      [{ kind: 'mailbox', personId: holder.personId, recordId: null, cause: 'mark' }],
      now,
    );
    const asked = { ...link, siebel: null, exchange: { ref, version }, isListed: false, isWished: true };
    await askFor(trx, asked, now);
  });
}

/** A contact's kind is what it is to become; marked ones never become employees. */
function kindOf({ item }: Sighting): ItemKind {
  const domain = domainOf(item);
  if (domain !== 'contact') return domain;
  return item.isPrivate ? 'personal' : 'business';
}

async function unmark(context: Context, asked: Asked): Promise<MarkAnswer> {
  const { domain, row } = asked;
  if (!row) {
    throw problem(
      'not-in-step',
      `This ${domain} is not kept in step with Siebel, so there is nothing to stop.`,
    );
  }
  if (row.kind === 'employee') {
    throw problem(
      'employee-exported',
      'Colleagues come from Siebel and go when they leave your Sync List there; take them off that list.',
    );
  }
  await stop(context, asked, row);
  return standing(context, asked);
}

async function stop(context: Context, asked: Asked, row: ItemRow): Promise<void> {
  if (!row.is_open) return;
  if (!row.is_asked) return wishFor(context, row, 'unmark');
  const dropped = await dropAsked(context.db, [{ id: row.link_id, record_id: row.record_id }]);
  if (dropped.size > 0) return;
  // A sweep has just begun with it: the wish goes to the Link that came of it.
  const begun = (await itemsByRef(context.db, asked.holder.personId, [asked.ref])).get(asked.ref);
  if (begun?.is_open) await wishFor(context, begun, 'unmark');
}

async function wishFor({ db, clock }: Context, row: ItemRow, wish: Wish): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await leaveCues(
      trx,
      [{ kind: 'turn', personId: null, recordId: row.record_id, cause: 'mark' }],
      clock.now(),
    );
    await setWish(trx, { linkId: row.link_id, wish });
  });
}

async function standing({ db }: Context, { domain, holder, view, ref }: Asked): Promise<MarkAnswer> {
  const row = (await itemsByRef(db, holder.personId, [ref])).get(ref);
  const itemId = outlookIdOf(domain, ref);
  if (!row) return { domain, itemId, state: 'off', ...nothingTold };
  const { state, why, reasons } = linkedItem(row, view, null);
  return { domain, itemId, state, why, reasons };
}
