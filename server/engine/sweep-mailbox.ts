import type { Failure } from '../connectors/connector.ts';
import { awaitingCopies, creatingFor } from '../store/mailbox-links.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { cursorsOf, type Cursor } from '../store/cursors.ts';
import { savePersonNews } from '../store/people-at-work.ts';
import { transact } from '../store/transact.ts';
import { backOffMs } from './back-off.ts';
import { cueAndOpen } from './cue-turns.ts';
import { domainsDue, shortestInterval } from './domains-due.ts';
import type { Engine } from './engine.ts';
import { firstLists, type FirstLists } from './lists.ts';
import { forgetFeeds, keepFolders, keepSelection, roundOf, type Round, type Sweep } from './mailbox-feeds.ts';
import { outOfTime } from './out-of-time.ts';
import { domainsOf, loadPeople, type Person } from './people.ts';
import { setUpPeople } from './set-up.ts';
import { beingMade, takeChanges } from './take-changes.ts';

type Mailbox = Readonly<{ cue: Cue; person: Person }>;

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
  const ready: Mailbox[] = [];
  for (const sweep of sweeps) {
    const trouble = troubles.get(sweep.person.row.id);
    if (trouble?.person && isOff(trouble.person)) await passOver(engine, sweep);
    else if (trouble?.person) ready.push({ cue: sweep.cue, person: trouble.person });
    else if (trouble?.failure) await failSweep(engine, sweep, trouble.failure);
  }
  const busy = await busyAmong(engine, ready);
  for (const { cue } of ready.filter(({ person }) => busy.has(person.row.id))) await waitForPush(engine, cue);
  await sweepReady(
    engine,
    ready.filter(({ person }) => !busy.has(person.row.id)),
    folders,
  );
}

/**
 * While copies of ours are being created there, a mailbox tells of nothing but these; and what notifies us of the first of
 * them can wait for the last.
 */
async function busyAmong({ db, clock }: Engine, mailboxes: readonly Mailbox[]): Promise<ReadonlySet<string>> {
  const since = clock.now().subtract(longestPush).toString();
  const idOf = ({ person }: Mailbox): string => person.row.id;
  const notified = mailboxes.filter(({ cue }) => cue.cause === 'notification');
  const [creating, awaiting] = await Promise.all([
    creatingFor(db, { personIds: mailboxes.map(idOf), domain: null, since }),
    awaitingCopies(db, { personIds: notified.map(idOf), since, now: clock.now().toString() }),
  ]);
  return new Set([...creating, ...awaiting]);
}

type Folders = ReadonlyMap<string, Promise<readonly string[] | Failure>>;

/** The contact folders of mailboxes that join, looked up while they are set up: both travel in the same round trips. */
function firstFolders(engine: Engine, people: readonly Person[]): Folders {
  const joining = people.filter(
    ({ row, rulesFor }) =>
      row.user_id !== null && row.first_loaded_at === null && rulesFor('business').level !== 'none',
  );
  return new Map(joining.map(({ row, holder }) => [row.id, engine.exchange.feeds(holder, 'contact', [])]));
}

/** How many mailboxes join at a time: a whole mailbox is held in memory for it, and the others must not wait long. */
const joinAtOnce = 2;

