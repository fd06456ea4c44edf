import type { ChangeAnswer, ChangeRow, Failure } from '../connectors/connector.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, dropCursors, saveCursors, type Cursor } from '../store/cursors.ts';
import {
  heldRefs,
  linksByRef,
  linksWithCopy,
  moveLinks,
  needLook,
  type KnownLink,
} from '../store/mailbox-links.ts';
import { askMatches, closeMatches, matchQuestions, type MatchQuestion } from '../store/matches.ts';
import { transact } from '../store/transact.ts';
import { savePersonNews } from '../store/people-at-work.ts';
import { backOffMs } from './back-off.ts';
import { cueAndOpen } from './cue-turns.ts';
import { begin, choiceOf, type Beginning } from './begin.ts';
import { trips } from './brakes.ts';
import type { Engine } from './engine.ts';
import { freshItems, followMoved, type Move } from './fresh-items.ts';
import { loadPeople, type Person } from './people.ts';
import { setUpPeople } from './set-up.ts';
import { wholeList } from './census.ts';
import { holdMailbox } from '../store/parked.ts';

/**
 * Sweeps a herd of mailboxes: asks the change feeds of all of them in shared round trips, tells echoes from changes by
 * version, and leaves cues for the records concerned. Cues and cursors are committed together: a crash loses neither.
 */
export async function sweepMailboxes(engine: Engine, cues: readonly Cue[]): Promise<void> {
  const people = await loadPeople(
    engine,
    cues.flatMap((cue) => cue.person_id ?? []),
  );
  const sweeps = cues.flatMap((cue) => {
    const person = people.get(cue.person_id ?? '');
    return person ? [{ cue, person }] : [];
  });
  const idle = cues.filter((cue) => !people.has(cue.person_id ?? ''));
  await finishCues(
    engine.db,
    idle.map((cue) => ({ cue, next: null, failures: 0, parkedReason: null })),
  );
  const troubles = await setUpPeople(
    engine,
    sweeps.map(({ person }) => person),
  );
  const ready: Sweep[] = [];
  for (const sweep of sweeps) {
    const trouble = troubles.get(sweep.person.row.id);
    if (trouble?.person) ready.push({ cue: sweep.cue, person: trouble.person });
    else if (trouble?.failure) await failSweep(engine, sweep, trouble.failure);
  }
  await sweepReady(engine, ready);
}

type Sweep = Readonly<{ cue: Cue; person: Person }>;

async function sweepReady(engine: Engine, sweeps: readonly Sweep[]): Promise<void> {
  const cursors = Map.groupBy(
    await cursorsOf(
      engine.db,
      sweeps.map(({ person }) => person.row.id),
    ),
    (cursor) => cursor.person_id,
  );
  const asked: { sweep: Sweep; feed: string; cursor: string | null }[] = [];
  for (const sweep of sweeps) {
    const feeds = await feedsOf(engine, sweep, cursors.get(sweep.person.row.id) ?? []);
    if ('kind' in feeds) await failSweep(engine, sweep, feeds);
    else asked.push(...feeds.map((feed) => ({ sweep, ...feed })));
  }
  const answers = await engine.exchange.changes(
    asked.map(({ sweep, feed, cursor }) => ({ holder: sweep.person.holder, feed, cursor })),
  );
  const bySweep = Map.groupBy(
    asked.map((one, index) => ({ ...one, answer: answers[index] })),
    (one) => one.sweep,
  );
  for (const [sweep, feeds] of bySweep) {
    const failed = feeds.find(({ answer }) => answer?.answer !== 'changes')?.answer;
    if (failed?.answer === 'failed') await failFeeds(engine, sweep, failed.failure);
    else
      await takeChanges(
        engine,
        sweep,
        feeds.flatMap(({ feed, answer }) => (answer?.answer === 'changes' ? [{ feed, ...answer }] : [])),
      );
  }
}

type Feed = Readonly<{ feed: string; cursor: string | null }>;
const foldersAgeHours = 6;
const foldersFeed = 'folders';

