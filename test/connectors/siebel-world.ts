/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { createHttp, type Http, type HttpRequest } from '../../server/connectors/http.ts';
import type { Holder, SiebelConnector } from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { createSiebelConnector } from '../../server/connectors/siebel/index.ts';
import { siebelDefaults, type SiebelSettings } from '../../server/connectors/siebel/settings.ts';
import { shippedMarks } from './contract-samples.ts';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { useStarted } from '../support/use-started.ts';

/** A sandbox with some employees, the connector on its Siebel, and hands that work in Siebel themselves. */
export type SiebelWorld = Readonly<{
  connector: SiebelConnector;
  /** A second connector with other settings. */
  connectorWith: (settings: Partial<SiebelSettings>) => SiebelConnector;
  ana: Holder;
  bruno: Holder;
  chen: Holder;
  /** A request of the service account, or of the given user; `path` is below `/siebel/v1.0/data/`. */
  siebel: (method: HttpRequest['method'], path: string, body?: unknown, login?: string) => Promise<unknown>;
  /** A request to Graph by the person's own Outlook; `path` is below `/graph/v1.0/`. */
  outlook: (holder: Holder, method: HttpRequest['method'], path: string, body?: unknown) => Promise<unknown>;
  /** The sandbox's origin. */
  url: string;
  desk: (method: HttpRequest['method'], path: string, body?: unknown) => Promise<unknown>;
  /** Requests to Siebel since the counts were last asked for. */
  requests: () => Promise<number>;
  close: () => Promise<void>;
}>;

const people = ['ANA', 'BRUNO', 'CHEN'] as const;

/** The zones of the employees, where they are not UTC. */
type Zones = Readonly<Partial<Record<(typeof people)[number], string>>>;

/** A world for a file of tests. */
export function useSiebelWorld(zones: Zones = {}): () => SiebelWorld {
  return useStarted(() => openSiebelWorld(zones));
}

export async function openSiebelWorld(zones: Zones = {}): Promise<SiebelWorld> {
  const sandbox = await startSandbox({ port: 0 });
  const http = createHttp({ concurrency: 8, timeoutMs: 20_000, clock: { now: () => Date.now() } });
  const desk = (method: HttpRequest['method'], path: string, body?: unknown) =>
    jsonFrom(http, { method, url: `${sandbox.url}/sandbox/${path}`, headers: {}, body });
  const made = await desk(
    'POST',
    'users',
    people.map((login) => ({
      login,
      firstName: login,
      lastName: 'Test',
      mailbox: `${login}@example.com`,
      timeZone: zones[login] ?? 'UTC',
    })),
  );
  const connectorWith = (settings: Partial<SiebelSettings>) =>
    createSiebelConnector({
      ...siebelDefaults,
      url: `${sandbox.url}/siebel/v1.0`,
      auth: { scheme: 'basic', user: 'SADMIN', password: 'SADMIN' },
      http,
      clock: { now: () => Temporal.Now.instant() },
      ...settings,
    });
  let counted = 0;
  return {
    connector: connectorWith({}),
    connectorWith,
    ...holdersFrom(made),
    siebel: (method, path, body, login = 'SADMIN') =>
      jsonFrom(http, {
        method,
        url: `${sandbox.url}/siebel/v1.0/data/${path}`,
        headers: { authorization: `Basic ${Buffer.from(`${login}:${login}`).toString('base64')}` },
        body,
      }),
    outlook: async ({ mailbox }, method, path, body) => {
      const token = (await desk('POST', 'token', { mailbox, for: 'graph' })) as { access_token: string };
      const headers = { authorization: `Bearer ${token.access_token}`, prefer: 'IdType="ImmutableId"' };
      return jsonFrom(http, { method, url: `${sandbox.url}/graph/v1.0/${path}`, headers, body });
    },
    url: sandbox.url,
    desk,
    requests: async () => {
      const before = counted;
      counted = siebelCount(await desk('GET', 'requests'));
      return counted - before;
    },
    close: async () => {
      await http.close();
      await sandbox.close();
    },
  };
}

type Call = Readonly<{
  method: HttpRequest['method'];
  url: string;
  headers: Record<string, string>;
  body: unknown;
}>;

async function jsonFrom(http: Http, { method, url, headers, body }: Call): Promise<unknown> {
  const answer = await http.request({
    method,
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (answer.answer === 'failed') throw new Error(answer.failure.reason);
  if (answer.status >= 400) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.json;
}

function holdersFrom(made: unknown): Readonly<Record<'ana' | 'bruno' | 'chen', Holder>> {
  const [ana, bruno, chen] = (made as readonly Made[]).map(holderFrom);
  if (ana === undefined || bruno === undefined || chen === undefined)
    throw new Error('The sandbox did not make everybody.');
  return { ana, bruno, chen };
}

type Made = Readonly<{ login: string; mailbox: string; employeeId: string; userId: string }>;

function holderFrom({ login, mailbox, employeeId, userId }: Made): Holder {
  return {
    personId: login,
    mailbox,
    userId,
    login: login as Login,
    employeeId,
    timeZone: 'UTC',
    marks: shippedMarks,
  };
}

function siebelCount(counts: unknown): number {
  const { requests } = counts as { requests: readonly { side: string; count: number }[] };
  return requests.filter(({ side }) => side === 'siebel').reduce((sum, { count }) => sum + count, 0);
}
