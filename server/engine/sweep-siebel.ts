import type { Domain } from '../../shared/domain.ts';
import { domainOfKind } from '../../shared/item.ts';
import type { CensusKind, ChangeAnswer, ChangeRow, Failure } from '../connectors/connector.ts';
import { databaseNow } from '../store/gauges.ts';
import { extendLeases, finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, everybody, saveCursors, type Cursor } from '../store/cursors.ts';
import { forgetListed, type Listing } from '../store/lists.ts';
import { askMatches } from '../store/matches.ts';
import { endOutage, noteOutage } from '../store/outage.ts';
import { endBrakes } from '../store/parked.ts';
import { forgetSubscription } from '../store/notices.ts';
import { rollSeries } from '../store/rolling.ts';
import { idleSubscriptions } from '../store/subscriptions.ts';
import { transact } from '../store/transact.ts';
import { everyPersonLoaded, isAnyoneJoining } from '../store/people-at-work.ts';
import { backOffMs } from './back-off.ts';
import { cueAndOpen } from './cue-turns.ts';
import { trips } from './brakes.ts';
import { isShort, newsOf, takeCensus, type CensusOrder } from './census.ts';
import { withMemoHeldBack, type Engine } from './engine.ts';
import { leaseMs } from './lease.ts';
import { listsDue, turnOf, type Reader, type Round } from './lists-due.ts';
import { beginJoined, beginJoinedActivities, findingsOf, type Begun, type Findings } from './siebel-news.ts';
import { personOf, policyNow, type Person } from './people.ts';

/**
 * Siebel is polled once for contacts and once for all activities, whatever they are in Outlook. Employees are few: where
 * the census reads all of them, it has seen what a poll would say.
 */
const feeds = [
  { name: 'contacts', domains: ['contact'], kinds: ['contact'], isToldByCensus: false },
  { name: 'employees', domains: ['contact'], kinds: ['employee'], isToldByCensus: true },
  {
    name: 'activities',
    domains: ['appointment', 'task'],
    kinds: ['appointment', 'task'],
    isToldByCensus: false,
  },
] as const satisfies readonly Readonly<{
  name: string;
  domains: readonly Domain[];
  kinds: readonly CensusKind[];
  isToldByCensus: boolean;
}>[];
type Feed = (typeof feeds)[number];

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

type Sweeping = Readonly<{
  feed: Feed;
  cursors: readonly Cursor[];
  everyone: readonly Reader[];
  startedAt: Temporal.Instant;
}>;
type Swept = Readonly<{ end: 'kept' | 'lost'; isPutOff: boolean }>;

async function sweepFeed(
  engine: Engine,
  cue: Cue,
  { feed, cursors, everyone, startedAt }: Sweeping,
): Promise<Swept | Failure> {
  const [domain] = feed.domains;
  const valueOf = (name: string) =>
    cursors.find((cursor) => cursor.domain === domain && cursor.feed === name)?.value ?? null;
  const round = roundFrom(valueOf(`${feed.name} census`));
  const since = await databaseNow(engine.db);
  const order = orderOf(feed, everyone, round);
  // While nobody's items have been loaded, what changed concerns nobody: only the place where to go on is moved along.
  const isAnybodyLoaded = [...order.readers.values()].some(({ all }) => all.length > 0);
  const cursor = isAnybodyLoaded ? valueOf(feed.name) : null;
  const changes = await changesOf(engine, { feed, cursor, order });
  if (changes.answer === 'failed') return changes.failure;
  const census = await takeCensus(engine, order);
  if ('kind' in census) return census;
  const { held, release } = withMemoHeldBack(engine);
  const effects: Effects[] = [];
  for (const [one, { all: people }] of order.readers) {
    const rows = changes.rows.filter((row) => isOfDomain(row, one));
    const news = newsOf(one, census);
    const findings = await findingsOf(held, { domain: one, rows, census: news, people, since });
    const begun = await beginnersOf[one](engine, findings.joined, one);
    if ('failed' in begun) return { ...noAnswer, reason: begun.failed, retryAfterMs: begun.afterMs };
    effects.push({ domain: one, findings, ...begun, left: news.left, people });
  }
  const isPutOff = effects.some((effect) => effect.isPutOff);
  const next = [
    { personId: everybody, domain, feed: feed.name, value: changes.next },
    { personId: everybody, domain, feed: `${feed.name} census`, value: textOf(round, startedAt) },
  ];
  const isKept = await commit(engine, cue, { cursors: next, effects });
  if (isKept) release();
  await endPassedBrakes(engine, effects);
  return { end: isKept ? 'kept' : 'lost', isPutOff };
}

function orderOf({ kinds, domains }: Feed, everyone: readonly Reader[], round: Round): CensusOrder {
  const readers = new Map(
    domains.map((domain) => {
      const loaded = everyone.filter(({ person }) => person.row.loaded[domain] !== undefined);
      const all = loaded.map(({ person }) => person);
      return [domain, { all, due: listsDue(loaded, { domain, round }) }];
    }),
  );
  return { kinds, readers, turn: turnOf(everyone.length, round) };
}

type Asking = Readonly<{ feed: Feed; cursor: string | null; order: CensusOrder }>;

async function changesOf(engine: Engine, { feed, cursor, order }: Asking): Promise<ChangeAnswer> {
  if (feed.isToldByCensus && cursor !== null && (await isShort(engine, order)))
    return { answer: 'changes', rows: [], next: cursor, isWhole: false };
  const [domain] = feed.domains;
  const [answer] = await engine.siebel.changes([{ domain, holder: null, feed: feed.name, cursor }]);
  return answer ?? { answer: 'failed', failure: noAnswer };
}

function roundFrom(text: string | null): Round {
  const [number = '0', at = null] = text?.split(' ') ?? [];
  return { number: Number(number), lastAt: at === null ? null : Temporal.Instant.from(at) };
}

function textOf({ number }: Round, at: Temporal.Instant): string {
  return `${number + 1} ${at.toString()}`;
}

/** A row that is gone says no more than its ref; both domains of a feed look for it among their records. */
function isOfDomain(row: ChangeRow, domain: Domain): boolean {
  return row.change === 'gone' || row.sighting === null || domainOfKind[row.sighting.kind] === domain;
}

const beginnersOf = {
  contact: beginJoined,
  appointment: beginJoinedActivities,
  task: beginJoinedActivities,
} as const satisfies Record<Domain, unknown>;

const noAnswer: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'Siebel gave no answer; it is asked again later.',
  retryAfterMs: null,
};

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
  cursors: Parameters<typeof saveCursors>[1];
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