/** The feeds to ask: those known, and a fresh list of the mailbox's contact folders a few times a day. */
async function feedsOf(
  engine: Engine,
  { person }: Sweep,
  cursors: readonly Cursor[],
): Promise<Feed[] | Failure> {
  const folders = cursors.find((cursor) => cursor.feed === foldersFeed);
  const oldest = engine.clock.now().subtract({ hours: foldersAgeHours });
  const known = cursors
    .filter((cursor) => cursor.feed !== foldersFeed)
    .map(({ feed, value }) => ({ feed, cursor: value }));
  if (folders && Temporal.Instant.compare(Temporal.Instant.from(folders.updated_at), oldest) > 0)
    return known;
  const feeds = await engine.exchange.feeds(person.holder);
  if ('kind' in feeds) return feeds;
  await saveCursors(
    engine.db,
    [{ personId: person.row.id, feed: foldersFeed, value: '' }],
    engine.clock.now().toString(),
  );
  return feeds.map((feed) => known.find((one) => one.feed === feed) ?? { feed, cursor: null });
}

type Answered = Readonly<{ feed: string }> & Extract<ChangeAnswer, { answer: 'changes' }>;

async function takeChanges(engine: Engine, sweep: Sweep, feeds: readonly Answered[]): Promise<void> {
  const { person } = sweep;
  const rows = latest(feeds.flatMap((feed) => feed.rows));
  const seen = [...rows.values()].filter((row) => row.change === 'seen');
  const isWhole = feeds.length > 0 && feeds.every((feed) => feed.isWhole);
  const isFirstLoad = person.row.first_loaded_at === null;
  const known = isWhole
    ? await linksWithCopy(engine.db, person.row.id)
    : await linksByRef(engine.db, person.row.id, [...rows.keys()]);
  if (isWhole && seen.length === 0 && known.length >= 10)
    return refuseEmptyListing(engine, sweep, known.length);
  const byRef = new Map(known.map((link) => [link.ref, link]));
  const gone = known.filter((link) =>
    isWhole ? !rows.has(link.ref as Ref) : rows.get(link.ref as Ref)?.change === 'gone',
  );
  const changed = known.filter((link) => isChanged(link, rows.get(link.ref as Ref)));
  const questions = await matchQuestions(engine.db, person.row.id);
  const unlinked = [...seen, ...answeredRows(questions, rows)].filter((row) => !byRef.has(row.ref));
  const fresh = await freshItems(engine, { person, rows: unlinked, isFirstLoad });
  if ('failure' in fresh) return failSweep(engine, sweep, fresh.failure);
  const { moves, left } = await followMoved(engine, { person, fresh: fresh.items, gone });
  const list = isFirstLoad ? await wholeList(engine, person) : [];
  if ('kind' in list) return failSweep(engine, sweep, list);
  const held = await heldRefs(
    engine.db,
    person.row.id,
    list.map((sighting) => sighting.ref),
  );
  const siebel = list.filter((sighting) => !held.has(sighting.ref));
  const beginning = await begin(engine, { person, outlook: left, siebel, isFirstLoad, occasion: 'outlook' });
  if ('failed' in beginning) return failSweep(engine, sweep, trouble(beginning.failed, beginning.afterMs));
  const missing = gone.filter((link) => !moves.some((move) => move.linkId === link.id));
  if (missing.length > 0) await trips(engine, { person, what: 'deletions', planned: missing.length });
  await commit(engine, sweep, { feeds, looks: [...changed, ...missing], moves, beginning });
}

/** One row an item: a feed may repeat itself, and an item moved between folders is gone from one and seen in the other. */
function latest(rows: readonly ChangeRow[]): ReadonlyMap<Ref, ChangeRow> {
  const byRef = new Map<Ref, ChangeRow>();
  for (const row of rows)
    if (row.change === 'seen' || byRef.get(row.ref)?.change !== 'seen') byRef.set(row.ref, row);
  return byRef;
}

/** A version we stored ourselves is our own echo. */
function isChanged(link: KnownLink, row: ChangeRow | undefined): boolean {
  return row?.change === 'seen' && row.version !== link.version;
}

