import { call, type Answer } from '../support/call.ts';
import { deskAt, type Desk, type Person } from './desk.ts';
import type { Postgres } from './postgres.ts';
import { answering, freePort, startProgram, type Program } from './process.ts';

/** One installation: sandbox, database and server, each a process of its own, as in production. */
export type Stage = Readonly<{
  desk: Desk;
  sandboxUrl: string;
  databaseUrl: string;
  postgres: Postgres;
  /** The server's process; null before `serve`. */
  server: () => Program | null;
  /** Starts the server and waits until it has nothing to do. The people exist, and the first of them administers. */
  serve: (people: readonly Person[]) => Promise<void>;
  api: (method: string, path: string, body?: unknown) => Promise<Answer>;
  map: (person: Person) => Promise<void>;
  /** Waits until nothing is left to do and nothing comes after it. Answers since when, by `performance.now()`. */
  quiet: () => Promise<number>;
  /** Latency of the two services in milliseconds a round trip. */
  latency: (graphMs: number, siebelMs: number) => Promise<void>;
  close: () => Promise<void>;
}>;

const tenantId = '00000000-0000-0000-0000-0000000005eb';
const clientId = '00000000-0000-0000-0000-00000000c11e';
/** Notifications are collected for 80 ms before they are sent: what comes after a write has come by then. */
const calmMs = 700;
const longestMs = 3 * 60_000;

export type StageOptions = Readonly<{
  /** Switches of the sandbox. */
  behaviour?: Readonly<Record<string, boolean>>;
  /** Whether the server is told of changes in mailboxes; otherwise it polls. */
  webhooks?: boolean;
}>;

export async function openStage(postgres: Postgres, options: StageOptions = {}): Promise<Stage> {
  const port = await freePort();
  const sandboxUrl = `http://127.0.0.1:${port}`;
  const sandbox = startProgram('server/sandbox/main.ts', { SANDBOX_PORT: String(port) });
  await answering(`${sandboxUrl}/sandbox/requests`);
  const desk = deskAt(sandboxUrl);
  await desk.control('POST', '/behaviour', options.behaviour ?? {});
  const databaseUrl = await postgres.fresh();
  const apiPort = await freePort();
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  let server: Program | null = null;
  let token = '';
  const api: Stage['api'] = async (method, path, body) => {
    const answer = await call(`${apiUrl}${path}`, { method, body, token });
    if (answer.status < 400) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  };
  const quiet = () => untilQuiet(api);
  return {
    desk,
    sandboxUrl,
    databaseUrl,
    postgres,
    server: () => server,
    serve: async ([admin]) => {
      if (!admin) throw new Error('A stage needs somebody who administers it.');
      server = startProgram('server/main.ts', {
        ...settingsOf({ sandboxUrl, databaseUrl, apiUrl, apiPort }),
        ...(options.webhooks === false ? { WEBHOOK_URL: 'off' } : {}),
      });
      await answering(`${apiUrl}/health/ready`);
      token = await desk.adminToken(admin);
      await quiet();
    },
    api,
    map: async ({ mailbox, login }) =>
      void (await api('POST', '/api/admin/people', { mailbox, siebelLogin: login, enabled: true })),
    quiet,
    latency: async (graphMs, siebelMs) =>
      void (await desk.control('POST', '/latency', { graphMs, siebelMs })),
    close: async () => {
      await server?.stop();
      await sandbox.stop();
    },
  };
}

type Addresses = Readonly<{ sandboxUrl: string; databaseUrl: string; apiUrl: string; apiPort: number }>;

/** The server cannot tell the sandbox from the real thing: it is named by the settings for the real thing. */
function settingsOf({ sandboxUrl, databaseUrl, apiUrl, apiPort }: Addresses): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    PORT: String(apiPort),
    PUBLIC_URL: apiUrl,
    WEBHOOK_URL: `${apiUrl}/webhooks/graph`,
    SIEBEL_URL: `${sandboxUrl}/siebel/v1.0`,
    SIEBEL_AUTH: 'basic',
    SIEBEL_USER: 'SADMIN',
    SIEBEL_PASSWORD: 'SADMIN',
    GRAPH_URL: `${sandboxUrl}/graph/v1.0`,
    ENTRA_AUTHORITY: `${sandboxUrl}/entra`,
    ENTRA_TENANT_ID: tenantId,
    ENTRA_CLIENT_ID: clientId,
    ENTRA_CLIENT_SECRET: 'sandbox',
    SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
    // No poll falls into what is measured; a scenario that wants a look asks for it.
    SYNC_INTERVAL_SECONDS: '3600',
    TASK_INTERVAL_SECONDS: '3600',
    LOG_LEVEL: process.env['BENCH_LOG_LEVEL'] ?? 'warn',
  };
}

async function untilQuiet(api: Stage['api']): Promise<number> {
  const end = performance.now() + longestMs;
  let since: number | null = null;
  for (;;) {
    const { quiet } = (await api('GET', '/api/admin/status')).json as { quiet: boolean };
    since = quiet ? (since ?? performance.now()) : null;
    if (since !== null && performance.now() - since >= calmMs) return since;
    if (performance.now() > end) throw new Error('The server did not come to rest within three minutes.');
    await new Promise((done) => setTimeout(done, 100));
  }
}
