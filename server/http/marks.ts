import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ItemParams, MarkAnswer, Problem, type ItemState } from '../../shared/api.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import { leaveCues } from '../store/cues.ts';
import { itemsByRef, type ItemRow } from '../store/items-view.ts';
import { askFor, dropAsked } from '../store/asked-links.ts';
import { setWish } from '../store/marks.ts';
import { currentPolicy } from '../store/policy.ts';
import type { Wish } from '../store/schema.ts';
import { isTwin } from '../store/twins.ts';
import { immutableRef, readItem } from './item-detail.ts';
import { checkOffered, linkedItem } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { problem } from './problem.ts';

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
    const route = (wish: Wish) => async (caller: Parameters<typeof askedFor>[1], params: MarkParams) => {
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

type MarkParams = Readonly<{ domain: 'contact' | 'appointment' | 'task'; itemId: string }>;
type Asked = Readonly<{ holder: Holder; ref: Sighting['ref']; row: ItemRow | null }>;
type Answer = Readonly<{ domain: 'contact'; itemId: string; state: ItemState; why: string | null }> & object;

async function askedFor(
  context: Context,
  request: Parameters<typeof personOfCaller>[1],
  { domain, itemId }: MarkParams,
): Promise<Asked> {
  checkOffered(domain);
  const person = await personOfCaller(context, request);
  const policy = (await currentPolicy(context.db)).document;
  if (!person.enabled) {
    throw problem(
      'person-disabled',
      'Sync is switched off for your mailbox; an administrator can switch it on.',
    );
  }
  if (policy.domains[domain].level === 'none' || person.levels[domain] === 'none') {
    throw problem('domain-off', `The policy keeps no ${domain}s of yours in step; ask an administrator.`);
  }
  const holder = holderFor(person, policy);
  const ref = await immutableRef(context, holder, itemId);
  return { holder, ref, row: (await itemsByRef(context.db, person.id, [ref])).get(ref) ?? null };
}

async function mark(context: Context, asked: Asked): Promise<Answer> {
  const { holder, ref, row } = asked;
  if (row) {
    if (!row.is_asked) await wishFor(context, row, 'mark');
    return standing(context, asked);
  }
  const sighting = await readItem(context, holder, ref);
  if (sighting === null) throw problem('item-not-found', 'Your mailbox holds no contact with this id.');
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
async function openMarked(context: Context, holder: Holder, { ref, version, item }: Sighting): Promise<void> {
  const { db, clock, newId } = context;
  const [recordId, linkId, now] = [newId(), newId(), clock.now()];
  const kind = item.isPrivate ? 'personal' : 'business';
  const link = { recordId, linkId, personId: holder.personId, domain: 'contact', kind } as const;
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

async function unmark(context: Context, asked: Asked): Promise<Answer> {
  const { row } = asked;
  if (!row) {
    throw problem(
      'not-in-step',
      'This contact is not kept in step with Siebel, so there is nothing to stop.',
    );
  }
  if (row.kind === 'employee') {
    throw problem(
      'employee-exported',
      'Colleagues come from Siebel and go when they leave your Sync List there; take them off that list.',
    );
  }
  if (row.is_asked) await dropAsked(context.db, [{ id: row.link_id, record_id: row.record_id }]);
  else if (row.is_open) await wishFor(context, row, 'unmark');
  return standing(context, asked);
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

async function standing({ db }: Context, { holder, ref }: Asked): Promise<Answer> {
  const row = (await itemsByRef(db, holder.personId, [ref])).get(ref);
  if (!row) return { domain: 'contact', itemId: ref, state: 'off', why: null };
  const { state, why } = linkedItem(row, holder, null);
  return { domain: 'contact', itemId: ref, state, why };
}
