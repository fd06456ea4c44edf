import type { Domain } from '../../shared/domain.ts';
import type { Failure } from '../connectors/connector.ts';
import { extendLeases, finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, everybody, saveCursors, type NewCursor } from '../store/cursors.ts';
import { databaseNow } from '../store/gauges.ts';
import { forgetListed, type Listing } from '../store/lists.ts';
import { askMatches } from '../store/matches.ts';
import { forgetSubscription } from '../store/notices.ts';
import { endOutage, noteOutage } from '../store/outage.ts';
import { endBrakes } from '../store/parked.ts';
import { everyPersonLoaded, isAnyoneJoining } from '../store/people-at-work.ts';
import { rollSeries } from '../store/rolling.ts';
import { idleSubscriptions } from '../store/subscriptions.ts';
import { transact } from '../store/transact.ts';
import { backOffMs } from './back-off.ts';
import { trips } from './brakes.ts';
import { newsOf } from './census.ts';
import { cueAndOpen } from './cue-turns.ts';
import { withMemoHeldBack, type Engine } from './engine.ts';
import { leaseMs } from './lease.ts';
import type { Reader } from './lists-due.ts';
import { personOf, policyNow, type Person } from './people.ts';
import { askFeed, feeds, isOfDomain, noAnswer, type Asked } from './siebel-feeds.ts';
import { beginJoined, beginJoinedActivities, findingsOf, type Begun, type Findings } from './siebel-news.ts';

/**
 * Sweeps Siebel once for everybody: what changed since the last poll, who joined or left which record. Leaves cues for the
 * records concerned and opens Links for those who joined; cursor and cues are committed together, feed by feed.
 */
export async function sweepSiebel(engine: Engine, cue: Cue): Promise<void> {
  if (await waitsForJoining(engine, cue)) return;
  const startedAt = await databaseNow(engine.db);
  const policy = await policyNow(engine);
  const everyone = (await everyPersonLoaded(engine.db)).map(({ row, askedAt }): Reader => ({
    person: personOf(engine, row, policy),
    askedAt,
  }));
  const cursors = await cursorsOf(engine.db, [everybody]);
  let isPutOff = false;
  for (const feed of feeds) {
    // What the organisation keeps out of the sync is not asked for; the feed waits where it is, and tells everything later.
    if (feed.domains.every((domain) => policy.document.domains[domain].level === 'none')) continue;
    const swept = await sweepFeed(engine, cue, { feed, cursors, everyone, startedAt });
    if ('kind' in swept) return failSweep(engine, cue, swept);
    if (swept.end === 'lost') return;
    isPutOff ||= swept.isPutOff;
  }
  await rollSeries(engine.db, engine.clock.now());
  await endSweep(engine, cue, isPutOff);
  await dropIdleSubscriptions(engine);
}

type Swept = Readonly<{ end: 'kept' | 'lost'; isPutOff: boolean }>;

async function sweepFeed(engine: Engine, cue: Cue, asked: Asked): Promise<Swept | Failure> {
  const told = await askFeed(engine, asked);
  if ('kind' in told) return told;
  const { held, release } = withMemoHeldBack(engine);
  const effects: Effects[] = [];
  for (const [domain, { all: people }] of told.readers) {
    const rows = told.rows.filter((row) => isOfDomain(row, domain));
    const census = newsOf(domain, told.census);
    const findings = await findingsOf(held, { domain, rows, census, people, since: told.since });
    const begun = await beginnersOf[domain](engine, findings.joined, domain);
    if ('failed' in begun) return { ...noAnswer, reason: begun.failed, retryAfterMs: begun.afterMs };
    effects.push({ domain, findings, ...begun, left: census.left, people });
  }
  const isPutOff = effects.some((effect) => effect.isPutOff);
  const isKept = await commit(engine, cue, { cursors: told.next, effects });
  if (isKept) release();
  await endPassedBrakes(engine, effects);
  return { end: isKept ? 'kept' : 'lost', isPutOff };
}

const beginnersOf = {
  contact: beginJoined,
  appointment: beginJoinedActivities,
  task: beginJoinedActivities,
} as const satisfies Record<Domain, unknown>;

/** Nobody listens any more to mailboxes that are not kept in step. What cannot be dropped now runs out by itself. */
async function dropIdleSubscriptions(engine: Engine): Promise<void> {
  const idle = await idleSubscriptions(engine.db);
  if (idle.length === 0) return;
  await engine.exchange.watch.drop(idle);
  for (const id of idle) await forgetSubscription(engine.db, id);
}

