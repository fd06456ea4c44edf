import { domains, type Domain } from '../shared/domain.ts';
import type { DomainReport, Report } from './store/report.ts';

/** A line for the person at the terminal. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A line that replaces itself where there is a terminal, and stays silent in files and pipes. */
export function sayOver(line: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001B[2K${line}`);
}

const names = {
  contact: 'Contacts',
  appointment: 'Appointments',
  task: 'Tasks',
} as const satisfies Record<Domain, string>;

/** Why Outlook items were left to their owners. */
const leftAlone: Readonly<Record<string, string>> = {
  uncategorised: 'they carry no category of ours and Siebel does not have them',
  private: 'they are private',
  outsideWindow: 'they lie outside the time that is kept in step',
  cancelled: 'their organizer cancelled them',
  organizerBrings: 'a colleague organizes them, whose own calendar brings them',
  externalOrganizer: 'somebody outside organizes them, and the policy leaves such meetings alone',
  noActivityType: 'none of their categories is an activity type',
};

/** What a sync did, in sentences, domain by domain. */
export function reportLines(report: Report): readonly string[] {
  const lines = domains.flatMap((domain) => {
    const done = domainLines(report.domains[domain]);
    return done.length === 0 ? [] : [names[domain], ...done];
  });
  const parked = report.parked.map(({ count, reason }) => line(count, `need attention: ${reason}`));
  return lines.length + parked.length === 0
    ? ['Nothing to do: both sides are in step.']
    : [...lines, ...parked];
}

function domainLines(report: DomainReport): readonly string[] {
  const counts: readonly (readonly [number, string])[] = [
    [report.adopted, 'found on both sides and linked'],
    [report.createdInSiebel, 'created in Siebel'],
    [report.createdInOutlook, 'created in Outlook'],
    [report.updated, 'brought up to date'],
    [report.removed, 'removed'],
    [report.proposed, 'doubtful matches: somebody is asked (GET /api/conflicts)'],
    [report.conflicts, 'open conflicts: somebody is asked (GET /api/conflicts)'],
    ...Object.entries(report.skipped).map(
      ([why, count]) => [count, `left alone in Outlook: ${leftAlone[why] ?? why}`] as const,
    ),
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => line(count, what));
}

function line(count: number, what: string): string {
  return `${String(count).padStart(6)}  ${what}`;
}
