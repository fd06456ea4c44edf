import type { Desk, PersonPlan, Words } from '../../server/cli/command.ts';
import { readSettings } from '../../server/config.ts';
import { newId, newSecret, systemClock } from '../../server/context.ts';
import { createLogger } from '../../server/log.ts';
import { openFreshDb } from '../support/database.ts';
import { createStillSides, type StillSides } from '../support/still-sides.ts';
import { useStarted } from '../support/use-started.ts';

/** A desk of a test: what a command printed can be read, what is asked is answered as the test says. */
export type TestDesk = Desk &
  Readonly<{
    sides: StillSides;
    /** Lines of the results since the last `clear`. */
    lines: string[];
    progress: string[];
    json: unknown[];
    answers: boolean[];
    plans: PersonPlan[];
    stop: AbortController;
    clear: () => void;
  }>;

export const words: Words = {
  positionals: [],
  person: null,
  wait: 0,
  yes: false,
  dryRun: false,
  fromSiebel: false,
};

export function withDesk(): () => TestDesk {
  return useStarted(openDesk);
}

async function openDesk(): Promise<TestDesk & { close: () => Promise<void> }> {
  const { db, close } = await openFreshDb();
  const reading = readSettings({});
  if ('problems' in reading) throw new Error(reading.problems.join(' '));
  const sides = createStillSides();
  const [lines, progress, json, answers, plans]: [string[], string[], unknown[], boolean[], PersonPlan[]] = [
    [],
    [],
    [],
    [],
    [],
  ];
  const stop = new AbortController();
  return {
    context: {
      db,
      clock: systemClock,
      newId,
      newSecret,
      log: createLogger('silent'),
      settings: reading.settings,
      siebel: sides.siebel,
      exchange: sides.exchange,
      usePolicy: () => undefined,
    },
    terminal: {
      isJson: false,
      signal: stop.signal,
      line: (text) => void lines.push(text),
      progress: (text) => void progress.push(text),
      json: (value) => void json.push(value),
      confirm: async () => answers.shift() ?? false,
    },
    planFor: async (_context, mailbox) => plans.filter(({ person }) => person === mailbox),
    sides,
    lines,
    progress,
    json,
    answers,
    plans,
    stop,
    clear: () => [lines, progress, json].forEach((list) => list.splice(0)),
    close,
  };
}
