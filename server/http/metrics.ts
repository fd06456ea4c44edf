import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Context } from '../context.ts';
import { readGauges } from '../store/gauges.ts';
import { lastJournalId } from '../store/status.ts';

export type Metrics = Readonly<{
  registry: Registry;
  /** Reads from the database what is counted there. */
  refresh: () => Promise<void>;
  requests: Counter<'method' | 'route' | 'status'>;
  seconds: Histogram<'method' | 'route'>;
}>;

const gaugeHelp = {
  cues: 'Cues by kind and stage.',
  people: 'People on the user map by state.',
  parked: 'Items and mailboxes that need attention, by kind.',
  questions: 'Open questions to people, by kind.',
  links: 'Links between a mailbox and a Siebel record, by state.',
} as const;

/** Numbers for Prometheus; labels are kinds and states, never anybody's name, address or id. */
export function createMetrics(context: Context): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauges = Object.entries(gaugeHelp).map(
    ([what, help]) =>
      [what, new Gauge({ name: `siebel_sync_${what}`, help, labelNames: ['label'], registers })] as const,
  );
  const journal = new Gauge({
    name: 'siebel_sync_journal_entries',
    help: 'Number of the newest journal entry: how many things have been done.',
    registers,
  });
  const refresh = async () => {
    const rows = await readGauges(context.db, context.clock.now());
    for (const [what, gauge] of gauges) {
      gauge.reset();
      for (const row of rows) if (row.what === what) gauge.set({ label: row.label }, row.value);
    }
    journal.set(Number(await lastJournalId(context.db)));
  };
  return {
    registry,
    refresh,
    requests: new Counter({
      name: 'siebel_sync_http_requests_total',
      help: 'Requests answered, by route template.',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    seconds: new Histogram({
      name: 'siebel_sync_http_request_seconds',
      help: 'Time to answer, by route template.',
      labelNames: ['method', 'route'],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
  };
}

/** Counts and logs every answer by the template of its route: addresses themselves name people and items. */
export function countRequests(app: FastifyInstance, { log }: Context, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    metrics.requests.inc({ method, route, status: String(reply.statusCode) });
    metrics.seconds.observe({ method, route }, reply.elapsedTime / 1000);
    log.debug({ method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
}

export function metricsRoutes({ registry, refresh }: Metrics): FastifyPluginAsync {
  return async (app) => {
    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
      await refresh();
      return reply.type(registry.contentType).send(await registry.metrics());
    });
  };
}
