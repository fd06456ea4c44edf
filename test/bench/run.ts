import { parseArgs } from 'node:util';
import { naiveFirstSync } from './naive.ts';
import { startPostgres } from './postgres.ts';
import { report, say, type Result } from './report.ts';
import { calendar } from './scenarios/calendar.ts';
import { company } from './scenarios/company.ts';
import { fanOut } from './scenarios/fan-out.ts';
import { readCards } from './scenarios/file-import.ts';
import { fromOutlook, fromSiebel } from './scenarios/first-sync.ts';
import { largeMailbox } from './scenarios/large-mailbox.ts';
import { largeMeeting } from './scenarios/large-meeting.ts';

/**
 * `npm run bench`: whole scenarios against the sandbox in another process, with 80 ms to Graph and 120 ms to Siebel and
 * throttling on. Standard output gets one JSON line a scenario, standard error the figures for people. Exit code 1: a bar
 * was missed, or the result was wrong. `--quick` divides the sizes by ten, `--only <name>` runs what has the name in it.
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const share = values.quick ? 10 : 1;
const mostMemoryMb = 350;
const wholeCalendar = { singles: 2000 / share, series: 50 / share, meetings: 30 / share };
const naiveSize = 100 / share;

const postgres = await startPostgres();
const results: Result[] = [];
let isPassed = true;
const start = performance.now();

type Scenario = Readonly<{ name: string; run: () => Promise<readonly Result[]> }>;
const scenarios: readonly Scenario[] = [
  { name: 'from-siebel', run: async () => [await fromSiebel(postgres, 1000 / share)] },
  { name: 'from-outlook', run: async () => [await fromOutlook(postgres, 1000 / share, true)] },
  { name: 'from-outlook-single', run: async () => [await fromOutlook(postgres, 200 / share, false)] },
  { name: 'large-mailbox', run: () => largeMailbox(postgres, 10_000 / share) },
  { name: 'fan-out', run: async () => [await fanOut(postgres, 500 / share)] },
  { name: 'calendar', run: () => calendar(postgres, wholeCalendar) },
  {
    name: 'meeting',
    run: async () => [
      await largeMeeting(postgres, { colleagues: 90 / share, contacts: 90 / share, others: 20 / share }),
      await largeMeeting(postgres, { colleagues: 200 / share, contacts: 0, others: 0 }),
    ],
  },
  { name: 'company', run: async () => [await company(postgres, 1000 / share)] },
];

try {
  for (const { name, run } of scenarios.filter((one) => one.name.includes(values.only ?? ''))) {
    for (const result of await attempt(name, run)) {
      results.push(result);
      isPassed = report(result) && isPassed;
    }
    say(`      (${name} took ${((performance.now() - start) / 1000).toFixed(0)} s since the start)`);
  }
  if (results.length > 0) isPassed = reportMemory() && isPassed;
  if ('naive'.includes(values.only ?? '')) await reportNaive();
  if ('file-import'.includes(values.only ?? '')) readCards(5000 / share);
} finally {
  await postgres.stop();
}
process.exit(isPassed ? 0 : 1);

/** A scenario that breaks off has failed; the others still run. */
async function attempt(name: string, run: Scenario['run']): Promise<readonly Result[]> {
  try {
    return await run();
  } catch (error) {
    isPassed = false;
    process.stdout.write(`${JSON.stringify({ scenario: name, passed: false, wrong: [String(error)] })}\n`);
    say(`\nFAIL  ${name} broke off: ${error instanceof Error ? error.stack : String(error)}`);
    return [];
  }
}

function reportMemory(): boolean {
  const peakMemoryMb = Math.max(...results.map(({ figures }) => figures.memoryMb));
  const isWell = !(peakMemoryMb > mostMemoryMb);
  const line = { scenario: 'memory of the server during all this', passed: isWell, peakMemoryMb };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  say(
    `\n${isWell ? 'pass' : 'FAIL'}  memory of the server: ${peakMemoryMb.toFixed(0)} of at most ${mostMemoryMb} MB`,
  );
  return isWell;
}

async function reportNaive(): Promise<void> {
  const naive = await naiveFirstSync(postgres, naiveSize);
  const ours = results.find(({ scenario }) => scenario.includes('from Siebel'));
  const scale = (ours?.changes ?? naiveSize) / naiveSize;
  const theirs = { roundTrips: (naive.graph + naive.siebel) * scale, seconds: naive.seconds * scale };
  const mine = ours && {
    roundTrips: ours.figures.graph + ours.figures.siebel,
    seconds: ours.figures.seconds,
  };
  const ratio = mine && {
    roundTrips: mine.roundTrips / theirs.roundTrips,
    seconds: mine.seconds / theirs.seconds,
  };
  process.stdout.write(
    `${JSON.stringify({ scenario: 'naive loop, first sync from Siebel', contacts: naiveSize * scale, naive: theirs, ours: mine ?? null, ratio: ratio ?? null })}\n`,
  );
  say(`\n      one read and one write a record, ${naiveSize} measured and scaled to ${naiveSize * scale}:`);
  say(`        ${theirs.roundTrips} round trips, ${theirs.seconds.toFixed(1)} s`);
  if (mine && ratio)
    say(
      `        ours: ${mine.roundTrips} and ${mine.seconds.toFixed(1)} s, ${(ratio.roundTrips * 100).toFixed(1)} % of the round trips and ${(ratio.seconds * 100).toFixed(1)} % of the time`,
    );
  say(
    '        note: vdirsyncer speaks neither Siebel nor Graph and is not on this machine; it is not measured.',
  );
}
