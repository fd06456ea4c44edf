import type { Failure } from '../connector.ts';
import type { GraphResponse } from './errors.ts';
import type { GraphPatch } from './wire.ts';

/**
 * Turns single requests of many mailboxes into as few round trips as the service's limits allow.
 *
 * Exchange lets an app have four requests in flight per mailbox and itself sends four of a `$batch` at a time. One batch of
 * 20 on a mailbox is therefore the fastest thing there is, and a second one beside it is throttled (facts/performance.md
 * section 2: 160 of 200 answered 429). So every mailbox has a lane: while a batch with its requests is in flight, its other
 * requests wait; batches over different mailboxes run side by side. Requests made in the same tick travel together.
 */
export type GraphRequest = Readonly<{
  /** User id of the mailbox whose lane it takes; `null` for what lies outside mailboxes (users, subscriptions). */
  mailbox: string | null;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the base address, with its query, encoded: `/users/…`. */
  path: string;
  body?: GraphPatch;
  /** The version the item must still have, as an etag. */
  ifMatch?: string;
  maxPageSize?: number;
  /** Further wishes of the `Prefer` header, e.g. `outlook.body-content-type="text"`. */
  prefer?: string;
}>;

export type GraphAnswer = GraphResponse | Readonly<{ answer: 'failed'; failure: Failure }>;

export type Job = Readonly<{
  request: GraphRequest;
  /** How often it was sent already. */
  attempts: number;
  /** Not to be put into a batch with others: one of them made Graph refuse the whole batch. */
  isAlone: boolean;
  settle: (answer: GraphAnswer) => void;
  /** For our own mistakes, which must reach whoever asked. */
  fail: (error: unknown) => void;
}>;

/** What became of one sending: an answer to hand on, or "send it again, not before so many milliseconds have passed". */
export type Verdict =
  | Readonly<{ is: 'final'; answer: GraphAnswer }>
  | Readonly<{ is: 'again'; waitMs: number; isAlone: boolean }>;

export type PackerSettings = Readonly<{
  /** Most round trips in flight. */
  limit: number;
  nowMs: () => number;
  sleep: (ms: number) => Promise<void>;
  /** Sends up to 20 jobs in one round trip and answers a verdict for each, in their order. Rejects for our own mistakes only. */
  carry: (jobs: readonly Job[]) => Promise<readonly Verdict[]>;
}>;

/** Graph's limit on a `$batch`. */
const maxBatchSize = 20;
/** Graph takes bodies of up to 4 MB; a quarter is left for paths and headers. */
const maxBatchCharacters = 3_000_000;

type Lane = {
  readonly queue: Job[];
  isBusy: boolean;
  /** Nothing is sent before this instant, in milliseconds since 1970. */
  pausedUntilMs: number;
  /** Set while the mailbox asked for a wait too long to sit out: what comes meanwhile is answered at once. */
  refusal: Failure | null;
};

export function createPacker(settings: PackerSettings): (request: GraphRequest) => Promise<GraphAnswer> {
  const lanes = new Map<string, Lane>();
  let inFlight = 0;
  let isPumping = false;

  /** Waits for the end of the tick, so that whoever was just answered can ask the next thing first. */
  const pumpSoon = () => {
    if (isPumping) return;
    isPumping = true;
    setImmediate(() => {
      isPumping = false;
      while (inFlight < settings.limit) {
        const jobs = takeBatch(lanes, settings.nowMs());
        if (jobs.length === 0) return;
        void fly(jobs);
      }
    });
  };

  /** The end of the sleep ends the pause: a timer may ring a moment before the clock says so. */
  const rest = async (lane: Lane) => {
    const untilMs = lane.pausedUntilMs;
    await settings.sleep(untilMs - settings.nowMs());
    if (lane.pausedUntilMs === untilMs) lane.pausedUntilMs = 0;
    pumpSoon();
  };

  const fly = async (jobs: readonly Job[]) => {
    inFlight += 1;
    const verdicts = await settings.carry(jobs).catch((error: unknown) => {
      for (const job of jobs) job.fail(error);
      return null;
    });
    inFlight -= 1;
    for (const job of jobs) laneOf(lanes, job.request).isBusy = false;
    if (verdicts === null) return pumpSoon();
    for (const lane of landAll(lanes, jobs, { verdicts, nowMs: settings.nowMs() })) void rest(lane);
    pumpSoon();
  };

  return (request) =>
    new Promise((settle, fail) => {
      const lane = laneOf(lanes, request);
      const refusal = refusalNow(lane, settings.nowMs());
      if (refusal !== null) return settle(refusal);
      lane.queue.push({ request, attempts: 0, isAlone: false, settle, fail });
      pumpSoon();
    });
}

