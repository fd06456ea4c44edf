import { isDeepStrictEqual } from 'node:util';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { Problem } from '../../shared/api.ts';
import { PolicySchema, type Policy } from '../../shared/policy.ts';
import type { Context } from '../context.ts';
import { leaveCues, type NewCue } from '../store/cues.ts';
import { linkedRecordIds } from '../store/marks.ts';
import { parkedRecordIds } from '../store/parked-view.ts';
import { enabledPeople } from '../store/people.ts';
import { currentPolicy, savePolicy } from '../store/policy.ts';
import { signedIn } from './openapi.ts';
import { checkedPolicy, refused, unknownSiebelFields } from './policy-check.ts';
import { problem } from './problem.ts';
import { callerOf } from './sign-in.ts';

/**
 * `GET` and `PUT /admin/policy`: the organisation's rules as one document. `ETag` and `If-Match` keep two administrators
 * from overwriting each other. `GET /admin/policy/schema`: its JSON Schema.
 */
export function policyRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    const response = { 200: PolicySchema, default: Problem };
    app.get('/policy', { schema: { ...signedIn, response } }, async (_request, reply) => {
      const { version, document } = await currentPolicy(context.db);
      return reply.header('etag', tagOf(version)).send(document);
    });
    app.get(
      '/policy/schema',
      { schema: { ...signedIn, response: { 200: Type.Unknown() } } },
      async () => PolicySchema,
    );
    app.put(
      '/policy',
      { schema: { ...signedIn, body: Type.Unknown(), response } },
      async (request, reply) => {
        const document = checkedPolicy(request.body);
        const version = await replacePolicy(context, {
          document,
          by: callerOf(request).userId,
          ifMatch: request.headers['if-match'] ?? null,
        });
        return reply.header('etag', tagOf(version)).send(document);
      },
    );
  };
}

type Replacement = Readonly<{ document: Policy; by: string; ifMatch: string | null }>;

async function replacePolicy(context: Context, { document, by, ifMatch }: Replacement): Promise<number> {
  const { db, clock } = context;
  const current = await currentPolicy(db);
  if (ifMatch !== null && ifMatch !== '*' && ifMatch !== tagOf(current.version)) {
    throw problem(
      'policy-changed',
      'Somebody saved the policy after you read it; read it again and repeat your change.',
    );
  }
  if (isDeepStrictEqual(current.document, document)) return current.version;
  await checkSiebelFields(context, document);
  const version = await savePolicy(db, { document, at: clock.now(), by });
  context.usePolicy(document);
  await applyEverywhere(context);
  return version;
}

/** A policy is taken as it is while Siebel cannot be asked; the next start and `doctor` ask again. */
async function checkSiebelFields({ siebel, log }: Context, document: Policy): Promise<void> {
  const wrong = await unknownSiebelFields(siebel, document);
  if ('kind' in wrong) log.warn({ reason: wrong.reason }, 'the Siebel fields of the policy were not checked');
  else if (wrong.length > 0) throw refused(wrong);
}

const atATime = 2_000;

/** Rules act at once: every mailbox, and every record somebody holds, is looked at under the new ones. */
async function applyEverywhere({ db, clock }: Context): Promise<void> {
  const people = await enabledPeople(db);
  const mailboxes = people.map((id): NewCue => ({
    kind: 'mailbox',
    personId: id,
    recordId: null,
    cause: 'policy',
  }));
  const siebel: NewCue = { kind: 'siebel', personId: null, recordId: null, cause: 'policy' };
  await leaveCues(db, [siebel, ...mailboxes], clock.now());
  await leaveCues(db, turnsOf(await parkedRecordIds(db)), clock.now());
  for (let after = ''; ;) {
    const ids = await linkedRecordIds(db, { after, limit: atATime });
    await leaveCues(db, turnsOf(ids), clock.now());
    const last = ids.at(-1);
    if (last === undefined || ids.length < atATime) return;
    after = last;
  }
}

function turnsOf(recordIds: readonly string[]): readonly NewCue[] {
  return recordIds.map((recordId) => ({ kind: 'turn', personId: null, recordId, cause: 'policy' }));
}

function tagOf(version: number): string {
  return `"${version}"`;
}
