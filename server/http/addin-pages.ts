import { existsSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import type { AddinSettings } from '../../shared/addin-settings.ts';
import type { Context } from '../context.ts';
import { addinHeaders } from './addin-headers.ts';

/** The built add-in: its folder, its manifest for this server, and the version all of them have. */
export type Addin = Readonly<{ folder: string; manifest: string; version: string }>;

const pages = ['pane', 'command', 'sign-in'];
const yearMs = 365 * 24 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The pages Outlook shows, what they load, and the manifest that tells Outlook of them. Pages are asked for anew every time;
 * scripts are named after their content and kept for good; icons are kept for a day, and any site may show them: Outlook
 * leaves buttons blank whose icons it may not keep.
 */
export function addinPages({ settings }: Context, addin: Addin): FastifyPluginAsync {
  return async (app) => {
    const hide = { schema: { hide: true } };
    const headers = { ...hide, helmet: addinHeaders(settings) };
    await app.register(fastifyStatic, { root: addin.folder, serve: false, cacheControl: false });
    await app.register(fastifyStatic, {
      ...filesIn(addin, 'assets'),
      maxAge: yearMs,
      immutable: true,
      preCompressed: true,
    });
    await app.register(fastifyStatic, {
      ...filesIn(addin, 'icons'),
      maxAge: dayMs,
      setHeaders: (reply: FastifyReply, _path: string, _stat: Stats) =>
        void reply.header('cross-origin-resource-policy', 'cross-origin'),
    });
    for (const page of pages) {
      app.get(`/${page}/index.html`, headers, async (_request, reply) => sendPage(reply, addin, page));
      app.get(`/${page}`, hide, async (_request, reply) => reply.redirect(`/${page}/index.html`));
    }
    const known = settingsFor(settings, addin);
    app.get('/addin/settings.json', hide, async (_request, reply) =>
      reply.header('cache-control', 'no-cache').send(known),
    );
    app.get('/manifest.xml', hide, async (_request, reply) =>
      reply
        .type('application/xml; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-disposition', 'attachment; filename="manifest.xml"')
        .send(addin.manifest),
    );
  };
}

function filesIn({ folder }: Addin, name: string) {
  const root = join(folder, name);
  return { root, prefix: `/${name}/`, decorateReply: false, index: false, schemaHide: true } as const;
}

function settingsFor({ entra, isSandbox }: Context['settings'], { version }: Addin): AddinSettings {
  return {
    version,
    authority: `${entra.authority}/${encodeURIComponent(entra.tenantId)}`,
    clientId: entra.addinClientId ?? entra.clientId,
    scope: `${entra.apiAudience}/access_as_user`,
    isSandbox,
  };
}

async function sendPage(reply: FastifyReply, { folder }: Addin, page: string): Promise<FastifyReply> {
  reply.header('cache-control', 'no-cache');
  if (existsSync(join(folder, page, 'index.html'))) return reply.sendFile(`${page}/index.html`);
  return reply.code(503).header('retry-after', '5').type('text/html; charset=utf-8').send(notBuilt);
}

const notBuilt = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="5">
<title>Siebel Sync for Outlook</title>
</head>
<body>
<h1>The add-in is not built</h1>
<p>The service works; only its pages are missing. Run <code>npm run build</code> where it runs. <code>npm start</code> builds
them by itself: if it has just begun, they are here in a moment. This page looks again every five seconds.</p>
</body>
</html>
`;
