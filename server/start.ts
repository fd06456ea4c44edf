import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import { createContext, type Assembled } from './assemble.ts';
import { settingsOrExit, withSandbox, type Settings } from './config.ts';
import { createHttp } from './connectors/http.ts';
import { newKey, systemClock } from './context.ts';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database.ts';
import { mappingFromOptions } from './files/csv-columns.ts';
import { readContactFile } from './files/read-contacts.ts';
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
  'npm start -- [--reset] [--contacts <file.vcf|.csv> [--for <mailbox>] [--map "Header=field" …]]';
const dataFolder = 'data';
const firstSyncMs = 10 * 60_000;

type Options = Readonly<{
  reset: boolean;
  contacts: string | null;
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
  say(error instanceof Error ? error.message : String(error));
  await stop(1);
}

async function start(given: Settings): Promise<void> {
  if (options.reset) await rm(dataFolder, { recursive: true, force: true });
  await mkdir(dataFolder, { recursive: true });
  const database = given.databaseUrl === null ? await embeddedDatabase() : null;
  const databaseUrl = given.databaseUrl ?? database?.url ?? '';
  const sandbox = given.isSandbox ? await sandboxFor() : null;
  const settings = sandbox ? await joinedSettings(given, sandbox, databaseUrl) : { ...given, databaseUrl };
  const context = await createContext(settings);
  closers.unshift(() => context.close());
  const journalId = await lastJournalId(context.db);
  if (sandbox) await fillSandbox(context, sandbox);
  const serving: Serving = await serve(context, { app: await createApp(context) });
  closers.unshift(() => serving.stop());
  say(`Open ${settings.publicUrl} (API: ${settings.publicUrl}/api/openapi.json)`);
  if (sandbox) say(`Sandbox: ${sandbox.url} (Microsoft Graph under /graph/v1.0, Siebel under /siebel/v1.0)`);
  await firstSync(context, journalId);
}

async function embeddedDatabase(): Promise<EmbeddedDatabase> {
  say('Starting PostgreSQL …');
  const database = await startEmbeddedDatabase(`${dataFolder}/postgres`);
  closers.push(() => database.stop());
  return database;
}

async function sandboxFor(): Promise<Sandbox> {
  say('Starting the sandbox: Siebel, Microsoft Graph and Entra …');
  const sandbox = await startSandbox({ port: sandboxPort(), stateFile: `${dataFolder}/sandbox-state.json` });
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
async function fillSandbox(context: Assembled, sandbox: Sandbox): Promise<void> {
  const http = createHttp({
    concurrency: 4,
    timeoutMs: 60_000,
    clock: { now: () => systemClock.now().epochMilliseconds },
  });
  const desk = deskOf(sandbox.url, http);
  try {
    if (sandbox.isNew) await desk.reset('demo');
    const people = await mapEverybody(context, desk);
    if (options.contacts !== null)
      await loadContacts(context, {
        desk,
        file: options.contacts,
        mailbox: options.mailbox ?? people[0] ?? '',
      });
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

type Load = Readonly<{ desk: Desk; file: string; mailbox: string }>;

async function loadContacts(context: Assembled, { desk, file, mailbox }: Load): Promise<void> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new Error(
      `${file} cannot be read: ${error.message}. Name a vCard (.vcf) or CSV file you exported.`,
    );
  });
  const read = readContactFile({ name: basename(file), bytes, mapping: mappingFromOptions(options.mapping) });
  say(`${file}: ${read.format}, ${read.encoding.name}, ${read.contacts.length} contacts read.`);
  for (const { line, reason } of read.problems) say(`  line ${line}: ${reason} Skipped.`);
  for (const { line, reason } of read.remarks) say(`  line ${line}: ${reason}`);
  const { category } = (await currentPolicy(context.db)).document.domains.contact;
  const contacts = read.contacts.map((one) => one.contact);
  const tell = (done: number): void => sayOver(`Putting them into ${mailbox}: ${done} of ${contacts.length}`);
  const refused = await desk.addContacts({ mailbox, contacts, category, tell });
  say('');
  for (const { index, reason } of refused)
    say(`  line ${read.contacts[index]?.line ?? '?'}: Outlook refused it: ${reason} Skipped.`);
}

async function firstSync(context: Assembled, journalId: string): Promise<void> {
  const look = await lookNow(context, null);
  const tell = ({ status }: LookProgress): void => {
    const { due, running, waiting } = status.cues;
    sayOver(`First sync: ${due + running + waiting} pieces of work to go`);
  };
  const { quiet } = await untilQuiet(context, look, { limitMs: firstSyncMs, signal: stopping.signal, tell });
  if (stopping.signal.aborted) return;
  say('');
  for (const line of reportLines(await reportSince(context.db, journalId))) say(line);
  say(
    quiet
      ? 'In step. Changes on either side now follow within seconds; Ctrl-C stops.'
      : 'Still at work; it goes on in the background. Ctrl-C stops.',
  );
}

async function stop(code: number): Promise<void> {
  say(code === 0 ? '\nStopping …' : 'Stopping.');
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
        for: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
      },
    });
    const mailbox = values.for?.toLowerCase() ?? null;
    if (mailbox !== null && values.contacts === undefined)
      throw new Error('--for names the mailbox for --contacts, which is missing.');
    return { reset: values.reset, contacts: values.contacts ?? null, mailbox, mapping: values.map };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\nUsage: ${usage}`);
    return process.exit(2);
  }
}
