import type { ChangeAnswer, ChangeRow, Failure, Sighting } from '../connectors/connector.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import { askedLinks, dropAsked, refuseAsked, type AskedLink } from '../store/asked-links.ts';
import { finishCues, type Cue } from '../store/cues.ts';
import { saveCursors } from '../store/cursors.ts';
import {
  heldRefs,
  linksByRef,
  linksWithCopy,
  moveLinks,
  needLook,
  type KnownLink,
} from '../store/mailbox-links.ts';
import { askMatches, closeMatches, matchQuestions, type MatchQuestion } from '../store/matches.ts';
import { endListingAlert, holdMailbox } from '../store/parked.ts';
import { savePersonNews, saveSkipped } from '../store/people-at-work.ts';
import { transact } from '../store/transact.ts';
import { noVersion, refFrom } from '../holder.ts';
import { begin, choiceOf, type Beginning } from './begin.ts';
import { trips } from './brakes.ts';
import { wholeList } from './census.ts';
import { cueAndOpen } from './cue-turns.ts';
import { withMemoHeldBack, type Engine } from './engine.ts';
import { leaseMs } from './lease.ts';
import { followMoved, freshItems, type Move } from './fresh-items.ts';
import type { Person } from './people.ts';

export type Sweep = Readonly<{ cue: Cue; person: Person }>;

/** What one feed answered; `isReset` when its cursor had expired and it listed everything anew. */
export type Answered = Readonly<{ feed: string; isReset: boolean }> &
  Extract<ChangeAnswer, { answer: 'changes' }>;

type Seen = Extract<ChangeRow, { change: 'seen' }>;

/**
 * Takes what a mailbox's feeds answered: tells echoes from changes, follows moved items, begins with new ones, and commits
 * cues and cursors together. Answers why it could not.
 */
export async function takeChanges(
  engine: Engine,
  sweep: Sweep,
  feeds: readonly Answered[],
): Promise<Failure | null> {
  const { person } = sweep;
  const { held, release } = withMemoHeldBack(engine);
  const rows = latest(feeds.flatMap((feed) => feed.rows));
  const linked = await linkedRows(engine, { sweep, rows, feeds });
  if (linked.isBroken) return refuseEmptyListing(engine, person, linked.known.length);
  const asked = await askedLinks(engine.db, person.row.id);
  const unlinked = await unlinkedRows(engine, { person, rows, linked, asked });
  const isFirstLoad = person.row.first_loaded_at === null;
  const fresh = await freshItems(held, { person, rows: unlinked, isFirstLoad });
  if ('failure' in fresh) return fresh.failure;
  const { moves, left } = await followMoved(engine, { person, fresh: fresh.items, gone: linked.gone });
  const siebel = isFirstLoad ? await unheldList(held, person) : [];
  if ('kind' in siebel) return siebel;
  const wished = new Set(asked.map((link) => link.ref));
  const beginning = await begin(engine, {
    person,
    outlook: left,
    siebel,
    isFirstLoad,
    occasion: 'outlook',
    wished,
  });
  if ('failed' in beginning) return trouble(beginning.failed, beginning.afterMs);
  const missing = linked.gone.filter((link) => !moves.some((move) => move.linkId === link.id));
  const effects = { feeds, changed: linked.changed, missing, moves, beginning, asked };
  if (await commit(engine, sweep, effects)) release();
  return null;
}

/** One row an item: a feed may repeat itself, and an item moved between folders is gone from one and seen in the other. */
function latest(rows: readonly ChangeRow[]): ReadonlyMap<Ref, ChangeRow> {
  const byRef = new Map<Ref, ChangeRow>();
  for (const row of rows) {
    if (row.change === 'seen' || byRef.get(row.ref)?.change !== 'seen') byRef.set(row.ref, row);
  }
  return byRef;
}

type Linked = Readonly<{
  known: readonly KnownLink[];
  changed: readonly KnownLink[];
  gone: readonly KnownLink[];
  isBroken: boolean;
}>;

/** How many known items make an empty list unbelievable. */
const handful = 10;

/**
 * The Links concerned. Where a feed listed everything anew, whatever it does not name is looked for one by one; copies a
 * turn made or wrote since the sweep began may have come too late for the listing, which then says nothing of them.
 */
async function linkedRows(
  engine: Engine,
  { sweep, rows, feeds }: { sweep: Sweep; rows: ReadonlyMap<Ref, ChangeRow>; feeds: readonly Answered[] },
): Promise<Linked> {
  const isWhole = feeds.some((feed) => feed.isReset) || feeds.every((feed) => feed.isWhole);
  const personId = sweep.person.row.id;
  const known = isWhole
    ? await linksWithCopy(engine.db, personId)
    : await linksByRef(engine.db, personId, [...rows.keys()]);
  const rowOf = (link: KnownLink) => (link.ref === null ? undefined : rows.get(link.ref));
  const unnamed = isWhole ? known.filter((link) => !rowOf(link) && !isSettledSince(link, sweep.cue)) : [];
  return {
    known,
    changed: known.filter((link) => isNews(rowOf(link), link.version)),
    gone: [...known.filter((link) => rowOf(link)?.change === 'gone'), ...unnamed],
    isBroken: rows.size === 0 && unnamed.length >= handful,
  };
}

/** Whether a turn settled the Link after the sweep's cue was claimed. */
function isSettledSince({ settled_at }: KnownLink, { lease_until }: Cue): boolean {
  if (settled_at === null || lease_until === null) return false;
  const claimed = Temporal.Instant.from(lease_until).subtract({ milliseconds: leaseMs });
  return Temporal.Instant.compare(Temporal.Instant.from(settled_at), claimed) >= 0;
}

