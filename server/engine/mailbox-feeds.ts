import type { Domain } from '../../shared/domain.ts';
import type { ChangeAnswer, Failure } from '../connectors/connector.ts';
import type { Cue } from '../store/cues.ts';
import { dropCursors, saveCursors, type Cursor } from '../store/cursors.ts';
import type { Engine } from './engine.ts';
import { windowFor, type Person } from './people.ts';

/** A person's mailbox in one domain: what a round of its feeds is about. */
export type Sweep = Readonly<{ cue: Cue; person: Person; domain: Domain }>;

/** What is known before a round: where the feeds were read to, and the feeds if they are being looked up already. */
export type Told = Readonly<{
  cursors: readonly Cursor[];
  folders: Promise<readonly string[] | Failure> | null;
}>;
type AnsweredFeed = Feed & Readonly<{ answer: ChangeAnswer }>;
export type Round = Readonly<{
  feeds: Feeds;
  answers: readonly AnsweredFeed[];
  /** By which rules items were chosen, where it is not known or was by others. */
  selection: string | null;
}>;

/** What the feeds of a mailbox answer. The known ones are asked while its folders are looked up: mostly that is all. */
export async function roundOf(engine: Engine, sweep: Sweep, given: Told): Promise<Round | Failure> {
  const selection = newSelection(engine, sweep, given.cursors);
  const told = selection === null ? given : { ...given, cursors: [] };
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
  return { feeds, selection, answers: [...feeds.feeds.flatMap((feed) => answerOf(feed) ?? []), ...late] };
}

async function askFeeds(
  engine: Engine,
  { person, domain }: Sweep,
  feeds: readonly Feed[],
): Promise<readonly AnsweredFeed[]> {
  const answers = await engine.exchange.changes(
    feeds.map(({ feed, cursor }) => ({ domain, holder: person.holder, feed, cursor })),
  );
  return feeds.flatMap((feed, index) => {
    const answer = answers[index];
    return answer ? [{ ...feed, answer }] : [];
  });
}

/** The feeds cursors were kept of. */
export function knownFeeds(cursors: readonly Cursor[]): readonly Feed[] {
  return cursors
    .filter(({ feed }) => feed !== foldersFeed && feed !== selectionFeed)
    .map(({ feed, value }) => ({ feed, cursor: value }));
}

export type Feed = Readonly<{ feed: string; cursor: string | null }>;
const foldersAgeHours = 1;
const foldersFeed = 'folders';
const selectionFeed = 'selection';

/** `listed` is when the folders were asked for anew, `gone` the feeds that are no more. */
type Feeds = Readonly<{ feeds: readonly Feed[]; listed: string | null; gone: readonly string[] }>;

/**
 * The feeds to ask: those known, and a fresh list of the mailbox's folders now and then, and whenever somebody asks for a
 * look. A folder that is gone took items with it that no feed will name: then everything is listed anew.
 */
async function feedsOf(
  engine: Engine,
  { cue, person, domain }: Sweep,
  { cursors, folders: underWay }: Told,
): Promise<Feeds | Failure> {
  const now = engine.clock.now();
  const folders = cursors.find((cursor) => cursor.feed === foldersFeed);
  const oldest = now.subtract({ hours: foldersAgeHours });
  const known = knownFeeds(cursors);
  const isFresh = folders && Temporal.Instant.compare(Temporal.Instant.from(folders.updated_at), oldest) > 0;
  // A mailbox has one calendar, which nobody can take away.
  const isFixed = domain === 'appointment' && known.length > 0;
  if (isFixed || (isFresh && cue.cause !== 'request')) return { feeds: known, listed: null, gone: [] };
  const names = known.map(({ feed }) => feed);
  const feeds = await (underWay ?? engine.exchange.feeds(person.holder, domain, names));
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
  reason: 'Outlook named no folder of the mailbox; it is asked again later.',
  retryAfterMs: null,
};

/** The list of folders counts only once what they hold has been taken: a sweep that broke off asks for it again. */
export async function keepFolders(engine: Engine, { person, domain }: Sweep, feeds: Feeds): Promise<void> {
  if (!feeds.listed) return;
  const of = { personId: person.row.id, domain };
  await dropCursors(engine.db, of, feeds.gone);
  await saveCursors(engine.db, [{ ...of, feed: foldersFeed, value: '' }], feeds.listed);
}

/**
 * The rules by which appointments or tasks of Outlook that nobody has touched may come into step: the window, which moves
 * with the days, and the policy's. `null` where they are those of the last listing; by others everything is listed anew.
 */
function newSelection(
  { clock }: Pick<Engine, 'clock'>,
  { person, domain }: Sweep,
  cursors: readonly Cursor[],
): string | null {
  if (domain === 'contact') return null;
  const { domains, activityTypeFilter } = person.policy;
  const { requireCategory, privateItems, pastDays } = domains[domain];
  const { externalOrganizer, genericOrganizerLogin } = domains.appointment;
  const { to } = windowFor(person, domain, clock.now());
  const own = [requireCategory, privateItems, pastDays, person.row.extract_from, to];
  const rules = JSON.stringify([...own, externalOrganizer, genericOrganizerLogin, activityTypeFilter]);
  return cursors.some(({ feed, value }) => feed === selectionFeed && value === rules) ? null : rules;
}

/** Like the folders, the rules count as listed by only once what was listed has been taken. */
export async function keepSelection(
  engine: Engine,
  { person, domain }: Sweep,
  { selection }: Round,
): Promise<void> {
  if (selection === null) return;
  const at = engine.clock.now().toString();
  const cursor = { personId: person.row.id, domain, feed: selectionFeed, value: selection };
  await saveCursors(engine.db, [cursor], at);
}

/**
 * A mailbox whose every id is new (it was moved), or a folder that is gone: what is known of its feeds is void. The next
 * sweep reads everything anew and follows the items by stamp and content.
 */
export async function forgetFeeds(
  engine: Engine,
  { person, domain }: Sweep,
  { failure, cursors }: Readonly<{ failure: Failure; cursors: readonly Cursor[] }>,
): Promise<boolean> {
  const isVoid = failure.kind === 'expired' || (failure.kind === 'refused' && failure.reach === 'item');
  if (!isVoid) return false;
  const feeds = failure.kind === 'expired' ? cursors.map((cursor) => cursor.feed) : [foldersFeed];
  await dropCursors(engine.db, { personId: person.row.id, domain }, feeds);
  return true;
}
