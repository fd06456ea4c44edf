import { roundTrip } from '../control/latency.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import { DropConnection, type World } from '../world.ts';
import { answerBatch } from './batch.ts';
import { mailboxControl } from './control.ts';
import { addUser } from './directory.ts';
import { authenticate } from './gate.ts';
import { createLimits, overConcurrency } from './limits.ts';
import { createNotifier } from './notifier.ts';
import { segmentsOf } from './paths.ts';
import { restoreGraph, savedGraph } from './saved.ts';
import { answerRefusal, Refusal, type ErrorStamp } from './refusal.ts';
import { createRoutes, routeTemplate } from './routes.ts';
import { address, carryOut, delayed, understand, type Service } from './serve.ts';
import type { GraphSide } from './side.ts';
import type { Graph } from './state.ts';
import { subscriptionHandlers } from './subscriptions.ts';
import { declareSwitches } from './switches.ts';
import { createWebhook } from './webhook.ts';

/** Microsoft Graph v1.0 as far as contacts need it, kept in memory. See `side.ts` for what the server may call. */
export function graphSide(world: World): GraphSide {
  declareSwitches(world);
  const webhook = createWebhook();
  const notifier = createNotifier(world, webhook);
  const graph: Graph = {
    world,
    byUserId: new Map(),
    byAddress: new Map(),
    notify: notifier.notify,
    conflicted: new WeakSet(),
  };
  const routes = createRoutes(subscriptionHandlers(notifier.subscriptions, webhook));
  const service: Service = { graph, routes, limits: createLimits(world), nextRequestId: createRequestIds() };
  return {
    answer: (request) => answerOne(service, request),
    template: (method, path) => `/v1.0/${routeTemplate(routes, method, segmentsOf(encodeURI(path)))}`,
    addUser: (user) => addUser(graph, user),
    control: mailboxControl(graph, notifier),
    reset: () => {
      graph.byUserId.clear();
      graph.byAddress.clear();
      service.limits.clear();
      notifier.reset();
    },
    saved: () => savedGraph(graph, notifier.subscriptions),
    restore: (saved) => restoreGraph(graph, notifier.subscriptions, saved),
    close: async () => {
      notifier.close();
      webhook.close();
      await Promise.resolve();
    },
  };
}

/** Answers one request of the wire; every refusal gets the error body and headers of Graph. */
async function answerOne(service: Service, request: WireRequest): Promise<WireAnswer> {
  const stamp = stampOf(service, request);
  const headers = {
    'request-id': stamp.requestId,
    'client-request-id': stamp.clientRequestId ?? stamp.requestId,
    'Cache-Control': 'private',
  };
  const answer = await outcomeOf(service, request, stamp);
  return { ...answer, headers: { ...headers, ...answer.headers } };
}

async function outcomeOf(service: Service, request: WireRequest, stamp: ErrorStamp): Promise<WireAnswer> {
  try {
    const isBatch = request.method === 'POST' && request.path.toLowerCase() === '/v1.0/$batch';
    return await (isBatch ? answerAll(service, request) : answerSingle(service, request));
  } catch (error) {
    if (error instanceof Refusal) return answerRefusal(error, stamp);
    throw error;
  }
}

async function answerAll(service: Service, request: WireRequest): Promise<WireAnswer> {
  const { world } = service.graph;
  const { fault } = address(service, request);
  const caller = await authenticate(world, request.headers);
  const answer = await answerBatch(service, request, {
    caller,
    stamp: () => stampOf(service, request),
    roundTrip: async () => {
      await roundTrip(world, 'graph');
      await delayed(fault);
    },
  });
  if (fault?.kind === 'drop-after-commit') throw new DropConnection();
  return answer;
}

/** The round trip is spent in flight, so it counts for the four places of a mailbox. */
async function answerSingle(service: Service, request: WireRequest): Promise<WireAnswer> {
  const { limits, graph } = service;
  const addressed = address(service, request);
  const caller = await authenticate(graph.world, request.headers);
  const understood = understand(service, addressed, caller);
  const { limitKey: key } = understood;
  if (key !== null) {
    limits.count(key);
    if (limits.take(key, 1) === 0) throw overConcurrency();
  }
  try {
    await roundTrip(graph.world, 'graph');
    return await carryOut(understood, addressed.fault);
  } finally {
    if (key !== null) limits.giveBack(key, 1);
  }
}

const stampOf = ({ graph, nextRequestId }: Service, request: WireRequest): ErrorStamp => ({
  requestId: nextRequestId(),
  clientRequestId: request.headers['client-request-id'] ?? null,
  at: graph.world.now().toISOString(),
});

/** Tell requests apart in logs; counted, so that faults with a probability fall the same way in every run. */
function createRequestIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${last.toString(16).padStart(12, '0')}`;
  };
}
