import { setTimeout as sleep } from 'node:timers/promises';
import { DropConnection, type FaultHit } from '../world.ts';
import type { WireAnswer, WireRequest } from '../wire.ts';
import type { Call, Caller, ListFault } from './call.ts';
import { findUser } from './directory.ts';
import { authorize, refuseUnreachable } from './gate.ts';
import type { Limits } from './limits.ts';
import { segmentsOf } from './paths.ts';
import { readPreferences, readQuery } from './query.ts';
import { badRequest, faultRefusal, Refusal, userNotFound } from './refusal.ts';
import { matchRoute, type Match, type Route } from './routes.ts';
import type { Graph, Mailbox } from './state.ts';

export type Service = Readonly<{
  graph: Graph;
  routes: readonly Route[];
  limits: Limits;
  nextRequestId: () => string;
}>;

/** A request whose route is known; what is wrong with the address is told only to those who are signed in. */
export type Addressed = Readonly<{ request: WireRequest; match: Match | Refusal; fault: FaultHit | null }>;

const anyTime: readonly FaultHit['kind'][] = ['status', 'delay', 'drop-before', 'drop-after-commit'];

/** Finds the route and takes the fault, and acts on faults that come before any effect. */
export function address(service: Service, request: WireRequest): Addressed {
  const match = findRoute(service.routes, request);
  const fault = service.graph.world.faults.take(
    'graph',
    request.method,
    new URL(request.base).pathname.replace(/\/$/, '') + request.path,
    faultKinds(match, request),
  );
  if (fault?.kind === 'status') throw faultRefusal(fault.status, fault.retryAfterSeconds);
  if (fault?.kind === 'drop-before') throw new DropConnection();
  return { request, match, fault };
}

/** Understands the request for this caller and refuses what may not be. */
export function understand(
  service: Service,
  { request, match, fault }: Addressed,
  caller: Caller,
): Understood {
  if (match instanceof Refusal) throw match;
  const { route } = match;
  const { graph } = service;
  const mailbox = mailboxOf(graph, caller, match.ids['user']);
  authorize(caller, route.need, mailbox);
  if (route.isInExchange && mailbox) refuseUnreachable(graph.world, caller, mailbox);
  const call: Call = {
    graph,
    caller,
    request,
    query: readQuery(request.query),
    prefer: readPreferences(request.headers),
    ids: match.ids,
    mailbox,
    listFault: listFaultOf(fault),
  };
  return { call, route, limitKey: route.isInExchange && mailbox ? limitKey(caller, mailbox) : null };
}

export type Understood = Readonly<{ call: Call; route: Route; limitKey: string | null }>;

export const limitKey = (caller: Caller, mailbox: Mailbox): string => `${caller.appId} ${mailbox.userId}`;

/** Carries the request out, with what a fault does to it on the way. */
export async function carryOut({ call, route }: Understood, fault: FaultHit | null): Promise<WireAnswer> {
  await delayed(fault);
  // Whoever keeps the sandbox's data in a file sees by the numbers drawn that something may have changed.
  if (route.method !== 'GET') call.graph.world.nextNumber();
  const answer = await route.handler(call);
  if (fault?.kind === 'drop-after-commit') throw new DropConnection();
  return answer;
}

export async function delayed(fault: FaultHit | null): Promise<void> {
  if (fault?.kind === 'delay') await sleep(fault.delayMs);
}

function findRoute(routes: readonly Route[], request: WireRequest): Match | Refusal {
  try {
    const segments = segmentsOf(request.rawPath);
    const match = matchRoute(routes, request.method, segments);
    if (match === 'wrongMethod') {
      return new Refusal(405, 'ErrorInvalidRequest', 'The OData request is not supported.');
    }
    if (match !== 'unknown') return match;
    return badRequest(`Resource not found for the segment '${segments.at(-1) ?? ''}'.`, 'BadRequest');
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** A cut-off listing needs a listing, a dead token needs a token. */
function faultKinds(match: Match | Refusal, request: WireRequest): readonly FaultHit['kind'][] {
  const shape = match instanceof Refusal ? 'item' : match.route.shape;
  const hasToken = [...request.query.keys()].some((name) => /^\$?(delta|skip)token$/i.test(name));
  return [
    ...anyTime,
    ...(shape === 'item' ? [] : (['partial-page', 'empty-list'] as const)),
    ...(shape === 'delta' && hasToken ? (['expire-delta'] as const) : []),
  ];
}

const listFaults: readonly ListFault[] = ['partial-page', 'empty-list', 'expire-delta'];

const listFaultOf = (fault: FaultHit | null): ListFault | null =>
  listFaults.find((kind) => kind === fault?.kind) ?? null;

function mailboxOf(graph: Graph, caller: Caller, key: string | undefined): Mailbox | null {
  if (key === undefined) return null;
  if (key.toLowerCase() === 'me' && caller.kind === 'app') {
    throw badRequest('/me request is only valid with delegated authentication flow.', 'BadRequest');
  }
  const mailbox = findUser(graph, key.toLowerCase() === 'me' ? caller.objectId : key);
  if (!mailbox) throw userNotFound(key);
  return mailbox;
}
