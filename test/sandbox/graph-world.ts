import { createServer, type Server } from 'node:http';
import { createWorld, type ControlledWorld } from '../../server/sandbox/control/create-world.ts';
import { graphSide } from '../../server/sandbox/graph/index.ts';
import type { GraphSide } from '../../server/sandbox/graph/side.ts';
import type { WireRequest } from '../../server/sandbox/wire.ts';

export const ana = 'ana@example.com';
export const bruno = 'bruno@example.com';

export type Body = Readonly<Record<string, unknown>>;
type Reply = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Body;
  /** `value` of a collection. */
  rows: readonly Body[];
  /** `error.code`, empty where nothing went wrong. */
  code: string;
}>;

export type Options = Readonly<{
  token?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  immutable?: boolean;
}>;

export type GraphWorld = Readonly<{
  world: ControlledWorld;
  graph: GraphSide;
  appToken: string;
  tokenOf: (mailbox: string) => string;
  /** Sends a request as the app unless `token` says otherwise; `path` is below `/v1.0` or a whole link. */
  call: (method: string, path: string, options?: Options) => Promise<Reply>;
  /** A contact of Ana's with these properties. */
  newContact: (body: Body) => Promise<Body>;
}>;

/** The Graph stand-in with the mailboxes of Ana and Bruno, without any server; tokens are their claims in base64. */
export function startGraph(): GraphWorld {
  const keys = {
    jwks: { keys: [] },
    sign: () => Promise.resolve(''),
    open: (token: string) => Promise.resolve(claimsIn(token)),
    verify: (token: string) => Promise.resolve(claimsIn(token)),
  };
  const world = createWorld(1, keys);
  const graph = graphSide(world);
  const userIds = new Map(
    [ana, bruno].map((mailbox) => {
      const [givenName = ''] = mailbox.split('@');
      const user = { mailbox, displayName: givenName, givenName, surname: 'Test', timeZone: 'Europe/Madrid' };
      return [mailbox, graph.addUser(user).userId];
    }),
  );
  const appToken = tokenWith({ roles: appRoles });
  const call = async (method: string, path: string, options: Options = {}): Promise<Reply> =>
    replyFrom(await graph.answer(requestFrom(method, path, { token: appToken, ...options })));
  return {
    world,
    graph,
    appToken,
    tokenOf: (mailbox) => tokenWith({ scp: personScopes, oid: userIds.get(mailbox) }),
    call,
    newContact: async (body) => (await call('POST', `/users/${ana}/contacts`, { body })).body,
  };
}

const appRoles = [
  'Contacts.ReadWrite',
  'Calendars.ReadWrite',
  'Tasks.ReadWrite.All',
  'MailboxSettings.ReadWrite',
  'User.Read.All',
];
const personScopes =
  'Contacts.ReadWrite Calendars.ReadWrite Tasks.ReadWrite MailboxSettings.ReadWrite User.Read';

/** A token of the sandbox's app with further claims. */
export const tokenWith = (claims: Body): string =>
  Buffer.from(
    JSON.stringify({
      aud: 'https://graph.microsoft.com',
      appid: 'app',
      tid: '00000000-0000-0000-0000-0000000005eb',
      oid: '00000000-0000-0000-0000-0000000050a1',
      ...claims,
    }),
  ).toString('base64url');

function claimsIn(token: string): Body | null {
  const text = Buffer.from(token, 'base64url').toString();
  return text.startsWith('{') ? asBody(JSON.parse(text)) : null;
}

const base = 'http://localhost:4000/graph';

function requestFrom(method: string, path: string, options: Options): WireRequest {
  const url = new URL(path.startsWith('http') ? path : `${base}/v1.0${path}`);
  const rawPath = url.pathname.replace('/graph', '');
  return {
    method,
    path: decodeURIComponent(rawPath),
    rawPath,
    query: url.searchParams,
    headers: {
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...(options.immutable && { prefer: 'IdType="ImmutableId"' }),
      ...options.headers,
    },
    body: options.body === undefined ? '' : JSON.stringify(options.body),
    base,
  };
}

function replyFrom(
  answer: Readonly<{ status: number; headers?: Readonly<Record<string, string>>; body: unknown }>,
): Reply {
  const body = asBody(answer.body);
  const { value } = body;
  return {
    status: answer.status,
    headers: answer.headers ?? {},
    body,
    rows: Array.isArray(value) ? value.map(asBody) : [],
    code: textOf(asBody(body['error'])['code']),
  };
}

export const asBody = (value: unknown): Body =>
  typeof value === 'object' && value !== null ? { ...value } : {};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export type Listener = Readonly<{
  url: string;
  /** Every row posted so far. */
  rows: () => readonly Body[];
  /** What to answer from now on. */
  answerWith: (status: number) => void;
  /** The rows once `isEnough` says so. */
  until: (isEnough: (rows: readonly Body[]) => boolean) => Promise<readonly Body[]>;
  /** Resolves once a post was answered with an error. */
  untilRefused: () => Promise<void>;
  close: () => void;
}>;

/** An endpoint that passes the handshake (unless `echo` spoils it) and keeps what it is sent. */
export async function startListener(echo: (token: string) => string = (token) => token): Promise<Listener> {
  const rows: Body[] = [];
  const refusals: number[] = [];
  let waiting: (() => void)[] = [];
  let status = 202;
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '/', 'http://localhost').searchParams.get('validationToken');
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      response.writeHead(token === null ? status : 200, { 'content-type': 'text/plain' });
      response.end(token === null ? '' : echo(token));
      if (token !== null) return;
      if (status >= 300) {
        refusals.push(status);
        for (const wake of waiting) wake();
        return;
      }
      const { value } = asBody(JSON.parse(text));
      if (Array.isArray(value)) rows.push(...value.map(asBody));
      for (const wake of waiting) wake();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}/notify`,
    rows: () => rows,
    answerWith: (next) => {
      status = next;
    },
    until: async (isEnough) => {
      while (!isEnough(rows)) {
        await new Promise<void>((resolve) => {
          waiting = [resolve];
        });
      }
      return rows;
    },
    untilRefused: async () => {
      while (refusals.length === 0) {
        await new Promise<void>((resolve) => {
          waiting = [resolve];
        });
      }
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
