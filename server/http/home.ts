import type { FastifyPluginAsync } from 'fastify';
import type { Context } from '../context.ts';

/** `GET /`: what this is and where to go on, for a person who opens the address in a browser. */
export function homePage({ settings }: Context): FastifyPluginAsync {
  const where = settings.isSandbox
    ? 'the sandbox, with a demo company and nobody real'
    : 'the systems it is set up for';
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Siebel Sync for Outlook</title>
</head>
<body>
<main>
<h1>Siebel Sync for Outlook</h1>
<p>This service keeps contacts, appointments and tasks the same in Siebel CRM and Outlook, both ways. It works with ${where}.</p>
<ul>
${settings.isSandbox ? '<li><a href="/outlook">See it at work: Outlook with the add-in, and Siebel beside it</a></li>\n' : ''}<li><a href="/setup">Set up the Outlook add-in</a></li>
<li><a href="/health/ready">Is it ready?</a></li>
<li><a href="/api/openapi.json">The API, as OpenAPI 3.1</a></li>
<li><a href="/metrics">Metrics, for Prometheus</a></li>
</ul>
<p>Operators use <code>npm run cli -- status</code> and <code>npm run cli -- doctor</code>.</p>
</main>
</body>
</html>
`;
  return async (app) => {
    app.get('/', { schema: { hide: true } }, async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(page),
    );
  };
}
