import { startSandbox, type Sandbox } from '../../server/sandbox/sandbox.ts';

/** An answer of the wire; `json` is null where the body is none. */
export type Answer = Readonly<{ status: number; headers: Headers; text: string; json: Json }>;
// A test looks into bodies as a person would, so their depth is not typed.
/** The entries of a JSON list; none where there is no list. */
export function listOf(json: Json | undefined): readonly Json[] {
  return json ?? [];
}

export type Json = string & { readonly [name: string]: Json } & readonly Json[];

/** Requests of one Siebel user; `path` below `/siebel/v1.0/data/`, `query` by name. */
export type SiebelUser = Readonly<{
  get: (path: string, query?: Readonly<Record<string, string>>) => Promise<Answer>;
  post: (path: string, body: unknown) => Promise<Answer>;
  put: (path: string, body: unknown) => Promise<Answer>;
  remove: (path: string, body?: unknown) => Promise<Answer>;
  /** Inserts a contact with names where none are given; answers its id. */
  contact: (fields?: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Last names found by a search over everything, in order. */
  search: (searchspec: string, query?: Readonly<Record<string, string>>) => Promise<readonly string[]>;
}>;

export type TestSandbox = Sandbox &
  Readonly<{
    desk: (method: string, path: string, body?: unknown) => Promise<Answer>;
    call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
    siebel: (login?: string) => SiebelUser;
  }>;

type CallOptions = Readonly<{ headers?: Record<string, string>; body?: unknown; redirect?: 'manual' }>;

export async function sandboxForTests(): Promise<TestSandbox> {
  const sandbox = await startSandbox({ port: 0, log: (line) => console.error(line) });
  const call: TestSandbox['call'] = async (method, path, options = {}) => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...options.headers },
      redirect: options.redirect ?? 'follow',
      ...(options.body === undefined ? {} : { body: textOf(options.body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: jsonOf(text) };
  };
  return {
    ...sandbox,
    call,
    desk: (method, path, body) => call(method, `/sandbox${path}`, { body }),
    siebel: (login = 'SADMIN') => siebelUser(call, login),
  };
}

function siebelUser(call: TestSandbox['call'], login: string): SiebelUser {
  const authorization = `Basic ${Buffer.from(`${login}:${login}`).toString('base64')}`;
  const at = (path: string) => `/siebel/v1.0/data/${path.split('/').map(encodeURIComponent).join('/')}`;
  const send = (method: string, path: string, body?: unknown) =>
    call(method, at(path), { headers: { authorization }, body });
  const get: SiebelUser['get'] = (path, query = {}) =>
    call('GET', `${at(path)}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`, {
      headers: { authorization },
    });
  return {
    get,
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    remove: (path, body) => send('DELETE', path, body),
    contact: async (fields = {}) => {
      const names = { 'First Name': 'Maria', 'Last Name': 'Lopez', ...fields };
      const answer = await send('POST', 'Contact/Contact', names);
      if (answer.status !== 200) throw new Error(answer.text);
      return String(answer.json['items']?.['Id']);
    },
    search: async (searchspec, query = {}) => {
      const wide = {
        ViewMode: 'All',
        uniformresponse: 'Y',
        PageSize: '100',
        sortspec: 'Last Name',
        searchspec,
        ...query,
      };
      const answer = await get('Contact/Contact', wide);
      if (answer.status === 404) return [];
      if (answer.status !== 200) throw new Error(answer.text);
      return listOf(answer.json['items']).map((row) => String(row['Last Name']));
    },
  };
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    // Not every body is JSON; tests of pages look at the text, and any look inside finds nothing.
    return JSON.parse('{}');
  }
}
