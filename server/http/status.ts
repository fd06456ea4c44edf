import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Problem } from '../../shared/api.ts';
import { AdminStatus, SyncAnswer, SyncQuery, SyncRequest } from '../../shared/api-admin.ts';
import type { Context } from '../context.ts';
import { lookNow, progressOf, untilQuiet, type LookProgress } from '../look-now.ts';
import { outageNow } from '../store/outage.ts';
import type { PersonRow } from '../store/people-at-work.ts';
import { peopleWithState, statusOf } from '../store/status.ts';
import { signedIn } from './openapi.ts';
import { personNamed, shownState } from './person.ts';
import { problem } from './problem.ts';

/** `GET /admin/status` and `POST /admin/sync?wait=<seconds>`. */
export function statusRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    const closing = new AbortController();
    app.addHook('preClose', async () => closing.abort());
    app.get(
      '/status',
      { schema: { ...signedIn, response: { 200: AdminStatus, default: Problem } } },
      async () => {
        const { quiet, cues } = await statusOf(context.db, { now: context.clock.now(), personId: null });
        const outage = await outageNow(context.db);
        const people = await peopleWithState(context.db);
        return { quiet, cues, people: people.map((row) => personFrom(row, outage)) };
      },
    );
    app.post(
      '/sync',
      {
        schema: {
          ...signedIn,
          querystring: SyncQuery,
          body: SyncRequest,
          response: { 200: SyncAnswer, 202: SyncAnswer, default: Problem },
        },
        preValidation: async (request) => void (request.body ??= {}),
      },
      async (request, reply) => {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        const signal = AbortSignal.any([closing.signal, gone.signal]);
        const { code, progress } = await syncNow(context, { ...request.body, ...request.query, signal });
        return reply.code(code).send(answerOf(progress));
      },
    );
  };
}

type Wish = Readonly<{ mailbox?: string; wait?: number; signal: AbortSignal }>;

/** 200: all is in step. 202: the look is on its way, or not done within the time. */
async function syncNow(
  context: Context,
  { mailbox, wait, signal }: Wish,
): Promise<Readonly<{ code: 200 | 202; progress: LookProgress }>> {
  const personId = mailbox === undefined ? null : await personToSync(context, mailbox);
  const look = await lookNow(context, personId);
  if (wait === undefined) return { code: 202, progress: await progressOf(context, look) };
  const progress = await untilQuiet(context, look, {
    limitMs: wait * 1000,
    signal,
    tell: () => undefined,
  });
  return { code: progress.quiet ? 200 : 202, progress };
}

async function personToSync(context: Context, mailbox: string): Promise<string> {
  const person = await personNamed(context, mailbox);
  if (person.enabled) return person.id;
  throw problem(
    'person-disabled',
    `Sync is switched off for ${mailbox}; PUT /api/admin/people/${mailbox} switches it on.`,
  );
}

function personFrom(row: PersonRow, outage: string | null) {
  return {
    mailbox: row.mailbox,
    siebelLogin: row.siebel_login,
    enabled: row.enabled,
    ...shownState(row, outage),
    lastSyncedAt: row.last_synced_at,
    retryAt: row.retry_at,
    loaded: row.loaded,
    skipped: row.skipped,
  };
}

function answerOf({ quiet, written, status }: LookProgress) {
  return { quiet, written: { ...written }, parked: status.cues.parked };
}
