import type { Me, Problem, Question } from '../shared/api.ts';
import type { Category } from '../shared/api-categories.ts';
import type { ItemDetail, ItemSummary, KnownPerson, NewContact } from '../shared/api-items.ts';
import type { AddinSettings } from '../shared/addin-settings.ts';
import type { Domain } from '../shared/domain.ts';
import type { TimeAsked } from '../shared/time-asked.ts';
import { ApiError } from './api-error.ts';
import { claimsAskedFor, type Bearer } from './sign-in/sign-in.ts';

export type Page<Row> = Readonly<{ items: readonly Row[]; next: string | null }>;
type Standing = Pick<ItemDetail, 'domain' | 'state' | 'why' | 'reasons'> & Readonly<{ itemId: string }>;
type ItemsAsked = Readonly<{
  domain: Domain;
  search?: string;
  filter?: 'all' | 'on' | 'off' | 'attention';
  after?: string | null;
  limit?: number;
  /** Of appointments: what comes, or what was. */
  time?: TimeAsked | null;
}>;
export type Answer = Readonly<
  { choices: Readonly<Record<string, 'siebel' | 'exchange'>> } | { candidate: string }
>;

/**
 * The backend, call by call. Everything rejects with an `ApiError`. Reading twice what did not change gives the same object
 * twice, so that a screen can tell by `===` that there is nothing to draw.
 */
export type Api = Readonly<{
  me: (signal?: AbortSignal) => Promise<Me>;
  items: (asked: ItemsAsked, signal?: AbortSignal) => Promise<Page<ItemSummary>>;
  item: (domain: Domain, itemId: string, signal?: AbortSignal) => Promise<ItemDetail>;
  /** The mailbox's own list of categories. */
  categories: () => Promise<readonly Category[]>;
  mark: (domain: Domain, itemId: string) => Promise<Standing>;
  unmark: (domain: Domain, itemId: string) => Promise<Standing>;
  /** Who people are, by address; the server takes twenty at a time. */
  whoIs: (addresses: readonly string[], signal?: AbortSignal) => Promise<readonly KnownPerson[]>;
  addContact: (contact: NewContact) => Promise<Standing>;
  sync: () => Promise<void>;
  questions: (after?: string | null, signal?: AbortSignal) => Promise<Page<Question>>;
  answer: (id: string, answer: Answer) => Promise<void>;
  /** Refused with `already-carried-out` when it is too late. */
  takeBack: (id: string) => Promise<void>;
  /** The id of the last request, for the person to quote; it names nobody. */
  lastRequestId: () => string | null;
}>;

type ApiOptions = Readonly<{
  /** Without a slash at the end, e.g. `https://sync.example.com`. */
  baseUrl: string;
  bearer: Bearer;
  timeoutMs?: number;
}>;

type Asked = Readonly<{ method: string; path: string; body?: unknown; signal?: AbortSignal | undefined }>;
type Known = Readonly<{ etag: string | null; text: string; value: unknown }>;

const standardTimeoutMs = 20_000;
/** Answers kept to compare with, the oldest given up first. */
const mostKnown = 50;
/** As many as the server looks up at once. */
const mostAddresses = 20;

export function createApi({ baseUrl, bearer, timeoutMs = standardTimeoutMs }: ApiOptions): Api {
  const wire = createWire({ baseUrl, bearer, timeoutMs });
  const get = async <Value>(path: string, signal?: AbortSignal): Promise<Value> =>
    typed<Value>(await wire.ask({ method: 'GET', path, signal }));
  const standing = async (method: string, domain: Domain, itemId: string): Promise<Standing> =>
    typed<Standing>(await wire.ask({ method, path: `/marks/${domain}/${segment(itemId)}` }));
  return {
    me: (signal) => get('/me', signal),
    items: (asked, signal) => get(`/items?${queryOf(asked)}`, signal),
    item: (domain, itemId, signal) => get(`/items/${domain}/${segment(itemId)}`, signal),
    categories: async () => (await get<{ items: readonly Category[] }>('/categories')).items,
    mark: (domain, itemId) => standing('PUT', domain, itemId),
    unmark: (domain, itemId) => standing('DELETE', domain, itemId),
    whoIs: async (addresses, signal) => {
      const path = `/people?addresses=${segment(addresses.slice(0, mostAddresses).join(','))}`;
      return (await get<{ items: readonly KnownPerson[] }>(path, signal)).items;
    },
    addContact: async (contact) =>
      typed<Standing>(await wire.ask({ method: 'POST', path: '/contacts', body: contact })),
    sync: async () => void (await wire.ask({ method: 'POST', path: '/sync' })),
    questions: (after, signal) => get(`/conflicts${after ? `?after=${segment(after)}` : ''}`, signal),
    answer: async (id, body) =>
      void (await wire.ask({ method: 'POST', path: `/conflicts/${segment(id)}`, body })),
    takeBack: async (id) => void (await wire.ask({ method: 'DELETE', path: `/conflicts/${segment(id)}` })),
    lastRequestId: wire.lastRequestId,
  };
}

