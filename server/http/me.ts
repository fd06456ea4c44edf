import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Me, Problem, SyncStarted } from '../../shared/api.ts';
import type { ItemState } from '../../shared/api-items.ts';
import { domains } from '../../shared/domain.ts';
import type { Context } from '../context.ts';
import { holderFor } from '../holder.ts';
import { leaveCues } from '../store/cues.ts';
import { countItems } from '../store/items-view.ts';
import { newsOf } from '../store/news.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { outageNow } from '../store/outage.ts';
import { personByUserId } from '../store/people.ts';
import { currentPolicy } from '../store/policy.ts';
import { levelOf } from '../why-off.ts';
import { isKnown, tagged, weakTag } from './etag.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller, shownState } from './person.ts';
import { problem } from './problem.ts';
import { callerOf } from './sign-in.ts';

/** `GET /me`: who I am to the product. `POST /sync`: look at my mailbox now. */
export function meRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/me',
      { schema: { ...signedIn, response: { 200: Me, 304: Type.Undefined(), default: Problem } } },
      async (request, reply) => {
        const { userId, isAdmin } = callerOf(request);
        // Told first: what changes while the rest is read makes another word the next time.
        const news = await newsNow(context, userId);
        const tag = weakTag(`${news}${isAdmin ? '-admin' : ''}`);
        if (news !== null && isKnown(request, tag)) {
          tagged(reply, tag);
          return reply.code(304).send(undefined);
        }
        const person = await personByUserId(context.db, userId);
        if (person === null || news === null) return nobody(isAdmin);
        const me = await somebody(context, person, { isAdmin, news });
        // What is on its way arrives without a word: until it has, the answer is good for once.
        if (me.domains.every(({ items }) => items.waiting === 0)) tagged(reply, tag);
        return me;
      },
    );
    app.post(
      '/sync',
      { schema: { ...signedIn, response: { 202: SyncStarted, default: Problem } } },
      async (request, reply) => {
        const person = await personOfCaller(context, request);
        if (!person.enabled) {
          throw problem(
            'person-disabled',
            'Sync is switched off for your mailbox; an administrator can switch it on.',
          );
        }
        const cues = [
          { kind: 'mailbox', personId: person.id, recordId: null, cause: 'request' },
          { kind: 'siebel', personId: null, recordId: null, cause: 'request' },
        ] as const;
        await leaveCues(context.db, cues, context.clock.now());
        return reply.code(202).send({ state: 'waiting' });
      },
    );
  };
}

/** What lies outside the time that is kept in step moves with the days, which no row tells. */
async function newsNow({ db, clock }: Context, userId: string): Promise<string | null> {
  const news = await newsOf(db, userId);
  return news === null ? null : `${news}-${Math.floor(clock.now().epochMilliseconds / hourMs)}`;
}

const hourMs = 3_600_000;

function nobody(isAdmin: boolean): Me {
  return {
    mailbox: null,
    siebelLogin: null,
    isAdmin,
    state: 'unmapped',
    error: null,
    retryAt: null,
    lastSyncedAt: null,
    domains: [],
  };
}

type Told = Readonly<{ isAdmin: boolean; news: string }>;

async function somebody(context: Context, person: PersonRow, { isAdmin, news }: Told): Promise<Me> {
  const { db } = context;
  const policy = (await currentPolicy(db)).document;
  const levels = await Promise.all(domains.map((domain) => levelOf(context, person, domain)));
  const counts = await countItems(db, person.id);
  const { marks } = holderFor(person, policy);
  return {
    mailbox: person.mailbox,
    siebelLogin: person.siebel_login,
    isAdmin,
    ...shownState(person, await outageNow(db)),
    retryAt: person.retry_at,
    lastSyncedAt: person.last_synced_at,
    news,
    domains: domains.map((domain, index) => ({
      domain,
      level: levels[index] ?? 'none',
      category: marks[domain].write,
      employeeCategory: marks[domain].employee,
      requireCategory: policy.domains[domain].requireCategory,
      items: countsFrom(counts.get(domain) ?? new Map()),
      loadedAt: person.loaded[domain] ?? null,
      skipped: { ...person.skipped[domain] },
    })),
  };
}

function countsFrom(counts: ReadonlyMap<ItemState, number>): Me['domains'][number]['items'] {
  return {
    inStep: counts.get('inStep') ?? 0,
    waiting: counts.get('waiting') ?? 0,
    asking: counts.get('asking') ?? 0,
    attention: counts.get('attention') ?? 0,
    held: counts.get('held') ?? 0,
    off: counts.get('off') ?? 0,
  };
}