/** Outlook items whose owner has said what they are: looked at again though no feed reports them. */
function answeredRows(
  questions: readonly MatchQuestion[],
  rows: ReadonlyMap<Ref, ChangeRow>,
): readonly Extract<ChangeRow, { change: 'seen' }>[] {
  return questions
    .filter((question) => question.status === 'answered' && choiceOf(question) !== 'leave')
    .flatMap((question) => (question.exchange_ref ?? []) as Ref | [])
    .filter((ref) => !rows.has(ref))
    .map((ref) => ({ change: 'seen' as const, ref, version: '' as Version, isMarked: true, sighting: null }));
}

type Effects = Readonly<{
  feeds: readonly Answered[];
  looks: readonly KnownLink[];
  moves: readonly Move[];
  beginning: Beginning;
}>;

async function commit(engine: Engine, { cue, person }: Sweep, effects: Effects): Promise<void> {
  const now = engine.clock.now();
  const at = now.toString();
  await transact(engine.db, async (db) => {
    const next = now.add({ milliseconds: engine.settings.syncIntervalMs });
    const ours = await finishCues(db, [{ cue, next, failures: 0, parkedReason: null }]);
    if (!ours.has(cue.key)) return;
    await saveCursors(
      db,
      effects.feeds.map(({ feed, next: value }) => ({ personId: person.row.id, feed, value })),
      at,
    );
    const recordIds = [
      ...effects.looks.map((link) => link.record_id),
      ...effects.moves.map((move) => move.recordId),
    ];
    await cueAndOpen(db, { recordIds, links: effects.beginning.links, now });
    await needLook(
      db,
      effects.looks.map((link) => link.id),
    );
    await moveLinks(db, effects.moves);
    await askMatches(db, effects.beginning.questions);
    await closeMatches(db, effects.beginning.carriedOut);
    const firstLoadedAt = person.row.first_loaded_at ?? at;
    await savePersonNews(db, {
      id: person.row.id,
      state: 'inStep',
      error: null,
      retryAt: null,
      lastSyncedAt: at,
      firstLoadedAt,
    });
  });
}

/** Success with nothing in it, where there was plenty: a broken answer. Nothing is concluded from it. */
async function refuseEmptyListing(engine: Engine, sweep: Sweep, known: number): Promise<void> {
  const reason = `Outlook answered with an empty list where ${known} contacts are known. Nothing was changed; the list is read again later.`;
  const { person } = sweep;
  await holdMailbox(engine.db, {
    id: engine.newId(),
    personId: person.row.id,
    domain: 'contact',
    what: 'listing',
    planned: known,
    total: known,
    reason,
    at: engine.clock.now().toString(),
  });
  await failSweep(engine, sweep, trouble(reason, null));
}

function trouble(reason: string, retryAfterMs: number | null): Failure {
  return { kind: 'unreachable', reach: 'mailbox', reason, retryAfterMs };
}

/**
 * A mailbox whose every id is new (it was moved), or a contact folder that is gone: what is known of its feeds is void. The
 * next sweep reads everything anew and follows the items by stamp and content.
 */
async function failFeeds(engine: Engine, sweep: Sweep, failure: Failure): Promise<void> {
  const isVoid = failure.kind === 'expired' || (failure.kind === 'refused' && failure.reach === 'item');
  if (!isVoid) return failSweep(engine, sweep, failure);
  const cursors = await cursorsOf(engine.db, [sweep.person.row.id]);
  const feeds = failure.kind === 'expired' ? cursors.map((cursor) => cursor.feed) : [foldersFeed];
  await dropCursors(engine.db, sweep.person.row.id, feeds);
  await failSweep(engine, sweep, { ...failure, retryAfterMs: sweep.cue.failures < 3 ? 0 : null });
}

async function failSweep(engine: Engine, { cue, person }: Sweep, failure: Failure): Promise<void> {
  const next = engine.clock.now().add({ milliseconds: failure.retryAfterMs ?? backOffMs(cue.failures) });
  const ours = await finishCues(engine.db, [{ cue, next, failures: cue.failures + 1, parkedReason: null }]);
  if (!ours.has(cue.key)) return;
  engine.log.warn(
    { personId: person.row.id, failure: failure.kind, reason: failure.reason },
    'mailbox sweep failed',
  );
  await savePersonNews(engine.db, {
    id: person.row.id,
    state: 'failing',
    error: failure.reason,
    retryAt: next.toString(),
    lastSyncedAt: null,
    firstLoadedAt: null,
  });
}
