import type { Domain } from '../../shared/domain.ts';
import { domainOfKind } from '../../shared/item.ts';
import type { CensusKind, ChangeAnswer, ChangeRow, Failure } from '../connectors/connector.ts';
import { everybody, type Cursor, type NewCursor } from '../store/cursors.ts';
import { databaseNow } from '../store/gauges.ts';
import { isShort, takeCensus, type CensusNews, type CensusOrder } from './census.ts';
import type { Engine } from './engine.ts';
import { listsDue, nextRound, roundFrom, turnOf, type Reader, type Round } from './lists-due.ts';

/**
 * Siebel is polled once for contacts and once for all activities, whatever they are in Outlook. Employees are few: where
 * the census reads all of them, it has seen what a poll would say.
 */
export const feeds = [
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

/** A feed, up to where all of them are known, and whom it is asked for since when. */
export type Asked = Readonly<{
  feed: Feed;
  cursors: readonly Cursor[];
  everyone: readonly Reader[];
  startedAt: Temporal.Instant;
}>;

/** What a feed told: the rows of its poll, the news of its census, and where both are to go on from. */
export type Told = Readonly<{
  rows: readonly ChangeRow[];
  census: CensusNews;
  readers: CensusOrder['readers'];
  since: Temporal.Instant;
  next: readonly NewCursor[];
}>;

/** Asks a feed what changed since the last time, and looks at the lists that are due. */
export async function askFeed(
  engine: Engine,
  { feed, cursors, everyone, startedAt }: Asked,
): Promise<Told | Failure> {
  const [domain] = feed.domains;
  const censusFeed = `${feed.name} census`;
  const valueOf = (name: string) =>
    cursors.find((cursor) => cursor.domain === domain && cursor.feed === name)?.value ?? null;
  const round = roundFrom(valueOf(censusFeed));
  const since = await databaseNow(engine.db);
  const order = orderOf(feed, everyone, round);
  // While nobody's items have been loaded, what changed concerns nobody: only the place where to go on is moved along.
  const isAnybodyLoaded = [...order.readers.values()].some(({ all }) => all.length > 0);
  const cursor = isAnybodyLoaded ? valueOf(feed.name) : null;
  const isWhole = await isShort(engine, order);
  const changes = await changesOf(engine, { feed, cursor, isWhole });
  if (changes.answer === 'failed') return changes.failure;
  const census = await takeCensus(engine, order, isWhole);
  if ('kind' in census) return census;
  const next = [
    { personId: everybody, domain, feed: feed.name, value: changes.next },
    { personId: everybody, domain, feed: censusFeed, value: nextRound(round, startedAt) },
  ];
  return { rows: changes.rows, census, readers: order.readers, since, next };
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

type Polling = Readonly<{ feed: Feed; cursor: string | null; isWhole: boolean }>;

async function changesOf(engine: Engine, { feed, cursor, isWhole }: Polling): Promise<ChangeAnswer> {
  if (feed.isToldByCensus && cursor !== null && isWhole)
    return { answer: 'changes', rows: [], next: cursor, isWhole: false };
  const [domain] = feed.domains;
  const [answer] = await engine.siebel.changes([{ domain, holder: null, feed: feed.name, cursor }]);
  return answer ?? { answer: 'failed', failure: noAnswer };
}

/** A row that is gone says no more than its ref; both domains of a feed look for it among their records. */
export function isOfDomain(row: ChangeRow, domain: Domain): boolean {
  return row.change === 'gone' || row.sighting === null || domainOfKind[row.sighting.kind] === domain;
}

export const noAnswer: Failure = {
  kind: 'unreachable',
  reach: 'side',
  reason: 'Siebel gave no answer; it is asked again later.',
  retryAfterMs: null,
};
