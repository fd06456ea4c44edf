import type { FastifyPluginAsync } from 'fastify';
import type { Context } from '../context.ts';

/** `GET /outlook`: the sandbox's stand-in for Outlook, where there is a sandbox; nothing otherwise. */
export function outlookRedirect({ settings }: Context): FastifyPluginAsync {
  return async (app) => {
    if (!settings.isSandbox) return;
    const { origin } = new URL(settings.graph.url);
    app.get('/outlook', { schema: { hide: true } }, async (_request, reply) =>
      reply.redirect(`${origin}/outlook`),
    );
  };
}
