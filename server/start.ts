import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import { createContext, type Assembled } from './assemble.ts';
import { settingsOrExit, withSandbox, type Settings } from './config.ts';
import { createHttp } from './connectors/http.ts';
import { newKey, systemClock } from './context.ts';
import { isDatabaseRunning, startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { mappingFromOptions } from './files/csv-columns.ts';
import { putFiles, readFiles, type Load } from './load-files.ts';
import { lookNow, untilQuiet, type LookProgress } from './look-now.ts';
import { reportLines, say, sayOver } from './report.ts';
import { deskOf, type Desk } from './sandbox-desk.ts';
import { sandboxPort } from './sandbox/settings.ts';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { serve, type Serving } from './serve.ts';
import { listPeople, mapPerson } from './store/people.ts';
import { currentPolicy } from './store/policy.ts';
import { reportSince } from './store/report.ts';
import { lastJournalId } from './store/status.ts';

/**
 * `npm start`: the product on one machine. Without settings it brings the sandbox and a PostgreSQL of its own, connects the
 * demo company and shows what the first sync did; with settings it is the server. Either way the same engine runs.
 */
const usage =
  'npm start -- [--reset] [--contacts <file.vcf|.csv> [--map "Header=field" …]] [--calendar <file.ics>] [--for <mailbox>]';
const dataFolder = 'data';
const databaseFolder = `${dataFolder}/postgres`;
const firstSyncMs = 10 * 60_000;
/** Closing that takes longer is given up: every piece of work can be broken off and is taken up again. */
const patienceMs = 4_500;

type Options = Readonly<{
  reset: boolean;
  contacts: string | null;
  calendar: string | null;
  mailbox: string | null;
  mapping: readonly string[];
}>;

const options = optionsOrExit();
const stopping = new AbortController();
const closers: (() => Promise<void>)[] = [];
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
stopping.signal.addEventListener('abort', () => void stop(0), { once: true });

try {
  await start(settingsOrExit({ joinSandbox: false }));
} catch (error) {
  // What breaks because everything is being closed under it is no news.
  if (!stopping.signal.aborted) {
    sayOver('');
    say(error instanceof Error ? error.message : String(error));
    await stop(1);
  }
}

async function start(given: Settings): Promise<void> {
  const load = await loadOf(given);
  if (options.reset) await reset();
  await mkdir(dataFolder, { recursive: true });
  const built = builtAddin();
  const database = given.databaseUrl === null ? await embeddedDatabase() : null;
  const databaseUrl = given.databaseUrl ?? database?.url ?? '';
  const sandbox = given.isSandbox ? await sandboxFor(given.port) : null;
  const settings = sandbox ? await joinedSettings(given, sandbox, databaseUrl) : { ...given, databaseUrl };
  const context = await createContext(settings);
  closers.unshift(() => context.close());
  const journalId = await lastJournalId(context.db);
  if (sandbox) await fillSandbox(context, { sandbox, load });
  await built;
  const serving: Serving = await serve(context, { app: await createApp(context) });
  closers.unshift(() => serving.stop());
  say(`Open ${settings.publicUrl} (API: ${settings.publicUrl}/api/openapi.json)`);
  if (sandbox) {
    say(`Try it: ${sandbox.url}/outlook (Outlook with the add-in, and Siebel beside it)`);
    say(`Sandbox: ${sandbox.url} (Microsoft Graph under /graph/v1.0, Siebel under /siebel/v1.0)`);
  }
  await firstSync(context, journalId);
}

async function reset(): Promise<void> {
  if (isDatabaseRunning(databaseFolder)) {
    throw new Error(`\`npm start\` is running in this folder; stop it before its data are thrown away.`);
  }
  await rm(dataFolder, { recursive: true, force: true });
}

/**
 * The add-in's pages, if they are not there or older than their sources; meanwhile everything else starts. In a process of its
 * own, whose memory goes with it. Sync works without them: what is wrong is said, and /setup says it again.
 */
function builtAddin(): Promise<void> {
  const program = join(import.meta.dirname, 'build-addin.ts');
  const building = spawn(process.execPath, [program, '--if-stale'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    signal: stopping.signal,
  });
  return new Promise((resolve) => {
    building.once('close', () => resolve());
    building.once('error', () => resolve());
  });
}

async function embeddedDatabase(): Promise<EmbeddedDatabase> {
  say('Starting PostgreSQL …');
  const database = await startEmbeddedDatabase(databaseFolder);
  closers.push(() => database.stop());
  return database;
}

async function sandboxFor(productPort: number): Promise<Sandbox> {
  say('Starting the sandbox: Siebel, Microsoft Graph and Entra …');
  const port = sandboxPort();
  const sandbox = await startSandbox({
    port,
    stateFile: `${dataFolder}/sandbox-state.json`,
    productUrl: `http://127.0.0.1:${productPort}`,
  }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    const message = `Port ${port} is taken by another program; stop that one or set SANDBOX_PORT.`;
    throw new Error(message, { cause: error });
  });
  closers.push(() => sandbox.close());
  return sandbox;
}

