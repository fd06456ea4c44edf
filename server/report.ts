import type { Report } from './store/report.ts';

/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line that replaces itself where there is a terminal, and stays silent in files and pipes. */
export function sayOver(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K${line}`);
}

/** What a sync did, in sentences. */
export function reportLines(report: Report): readonly string[] {
  const counts: readonly (readonly [number, string])[] = [
    [report.adopted, 'found on both sides and linked'],
    [report.createdInSiebel, 'created in Siebel'],
    [report.createdInOutlook, 'created in Outlook'],
    [report.updated, 'brought up to date'],
    [report.removed, 'removed'],
    [report.proposed, 'doubtful matches: somebody is asked (GET /api/conflicts)'],
    [
      report.skippedUncategorised,
      'left alone in Outlook: they carry no category and Siebel does not have them',
    ],
    [report.skippedPrivate, 'left alone in Outlook: they are private'],
    [report.conflicts, 'open conflicts: somebody is asked (GET /api/conflicts)'],
  ];
  const done = counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${String(count).padStart(6)}  ${what}`);
  const parked = report.parked.map(
    ({ count, reason }) => `${String(count).padStart(6)}  need attention: ${reason}`,
  );
  return done.length + parked.length === 0
    ? ['Nothing to do: both sides are in step.']
    : [...done, ...parked];
}
