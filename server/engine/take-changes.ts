import type { Domain } from '../../shared/domain.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Failure, Sighting } from '../connectors/connector.ts';
import { askedLinks, dropAsked, refuseAsked, type AskedLink } from '../store/asked-links.ts';
import { extendLeases } from '../store/cues.ts';
import { saveCursors } from '../store/cursors.ts';
import type { Db } from '../store/db.ts';
import { creatingFor, heldRefs, moveLinks, needLook, type KnownLink } from '../store/mailbox-links.ts';
import { askMatches, closeMatches } from '../store/matches.ts';
import { endBrakes, endListingAlert, holdMailbox } from '../store/parked.ts';
import { saveLoaded } from '../store/people-at-work.ts';
import { transact } from '../store/transact.ts';
import { begin } from './begin.ts';
import { beginActivities } from './begin-activities.ts';
import { trips } from './brakes.ts';
import { cueAndOpen } from './cue-turns.ts';
import { withMemoHeldBack, type Engine } from './engine.ts';
import type { Beginning } from './first-contact.ts';
import { followMoved, freshItems, type Move } from './fresh-items.ts';
import { latest, linkedRows, unlinkedRows, type Answered } from './known-rows.ts';
import { leaseMs } from './lease.ts';
import type { FirstLists, ListRead } from './lists.ts';
import type { Sweep } from './mailbox-feeds.ts';
import type { Person } from './people.ts';

/**
 * Takes what a mailbox's feeds answered: tells echoes from changes, follows moved items, begins with new ones, and commits
 * cues and cursors together. Answers why it could not.
 */
export async function takeChanges(
  engine: Engine,
  sweep: Sweep,
  { feeds, lists }: Readonly<{ feeds: readonly Answered[]; lists: FirstLists }>,
): Promise<Failure | null> {
  const { person, domain } = sweep;
  const { held, release } = withMemoHeldBack(engine);
  const rows = latest(feeds.flatMap((feed) => feed.rows));
  const linked = await linkedRows(engine, { sweep, rows, feeds });
  if (linked.isBroken) return refuseEmptyListing(engine, sweep, linked.known.length);
  const asked = await askedLinks(engine.db, { personId: person.row.id, domain });
  const unlinked = await unlinkedRows(engine, { person, rows, linked, asked });
  const isFirstLoad = person.row.loaded[domain] === undefined;
  const fresh = await freshItems(held, { person, domain, rows: unlinked, isFirstLoad });
  if ('failure' in fresh) return fresh.failure;
  const { moves, left } = await followMoved(engine, { person, fresh: fresh.items, gone: linked.gone });
  const list = isFirstLoad ? await lists(domain) : null;
  if (list !== null && 'kind' in list) return list;
  if (list !== null) held.memo.keep(list.sightings, { mailbox: null, since: list.since });
  const siebel = list === null ? [] : await unheld(engine, person, list);
  const wished = new Set(asked.map((link) => link.ref));
  const beginning = await beginnings[domain](engine, {
    person,
    domain,
    outlook: left,
    siebel,
    isFirstLoad,
    occasion: 'outlook',
    wished,
  });
  if ('failed' in beginning) return trouble(beginning.failed, beginning.afterMs);
  const missing = linked.gone.filter((link) => !moves.some((move) => move.linkId === link.id));
  const listedAt = list?.since ?? null;
  const effects = { feeds, changed: linked.changed, missing, moves, beginning, asked, listedAt };
  const end = await commit(engine, sweep, effects);
  if (end === 'kept') release();
  // A turn of this moment may have carried out already what the brake was put on for.
  if (missing.length > 0) await endBrakes(engine.db, [person.row.id], engine.clock.now().toString());
  return end === 'overtaken' ? beingMade : null;
}

async function unheld(
  { db }: Engine,
  { row }: Person,
  { sightings }: ListRead,
): Promise<readonly Sighting[]> {
  const refs = sightings.map((sighting) => sighting.ref);
  const held = await heldRefs(db, row.id, refs);
  return sightings.filter((sighting) => !held.has(sighting.ref));
}

