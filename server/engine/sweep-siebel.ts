import type { ChangeRow, Failure, Sighting } from '../connectors/connector.ts';
import type { Ref } from '../core/snapshot.ts';
import { databaseNow } from '../store/gauges.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, everybody, saveCursors } from '../store/cursors.ts';
import { forgetListed, listingsOf, recordsByRef, type Listing } from '../store/lists.ts';
import { linksByRef } from '../store/mailbox-links.ts';
import { askMatches, openMatches } from '../store/matches.ts';
import { endOutage, noteOutage } from '../store/outage.ts';
import { forgetSubscription } from '../store/notices.ts';
import { idleSubscriptions } from '../store/subscriptions.ts';
import { transact } from '../store/transact.ts';
import { everyPersonLoaded, isAnyoneJoining } from '../store/people-at-work.ts';
import { backOffMs } from './back-off.ts';
import { cueAndOpen } from './cue-turns.ts';
import { begin, type Beginning } from './begin.ts';
import { trips } from './brakes.ts';
import { takeCensus, type CensusNews } from './census.ts';
import { withMemoHeldBack, type Engine } from './engine.ts';
import { includesLogin, sameLogin } from './logins.ts';
import { personOf, policyNow, type Person } from './people.ts';

const feed = 'contacts';
const censusFeed = 'census';
/**
 * Sweeps Siebel once for everybody: what changed since the last poll, who joined or left whose Sync List. Leaves cues for
 * the records concerned and opens Links for those who joined; cursor and cues are committed together.
 */
