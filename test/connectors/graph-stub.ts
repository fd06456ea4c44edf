import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createHttp } from '../../server/connectors/http.ts';
import { createGraphClient, type GraphClient } from '../../server/connectors/graph/client.ts';
import { createTokens } from '../../server/connectors/graph/token.ts';
import { listFrom, objectFrom } from '../../server/connectors/graph/wire.ts';

/** One request as the stub saw it; those inside a batch carry its number. */
export type Seen = Readonly<{
  method: string;
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
  roundTrip: number;
}>;

export type Said = Readonly<{
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
}>;

/** A service that answers what a test tells it to, in one address with a sign-in that gives `token-1`, `token-2`, … */
export type Stub = Readonly<{
  url: string;
  seen: Seen[];
  /** How many requests came over the wire, sign-ins not counted. */
  roundTrips: () => number;
  /** The most batches that held a mailbox at the same time. */
  mostAtOnce: (mailbox: string) => number;
  tokensGiven: () => number;
  close: () => Promise<void>;
}>;

/** `null`: the connection is cut. */
type Answer = (request: Seen) => Said | null | Promise<Said | null>;

export async function startStub(
  answer: Answer,
  answerBatch: (seen: number) => Said | null | 'inner' = () => 'inner',
): Promise<Stub> {
  const seen: Seen[] = [];
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  let roundTrips = 0;
  let tokens = 0;

  const enter = (mailboxes: ReadonlySet<string>, by: 1 | -1) => {
    for (const mailbox of mailboxes) {
      const count = (now.get(mailbox) ?? 0) + by;
      now.set(mailbox, count);
      most.set(mailbox, Math.max(most.get(mailbox) ?? 0, count));
    }
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const text = await textOf(request);
    if (request.url?.endsWith('/oauth2/v2.0/token') === true) {
      tokens += 1;
      return say(response, { status: 200, body: { access_token: `token-${tokens}`, expires_in: 3600 } });
    }
    roundTrips += 1;
    const outer: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: text === '' ? null : JSON.parse(text),
      roundTrip: roundTrips,
    };
    const inner = outer.path === '/$batch' ? innerOf(outer) : [{ id: '', request: outer }];
    const mailboxes = new Set(inner.map(({ request: one }) => one.path.split('/')[2] ?? ''));
    enter(mailboxes, 1);
    const whole = outer.path === '/$batch' ? answerBatch(roundTrips) : 'inner';
    const said = whole === 'inner' ? await answerAll(inner) : whole;
    enter(mailboxes, -1);
    return said === null ? request.socket.destroy() : say(response, said);
  };
  const answerAll = async (inner: readonly Inner[]): Promise<Said | null> => {
    const answers: unknown[] = [];
    for (const { id, request } of inner) {
      seen.push(request);
      const said = await answer(request);
      if (id === '' || said === null) return said;
      answers.push({ id, status: said.status, headers: said.headers ?? {}, body: said.body ?? null });
    }
    return { status: 200, body: { responses: answers.reverse() } };
  };
  const server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: addressOf(server),
    seen,
    roundTrips: () => roundTrips,
    mostAtOnce: (mailbox) => most.get(mailbox) ?? 0,
    tokensGiven: () => tokens,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** A client of the stub whose waits pass at once; `waits` tells how long they would have been. */
export function clientOf(
  stub: Stub,
  otherSleep: ((ms: number) => Promise<void>) | null = null,
): Readonly<{ client: GraphClient; waits: number[] }> {
  const waits: number[] = [];
  let nowMs = Date.UTC(2026, 10, 22);
  const context = {
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(nowMs) },
    newId: () => 'request',
  };
  const http = createHttp({ concurrency: 8, timeoutMs: 5000, clock: { now: () => nowMs } });
  const entra = {
    authority: stub.url,
    tenantId: 't',
    clientId: 'c',
    clientSecret: 's',
    certificatePath: null,
  };
  const tokens = createTokens({ ...entra, scope: 'scope', http, context });
  const sleep = (ms: number) => {
    if (otherSleep !== null) return otherSleep(ms);
    waits.push(ms);
    nowMs += ms;
    return Promise.resolve();
  };
  return {
    client: createGraphClient({ graphUrl: stub.url, http, tokens, context, concurrency: 8, sleep }),
    waits,
  };
}

type Inner = Readonly<{ id: string; request: Seen }>;

function innerOf(outer: Seen): readonly Inner[] {
  return listFrom(objectFrom(outer.body)?.['requests']).map((entry) => {
    const inner = objectFrom(entry) ?? {};
    const headers = Object.entries(objectFrom(inner['headers']) ?? {}).map(([name, value]) => [
      name,
      String(value),
    ]);
    return {
      id: String(inner['id']),
      request: {
        method: String(inner['method']),
        path: String(inner['url']),
        headers: Object.fromEntries(headers),
        body: inner['body'] ?? null,
        roundTrip: outer.roundTrip,
      },
    };
  });
}

function say(response: ServerResponse, said: Said): void {
  response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers });
  response.end(said.body === undefined ? '' : JSON.stringify(said.body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

function addressOf(server: Server): string {
  const address = server.address();
  return address === null || typeof address === 'string' ? '' : `http://127.0.0.1:${address.port}`;
}