/** The settings of this run, and a note of them for the commands and further workers. */
async function joinedSettings(given: Settings, sandbox: Sandbox, databaseUrl: string): Promise<Settings> {
  const keyFile = `${dataFolder}/secrets.key`;
  if (!existsSync(keyFile)) await writeFile(keyFile, newKey(), { mode: 0o600 });
  const secretsKey = given.secretsKey ?? (await readFile(keyFile, 'utf8'));
  const running = { databaseUrl, sandboxUrl: sandbox.url, port: given.port, secretsKey };
  await writeFile(`${dataFolder}/sandbox.json`, JSON.stringify(running, null, 2), { mode: 0o600 });
  return withSandbox(given, running);
}

/** The first time: the demo company is mapped. Every time: the person's own file goes into a mailbox. */
async function fillSandbox(
  context: Assembled,
  { sandbox, load }: Readonly<{ sandbox: Sandbox; load: Load | null }>,
): Promise<void> {
  const http = createHttp({
    concurrency: 4,
    timeoutMs: 60_000,
    clock: { now: () => systemClock.now().epochMilliseconds },
  });
  const desk = deskOf(sandbox.url, http);
  try {
    if (sandbox.isNew) await desk.reset('demo');
    const people = await mapEverybody(context, desk);
    if (load === null) return;
    const { document: policy } = await currentPolicy(context.db);
    await putFiles(load, { desk, mailbox: mailboxAmong(people), policy });
  } finally {
    await http.close();
  }
}

async function mapEverybody(context: Assembled, desk: Desk): Promise<readonly string[]> {
  const known = (await listPeople(context.db, { after: null, limit: 1000 })).items.map(
    (person) => person.mailbox,
  );
  const employees = await desk.employees();
  if (known.length === 0) {
    for (const { login, mailbox } of employees) {
      const mapping = {
        mailbox,
        siebelLogin: login,
        enabled: true,
        language: 'en',
        extractFrom: null,
        levels: {},
      };
      await mapPerson(context.db, {
        id: context.newId(),
        mapping,
        identity: null,
        mayChangeLogin: false,
        now: context.clock.now(),
      });
    }
    say(`Connected the demo company: ${employees.length} employees with their mailboxes.`);
  }
  return employees.map(({ mailbox }) => mailbox);
}

async function loadOf(given: Settings): Promise<Load | null> {
  const { contacts, calendar, mapping } = options;
  const named = contacts === null ? '--calendar' : '--contacts';
  if (contacts === null && calendar === null) return null;
  if (!given.isSandbox) {
    throw new Error(`${named} fills a mailbox of the sandbox, but the settings name real systems.`);
  }
  const today = systemClock.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
  return readFiles({ contacts, calendar, mapping, today });
}

function mailboxAmong(people: readonly string[]): string {
  const mailbox = options.mailbox ?? people[0] ?? '';
  if (people.includes(mailbox)) return mailbox;
  throw new Error(
    `--for ${mailbox}: the demo company has no such mailbox. It has ${people.join(', ')}; name one of them.`,
  );
}

async function firstSync(context: Assembled, journalId: string): Promise<void> {
  const look = await lookNow(context, null);
  const tell = ({ status }: LookProgress): void => {
    const { due, running, waiting } = status.cues;
    sayOver(`First sync: ${due + running + waiting} pieces of work to go`);
  };
  const { quiet } = await untilQuiet(context, look, { limitMs: firstSyncMs, signal: stopping.signal, tell });
  if (stopping.signal.aborted) return;
  sayOver('');
  for (const line of reportLines(await reportSince(context.db, journalId))) say(line);
  say(
    quiet
      ? 'In step. Changes on either side now follow within seconds; Ctrl-C stops.'
      : 'Still at work; it goes on in the background. Ctrl-C stops.',
  );
}

async function stop(code: number): Promise<void> {
  say(code === 0 ? '\nStopping …' : 'Stopping.');
  setTimeout(() => process.exit(code), patienceMs).unref();
  for (const close of closers)
    await close().catch((error: unknown) => say(`While stopping: ${String(error)}`));
  process.exit(code);
}

function optionsOrExit(): Options {
  try {
    const { values } = parseArgs({
      options: {
        reset: { type: 'boolean', default: false },
        contacts: { type: 'string' },
        calendar: { type: 'string' },
        for: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
      },
    });
    const mailbox = values.for?.toLowerCase() ?? null;
    if (mailbox !== null && values.contacts === undefined && values.calendar === undefined)
      throw new Error('--for names the mailbox for --contacts or --calendar, which are missing.');
    if (values.map.length > 0 && values.contacts === undefined)
      throw new Error('--map names columns of the file of --contacts, which is missing.');
    mappingFromOptions(values.map);
    const { reset, contacts = null, calendar = null } = values;
    return { reset, contacts, calendar, mailbox, mapping: values.map };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
    return process.exit(2);
  }
}