export async function sweepSiebel(engine: Engine, cue: Cue): Promise<void> {
  if (await waitsForJoining(engine, cue)) return;
  const cursors = await cursorsOf(engine.db, [everybody]);
  const valueOf = (name: string) => cursors.find((cursor) => cursor.feed === name)?.value ?? null;
  const round = Number(valueOf(censusFeed) ?? 0);
  const since = await databaseNow(engine.db);
  // While nobody's list has been loaded, what changed concerns nobody: only the place where to go on is moved along.
  const isAnybodyLoaded = (await everyPersonLoaded(engine.db)).length > 0;
  const cursor = isAnybodyLoaded ? valueOf(feed) : null;
  const [changes] = await engine.siebel.changes([{ holder: null, feed, cursor }]);
  if (!changes || changes.answer === 'failed') return failSweep(engine, cue, changes?.failure ?? null);
  const people = await everybodyAtWork(engine);
  const census = await takeCensus(engine, { people, round, isThorough: cue.cause !== 'poll' });
  if ('kind' in census) return failSweep(engine, cue, census);
  const { held, release } = withMemoHeldBack(engine);
  const findings = await findingsOf(held, { rows: changes.rows, census, people, since });
  const begun = await beginJoined(engine, findings.joined);
  if ('failed' in begun) {
    const { failed: reason, afterMs: retryAfterMs } = begun;
    return failSweep(engine, cue, { kind: 'unreachable', reach: 'side', reason, retryAfterMs });
  }
  const { left } = census;
  const effects = { cursor: changes.next, round: round + 1, findings, ...begun, left, people };
  if (await commit(engine, cue, effects)) release();
  await dropIdleSubscriptions(engine);
}

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
  people: readonly Person[],
  left: readonly Listing[],
): Promise<void> {
  const open = left.filter((listing) => listing.state === 'open');
  for (const [personId, theirs] of Map.groupBy(open, (listing) => listing.person_id)) {
    const person = people.find((one) => one.row.id === personId);
    if (person) await trips(engine, { person, what: 'deletions', planned: theirs.length });
  }
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

async function everybodyAtWork(engine: Engine): Promise<readonly Person[]> {
  const rows = await everyPersonLoaded(engine.db);
  const policy = await policyNow(engine);
  return rows.map((row) => personOf(engine, row, policy));
}

type Joined = ReadonlyMap<Person, readonly Sighting[]>;
type Findings = Readonly<{ changed: readonly string[]; joined: Joined }>;

type Seen = Readonly<{
  rows: readonly ChangeRow[];
  census: CensusNews;
  people: readonly Person[];
  since: Temporal.Instant;
}>;

/** Which known records are to be turned, and who is on a list without a Link. */
async function findingsOf(engine: Engine, { rows, census, people, since }: Seen): Promise<Findings> {
  const polled = rows.flatMap((row) => (row.change === 'seen' && row.sighting ? [row.sighting] : []));
  const gone = rows.flatMap((row) => (row.change === 'gone' ? [row.ref] : []));
  const seen = new Map([...census.changed, ...polled].map((sighting) => [sighting.ref, sighting]));
  const records = await recordsByRef(engine.db, [...seen.keys(), ...gone]);
  const changed = [...seen.values()].filter(
    ({ ref, version }) => records.has(ref) && records.get(ref)?.version !== version,
  );
  engine.memo.keep(changed, { mailbox: null, since });
  return {
    changed: [...changed.map(({ ref }) => ref), ...gone].flatMap((ref) => records.get(ref)?.id ?? []),
    joined: await joinedOf(engine, { polled, census, people }),
  };
}

/**
 * Who joined, by the census and by the members of polled records. Someone whose Link was closed while they stayed on the list
 * (a deletion that may not travel) has not joined anew, unless it was closed for the team and they are back on it.
 */
async function joinedOf(
  engine: Engine,
  { polled, census, people }: { polled: readonly Sighting[]; census: CensusNews; people: readonly Person[] },
): Promise<Joined> {
  const byLogin = new Map(people.map((person) => [sameLogin(person.holder.login), person]));
  const seen = [...polled, ...census.changed];
  const listings = await listingsOf(
    engine.db,
    seen.map(({ ref }) => ref),
  );
  const known = new Map(
    listings.filter((one) => one.is_listed).map((one) => [`${one.ref} ${one.person_id}`, one]),
  );
  const joined = new Map<Person, Map<Ref, Sighting>>();
  const join = (person: Person, sighting: Sighting): void => {
    joined.set(person, (joined.get(person) ?? new Map<Ref, Sighting>()).set(sighting.ref, sighting));
  };
  for (const { person, sighting } of census.joined) join(person, sighting);
  for (const sighting of seen) {
    for (const person of sighting.members.flatMap((login) => byLogin.get(sameLogin(login)) ?? [])) {
      const listing = known.get(`${sighting.ref} ${person.row.id}`);
      const isBack = listing?.closed_why === 'leftTeam' && includesLogin(sighting.team, person.holder.login);
      if (!listing || isBack) join(person, sighting);
    }
  }
  const asked = await openMatches(
    engine.db,
    [...joined.keys()].map((person) => person.row.id),
  );
  return new Map(
    [...joined].map(([person, theirs]) => [
      person,
      [...theirs.values()].filter(({ ref }) => !asked.has(`${person.row.id} ${ref}`)),
    ]),
  );
}

/** What joined, and whether somebody's mailbox could not be asked now: theirs is met again by the next census. */
type Begun = Readonly<{ beginnings: readonly Beginning[]; isPutOff: boolean }>;

/** Looks, in each mailbox, for contacts the joined records may adopt, and opens Links for all. */
async function beginJoined(
  engine: Engine,
  joined: Joined,
): Promise<Begun | { failed: string; afterMs: number | null }> {
  const beginnings: Beginning[] = [];
  let isPutOff = false;
  const asked = [...joined].flatMap(([person, sightings]) =>
    person.policy.domains.contact.matchExisting ? sightings.map((sighting) => ({ person, sighting })) : [],
  );
  const answers = await engine.exchange.find(
    asked.map(({ person, sighting }) => ({
      by: 'identity' as const,
      holder: person.holder,
      item: sighting.item,
      scope: 'all' as const,
    })),
  );
  for (const [person, siebel] of joined) {
    const found = new Map<Ref, Sighting>();
    const theirs = answers.filter((_, index) => asked[index]?.person === person);
    const failure = theirs.find((answer) => answer.answer === 'failed');
    if (failure?.answer === 'failed') {
      // Without knowing what the mailbox holds, a copy made now could be a twin.
      isPutOff ||= failure.failure.kind !== 'mailboxGone';
      continue;
    }
    for (const answer of theirs) {
      if (answer.answer === 'found')
        for (const sighting of answer.sightings) found.set(sighting.ref, sighting);
    }
    const linked = new Set(
      (await linksByRef(engine.db, person.row.id, [...found.keys()])).map((link) => link.ref),
    );
    const outlook = [...found.values()].filter((sighting) => !linked.has(sighting.ref));
    const beginning = await begin(engine, {
      person,
      outlook,
      siebel,
      isFirstLoad: false,
      occasion: 'siebel',
      wished: new Set<Ref>(),
    });
    if ('failed' in beginning) return beginning;
    beginnings.push(beginning);
  }
  return { beginnings, isPutOff };
}

type Effects = Readonly<{
  cursor: string;
  round: number;
  findings: Findings;
  left: readonly Listing[];
  people: readonly Person[];
}> &
  Begun;

/** Whether the sweep was still this worker's, and its effects count. */
async function commit(
  engine: Engine,
  cue: Cue,
  { cursor, round, findings, beginnings, isPutOff, left, people }: Effects,
): Promise<boolean> {
  const now = engine.clock.now();
  const recordIds = [...findings.changed, ...left.map((one) => one.record_id)];
  return transact(engine.db, async (db) => {
    const { syncIntervalMs } = engine.settings;
    const before = failuresOf(cue);
    const wait = isPutOff ? Math.min(backOffMs(before), syncIntervalMs) : syncIntervalMs;
    const failures = isPutOff ? joiningPauses + before + 1 : 0;
    const next = now.add({ milliseconds: wait });
    const ours = await finishCues(db, [{ cue, next, failures, parkedReason: null }]);
    if (!ours.has(cue.key)) return false;
    const cursors = [
      { personId: everybody, feed, value: cursor },
      { personId: everybody, feed: censusFeed, value: String(round) },
    ];
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
    await holdMassDepartures({ ...engine, db }, people, left);
    return true;
  });
}

async function failSweep(engine: Engine, cue: Cue, failure: Failure | null): Promise<void> {
  const failures = failuresOf(cue);
  const wait = failure?.retryAfterMs ?? Math.min(backOffMs(failures), engine.settings.syncIntervalMs);
  const next = engine.clock.now().add({ milliseconds: wait });
  await finishCues(engine.db, [{ cue, next, failures: joiningPauses + failures + 1, parkedReason: null }]);
  const reason = failure?.reason ?? 'Siebel gave no answer; it is asked again later.';
  await noteOutage(engine.db, { id: engine.newId(), reason, at: engine.clock.now().toString() });
  engine.log.warn({ failure: failure?.kind, reason: failure?.reason }, 'Siebel sweep failed');
}