/** The settings the add-in starts with. */
export async function fetchSettings(baseUrl: string): Promise<AddinSettings> {
  const { status, text } = await answered(`${baseUrl}/addin/settings.json`, { cache: 'no-cache' });
  if (status !== 200) throw new ApiError('server', { status, code: null, requestId: null });
  return typed<AddinSettings>(parsed(text, null));
}

type Wire = Readonly<{ ask: (asked: Asked) => Promise<unknown>; lastRequestId: () => string | null }>;

function createWire({ baseUrl, bearer, timeoutMs }: Required<ApiOptions>): Wire {
  const known = new Map<string, Known>();
  // Unique enough to find a request in the log: when this page began, and a number.
  const page = Math.round(performance.timeOrigin).toString(36);
  let count = 0;
  const send = async (asked: Asked, claims: string | null): Promise<Answered> => {
    const token = await bearer.token({ claims });
    count += 1;
    const etag = asked.method === 'GET' ? known.get(asked.path)?.etag : null;
    const headers = {
      authorization: `Bearer ${token}`,
      'x-request-id': `${page}-${count}`,
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(etag ? { 'if-none-match': etag } : {}),
    };
    const limit = AbortSignal.timeout(timeoutMs);
    return answered(`${baseUrl}/api${asked.path}`, {
      method: asked.method,
      headers,
      cache: 'no-store',
      signal: asked.signal ? AbortSignal.any([asked.signal, limit]) : limit,
      ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    });
  };
  const requestId = (): string | null => (count === 0 ? null : `${page}-${count}`);
  const ask = async (asked: Asked): Promise<unknown> => {
    const first = await send(asked, null);
    // Once more with a new token: the old one may have been taken back, or the tenant may want a fresh proof.
    const answer = first.status === 401 ? await send(asked, claimsAskedFor(first.headers)) : first;
    const { status, headers, text } = answer;
    const before = known.get(asked.path);
    if (status === 304 && before) return before.value;
    if (status < 200 || status > 299) throw problemOf(answer, requestId());
    if (asked.method !== 'GET') return text === '' ? null : parsed(text, requestId());
    if (before?.text === text) return before.value;
    const value = parsed(text, requestId());
    remember(known, asked.path, { etag: headers.get('etag'), text, value });
    return value;
  };
  return { ask, lastRequestId: requestId };
}

type Answered = Readonly<{ status: number; headers: Headers; text: string }>;

/** The whole answer: a connection may also break in the middle of a body. */
async function answered(url: string, options: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(url, options);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
    throw new ApiError(isSlow ? 'slow' : 'offline', { status: null, code: null, requestId: null });
  }
}

function problemOf({ status, text }: Answered, requestId: string | null): ApiError {
  const problem = problemFrom(text);
  const extra = { status, code: problem?.code ?? null, detail: problem?.detail ?? null, requestId };
  if (status === 401) return new ApiError('signedOut', extra);
  return new ApiError(problem === null ? 'server' : 'problem', extra);
}

/** A network that wants a sign-in of its own answers everything with its page and "200". */
function parsed(text: string, requestId: string | null): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError('server', { status: 200, code: null, requestId });
  }
}

function problemFrom(text: string): Problem | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'code' in body ? typed<Problem>(body) : null;
  } catch (error) {
    // A proxy in between answers with a page of its own.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function remember(known: Map<string, Known>, path: string, answer: Known): void {
  known.delete(path);
  known.set(path, answer);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}

function queryOf({ domain, search, filter, after, limit, time }: ItemsAsked): string {
  const query = new URLSearchParams({ domain, ...time });
  if (search) query.set('search', search);
  if (filter) query.set('filter', filter);
  if (after) query.set('after', after);
  if (limit) query.set('limit', String(limit));
  return query.toString();
}

const segment = encodeURIComponent;

/** The server answers by the schemas of `shared/api.ts`, which its own tests hold; reading them twice would be slow. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names what the schema says
function typed<Value>(body: unknown): Value {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return body as Value;
}