/** A version we stored ourselves is our own echo. */
function isNews(row: ChangeRow | undefined, version: Version | null): boolean {
  return row?.change === 'seen' && row.version !== version;
}

type Unlinked = Readonly<{
  person: Person;
  rows: ReadonlyMap<Ref, ChangeRow>;
  linked: Linked;
  asked: readonly AskedLink[];
}>;

/** Items without a Link: those the feeds show, those marked with the button, and those a person has said something about. */
async function unlinkedRows(
  engine: Engine,
  { person, rows, linked, asked }: Unlinked,
): Promise<readonly Seen[]> {
  const questions = await matchQuestions(engine.db, person.row.id);
  const refs = [...asked.map((link) => link.ref), ...answeredRefs(questions)];
  const marked = refs.map((ref): [Ref, Seen] => [
    ref,
    { change: 'seen', ref, version: noVersion(), isMarked: true, sighting: null },
  ]);
  const seen = [...rows.values()].flatMap((row): [Ref, Seen][] =>
    row.change === 'seen' ? [[row.ref, row]] : [],
  );
  const known = new Set(linked.known.map((link) => link.ref));
  return [...new Map([...seen, ...marked]).values()].filter((row) => !known.has(row.ref));
}

function answeredRefs(questions: readonly MatchQuestion[]): readonly Ref[] {
  return questions
    .filter((question) => question.status === 'answered' && choiceOf(question) !== 'leave')
    .flatMap((question) => (question.exchange_ref === null ? [] : [refFrom(question.exchange_ref)]));
}

async function unheldList(engine: Engine, person: Person): Promise<readonly Sighting[] | Failure> {
  const list = await wholeList(engine, person);
  if ('kind' in list) return list;
  const refs = list.map((sighting) => sighting.ref);
  const held = await heldRefs(engine.db, person.row.id, refs);
  return list.filter((sighting) => !held.has(sighting.ref));
}

type Effects = Readonly<{
  feeds: readonly Answered[];
  changed: readonly KnownLink[];
  missing: readonly KnownLink[];
  moves: readonly Move[];
  beginning: Beginning;
  asked: readonly AskedLink[];
}>;

/** Whether the sweep was still this worker's, and its effects count. */
async function commit(engine: Engine, { cue, person }: Sweep, effects: Effects): Promise<boolean> {
  const now = engine.clock.now();
  const at = now.toString();
  const { id, first_loaded_at } = person.row;
  return transact(engine.db, async (db) => {
    const next = now.add({ milliseconds: engine.settings.syncIntervalMs });
    const ours = await finishCues(db, [{ cue, next, failures: 0, parkedReason: null }]);
    if (!ours.has(cue.key)) return false;
    const { beginning, changed, missing, moves, asked } = effects;
    const looks = [...changed, ...missing];
    const cursors = effects.feeds.map(({ feed, next: value }) => ({ personId: id, feed, value }));
    await saveCursors(db, cursors, at);
    const recordIds = [...looks.map((link) => link.record_id), ...moves.map((move) => move.recordId)];
    const { begun, refused } = outcomeOf(asked, beginning);
    await dropAsked(db, begun);
    await cueAndOpen(db, { recordIds, links: beginning.links, now });
    const lookIds = looks.map((link) => link.id);
    await needLook(db, lookIds);
    await moveLinks(db, moves);
    await refuseAsked(db, refused, privateStays);
    await askMatches(db, beginning.questions);
    await closeMatches(db, beginning.carriedOut);
    await endListingAlert(db, id, at);
    if (first_loaded_at === null) await saveSkipped(db, id, beginning.skipped);
    // In the same transaction as the cues: no turn removes anything before the brake has looked at all of it.
    if (missing.length > 0)
      await trips({ ...engine, db }, { person, what: 'deletions', planned: missing.length });
    if (isWell(person)) return true;
    const news = { id, error: null, retryAt: null, lastSyncedAt: at, firstLoadedAt: first_loaded_at ?? at };
    await savePersonNews(db, { ...news, state: 'inStep' });
    return true;
  });
}

/** There is nothing new to say of the person; that the mailbox was looked at shows in its cursors. */
function isWell({ row }: Person): boolean {
  return (
    row.state === 'inStep' && row.first_loaded_at !== null && row.error === null && row.retry_at === null
  );
}

const privateStays =
  'It is private, or gone, and the policy keeps private contacts in Outlook. Clear Private and mark it again.';

/** What became of the items somebody marked: begun, asked about (then they wait), or not to be carried. */
function outcomeOf(
  asked: readonly AskedLink[],
  { links, questions }: Beginning,
): Readonly<{ begun: readonly AskedLink[]; refused: readonly string[] }> {
  const opened = new Set(links.flatMap((link) => link.exchange?.ref ?? []));
  const doubtful = new Set(questions.map((question) => question.exchangeRef));
  const begun = asked.filter((link) => opened.has(link.ref));
  const refused = asked
    .filter((link) => !opened.has(link.ref) && !doubtful.has(link.ref))
    .map((link) => link.id);
  return { begun, refused };
}

/** Success with nothing in it, where there was plenty: a broken answer. Nothing is concluded from it. */
async function refuseEmptyListing(engine: Engine, person: Person, known: number): Promise<Failure> {
  const reason = `Outlook answered with an empty list where ${known} contacts are known. Nothing was changed; the list is read again later.`;
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
  return trouble(reason, null);
}

function trouble(reason: string, retryAfterMs: number | null): Failure {
  return { kind: 'unreachable', reach: 'mailbox', reason, retryAfterMs };
}
