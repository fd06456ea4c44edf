import type { FastifyPluginAsync } from 'fastify';
import type { Finding } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { Addin } from './addin-pages.ts';
import { setupPage } from './setup/page.ts';
import { scriptSource, styleSource } from './setup/script.ts';

const hide = { schema: { hide: true } };

/** `GET /setup`: how an administrator brings the add-in to people, with what this server knows filled in. Nothing on it is secret. */
export function setupRoutes(
  { settings }: Context,
  { addin, checks }: Readonly<{ addin: Addin; checks: () => Promise<readonly Finding[]> }>,
): FastifyPluginAsync {
  const page = setupPage({ settings, manifest: addin.manifest, version: addin.version });
  const helmet = {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [scriptSource],
        styleSrc: [styleSource],
        connectSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
  };
  return async (app) => {
    app.get('/setup', { ...hide, helmet }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page),
    );
    app.get('/setup/checks', hide, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send(await checks()),
    );
  };
}
