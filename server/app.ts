import { existsSync } from 'node:fs';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { TypeBoxValidatorCompiler, type TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { Settings as TypeBoxSettings } from 'typebox/system';
import { addinFor } from './addin.ts';
import { createHttp, type Http } from './connectors/http.ts';
import type { Context } from './context.ts';
import { addinPages, type Addin } from './http/addin-pages.ts';
import { categoryRoutes } from './http/categories.ts';
import { installErrors } from './http/errors.ts';
import { healthRoutes } from './http/health.ts';
import { homePage } from './http/home.ts';
import { itemRoutes } from './http/items.ts';
import { journalRoutes } from './http/journal.ts';
import { markRoutes } from './http/marks.ts';
import { meRoutes } from './http/me.ts';
import { countRequests, createMetrics, metricsRoutes } from './http/metrics.ts';
import { newContactRoutes } from './http/new-contact.ts';
import { notificationRoutes } from './http/notifications.ts';
import { describeApi } from './http/openapi.ts';
import { outlookRedirect } from './http/outlook-redirect.ts';
import { parkedRoutes } from './http/parked.ts';
import { peopleRoutes } from './http/people.ts';
import { policyRoutes } from './http/policy.ts';
import { questionRoutes } from './http/questions.ts';
import { callerOf, requireAdmin, requireSignIn } from './http/sign-in.ts';
import { createSigningKeys, type SigningKeys } from './http/signing-keys.ts';
import { setupRoutes } from './http/setup.ts';
import { statusRoutes } from './http/status.ts';
import { whoIsRoutes } from './http/who-is.ts';
import { createSetupChecks } from './setup-checks.ts';

const bodyLimitBytes = 1024 * 1024;
/** Requests a minute: from one address before sign-in, and of one person. Tests and mail rooms share addresses. */
const mostByAddress = 12_000;
const mostByPerson = 6_000;

/** The API, health, metrics, notifications, the start page and the add-in; not yet listening. */
export async function createApp(
  context: Context,
  addin: Addin = addinFor(context.settings),
): Promise<FastifyInstance> {
  // A policy with many mistakes shows them all; the library stops at eight.
  TypeBoxSettings.Set({ maxErrors: 64 });
  const app = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    // Graph's ids have up to a few hundred characters; fastify's own limit is 100.
    routerOptions: { maxParamLength: 1500 },
    // A proxy on this machine or network may say who really calls; anybody else may not.
    trustProxy: 'loopback, linklocal, uniquelocal',
    return503OnClosing: true,
    forceCloseConnections: true,
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Routes build what they answer; the schemas describe and type it. fast-json-stringify would drop and convert silently.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  takeEmptyBodies(app);
  installErrors(app, context);
  await protect(app, context);
  const metrics = createMetrics(context);
  countRequests(app, context, metrics);
  await describeApi(app, context);
  await app.register(healthRoutes(context));
  await app.register(metricsRoutes(metrics));
  await app.register(notificationRoutes(context));
  await app.register(homePage(context));
  await app.register(outlookRedirect(context));
  await registerAddin(app, context, addin);
  await app.register(apiRoutes(context, signingKeysFor(app, context)), { prefix: '/api' });
  return app;
}

async function registerAddin(app: FastifyInstance, context: Context, addin: Addin): Promise<void> {
  if (!existsSync(addin.folder)) context.log.warn('the add-in is not built; `npm run build` builds it');
  const checks = createSetupChecks(context, { http: httpFor(app, context), folder: addin.folder });
  await app.register(addinPages(context, addin));
  await app.register(setupRoutes(context, { addin, checks }));
}

function apiRoutes(context: Context, keys: SigningKeys) {
  return async (api: FastifyInstance) => {
    await requireSignIn(api, context, keys);
    api.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    });
    api.addHook(
      'preHandler',
      api.rateLimit({
        max: mostByPerson,
        timeWindow: '1 minute',
        keyGenerator: (request) => callerOf(request).userId,
      }),
    );
    await api.register(meRoutes(context));
    await api.register(itemRoutes(context));
    await api.register(categoryRoutes(context));
    await api.register(markRoutes(context));
    await api.register(newContactRoutes(context));
    await api.register(whoIsRoutes(context));
    await api.register(questionRoutes(context));
    await api.register(
      async (admin: FastifyInstance) => {
        admin.addHook('onRequest', requireAdmin);
        await admin.register(statusRoutes(context));
        await admin.register(peopleRoutes(context));
        await admin.register(policyRoutes(context));
        await admin.register(journalRoutes(context));
        await admin.register(parkedRoutes(context));
      },
      { prefix: '/admin' },
    );
  };
}

/** Headers that keep browsers from guessing, framing and leaking, and a limit on how often an address may ask. */
async function protect(app: FastifyInstance, { settings }: Context): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: settings.publicUrl.startsWith('https://'),
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, {
    max: mostByAddress,
    timeWindow: '1 minute',
    hook: 'onRequest',
    allowList: (request) => request.url.startsWith('/health/') || request.url === '/metrics',
  });
}

/** "No body" with a JSON content type is no body: many clients send the type on every POST. */
function takeEmptyBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (String(body).trim() === '') done(null, undefined);
    else void parse(request, String(body), done);
  });
}

function signingKeysFor(app: FastifyInstance, context: Context): SigningKeys {
  const http = httpFor(app, context);
  return createSigningKeys({ http, clock: context.clock, entra: context.settings.entra });
}

function httpFor(app: FastifyInstance, context: Context): Http {
  const http = createHttp({
    concurrency: 2,
    timeoutMs: 10_000,
    clock: { now: () => context.clock.now().epochMilliseconds },
  });
  app.addHook('onClose', () => http.close());
  return http;
}
