import type { FastifyInstance } from 'fastify';
import type { Policy } from '../shared/policy.ts';
import type { Context } from './context.ts';
import { createMemo, type Engine } from './engine/engine.ts';
import { cueEverything, startWorker } from './engine/worker.ts';
import { unknownSiebelFields } from './http/policy-check.ts';
import { listenForCues } from './store/listen.ts';
import { enabledPeople } from './store/people.ts';
import { currentPolicy } from './store/policy.ts';

export type Serving = Readonly<{ stop: () => Promise<void> }>;

/** Starts a worker and, if there is an app, the API; `stop` finishes the work at hand and closes both. */
export async function serve(context: Context, { app }: { app: FastifyInstance | null }): Promise<Serving> {
  if (app) await listen(app, context.settings.port);
  const engine: Engine = { ...context, memo: createMemo(context.clock.now) };
  const stopping = new AbortController();
  await cueEverything(engine, await enabledPeople(context.db));
  const worker = startWorker(engine, stopping.signal);
  const ear = await listenForCues(context.settings.databaseUrl ?? '', worker.wake);
  void warnOfUnknownFields(context, (await currentPolicy(context.db)).document);
  context.log.info({ port: app ? context.settings.port : null }, app ? 'serving' : 'working');
  return {
    stop: async () => {
      await app?.close();
      stopping.abort();
      await worker.stopped;
      await ear.close();
    },
  };
}

/** Before the worker starts, so that a server nobody can reach does not work unseen. */
async function listen(app: FastifyInstance, port: number): Promise<void> {
  try {
    await app.listen({ port, host: '0.0.0.0' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new Error(`Port ${port} is taken by another program; stop that one or set PORT.`, { cause: error });
  }
}

/** A field that is gone from Siebel makes every read fail; who looks into the log finds its name first. */
async function warnOfUnknownFields({ siebel, log }: Context, policy: Policy): Promise<void> {
  const wrong = await unknownSiebelFields(siebel, policy);
  if ('kind' in wrong) log.warn({ reason: wrong.reason }, 'the Siebel fields of the policy were not checked');
  else if (wrong.length > 0) log.warn({ wrong }, 'the policy names Siebel fields that do not exist');
}