type Effects = Readonly<{
  feeds: readonly Answered[];
  changed: readonly KnownLink[];
  missing: readonly KnownLink[];
  moves: readonly Move[];
  beginning: Beginning;
  asked: readonly AskedLink[];
  /** A first load: up to when Siebel's lists were read. */
  listedAt: Temporal.Instant | null;
}>;

/** `lost`: the sweep was not this worker's any more, and its effects do not count. */
async function commit(
  engine: Engine,
  { cue, person, domain }: Sweep,
  effects: Effects,
): Promise<'kept' | 'lost' | 'overtaken'> {
  const now = engine.clock.now();
  const at = now.toString();
  const { id } = person.row;
  return transact(engine.db, async (db) => {
    const ours = await extendLeases(db, [cue], now.add({ milliseconds: leaseMs }));
    if (!ours.has(cue.key)) return 'lost';
    const isClaiming =
      domain === 'appointment' || effects.beginning.links.some(({ exchange }) => exchange !== null);
    if (isClaiming && (await isOvertaken(db, { domain, personId: id, now }))) return 'overtaken';
    const { beginning, changed, missing, moves, asked, listedAt } = effects;
    const looks = [...changed, ...missing];
    const cursors = effects.feeds.map(({ feed, next: value }) => ({ personId: id, domain, feed, value }));
    await saveCursors(db, cursors, at);
    const recordIds = [...looks.map((link) => link.record_id), ...moves.map((move) => move.recordId)];
    const { begun, refused } = outcomeOf(asked, beginning);
    const standing = await dropAsked(db, begun);
    // Whoever took the mark back while the mailbox was being swept marked nothing: what is left of it is for the next sweep.
    const takenBack = new Set(begun.filter(({ id }) => !standing.has(id)).map((link) => link.ref));
    const links = beginning.links.filter(({ exchange }) => exchange === null || !takenBack.has(exchange.ref));
    await cueAndOpen(db, { recordIds, links, now });
    const lookIds = looks.map((link) => link.id);
    await needLook(db, lookIds);
    await moveLinks(db, moves);
    await refuseAsked(db, refused, notBegun[domain]);
    await askMatches(db, beginning.questions);
    await closeMatches(db, beginning.carriedOut);
    await endListingAlert(db, { personId: id, domain }, at);
    if (listedAt !== null)
      await saveLoaded(db, { personId: id, domain }, { skipped: beginning.skipped, at: listedAt.toString() });
    // In the same transaction as the cues: no turn removes anything before the brake has looked at all of it.
    if (missing.length > 0)
      await trips({ ...engine, db }, { person, domain, what: 'deletions', planned: missing.length });
    return 'kept';
  });
}

/** Nothing is wrong: what was listed is looked at again once it is known whose it is. */
export const beingMade: Failure = trouble('Copies are being made in this mailbox.', 1_000);

const longestPush = { seconds: 30 };

/**
 * Whether copies were being made in this mailbox, or a meeting in somebody's calendar, when it was listed: what it shows may
 * be one of them, or a guest's copy, or its owner may have made the same; the turn knows which in a moment. The sweep is
 * taken again then.
 */
async function isOvertaken(
  db: Db,
  { domain, personId, now }: Readonly<{ domain: Domain; personId: string; now: Temporal.Instant }>,
): Promise<boolean> {
  const since = now.subtract(longestPush).toString();
  return (await creatingFor(db, { personIds: [personId], domain, since })).size > 0;
}

const beginnings = {
  contact: begin,
  appointment: beginActivities,
  task: beginActivities,
} as const satisfies Record<Domain, typeof begin>;

const notBegun = {
  contact: { code: 'contactNotBegun' },
  appointment: { code: 'appointmentNotBegun' },
  task: { code: 'taskNotBegun' },
} as const satisfies Record<Domain, Reason>;

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
async function refuseEmptyListing(
  engine: Engine,
  { person, domain }: Sweep,
  known: number,
): Promise<Failure> {
  const reason = `Outlook answered with an empty list where ${known} ${domain}s are known. Nothing was changed; the list is read again later.`;
  await holdMailbox(engine.db, {
    id: engine.newId(),
    personId: person.row.id,
    domain,
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
