import { expect } from 'vitest';
import { createApp } from '../../server/app.ts';
import { createContext, type Assembled } from '../../server/assemble.ts';
import { readSettings, withSandbox, type Settings } from '../../server/config.ts';
import { freePort } from '../../server/free-port.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { serve, type Serving } from '../../server/serve.ts';
import { freshDatabase } from './database.ts';
import { outlookOf, type Outlook } from './outlook.ts';
import { siebelAs, type Siebel } from './siebel.ts';
import { activitiesAs, type Activities } from './activities.ts';
import { calendarOf, type Calendar } from './calendar.ts';
import { call, type Answer } from './call.ts';
import { useStarted } from './use-started.ts';

/** A person of a scenario: acts in Outlook and in Siebel as themselves. */
export type Actor = Readonly<{
  login: string;
  mailbox: string;
  employeeId: string;
  outlook: Outlook;
  calendar: Calendar;
  siebel: Siebel;
  activities: Activities;
}>;

type PersonOptions = Readonly<{ mapped?: boolean; lastName?: string; timeZone?: string }>;

export type SyncAnswer = Readonly<{
  quiet: boolean;
  written: { siebel: number; exchange: number };
  parked: number;
}>;

/** A mail of the sandbox's outbox. */
type Mail = Readonly<{ from: string; to: string[]; kind: string; subject: string; iCalUId: string }>;

export type World = Readonly<{
  sandboxUrl: string;
  apiUrl: string;
  /** The service account, which sees everything. */
  siebel: Siebel;
  /** The same for activities. */
  activities: Activities;
  /** Every mail Exchange has sent so far. */
  outbox: () => Promise<Mail[]>;
  context: () => Assembled;
  /** Makes an employee with a mailbox; with `mapped: false` without telling the product. */
  person: (firstName: string, options?: PersonOptions) => Promise<Actor>;
  map: (actor: Actor, more?: Record<string, unknown>) => Promise<void>;
  sync: (mailbox?: string) => Promise<SyncAnswer>;
  /** A second look at everybody that must write nothing and leave nothing waiting. */
  isQuiet: () => Promise<void>;
  api: (method: string, path: string, body?: unknown) => Promise<Answer>;
  apiAs: (actor: Actor, method: string, path: string, body?: unknown) => Promise<Answer>;
  desk: (method: string, path: string, body?: unknown) => Promise<Answer>;
  policy: (change: (policy: Policy) => void) => Promise<void>;
  /** Ends the server without letting it finish, and starts another on the same database. */
  restart: () => Promise<void>;
}>;

type DomainPolicy = Record<string, never> & Record<string, unknown>;
type Policy = {
  domains: { contact: DomainPolicy; appointment: DomainPolicy; task: DomainPolicy };
} & Record<string, unknown>;
type Options = Readonly<{ webhooks?: boolean; syncIntervalSeconds?: number; workers?: number }>;

/** A world of its own for a file of scenarios: sandbox, database, API and worker, over HTTP as in production. */
export function useWorld(options: Options = {}): World {
  const now = useStarted(() => startWorld(options));
  return {
    get sandboxUrl() {
      return now().sandboxUrl;
    },
    get apiUrl() {
      return now().apiUrl;
    },
    get siebel() {
      return siebelAs(now().sandboxUrl, 'SADMIN');
    },
    get activities() {
      return activitiesAs(siebelAs(now().sandboxUrl, 'SADMIN'), 'SADMIN');
    },
    outbox: async () => (await call(`${now().sandboxUrl}/sandbox/outbox`)).json as Mail[],
    context: () => now().context(),
    person: (firstName, more) => person(now(), firstName, more ?? {}),
    map: (actor, more) => map(now(), actor, more ?? {}),
    sync: (mailbox) => sync(now(), mailbox),
    isQuiet: () => isQuiet(now()),
    api: (method, path, body) => now().api(method, path, body),
    apiAs: async (actor, method, path, body) => {
      const { access_token } = await tokenFor(now(), { mailbox: actor.mailbox, for: 'api' });
      return call(`${now().apiUrl}${path}`, { method, body, token: access_token });
    },
    desk: (method, path, body) => call(`${now().sandboxUrl}/sandbox${path}`, { method, body }),
    policy: async (change) => {
      const document = (await now().api('GET', '/api/admin/policy')).json as Policy;
      change(document);
      expect((await now().api('PUT', '/api/admin/policy', document)).status).toBe(200);
    },
    restart: () => now().restart(),
  };
}

type Started = Readonly<{
  sandboxUrl: string;
  apiUrl: string;
  context: () => Assembled;
  api: (method: string, path: string, body?: unknown) => Promise<Answer>;
  restart: () => Promise<void>;
  close: () => Promise<void>;
}>;

