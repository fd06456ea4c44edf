import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { ItemParams, MarkAnswer, Problem, type ItemState } from '../../shared/api.ts';
import type { Holder, Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { leaveCues } from '../store/cues.ts';
import type { Db } from '../store/db.ts';
import { itemsByRef, type ItemRow } from '../store/items-view.ts';
import { openLinkId, setWish } from '../store/marks.ts';
import { openLinks } from '../store/open-links.ts';
import { currentPolicy } from '../store/policy.ts';
import type { Wish } from '../store/schema.ts';
import { immutableRef, readItem } from './item-detail.ts';
import { checkOffered, linkedItem } from './item-view.ts';
import { signedIn } from './openapi.ts';
import { holderFor, personOfCaller } from './person.ts';
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
    throw problem('person-disabled', 'Sync is switched off for your mailbox; an administrator can switch it on.');
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
  if (row) await context.db.transaction().execute((db) => wishFor(context, db, { ...row, wish: 'mark' }));
  else {
    const sighting = await readItem(context, holder, ref);
    if (sighting === null) throw problem('item-not-found', 'Your mailbox holds no contact with this id.');
    await context.db.transaction().execute(async (db) => {
      await openLinks(
        db,
        [
          {
            recordId: context.newId(),
            linkId: context.newId(),
            personId: holder.personId,
            domain: 'contact',
            kind: sighting.item.isPrivate ? 'personal' : 'business',
            siebel: null,
            exchange: { ref: sighting.ref, version: sighting.version },
            isListed: false,
          },
        ],
        { now: context.clock.now(), cause: 'mark' },
      );
      const linkId = await openLinkId(db, holder.personId, sighting.ref);
      if (linkId !== null) await setWish(db, { linkId, wish: 'mark' });
    });
  }
  return standing(context, asked);
}

async function unmark(context: Context, asked: Asked): Promise<Answer> {
  const { row } = asked;
  if (!row) {
    throw problem('not-in-step', 'This contact is not kept in step with Siebel, so there is nothing to stop.');
  }
  if (row.kind === 'employee') {
    throw problem(
      'employee-exported',
      'Colleagues come from Siebel and go when they leave your Sync List there; take them off that list.',
    );
  }
  if (row.is_open) await context.db.transaction().execute((db) => wishFor(context, db, { ...row, wish: 'unmark' }));
  return standing(context, asked);
}

async function wishFor(context: Context, db: Db, row: ItemRow & Readonly<{ wish: Wish }>): Promise<void> {
  await setWish(db, { linkId: row.link_id, wish: row.wish });
  await leaveCues(
    db,
    [{ kind: 'turn', personId: null, recordId: row.record_id, cause: 'mark' }],
    context.clock.now(),
  );
}

async function standing({ db }: Context, { holder, ref }: Asked): Promise<Answer> {
  const row = (await itemsByRef(db, holder.personId, [ref])).get(ref);
  if (!row) return { domain: 'contact', itemId: ref, state: 'off', why: null };
  const { state, why } = linkedItem(row, holder, null);
  return { domain: 'contact', itemId: ref, state, why };
}
