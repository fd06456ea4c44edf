import type { ChangeRow, Failure, Sighting } from '../connectors/connector.ts';
import type { Ref } from '../core/snapshot.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, everybody, saveCursors } from '../store/cursors.ts';
import {
  forgetListed,
  holdingsOf,
  listedFor,
  recordsByRef,
  type Holding,
  type KnownRecord,
} from '../store/lists.ts';
import { linksByRef } from '../store/mailbox-links.ts';
import { askMatches } from '../store/matches.ts';
import { transact } from '../store/transact.ts';
import { everyPersonLoaded } from '../store/people-at-work.ts';
import { backOffMs } from './back-off.ts';
import { cueAndOpen } from './cue-turns.ts';
import { begin, type Beginning } from './begin.ts';
import { trips } from './brakes.ts';
import { compareLists, type Listed, type ListNews } from './census.ts';
import type { Engine } from './engine.ts';
import { sameLogin } from './logins.ts';
import { personOf, policyNow, type Person } from './people.ts';

const feed = 'contacts';
const censusFeed = 'census';
/** People whose lists are turned over in a regular poll; a look that somebody asked for turns over everybody's. */
const listsPerPoll = 50;

/**
 * Sweeps Siebel once for everybody: what changed since the last poll, who joined or left whose Sync List. Leaves cues for
 * the records concerned and opens Links for those who joined; cursor and cues are committed together.
 */
export async function sweepSiebel(engine: Engine, cue: Cue): Promise<void> {
  const cursors = await cursorsOf(engine.db, [everybody]);
  const valueOf = (name: string) => cursors.find((cursor) => cursor.feed === name)?.value ?? null;
  const round = Number(valueOf(censusFeed) ?? 0);
  const [changes] = await engine.siebel.changes([{ holder: null, feed, cursor: valueOf(feed) }]);
  if (!changes || changes.answer === 'failed') return failSweep(engine, cue, changes?.failure ?? null);
  const people = await everybodyAtWork(engine);
  const lists = await compareLists(
    engine,
    await listRequest(engine, { people, round, isThorough: cue.cause !== 'poll' }),
  );
  if ('kind' in lists) return failSweep(engine, cue, lists);
  const findings = await findingsOf(engine, { rows: changes.rows, lists, people });
  const beginnings = await beginJoined(engine, findings.joined);
  if ('failed' in beginnings) {
    return failSweep(engine, cue, {
      kind: 'unreachable',
      reach: 'side',
      reason: beginnings.failed,
      retryAfterMs: beginnings.afterMs,
    });
  }
  for (const { person, left } of lists)
    if (left.length > 0) await trips(engine, { person, what: 'deletions', planned: left.length });
  await commit(engine, cue, {
    cursor: changes.next,
    round: round + 1,
    findings,
    beginnings,
    left: lists.flatMap((list) => list.left),
  });
}

async function everybodyAtWork(engine: Engine): Promise<readonly Person[]> {
  const rows = await everyPersonLoaded(engine.db);
  const policy = await policyNow(engine);
  return rows.map((row) => personOf(engine, row, policy));
}

async function listRequest(
  engine: Engine,
  { people, round, isThorough }: { people: readonly Person[]; round: number; isThorough: boolean },
): Promise<Parameters<typeof compareLists>[1]> {
  const slices = Math.max(1, Math.ceil(people.length / listsPerPoll));
  const turnedOver = isThorough ? people : people.filter((_, index) => index % slices === round % slices);
  const rows = await listedFor(
    engine.db,
    turnedOver.map((person) => person.row.id),
  );
  const known = new Map<string, Listed[]>();
  for (const row of rows) {
    const listed = known.get(row.person_id) ?? [];
    listed.push({ ref: row.ref, linkId: row.link_id, recordId: row.record_id });
    known.set(row.person_id, listed);
  }
  return { people: turnedOver, known, round: Math.floor(round / slices) };
}

type Joined = ReadonlyMap<Person, readonly Sighting[]>;
type Findings = Readonly<{ changed: readonly string[]; joined: Joined }>;

/** Which known records are to be turned, and who is on a list without a Link. */
async function findingsOf(
  engine: Engine,
  {
    rows,
    lists,
    people,
  }: { rows: readonly ChangeRow[]; lists: readonly ListNews[]; people: readonly Person[] },
): Promise<Findings> {
  const polled = rows.flatMap((row) => (row.change === 'seen' && row.sighting ? [row.sighting] : []));
  const sightings = new Map(
    [...lists.flatMap((list) => list.seen), ...polled].map((sighting) => [sighting.ref, sighting]),
  );
  const records = await recordsByRef(engine.db, [...sightings.keys()]);
  const changed = [...sightings.values()].filter((sighting) => isChanged(sighting, records));
  engine.memo.keep(changed);
  const gone = rows.flatMap((row) => (row.change === 'gone' ? [row.ref] : []));
  const goneRecords = await recordsByRef(engine.db, gone);
  const joined = await joinedOf(engine, { polled, lists, people, records });
  const changedIds = [
    ...changed.flatMap(({ ref }) => records.get(ref)?.id ?? []),
    ...[...goneRecords.values()].map(({ id }) => id),
  ];
  return { changed: changedIds, joined };
}