async function startWorld(options: Options): Promise<Started> {
  const database = await freshDatabase();
  const sandbox = await startSandbox({ port: 0 });
  const settings = await settingsFor(options, database.url, sandbox.url);
  let context = await createContext(settings);
  let serving: Serving = await serve(context, { app: await createApp(context) });
  let extra = await moreWorkers(settings, (options.workers ?? 1) - 1);
  await call(`${sandbox.url}/sandbox/users`, {
    method: 'POST',
    body: [
      {
        login: 'ADMIN1',
        firstName: 'Ada',
        lastName: 'Admin',
        mailbox: 'ada.admin@example.com',
        timeZone: 'UTC',
      },
    ],
  });
  const admin = { mailbox: 'ada.admin@example.com', for: 'api', roles: ['Siebel.Admin'] };
  const { access_token } = (await call(`${sandbox.url}/sandbox/token`, { method: 'POST', body: admin }))
    .json as {
    access_token: string;
  };
  const stopServing = async (): Promise<void> => {
    await serving.stop();
    for (const one of extra) await one.stop();
    await context.close();
  };
  return {
    sandboxUrl: sandbox.url,
    apiUrl: settings.publicUrl,
    context: () => context,
    api: (method, path, body) => call(`${settings.publicUrl}${path}`, { method, body, token: access_token }),
    restart: async () => {
      await stopServing();
      context = await createContext(settings);
      serving = await serve(context, { app: await createApp(context) });
      extra = await moreWorkers(settings, (options.workers ?? 1) - 1);
    },
    close: async () => {
      await stopServing();
      await sandbox.close();
      await database.close();
    },
  };
}

async function moreWorkers(settings: Settings, count: number): Promise<readonly Serving[]> {
  const workers: Serving[] = [];
  for (let index = 0; index < count; index += 1) {
    const context = await createContext(settings);
    const serving = await serve(context, { app: null });
    workers.push({ stop: () => serving.stop().then(() => context.close()) });
  }
  return workers;
}

async function settingsFor(options: Options, databaseUrl: string, sandboxUrl: string): Promise<Settings> {
  const port = await freePort();
  const reading = readSettings({
    PORT: String(port),
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    SYNC_INTERVAL_SECONDS: String(options.syncIntervalSeconds ?? 3600),
    TASK_INTERVAL_SECONDS: String(options.syncIntervalSeconds ?? 3600),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    ...(options.webhooks ? {} : { WEBHOOK_URL: 'off' }),
  });
  if (!('settings' in reading)) throw new Error(reading.problems.join(' '));
  return withSandbox(reading.settings, { databaseUrl, sandboxUrl, port, secretsKey: '' });
}

async function tokenFor(started: Started, body: Record<string, unknown>): Promise<{ access_token: string }> {
  return (await call(`${started.sandboxUrl}/sandbox/token`, { method: 'POST', body })).json as {
    access_token: string;
  };
}

let people = 0;

async function person(started: Started, firstName: string, options: PersonOptions): Promise<Actor> {
  people += 1;
  const lastName = options.lastName ?? `Tester${people}`;
  const login = `${firstName}${people}`.toUpperCase();
  const mailbox = `${firstName}.${lastName}@example.com`.toLowerCase();
  const user = { login, firstName, lastName, mailbox, timeZone: options.timeZone ?? 'Europe/Berlin' };
  const made = await call(`${started.sandboxUrl}/sandbox/users`, { method: 'POST', body: [user] });
  expect(made.status, made.text).toBe(201);
  const [{ employeeId }] = made.json as [{ employeeId: string }];
  const { access_token } = await tokenFor(started, { mailbox, for: 'graph' });
  const actor: Actor = {
    login,
    mailbox,
    employeeId,
    outlook: outlookOf(started.sandboxUrl, mailbox, access_token),
    calendar: calendarOf(started.sandboxUrl, mailbox, access_token),
    siebel: siebelAs(started.sandboxUrl, login),
    activities: activitiesAs(siebelAs(started.sandboxUrl, login), login),
  };
  if (options.mapped !== false) await map(started, actor, {});
  return actor;
}

async function map(started: Started, actor: Actor, more: Record<string, unknown>): Promise<void> {
  const body = { mailbox: actor.mailbox, siebelLogin: actor.login, enabled: true, ...more };
  const answer = await started.api('POST', '/api/admin/people', body);
  expect([200, 201], answer.text).toContain(answer.status);
}

async function sync(started: Started, mailbox?: string): Promise<SyncAnswer> {
  const answer = await started.api('POST', '/api/admin/sync?wait=20', mailbox ? { mailbox } : undefined);
  if (answer.status !== 200)
    throw new Error(`Not quiet after 20 s: ${answer.text} ${await openCues(started)}`);
  return answer.json as SyncAnswer;
}

/** What is still to be done, for the message of a sync that does not come to rest. */
async function openCues(started: Started): Promise<string> {
  const cues = await started
    .context()
    .db.selectFrom('cue')
    .selectAll()
    .where('due_at', 'is not', null)
    .execute();
  return JSON.stringify(
    cues.filter((cue) => cue.kind === 'turn' || cue.failures > 0 || cue.lease_until !== null),
  );
}

async function isQuiet(started: Started): Promise<void> {
  const { quiet, written } = await sync(started);
  expect({ quiet, written }).toEqual({ quiet: true, written: { siebel: 0, exchange: 0 } });
}
