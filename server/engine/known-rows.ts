import type { ChangeAnswer, ChangeRow } from '../connectors/connector.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import { noVersion, refFrom } from '../holder.ts';
import type { AskedLink } from '../store/asked-links.ts';
import type { Cue } from '../store/cues.ts';
import { linksByRef, linksWithCopy, type KnownLink } from '../store/mailbox-links.ts';
import { matchQuestions, type MatchQuestion } from '../store/matches.ts';
import { choiceOf } from './begin.ts';
import type { Engine } from './engine.ts';
import { leaseMs } from './lease.ts';
import type { Sweep } from './mailbox-feeds.ts';
import type { Person } from './people.ts';

/** What one feed answered; `isReset` when its cursor had expired and it listed everything anew. */
export type Answered = Readonly<{ feed: string; isReset: boolean }> &
  Extract<ChangeAnswer, { answer: 'changes' }>;

type Seen = Extract<ChangeRow, { change: 'seen' }>;

/** One row an item: a feed may repeat itself, and an item moved between folders is gone from one and seen in the other. */
export function latest(rows: readonly ChangeRow[]): ReadonlyMap<Ref, ChangeRow> {
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
export async function linkedRows(
  engine: Engine,
  { sweep, rows, feeds }: { sweep: Sweep; rows: ReadonlyMap<Ref, ChangeRow>; feeds: readonly Answered[] },
): Promise<Linked> {
  const isWhole = feeds.some((feed) => feed.isReset) || feeds.every((feed) => feed.isWhole);
  const personId = sweep.person.row.id;
  const known = isWhole
    ? await linksWithCopy(engine.db, { personId, domain: sweep.domain })
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
export async function unlinkedRows(
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
