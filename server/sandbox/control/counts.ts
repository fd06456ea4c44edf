import type { Counts } from '../world.ts';
import type { SideName } from '../wire.ts';

export type CountRow = Readonly<{
  side: SideName;
  method: string;
  route: string;
  /** Requests on the wire. */
  count: number;
  /** What they carried: an operation inside a `$batch` is listed under its own route with a count of 0. */
  operations: number;
}>;

/** The counters of `GET /sandbox/requests`, since the last reset. */
export function createCounts(): Counts & { all: () => readonly CountRow[]; clear: () => void } {
  const rows = new Map<
    string,
    { side: SideName; method: string; route: string; count: number; operations: number }
  >();

  const add = (row: CountRow) => {
    const key = `${row.side} ${row.method} ${row.route}`;
    const found = rows.get(key);
    if (!found) {
      rows.set(key, { ...row });
      return;
    }
    found.count += row.count;
    found.operations += row.operations;
  };

  return {
    request: (side, method, route, operations) => add({ side, method, route, count: 1, operations }),
    operation: (side, method, route) => add({ side, method, route, count: 0, operations: 1 }),
    all: () => [...rows.values()],
    clear: () => rows.clear(),
  };
}
