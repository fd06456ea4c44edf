import type { ChangeAnswer, Failure } from '../connectors/connector.ts';
import { creatingFor } from '../store/mailbox-links.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, dropCursors, saveCursors, type Cursor } from '../store/cursors.ts';
import { savePersonNews } from '../store/people-at-work.ts';
import { backOffMs } from './back-off.ts';
import type { Engine } from './engine.ts';
import { loadPeople, type Person } from './people.ts';
import { setUpPeople } from './set-up.ts';
import { takeChanges, type Sweep } from './take-changes.ts';

/**
 * Sweeps a herd of mailboxes: asks the change feeds of all of them in shared round trips, tells echoes from changes by
 * version, and leaves cues for the records concerned. Cues and cursors are committed together: a crash loses neither.
 */
export async function sweepMailboxes(engine: Engine, cues: readonly Cue[]): Promise<void> {
  const people = await loadPeople(
    engine,
    cues.flatMap((cue) => cue.person_id ?? []),
  );
  const sweeps = await withoutCrowd(
    engine,
    cues.flatMap((cue) => {
      const person = people.get(cue.person_id ?? '');
      return person ? [{ cue, person }] : [];
    }),
  );
  const idle = cues.filter((cue) => !people.has(cue.person_id ?? ''));
  await finishCues(
    engine.db,
    idle.map((cue) => ({ cue, next: null, failures: 0, parkedReason: null })),
  );
  const folders = firstFolders(
    engine,
    sweeps.map(({ person }) => person),
  );
  const troubles = await setUpPeople(
    engine,
    sweeps.map(({ person }) => person),
  );
  const ready: Sweep[] = [];
  for (const sweep of sweeps) {
    const trouble = troubles.get(sweep.person.row.id);
    if (trouble?.person && isOff(trouble.person)) await passOver(engine, sweep);
    else if (trouble?.person) ready.push({ cue: sweep.cue, person: trouble.person });
    else if (trouble?.failure) await failSweep(engine, sweep, trouble.failure);
  }
  const busy = await creatingFor(engine.db, {
    personIds: ready.map(({ person }) => person.row.id),
    since: engine.clock.now().subtract(longestPush).toString(),
  });
  for (const { cue } of ready.filter(({ person }) => busy.has(person.row.id))) await waitForPush(engine, cue);
  await sweepReady(
    engine,
    ready.filter(({ person }) => !busy.has(person.row.id)),
    folders,
  );
}

type Folders = ReadonlyMap<string, Promise<readonly string[] | Failure>>;

/** The contact folders of mailboxes that join, looked up while they are set up: both travel in the same round trips. */
function firstFolders(engine: Engine, people: readonly Person[]): Folders {
  const joining = people.filter(
    (person) => person.row.user_id !== null && person.row.first_loaded_at === null && !isOff(person),
  );
  return new Map(joining.map(({ row, holder }) => [row.id, engine.exchange.feeds(holder, [])]));
}

/** How many mailboxes join at a time: a whole mailbox is held in memory for it, and the others must not wait long. */
const joinAtOnce = 2;

async function withoutCrowd(engine: Engine, sweeps: readonly Sweep[]): Promise<readonly Sweep[]> {
  const waiting = sweeps.filter(({ person }) => person.row.first_loaded_at === null).slice(joinAtOnce);
  const next = engine.clock.now();
  await finishCues(
    engine.db,
    waiting.map(({ cue }) => ({ cue, next, failures: cue.failures, parkedReason: null })),
  );
  return sweeps.filter((sweep) => !waiting.includes(sweep));
}

const longestPush = { seconds: 30 };
const pushPauseMs = 1_000;

/** While copies of ours are being created there, a mailbox tells of nothing but these: it is asked once they are kept. */
async function waitForPush(engine: Engine, cue: Cue): Promise<void> {
  const next = engine.clock.now().add({ milliseconds: pushPauseMs });
  await finishCues(engine.db, [{ cue, next, failures: 1, parkedReason: null }]);
}

function isOff(person: Person): boolean {
  return person.rulesFor('business').level === 'none';
}

/** A mailbox whose level is none is not looked at; its feeds wait where they are, and tell everything once it is switched on. */
async function passOver(engine: Engine, { cue, person }: Sweep): Promise<void> {
  const next = engine.clock.now().add({ milliseconds: engine.settings.syncIntervalMs });
  await finishCues(engine.db, [{ cue, next, failures: 0, parkedReason: null }]);
  const { id } = person.row;
  const news = { id, error: null, retryAt: null, lastSyncedAt: null, firstLoadedAt: null };
  await savePersonNews(engine.db, { ...news, state: 'inStep' });
}

async function sweepReady(engine: Engine, sweeps: readonly Sweep[], folders: Folders): Promise<void> {
  const cursors = Map.groupBy(
    await cursorsOf(
      engine.db,
      sweeps.map(({ person }) => person.row.id),
    ),
    (cursor) => cursor.person_id,
  );
  // All rounds begin in the same moment, so that they share round trips.
  const rounds = await Promise.all(
    sweeps.map((sweep) => {
      const { id } = sweep.person.row;
      return roundOf(engine, sweep, { cursors: cursors.get(id) ?? [], folders: folders.get(id) ?? null });
    }),
  );
  for (const [index, sweep] of sweeps.entries()) {
    const round = rounds[index] ?? noFolders;
    if ('kind' in round) await failSweep(engine, sweep, round);
    else await takeRound(engine, sweep, round);
  }
}

