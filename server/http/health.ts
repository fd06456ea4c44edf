import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Health } from '../../shared/api.ts';
import type { Context } from '../context.ts';
import { pingDatabase } from '../store/gauges.ts';

const patienceMs = 2_000;

/** `/health/live`: the process answers. `/health/ready`: so does its database. */
export function healthRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/health/live', { schema: { response: { 200: Health } } }, async () => ({
      status: 'ok' as const,
    }));
    app.get(
      '/health/ready',
      { schema: { response: { 200: Health, 503: Health } } },
      async (_request, reply) => {
        if (await isDatabaseThere(context)) return { status: 'ok' as const };
        return reply.code(503).send({ status: 'unavailable' });
      },
    );
  };
}

/** A database that does not answer soon is as good as none: pools wait for a connection longer than any balancer does. */
async function isDatabaseThere({ db, clock, log }: Context): Promise<boolean> {
  const answered = new AbortController();
  const ping = pingDatabase(db).then(
    () => true,
    (error: unknown) => {
      log.warn({ err: error }, 'the database does not answer');
      return false;
    },
  );
  const tooLate = clock.wait(patienceMs, answered.signal).then(() => false);
  const isThere = await Promise.race([ping, tooLate]);
  answered.abort();
  return isThere;
}
