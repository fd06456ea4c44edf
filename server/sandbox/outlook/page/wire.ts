/** The sandbox's people, Microsoft Graph and Siebel, asked as the person who is signed in here. */

export type Person = Readonly<{ mailbox: string; displayName: string; login: string | null; userId: string }>;
export type Json = Readonly<Record<string, unknown>>;

export type Graph = Readonly<{
  /** Times in UTC. */
  inUtc: (path: string) => Promise<Json>;
  /** The mailbox's zone, in which times come and go otherwise. */
  timeZone: string;
  /** All rows of a list, page after page. */
  rows: (path: string) => Promise<readonly Json[]>;
  send: (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: Json) => Promise<Json>;
}>;

export type Siebel = Readonly<{ find: (component: string, search: string) => Promise<readonly Json[]> }>;

const mostPages = 20;

export async function everybody(): Promise<readonly Person[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own control desk
  return (await asked('/sandbox/users', {})) as unknown as readonly Person[];
}

/** The sandbox's clock, which a test may have moved. */
export async function sandboxTime(): Promise<Date> {
  const { now } = await asked('/sandbox/clock', {});
  return new Date(String(now));
}

export async function graphAs(mailbox: string): Promise<Graph> {
  const { access_token: token } = await asked('/sandbox/token', {
    method: 'POST',
    body: JSON.stringify({ mailbox, for: 'graph' }),
  });
  const headers = { authorization: `Bearer ${String(token)}` };
  const settings = await asked('/graph/v1.0/me/mailboxSettings', { headers });
  const timeZone = textAt(settings, 'timeZone') || 'UTC';
  const prefer = `outlook.timezone="${timeZone}", outlook.body-content-type="text"`;
  const ask = (url: string, options: Asking = {}): Promise<Json> =>
    asked(url, { ...options, headers: { ...headers, prefer } });
  return {
    timeZone,
    inUtc: (path) => asked(`/graph/v1.0/me${path}`, { headers }),
    rows: async (path) => {
      const all: Json[] = [];
      let next: string | null = `/graph/v1.0/me${path}`;
      for (let page = 0; next !== null && page < mostPages; page += 1) {
        const answer: Json = await ask(next);
        all.push(...rowsOf(answer['value']));
        const link: unknown = answer['@odata.nextLink'];
        next = typeof link === 'string' ? new URL(link).pathname + new URL(link).search : null;
      }
      return all;
    },
    send: (method, path, body) =>
      ask(`/graph/v1.0/me${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) }),
  };
}

/** What this login sees in Siebel; a search that finds nothing is an empty list. */
export function siebelAs(login: string): Siebel {
  return {
    find: async (component, search) => {
      const query = new URLSearchParams({ searchspec: search, ViewMode: 'Sales Rep', uniformresponse: 'y' });
      const response = await fetch(`/siebel/v1.0/data/${component}?${query.toString()}`, {
        headers: { authorization: `Basic ${btoa(`${login}:${login}`)}` },
      });
      if (response.status === 404) return [];
      if (!response.ok) throw new Error(`Siebel answered ${response.status}.`);
      const body: Json = await response.json();
      return rowsOf(body['items']);
    },
  };
}

type Asking = Readonly<{ method?: string; body?: string; headers?: Readonly<Record<string, string>> }>;

async function asked(url: string, options: Asking): Promise<Json> {
  const headers = { 'content-type': 'application/json', ...options.headers };
  const response = await fetch(url, { ...options, headers });
  const text = await response.text();
  if (response.ok) return text === '' ? {} : JSON.parse(text);
  throw new Error(messageIn(text) ?? `The sandbox answered ${response.status}.`);
}

function messageIn(text: string): string | null {
  return /"message"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? null;
}

export function rowsOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text within an object, step by step; empty where there is none. */
export function textAt(value: unknown, ...steps: readonly (string | number)[]): string {
  let at: unknown = value;
  for (const step of steps) {
    at = Array.isArray(at) && typeof step === 'number' ? at[step] : isJson(at) ? at[step] : null;
  }
  return typeof at === 'string' ? at : '';
}