/** Fills one batch, lane by lane; a lane that gave something is busy and goes to the end of the row. */
function takeBatch(lanes: Map<string, Lane>, nowMs: number): readonly Job[] {
  const jobs: Job[] = [];
  let room = maxBatchCharacters;
  for (const [key, lane] of lanes) {
    if (lane.isBusy || lane.pausedUntilMs > nowMs) continue;
    const before = jobs.length;
    for (let next = lane.queue[0]; next !== undefined; next = lane.queue[0]) {
      const size = sizeOf(next.request);
      if (jobs.length > 0 && (next.isAlone || jobs.length === maxBatchSize || size > room)) break;
      jobs.push(next);
      lane.queue.shift();
      room -= size;
      if (next.isAlone) break;
    }
    if (jobs.length > before) {
      lane.isBusy = key !== outside;
      lanes.delete(key);
      lanes.set(key, lane);
    } else if (lane.queue.length === 0) lanes.delete(key);
    if (jobs.length === maxBatchSize || jobs[0]?.isAlone === true) break;
  }
  return jobs;
}

/** Deals with every job of a batch, and answers which lanes must rest before something is sent again. */
function landAll(
  lanes: Map<string, Lane>,
  jobs: readonly Job[],
  end: Readonly<{ verdicts: readonly Verdict[]; nowMs: number }>,
): ReadonlySet<Lane> {
  const touched = new Set<Lane>();
  // From the last to the first, so that what must be sent again stands in its old order.
  for (const [index, job] of [...jobs.entries()].reverse()) {
    const verdict = end.verdicts[index];
    if (verdict === undefined) throw new Error('A job came back without a verdict.');
    const lane = laneOf(lanes, job.request);
    land(lane, job, { verdict, nowMs: end.nowMs });
    touched.add(lane);
  }
  return new Set([...touched].filter((lane) => lane.queue.length > 0 && lane.pausedUntilMs > end.nowMs));
}

/** Settles a job or puts it back. */
function land(lane: Lane, job: Job, end: Readonly<{ verdict: Verdict; nowMs: number }>): void {
  const { verdict, nowMs } = end;
  if (verdict.is === 'final') {
    job.settle(verdict.answer);
    if (verdict.answer.answer === 'failed') closeLane(lane, job, { failure: verdict.answer.failure, nowMs });
  } else if (lane.refusal !== null && job.request.mailbox !== null) {
    job.settle({ answer: 'failed', failure: lane.refusal });
  } else {
    lane.queue.unshift({ ...job, attempts: job.attempts + 1, isAlone: verdict.isAlone });
    lane.pausedUntilMs = Math.max(lane.pausedUntilMs, nowMs + verdict.waitMs);
  }
}

/** A mailbox that asked for a long wait answers everything that is queued for it; nobody else waits with it. */
function closeLane(lane: Lane, job: Job, end: Readonly<{ failure: Failure; nowMs: number }>): void {
  const { failure, nowMs } = end;
  if (failure.kind !== 'throttled' || failure.retryAfterMs === null || job.request.mailbox === null) return;
  lane.refusal = failure;
  lane.pausedUntilMs = Math.max(lane.pausedUntilMs, nowMs + failure.retryAfterMs);
  for (const waiting of lane.queue.splice(0)) waiting.settle({ answer: 'failed', failure });
}

function refusalNow(lane: Lane, nowMs: number): GraphAnswer | null {
  if (lane.refusal === null) return null;
  const retryAfterMs = lane.pausedUntilMs - nowMs;
  if (retryAfterMs > 0) return { answer: 'failed', failure: { ...lane.refusal, retryAfterMs } };
  lane.refusal = null;
  return null;
}

/** The lane of what belongs to no mailbox; any number of batches may carry it at once. */
const outside = '';

function laneOf(lanes: Map<string, Lane>, request: GraphRequest): Lane {
  const key = request.mailbox ?? outside;
  const known = lanes.get(key);
  if (known !== undefined) return known;
  const lane: Lane = { queue: [], isBusy: false, pausedUntilMs: 0, refusal: null };
  lanes.set(key, lane);
  return lane;
}

function sizeOf(request: GraphRequest): number {
  return request.body === undefined ? 0 : JSON.stringify(request.body).length;
}