async function takeRound(engine: Engine, sweep: Sweep, { feeds, answers }: Round): Promise<void> {
  const failed = answers.find(({ answer }) => answer.answer === 'failed')?.answer;
  if (failed?.answer === 'failed') return failFeeds(engine, sweep, failed.failure);
  const answered = answers.flatMap(({ feed, cursor, answer }) =>
    answer.answer === 'changes' ? [{ feed, isReset: answer.isWhole && cursor !== null, ...answer }] : [],
  );
  const failure = await takeChanges(engine, sweep, answered);
  if (failure) await failSweep(engine, sweep, failure);
  else await keepFolders(engine, sweep, feeds);
}

/** What is known before a round: where the feeds were read to, and the folders if they are being looked up already. */
type Told = Readonly<{ cursors: readonly Cursor[]; folders: Promise<readonly string[] | Failure> | null }>;
type AnsweredFeed = Feed & Readonly<{ answer: ChangeAnswer }>;
type Round = Readonly<{ feeds: Feeds; answers: readonly AnsweredFeed[] }>;

/** What the feeds of a mailbox answer. The known ones are asked while its folders are looked up: mostly that is all. */
async function roundOf(engine: Engine, sweep: Sweep, told: Told): Promise<Round | Failure> {
  const known = knownFeeds(told.cursors);
  const [feeds, early] = await Promise.all([feedsOf(engine, sweep, told), askFeeds(engine, sweep, known)]);
  if ('kind' in feeds) return feeds;
  const answerOf = ({ feed, cursor }: Feed) =>
    early.find((one) => one.feed === feed && one.cursor === cursor);
  const late = await askFeeds(
    engine,
    sweep,
    feeds.feeds.filter((feed) => !answerOf(feed)),
  );
  return { feeds, answers: [...feeds.feeds.flatMap((feed) => answerOf(feed) ?? []), ...late] };
}

async function askFeeds(
  engine: Engine,
  { person }: Sweep,
  feeds: readonly Feed[],
): Promise<readonly AnsweredFeed[]> {
  const answers = await engine.exchange.changes(
    feeds.map(({ feed, cursor }) => ({ holder: person.holder, feed, cursor })),
  );
  return feeds.flatMap((feed, index) => {
    const answer = answers[index];
    return answer ? [{ ...feed, answer }] : [];
  });
}

function knownFeeds(cursors: readonly Cursor[]): readonly Feed[] {
  return cursors
    .filter((cursor) => cursor.feed !== foldersFeed)
    .map(({ feed, value }) => ({ feed, cursor: value }));
}

type Feed = Readonly<{ feed: string; cursor: string | null }>;
const foldersAgeHours = 1;
const foldersFeed = 'folders';

/** `listed` is when the folders were asked for anew, `gone` the feeds that are no more. */
type Feeds = Readonly<{ feeds: readonly Feed[]; listed: string | null; gone: readonly string[] }>;

/**
 * The feeds to ask: those known, and a fresh list of the mailbox's contact folders now and then, and whenever somebody asks
 * for a look. A folder that is gone took contacts with it that no feed will name: then everything is listed anew.
 */
async function feedsOf(
  engine: Engine,
  { cue, person }: Sweep,
  { cursors, folders: underWay }: Told,
): Promise<Feeds | Failure> {
  const now = engine.clock.now();
  const folders = cursors.find((cursor) => cursor.feed === foldersFeed);
  const oldest = now.subtract({ hours: foldersAgeHours });
  const known = knownFeeds(cursors);
  const isFresh = folders && Temporal.Instant.compare(Temporal.Instant.from(folders.updated_at), oldest) > 0;
  if (isFresh && cue.cause !== 'request') return { feeds: known, listed: null, gone: [] };
  const names = known.map(({ feed }) => feed);
  const feeds = await (underWay ?? engine.exchange.feeds(person.holder, names));
  if ('kind' in feeds) return feeds;
  if (feeds.length === 0) return noFolders;
  const gone = known.map(({ feed }) => feed).filter((feed) => !feeds.includes(feed));
  const cursorOf = (feed: string) =>
    gone.length > 0 ? null : (known.find((one) => one.feed === feed)?.cursor ?? null);
  return { feeds: feeds.map((feed) => ({ feed, cursor: cursorOf(feed) })), listed: now.toString(), gone };
}

const noFolders: Failure = {
  kind: 'unreachable',
  reach: 'mailbox',
  reason: 'Outlook named no contact folder of the mailbox; it is asked again later.',
  retryAfterMs: null,
};

/** The list of folders counts only once what they hold has been taken: a sweep that broke off asks for it again. */
async function keepFolders(engine: Engine, { person }: Sweep, feeds: Feeds | undefined): Promise<void> {
  if (!feeds?.listed) return;
  await dropCursors(engine.db, person.row.id, feeds.gone);
  const folders = { personId: person.row.id, feed: foldersFeed, value: '' };
  await saveCursors(engine.db, [folders], feeds.listed);
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
