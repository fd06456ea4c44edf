/**
 * The order in which the members of one collection last changed. A delta round is a walk along it, so it costs as much
 * as there are changes. Positions only grow; a member stands at its latest position alone.
 */
export type Feed = {
  head: number;
  /** Ascending; `numbers` holds the member that changed at each. Outdated entries are dropped now and then. */
  positions: number[];
  numbers: number[];
  live: Map<number, number>;
  gone: Map<number, number>;
};

export type FeedRow = Readonly<{ number: number; position: number; isGone: boolean }>;

export const createFeed = (): Feed => ({
  head: 0,
  positions: [],
  numbers: [],
  live: new Map(),
  gone: new Map(),
});

export function noteChange(feed: Feed, number: number): void {
  feed.gone.delete(number);
  feed.live.set(number, append(feed, number));
}

export function noteRemoval(feed: Feed, number: number): void {
  feed.live.delete(number);
  feed.gone.set(number, append(feed, number));
}

/** Up to `limit` rows after position `after` that `wants` keeps, and where the walk stands then. */
export function walk(
  feed: Feed,
  after: number,
  ask: Readonly<{ limit: number; wants: (row: FeedRow) => boolean }>,
): Readonly<{ rows: readonly FeedRow[]; next: number; isDone: boolean }> {
  const rows: FeedRow[] = [];
  let index = firstAfter(feed.positions, after);
  for (; index < feed.positions.length && rows.length < ask.limit; index++) {
    const row = rowAt(feed, index);
    if (row && ask.wants(row)) rows.push(row);
  }
  while (index < feed.positions.length && !isWanted(feed, index, ask.wants)) index++;
  const isDone = index >= feed.positions.length;
  return { rows, next: isDone ? feed.head : (feed.positions[index - 1] ?? after), isDone };
}

function isWanted(feed: Feed, index: number, wants: (row: FeedRow) => boolean): boolean {
  const row = rowAt(feed, index);
  return row !== null && wants(row);
}

function rowAt(feed: Feed, index: number): FeedRow | null {
  const number = feed.numbers[index];
  const position = feed.positions[index];
  if (number === undefined || position === undefined) return null;
  if (feed.live.get(number) === position) return { number, position, isGone: false };
  if (feed.gone.get(number) === position) return { number, position, isGone: true };
  return null;
}

function append(feed: Feed, number: number): number {
  if (feed.numbers.length > 2 * (feed.live.size + feed.gone.size) + 64) compact(feed);
  feed.head += 1;
  feed.positions.push(feed.head);
  feed.numbers.push(number);
  return feed.head;
}

function compact(feed: Feed): void {
  const kept = feed.positions.map((_, index) => rowAt(feed, index)).filter((row) => row !== null);
  feed.positions = kept.map(({ position }) => position);
  feed.numbers = kept.map(({ number }) => number);
}

function firstAfter(positions: readonly number[], after: number): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((positions[middle] ?? 0) <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}
