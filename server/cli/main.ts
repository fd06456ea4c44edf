import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { createContext } from '../assemble.ts';
import { loadSettings, settingsOrExit } from '../config.ts';
import { createHttp } from '../connectors/http.ts';
import { systemClock } from '../context.ts';
import { planFor } from '../engine/preview.ts';
import { isUsage, usage, type Command, type Words } from './command.ts';
import { doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { peopleImport } from './people-import.ts';
import { peopleList } from './people-list.ts';
import { plan } from './plan.ts';
import { status } from './status.ts';
import { syncNow } from './sync-now.ts';
import type { ExitCode, Terminal } from './terminal.ts';

const help = `siebel-sync <command>

  doctor                              look at settings, connections and permissions, and say what to do
  people import <file.csv>            map the people of a file (columns mailbox, siebelLogin, …)
  people import --from-siebel         map every active employee whose address has a mailbox
  people list                         the user map
  sync now [--person <mailbox>]       look at both sides now and wait until all is in step
  plan [--person <mailbox>]           what would be written, without writing
  explain <item> [--person <mailbox>] why an item is or is not in step
  status                              what is left to do, and how everybody is

  --json      one JSON document instead of text
  --yes       do not ask        --dry-run   only show what an import would do
  --wait <s>  how long "sync now" waits (300)

Exit code 0: done, 1: failed, 2: wrong usage or settings.`;

const commands: Readonly<Record<string, Command>> = {
  'people import': peopleImport,
  'people list': peopleList,
  'sync now': syncNow,
  plan,
  explain,
  status,
};

/** Commands that are followed by a file or an item. */
const takesMore: readonly string[] = ['people import', 'explain'];

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<ExitCode> {
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  try {
    const { name, words, isJson } = wordsFrom(args);
    if (name === 'help') {
      console.log(help);
      return 0;
    }
    const terminal = terminalFor(isJson, stopping.signal);
    if (name !== 'doctor') return await runCommand(name, words, terminal);
    checkNoMore(name, words);
    return await runDoctor(terminal);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return isUsage(error) ? 2 : 1;
  }
}

async function runCommand(name: string, words: Words, terminal: Terminal): Promise<ExitCode> {
  const command = commands[name];
  if (command === undefined) throw usage(`There is no command "${name}".\n\n${help}`);
  checkNoMore(name, words);
  // Lines of the log would mix with the results; what matters is told.
  const settings = { ...settingsOrExit({ joinSandbox: true }), logLevel: 'silent' as const };
  if (settings.databaseUrl === null) {
    throw usage('No database: run `npm start` in this folder, or name one in DATABASE_URL.');
  }
  const context = await createContext(settings);
  try {
    return await command({ context, terminal, planFor }, words);
  } finally {
    await context.close();
  }
}

function checkNoMore(name: string, { positionals }: Words): void {
  const [first] = positionals;
  if (first === undefined || takesMore.includes(name)) return;
  throw usage(`"${name}" takes nothing after it, but "${first}" follows.\n\n${help}`);
}

async function runDoctor(terminal: Terminal): Promise<ExitCode> {
  const reading = loadSettings({ joinSandbox: true });
  const http = createHttp({
    concurrency: 4,
    timeoutMs: 15_000,
    clock: { now: () => systemClock.now().epochMilliseconds },
  });
  const open = () => {
    if ('problems' in reading) throw new Error(reading.problems.join(' '));
    return createContext({ ...reading.settings, logLevel: 'silent' });
  };
  try {
    return await doctor({ reading, open, http, terminal });
  } finally {
    await http.close();
  }
}

function wordsFrom(args: readonly string[]): { name: string; words: Words; isJson: boolean } {
  const { values, positionals } = parsed(args);
  const [first = 'help', second = ''] = positionals;
  const isTwoWords = `${first} ${second}` in commands;
  const name = values.help ? 'help' : isTwoWords ? `${first} ${second}` : first;
  const wait = Number(values.wait);
  if (!Number.isFinite(wait) || wait < 0) throw usage('--wait takes a number of seconds.');
  const words = {
    positionals: positionals.slice(isTwoWords ? 2 : 1),
    person: values.person ?? null,
    wait,
    yes: values.yes,
    dryRun: values['dry-run'],
    fromSiebel: values['from-siebel'],
  };
  return { name, words, isJson: values.json };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        person: { type: 'string' },
        wait: { type: 'string', default: '300' },
        yes: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        'from-siebel': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    // The parser names the option it does not know.
    throw usage(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function terminalFor(isJson: boolean, signal: AbortSignal): Terminal {
  return {
    isJson,
    signal,
    line: (text) => void (isJson || console.log(text)),
    progress: (text) => console.error(text),
    json: (value) => void (isJson && console.log(JSON.stringify(value, null, 2))),
    confirm: process.stdin.isTTY && !isJson ? (question) => confirm(question, signal) : null,
  };
}

async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asked.question(`${question} [y/N] `, { signal })).trim());
  } catch {
    // Ctrl-C at the question is a no.
    return false;
  } finally {
    asked.close();
  }
}