function isChanged(sighting: Sighting, records: ReadonlyMap<Ref, KnownRecord>): boolean {
  const record = records.get(sighting.ref);
  return record !== undefined && record.version !== sighting.version;
}

async function joinedOf(
  engine: Engine,
  {
    polled,
    lists,
    people,
    records,
  }: {
    polled: readonly Sighting[];
    lists: readonly ListNews[];
    people: readonly Person[];
    records: ReadonlyMap<Ref, KnownRecord>;
  },
): Promise<Joined> {
  const byLogin = new Map(people.map((person) => [sameLogin(person.holder.login), person]));
  const holdings = await holdingsOf(
    engine.db,
    [...records.values()].map((record) => record.id),
  );
  const held = new Map(holdings.map((holding) => [`${holding.record_id} ${holding.person_id}`, holding]));
  const joined = new Map<Person, Map<Ref, Sighting>>();
  const join = (person: Person, sighting: Sighting): void => {
    const holding = held.get(`${records.get(sighting.ref)?.id ?? ''} ${person.row.id}`);
    if (!isNews(holding)) return;
    const theirs = joined.get(person) ?? new Map<Ref, Sighting>();
    joined.set(person, theirs.set(sighting.ref, sighting));
  };
  for (const { person, joined: sightings } of lists) for (const sighting of sightings) join(person, sighting);
  for (const sighting of polled) {
    for (const login of sighting.members) {
      const person = byLogin.get(sameLogin(login));
      if (person) join(person, sighting);
    }
  }
  return new Map([...joined].map(([person, theirs]) => [person, [...theirs.values()]]));
}

/** Someone whose Link was closed while they stayed on the list (a deletion that may not travel) has not joined anew. */
function isNews(holding: Holding | undefined): boolean {
  return holding === undefined || !holding.is_listed;
}

/** Looks, in each mailbox, for contacts the joined records may adopt, and opens Links for all. */
async function beginJoined(
  engine: Engine,
  joined: Joined,
): Promise<readonly Beginning[] | { failed: string; afterMs: number | null }> {
  const beginnings: Beginning[] = [];
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
    for (const [index, one] of asked.entries()) {
      const answer = answers[index];
      if (one.person !== person || answer?.answer !== 'found') continue;
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
    });
    if ('failed' in beginning) return beginning;
    beginnings.push(beginning);
  }
  return beginnings;
}

type Effects = Readonly<{
  cursor: string;
  round: number;
  findings: Findings;
  beginnings: readonly Beginning[];
  left: readonly Listed[];
}>;

async function commit(
  engine: Engine,
  cue: Cue,
  { cursor, round, findings, beginnings, left }: Effects,
): Promise<void> {
  const now = engine.clock.now();
  const recordIds = [...findings.changed, ...left.map((one) => one.recordId)];
  await transact(engine.db, async (db) => {
    const next = now.add({ milliseconds: engine.settings.syncIntervalMs });
    const ours = await finishCues(db, [{ cue, next, failures: 0, parkedReason: null }]);
    if (!ours.has(cue.key)) return;
    const cursors = [
      { personId: everybody, feed, value: cursor },
      { personId: everybody, feed: censusFeed, value: String(round) },
    ];
    await saveCursors(db, cursors, now.toString());
    await cueAndOpen(db, { recordIds, links: beginnings.flatMap((beginning) => beginning.links), now });
    await forgetListed(
      db,
      left.map((one) => one.linkId),
    );
    await askMatches(
      db,
      beginnings.flatMap((beginning) => beginning.questions),
    );
  });
}

async function failSweep(engine: Engine, cue: Cue, failure: Failure | null): Promise<void> {
  const wait = failure?.retryAfterMs ?? Math.min(backOffMs(cue.failures), engine.settings.syncIntervalMs);
  const next = engine.clock.now().add({ milliseconds: wait });
  await finishCues(engine.db, [{ cue, next, failures: cue.failures + 1, parkedReason: null }]);
  engine.log.warn({ failure: failure?.kind, reason: failure?.reason }, 'Siebel sweep failed');
}
