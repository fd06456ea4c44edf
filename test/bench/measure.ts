import type { Count } from './desk.ts';
import { rowsBetween, rowsWritten, type Rows } from './postgres.ts';
import { cpuSeconds, peakMemoryMb } from './process.ts';
import type { Stage } from './stage.ts';

/** What a piece of work cost. Round trips are HTTP requests; a `$batch` is one. */
export type Figures = Readonly<{
  graph: number;
  siebel: number;
  /** By method and route template, the busiest first. */
  routes: readonly string[];
  counts: readonly Count[];
  seconds: number;
  serverCpu: number;
  databaseCpu: number;
  /** The most memory the server ever held. */
  memoryMb: number;
  rows: Rows | null;
}>;

/** Measures work of the server from the call to the moment it rests again, which the work answers. Rows cost ten seconds on either side. */
export async function measure(
  stage: Stage,
  { withRows }: Readonly<{ withRows: boolean }>,
  work: () => Promise<number>,
): Promise<Figures> {
  const pid = stage.server()?.pid ?? 0;
  const rowsBefore = withRows ? await rowsWritten(stage.databaseUrl) : {};
  const countsBefore = await stage.desk.counts();
  const cpuBefore = { server: cpuSeconds(pid), database: stage.postgres.cpuSeconds() };
  const start = performance.now();
  const end = await work();
  const seconds = (end - start) / 1000;
  const serverCpu = cpuSeconds(pid) - cpuBefore.server;
  const databaseCpu = stage.postgres.cpuSeconds() - cpuBefore.database;
  const counts = countsBetween(countsBefore, await stage.desk.counts());
  return {
    graph: sumOf(counts, 'graph'),
    siebel: sumOf(counts, 'siebel'),
    routes: routesOf(counts),
    counts,
    seconds,
    serverCpu,
    databaseCpu,
    memoryMb: peakMemoryMb(pid),
    rows: withRows ? rowsBetween(rowsBefore, await rowsWritten(stage.databaseUrl)) : null,
  };
}

/** How often something was asked for, alone or inside a batch; `route` is the end of its template. */
export function operationsOf({ counts }: Figures, method: string, route: string): number {
  return counts
    .filter((one) => one.method === method && one.route.endsWith(route))
    .reduce((sum, one) => sum + one.operations, 0);
}

function countsBetween(before: readonly Count[], after: readonly Count[]): readonly Count[] {
  const keyOf = ({ side, method, route }: Count): string => `${side} ${method} ${route}`;
  const known = new Map(before.map((one) => [keyOf(one), one]));
  return after
    .map((one) => {
      const old = known.get(keyOf(one));
      return {
        ...one,
        count: one.count - (old?.count ?? 0),
        operations: one.operations - (old?.operations ?? 0),
      };
    })
    .filter(({ count, operations }) => count !== 0 || operations !== 0);
}

function sumOf(counts: readonly Count[], side: string): number {
  return counts.filter((one) => one.side === side).reduce((sum, one) => sum + one.count, 0);
}

function routesOf(counts: readonly Count[]): readonly string[] {
  return counts
    .toSorted((a, b) => b.count - a.count || b.operations - a.operations)
    .map(({ side, method, route, count, operations }) => {
      const name = `${side} ${method} ${route.replace(/^\/v1\.0\//, '')}`;
      return count === 0 ? `(${operations} inside a batch: ${name})` : `${count} × ${name}`;
    });
}
