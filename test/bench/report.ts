import type { Figures } from './measure.ts';
import type { RoundTrips } from './minimum.ts';

type Bar = Readonly<{ name: string; measured: number; most: number }>;

/** A measured scenario. `changes` is the number of records that changed; `wrong` what the oracle found. */
export type Result = Readonly<{
  scenario: string;
  changes: number;
  figures: Figures;
  minimum: RoundTrips;
  bars: readonly Bar[];
  wrong: readonly string[];
  /** Requests of the look afterwards, in which our own writes come back. */
  echo?: RoundTrips;
  notes?: readonly string[];
}>;

/** Rows that keep track of where we are, and are written at every look. */
const cursorTables = new Set(['cursor', 'cue']);

/** One JSON line for machines, some lines for people. Answers whether all bars are met and nothing is wrong. */
export function report(result: Result): boolean {
  const { scenario, changes, figures, minimum, bars, wrong, echo, notes } = result;
  const missed = bars.filter(({ measured, most }) => !(measured <= most));
  const isPassed = missed.length === 0 && wrong.length === 0;
  const perThousand = changes === 0 ? null : (figures.serverCpu * 1000) / changes;
  const rows = figures.rows === null ? null : sumOf(figures.rows, () => true);
  const line = {
    scenario,
    passed: isPassed,
    changes,
    // No figure without a verdict: where the oracle found something wrong, only that is said.
    ...(wrong.length > 0
      ? { wrong }
      : {
          graph: figures.graph,
          graphMinimum: minimum.graph,
          siebel: figures.siebel,
          siebelMinimum: minimum.siebel,
          seconds: round(figures.seconds),
          serverCpuSeconds: round(figures.serverCpu),
          databaseCpuSeconds: round(figures.databaseCpu),
          cpuSecondsPer1000Changes: round(perThousand),
          changesPerSecond: changes === 0 ? null : round(changes / figures.seconds),
          peakMemoryMb: round(figures.memoryMb),
          rowsWritten: rows,
          rowsPerChange: rows === null || changes === 0 ? null : round(rows / changes),
          rowsByTable: figures.rows,
          echo: echo ? { graph: echo.graph, siebel: echo.siebel } : null,
          bars,
          routes: figures.routes,
        }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  say(`\n${isPassed ? 'pass' : 'FAIL'}  ${scenario}`);
  for (const text of wrong) say(`      wrong: ${text}`);
  if (wrong.length > 0 && process.env['BENCH_LOG_LEVEL'] === undefined) return false;
  const ratio = (measured: number, least: number): string =>
    `${measured} round trips, least ${least}, ratio ${(measured / least).toFixed(2)}`;
  say(`      Graph   ${ratio(figures.graph, minimum.graph)}`);
  say(`      Siebel  ${ratio(figures.siebel, minimum.siebel)}`);
  say(
    `      time    ${figures.seconds.toFixed(2)} s; CPU ${figures.serverCpu.toFixed(2)} s server, ` +
      `${figures.databaseCpu.toFixed(2)} s database; peak memory ${figures.memoryMb.toFixed(0)} MB`,
  );
  if (changes > 0)
    say(
      `      ${changes} changes: ${(changes / figures.seconds).toFixed(0)} a second, ` +
        `${perThousand?.toFixed(2)} s CPU per 1,000${rows === null ? '' : `, ${(rows / changes).toFixed(1)} rows each`}`,
    );
  if (figures.rows !== null) say(`      rows    ${JSON.stringify(figures.rows)}`);
  if (echo) say(`      echo    ${echo.graph} Graph, ${echo.siebel} Siebel round trips at the next look`);
  for (const { name, measured, most } of bars)
    say(`      ${measured <= most ? 'ok    ' : 'MISSED'}  ${name}: ${round(measured)} of at most ${most}`);
  for (const route of figures.routes) say(`        ${route}`);
  for (const note of notes ?? []) say(`      note: ${note}`);
  return isPassed;
}

/** Rows that are no cursors: what "nothing changed" must not write. */
export function rowsBesidesCursors(figures: Figures): number {
  return sumOf(figures.rows ?? {}, (table) => !cursorTables.has(table));
}

function sumOf(rows: Readonly<Record<string, number>>, counts: (table: string) => boolean): number {
  return Object.entries(rows).reduce((sum, [table, count]) => sum + (counts(table) ? count : 0), 0);
}

function round(value: number | null): number | null {
  return value === null || Number.isNaN(value) ? null : Math.round(value * 1000) / 1000;
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
