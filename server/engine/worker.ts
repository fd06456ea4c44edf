import { claimCues, extendLeases, finishCues, leaveCues, nextDue, type Cue } from '../store/cues.ts';
import type { CueKind } from '../store/schema.ts';
import { backOffMs } from './back-off.ts';
import { leaseMs } from './lease.ts';
import type { Engine } from './engine.ts';
import { sweepMailboxes } from './sweep-mailbox.ts';
import { sweepSiebel } from './sweep-siebel.ts';
import { runTurns } from './turn.ts';

const longestSleepMs = 1_000;

type Lane = Readonly<{
  kind: CueKind;
  herd: number;
  work: (engine: Engine, cues: readonly Cue[]) => Promise<void>;
}>;

/** What a worker does side by side. A herd shares round trips; two herds of one lane never run at once in a process. */
const lanes: readonly Lane[] = [
  { kind: 'siebel', herd: 1, work: async (engine, [cue]) => cue && sweepSiebel(engine, cue) },
  { kind: 'mailbox', herd: 40, work: sweepMailboxes },
  { kind: 'turn', herd: 500, work: runTurns },
];

export type Worker = Readonly<{ wake: () => void; stopped: Promise<void> }>;

/** Works until the signal aborts; the work at hand is finished first. */
export function startWorker(engine: Engine, signal: AbortSignal): Worker {
  const bells = lanes.map(() => bell());
  const stopped = Promise.all(
    lanes.map((lane, index) => runLane(engine, { lane, signal, bell: bells[index] ?? bell() })),
  ).then(() => undefined);
  return { wake: () => bells.forEach((one) => one.ring()), stopped };
}

/** Leaves the cues every installation has: the Siebel feed, and each mailbox that has none. */
export async function cueEverything(engine: Engine, personIds: readonly string[]): Promise<void> {
  const mailboxes = personIds.map((personId) => ({
    kind: 'mailbox' as const,
    personId,
    recordId: null,
    cause: 'start' as const,
  }));
  await leaveCues(
    engine.db,
    [{ kind: 'siebel', personId: null, recordId: null, cause: 'start' }, ...mailboxes],
    engine.clock.now(),
  );
}

type Run = Readonly<{ lane: Lane; signal: AbortSignal; bell: Bell }>;

async function runLane(engine: Engine, { lane, signal, bell: rung }: Run): Promise<void> {
  while (!signal.aborted) {
    const cues = await claim(engine, lane);
    if (cues.length > 0) await workOn(engine, lane, cues);
    else await rest(engine, { lane, signal, bell: rung });
  }
}

async function claim(engine: Engine, lane: Lane): Promise<readonly Cue[]> {
  try {
    return await claimCues(engine.db, {
      kinds: [lane.kind],
      limit: lane.herd,
      now: engine.clock.now(),
      leaseMs,
    });
  } catch (error) {
    engine.log.error({ err: error, lane: lane.kind }, 'the database is out of reach; trying again');
    return [];
  }
}

/** Works on a herd with its lease kept alive. */
async function workOn(engine: Engine, lane: Lane, cues: readonly Cue[]): Promise<void> {
  const done = new AbortController();
  const alive = keepLeases(engine, cues, done.signal);
  try {
    await workOrSplit(engine, lane, cues);
  } finally {
    done.abort();
    await alive;
  }
}

/**
 * A bug in the work is logged and costs the cue it is about a pause, nothing else: a herd that breaks off is tried again in
 * halves, until what breaks is alone. A try that broke off is a crash, and safe to repeat like one.
 */
async function workOrSplit(engine: Engine, lane: Lane, cues: readonly Cue[]): Promise<void> {
  try {
    await lane.work(engine, cues);
  } catch (error) {
    engine.log.error(
      { err: error, lane: lane.kind, cues: cues.length },
      'a piece of work broke off; it is tried again',
    );
    const ours = cues.length === 1 ? [] : await whatIsOurs(engine, cues);
    if (ours.length < 2) return giveBack(engine, cues);
    const half = Math.ceil(ours.length / 2);
    for (const part of [ours.slice(0, half), ours.slice(half)]) await workOrSplit(engine, lane, part);
  }
}

/** None while the database is out of reach: then it is not the herd that breaks. */
async function whatIsOurs(engine: Engine, cues: readonly Cue[]): Promise<readonly Cue[]> {
  try {
    const until = engine.clock.now().add({ milliseconds: leaseMs });
    const held = await extendLeases(engine.db, cues, until);
    return cues.filter((cue) => held.has(cue.key));
  } catch (error) {
    engine.log.warn({ err: error }, 'the database is out of reach');
    return [];
  }
}

async function keepLeases(engine: Engine, cues: readonly Cue[], signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await engine.clock.wait(leaseMs / 3, signal);
    if (signal.aborted) return;
    try {
      await extendLeases(engine.db, cues, engine.clock.now().add({ milliseconds: leaseMs }));
    } catch (error) {
      engine.log.warn({ err: error }, 'a lease could not be extended; another worker may take over');
    }
  }
}

async function giveBack(engine: Engine, cues: readonly Cue[]): Promise<void> {
  const finishes = cues.map((cue) => ({
    cue,
    next: engine.clock.now().add({ milliseconds: backOffMs(cue.failures) }),
    failures: cue.failures + 1,
    parkedReason: null,
  }));
  await finishCues(engine.db, finishes).catch((error: unknown) => {
    engine.log.warn({ err: error }, 'cues could not be given back; their lease runs out by itself');
  });
}

async function rest(engine: Engine, { lane, signal, bell: rung }: Run): Promise<void> {
  const due = await nextDue(engine.db, [lane.kind]).catch(() => null);
  const untilDue = due ? due.epochMilliseconds - engine.clock.now().epochMilliseconds : longestSleepMs;
  const ms = Math.max(10, Math.min(longestSleepMs, untilDue));
  const awake = new AbortController();
  const stop = (): void => awake.abort();
  signal.addEventListener('abort', stop, { once: true });
  await Promise.race([engine.clock.wait(ms, awake.signal), rung.next()]);
  signal.removeEventListener('abort', stop);
  awake.abort();
}

type Bell = Readonly<{ ring: () => void; next: () => Promise<void> }>;

/** Rung by whoever knows of work; a ring that nobody waits for is kept. */
function bell(): Bell {
  let isRung = false;
  let waiting: (() => void) | null = null;
  return {
    ring: () => {
      isRung = true;
      waiting?.();
    },
    next: () =>
      new Promise((resolve) => {
        waiting = () => {
          isRung = false;
          waiting = null;
          resolve();
        };
        if (isRung) waiting();
      }),
  };
}