/** Many people's copies to be withdrawn at once may be somebody's mistake in Siebel: the brake looks at each mailbox. */
async function holdMassDepartures(
  engine: Engine,
  { domain, people, left }: Pick<Effects, 'domain' | 'people' | 'left'>,
): Promise<void> {
  const open = left.filter((listing) => listing.state === 'open');
  for (const [personId, theirs] of Map.groupBy(open, (listing) => listing.person_id)) {
    const person = people.find((one) => one.row.id === personId);
    if (person) await trips(engine, { person, domain, what: 'deletions', planned: theirs.length });
  }
}

/** What left while it was listed may have been carried out by a turn of that moment, and holds nothing any more. */
async function endPassedBrakes({ db, clock }: Engine, effects: readonly Effects[]): Promise<void> {
  const left = effects.flatMap((effect) => effect.left.map((listing) => listing.person_id));
  await endBrakes(db, [...new Set(left)], clock.now().toString());
}

const joiningPauseMs = 250;
const joiningPauses = 40;

/**
 * A look that somebody asked for comes after the first loads under way, for a while at least: whoever joins is not compared
 * before, and what is put on their lists meanwhile would wait for the next poll.
 */
async function waitsForJoining(engine: Engine, cue: Cue): Promise<boolean> {
  const now = engine.clock.now();
  const isPatient = cue.cause !== 'poll' && cue.failures < joiningPauses;
  if (!isPatient || !(await isAnyoneJoining(engine.db, now))) return false;
  const next = now.add({ milliseconds: joiningPauseMs });
  await finishCues(engine.db, [{ cue, next, failures: cue.failures + 1, parkedReason: null }]);
  return true;
}

/** Pauses count in the same number and come first: they make no later wait longer, and none follows a failure. */
function failuresOf(cue: Cue): number {
  return Math.max(0, cue.failures - joiningPauses);
}

type Effects = Readonly<{
  domain: Domain;
  findings: Findings;
  left: readonly Listing[];
  people: readonly Person[];
}> &
  Begun;

type Committed = Readonly<{
  cursors: readonly NewCursor[];
  effects: readonly Effects[];
}>;

/** Whether the sweep was still this worker's, and its effects count. */
async function commit(engine: Engine, cue: Cue, { cursors, effects }: Committed): Promise<boolean> {
  const now = engine.clock.now();
  const left = effects.flatMap((effect) => effect.left);
  const recordIds = [
    ...effects.flatMap(({ findings }) => findings.changed),
    ...left.map((one) => one.record_id),
  ];
  const beginnings = effects.flatMap((effect) => effect.beginnings);
  return transact(engine.db, async (db) => {
    const ours = await extendLeases(db, [cue], now.add({ milliseconds: leaseMs }));
    if (!ours.has(cue.key)) return false;
    await saveCursors(db, cursors, now.toString());
    await endOutage(db, now.toString());
    await cueAndOpen(db, { recordIds, links: beginnings.flatMap((beginning) => beginning.links), now });
    await forgetListed(
      db,
      left.map((one) => one.link_id),
    );
    await askMatches(
      db,
      beginnings.flatMap((beginning) => beginning.questions),
    );
    for (const effect of effects) await holdMassDepartures({ ...engine, db }, effect);
    return true;
  });
}

async function endSweep(engine: Engine, cue: Cue, isPutOff: boolean): Promise<void> {
  const { syncIntervalMs } = engine.settings;
  const before = failuresOf(cue);
  const wait = isPutOff ? Math.min(backOffMs(before), syncIntervalMs) : syncIntervalMs;
  const failures = isPutOff ? joiningPauses + before + 1 : 0;
  const next = engine.clock.now().add({ milliseconds: wait });
  await finishCues(engine.db, [{ cue, next, failures, parkedReason: null }]);
}

async function failSweep(engine: Engine, cue: Cue, failure: Failure): Promise<void> {
  const failures = failuresOf(cue);
  const wait = failure.retryAfterMs ?? Math.min(backOffMs(failures), engine.settings.syncIntervalMs);
  const next = engine.clock.now().add({ milliseconds: wait });
  await finishCues(engine.db, [{ cue, next, failures: joiningPauses + failures + 1, parkedReason: null }]);
  const { reason } = failure;
  await noteOutage(engine.db, { id: engine.newId(), reason, at: engine.clock.now().toString() });
  engine.log.warn({ failure: failure.kind, reason }, 'Siebel sweep failed');
}
