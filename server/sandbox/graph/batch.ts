import type { WireAnswer, WireRequest } from '../wire.ts';
import { DropConnection } from '../world.ts';
import type { Caller } from './call.ts';
import { findUser } from './directory.ts';
import { overConcurrency, widestBatch } from './limits.ts';
import { segmentsOf } from './paths.ts';
import { readBatch, type Inner } from './batch-body.ts';
import { answerRefusal, Refusal, type ErrorStamp } from './refusal.ts';
import { matchRoute, routeTemplate } from './routes.ts';
import { address, carryOut, limitKey, understand, type Service } from './serve.ts';

/** What the requests of one `$batch` have in common. */
export type BatchFrame = Readonly<{
  caller: Caller;
  stamp: () => ErrorStamp;
  /** The one round trip the whole batch costs. */
  roundTrip: () => Promise<void>;
}>;

type Reply = Readonly<{
  id: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
}>;

/**
 * Answers a `$batch`. For each mailbox up to four requests are under way at a time, each on a lane; lanes for which the
 * mailbox has no place left (another batch or call holds it) answer 429, as Outlook does for each request inside.
 */
export async function answerBatch(
  service: Service,
  request: WireRequest,
  frame: BatchFrame,
): Promise<WireAnswer> {
  const inners = readBatch(request);
  const lanes = layLanes(service, inners, frame.caller);
  const replies = new Map<string, Reply>();
  const drops: DropConnection[] = [];
  try {
    await frame.roundTrip();
    await Promise.all(
      lanes.map(async (lane) => {
        for (const inner of lane.inners) {
          const reply = await replyTo(service, { inner, hasPlace: lane.hasPlace, replies }, frame);
          if (reply instanceof DropConnection) drops.push(reply);
          else replies.set(inner.id, reply);
        }
      }),
    );
  } finally {
    for (const lane of lanes) if (lane.hasPlace && lane.key !== null) service.limits.giveBack(lane.key, 1);
  }
  // A connection that is cut for one of them is cut for all.
  const [drop] = drops;
  if (drop) throw drop;
  const responses = inners.map(({ id }) => replies.get(id)).filter((reply) => reply !== undefined);
  return { status: 200, body: { responses } };
}

type Lane = { key: string | null; hasPlace: boolean; inners: Inner[] };

/** Requests that wait for others go one after the other; the rest is dealt out over the lanes of their mailbox. */
function layLanes(service: Service, inners: readonly Inner[], caller: Caller): readonly Lane[] {
  const groups = Map.groupBy(inners, (inner) => keyOf(service, inner, caller));
  const isOrdered = inners.some(({ dependsOn }) => dependsOn.length > 0);
  const lanes = [...groups].flatMap(([key, group]) => {
    const wanted = isOrdered ? 1 : Math.min(widestBatch, group.length);
    const granted = key === null ? wanted : service.limits.take(key, wanted);
    const ofGroup: Lane[] = Array.from({ length: wanted }, (_, index) => ({
      key,
      hasPlace: index < granted,
      inners: [],
    }));
    group.forEach((inner, index) => ofGroup[index % wanted]?.inners.push(inner));
    return ofGroup;
  });
  if (!isOrdered || lanes.length <= 1) return lanes;
  return inOrder(lanes, inners);
}

/** One lane for the answers, while every mailbox keeps the place it holds. */
function inOrder(lanes: readonly Lane[], inners: readonly Inner[]): readonly Lane[] {
  const placeOf = new Map(
    lanes.flatMap((lane) => lane.inners.map((inner) => [inner.id, lane.hasPlace] as const)),
  );
  const rest = lanes.map((lane) => ({ ...lane, inners: [] }));
  const ordered = inners.map((inner) => ({ ...inner, hasNoPlace: placeOf.get(inner.id) === false }));
  return [...rest, { key: null, hasPlace: true, inners: ordered }];
}

function keyOf(service: Service, inner: Inner, caller: Caller): string | null {
  const match = matchRoute(service.routes, inner.request.method, segmentsOf(inner.request.rawPath));
  if (typeof match === 'string' || !match.route.isInExchange) return null;
  const user = match.ids['user'] ?? '';
  const mailbox = findUser(service.graph, user.toLowerCase() === 'me' ? caller.objectId : user);
  return mailbox ? limitKey(caller, mailbox) : null;
}

type Turn = Readonly<{ inner: Inner; hasPlace: boolean; replies: ReadonlyMap<string, Reply> }>;

async function replyTo(service: Service, turn: Turn, frame: BatchFrame): Promise<Reply | DropConnection> {
  const { inner, replies } = turn;
  const { method, rawPath } = inner.request;
  const template = routeTemplate(service.routes, method, segmentsOf(rawPath));
  service.graph.world.counts.operation('graph', method, `/v1.0/${template}`);
  try {
    if (inner.dependsOn.some((id) => (replies.get(id)?.status ?? 424) >= 400)) {
      throw new Refusal(424, 'FailedDependency', 'A request this one depends on has failed.');
    }
    if (!turn.hasPlace || inner.hasNoPlace) throw overConcurrency();
    const addressed = address(service, inner.request);
    const understood = understand(service, addressed, frame.caller);
    if (understood.limitKey !== null) service.limits.count(understood.limitKey);
    return replyFrom(inner.id, await carryOut(understood, addressed.fault));
  } catch (error) {
    if (error instanceof Refusal) return replyFrom(inner.id, answerRefusal(error, frame.stamp()));
    if (error instanceof DropConnection) return error;
    throw error;
  }
}

function replyFrom(id: string, answer: WireAnswer): Reply {
  const headers = { ...answer.headers };
  if (answer.body === null) return { id, status: answer.status, headers };
  return {
    id,
    status: answer.status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: answer.body,
  };
}