async function withoutCrowd(engine: Engine, sweeps: readonly Mailbox[]): Promise<readonly Mailbox[]> {
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

/** A mailbox into which copies are pushed is asked once they are kept. */
async function waitForPush(engine: Engine, cue: Cue): Promise<void> {
  const next = engine.clock.now().add({ milliseconds: pushPauseMs });
  await finishCues(engine.db, [{ cue, next, failures: 1, parkedReason: null }]);
}

function isOff(person: Person): boolean {
  return domainsOf(person).length === 0;
}

/** A mailbox whose level is none is not looked at; its feeds wait where they are, and tell everything once it is switched on. */
async function passOver(engine: Engine, { cue, person }: Mailbox): Promise<void> {
  const next = engine.clock.now().add({ milliseconds: engine.settings.syncIntervalMs });
  await finishCues(engine.db, [{ cue, next, failures: 0, parkedReason: null }]);
  const { id } = person.row;
  const news = { id, error: null, retryAt: null, lastSyncedAt: null, firstLoadedAt: null };
  await savePersonNews(engine.db, { ...news, state: 'inStep' });
}

async function sweepReady(engine: Engine, looks: readonly Mailbox[], folders: Folders): Promise<void> {
  const cursors = await cursorsOf(
    engine.db,
    looks.map(({ person }) => person.row.id),
  );
  const known = Map.groupBy(cursors, (cursor) => `${cursor.person_id} ${cursor.domain}`);
  // All rounds begin in the same moment, so that they share round trips.
  const rounds = await Promise.all(
    looks.map(({ cue, person }) =>
      Promise.all(
        domainsDue(engine, { cue, person }, cursors).map(async (domain): Promise<Taking> => {
          const { id } = person.row;
          const theirs = known.get(`${id} ${domain}`) ?? [];
          const early = domain === 'contact' ? (folders.get(id) ?? null) : null;
          const sweep = { cue, person, domain };
          const round = await roundOf(engine, sweep, { cursors: theirs, folders: early });
          return { sweep, cursors: theirs, round };
        }),
      ),
    ),
  );
  for (const [index, look] of looks.entries()) {
    const failures: Failure[] = [];
    const lists = firstLists(engine, look.person);
    for (const taking of rounds[index] ?? []) failures.push(...(await takeRound(engine, taking, lists)));
    const [failure] = failures.filter((one) => one !== beingMade);
    if (failure) await failSweep(engine, look, failure);
    else if (failures.length > 0) await waitForPush(engine, look.cue);
    else await endSweep(engine, look);
  }
}

type Taking = Readonly<{ sweep: Sweep; cursors: readonly Cursor[]; round: Round | Failure }>;

/** Takes one domain's round; what fails in it leaves the others' be. */
async function takeRound(
  engine: Engine,
  { sweep, cursors, round }: Taking,
  lists: FirstLists,
): Promise<readonly Failure[]> {
  if ('kind' in round) return [round];
  const { feeds, answers } = round;
  const failed = answers.find(({ answer }) => answer.answer === 'failed')?.answer;
  if (failed?.answer === 'failed') {
    const { failure } = failed;
    const isForgotten = await forgetFeeds(engine, sweep, { failure, cursors });
    return [isForgotten ? { ...failure, retryAfterMs: sweep.cue.failures < 3 ? 0 : null } : failure];
  }
  const answered = answers.flatMap(({ feed, cursor, answer }) =>
    answer.answer === 'changes' ? [{ feed, isReset: answer.isWhole && cursor !== null, ...answer }] : [],
  );
  const failure = await takeChanges(engine, sweep, { feeds: answered, lists });
  if (failure) return [failure];
  await keepFolders(engine, sweep, feeds);
  await keepSelection(engine, sweep, round);
  return [];
}

/** The mailbox has been looked at in every domain that is on. */
async function endSweep(engine: Engine, { cue, person }: Mailbox): Promise<void> {
  const now = engine.clock.now();
  const at = now.toString();
  const next = now.add({ milliseconds: shortestInterval(engine, person) });
  const leaving = await outOfTime(engine, person, now);
  await transact(engine.db, async (db) => {
    const ours = await finishCues(db, [{ cue, next, failures: 0, parkedReason: null }]);
    if (!ours.has(cue.key)) return;
    await cueAndOpen(db, { recordIds: leaving, links: [], now });
    if (isWell(person)) return;
    const { id, first_loaded_at } = person.row;
    const news = { id, error: null, retryAt: null, lastSyncedAt: at, firstLoadedAt: first_loaded_at ?? at };
    await savePersonNews(db, { ...news, state: 'inStep' });
  });
}

/** There is nothing new to say of the person; that the mailbox was looked at shows in its cursors. */
function isWell({ row }: Person): boolean {
  return (
    row.state === 'inStep' && row.first_loaded_at !== null && row.error === null && row.retry_at === null
  );
}

async function failSweep(engine: Engine, { cue, person }: Mailbox, failure: Failure): Promise<void> {
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
