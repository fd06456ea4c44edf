import { setTimeout as delay } from 'node:timers/promises';
import type { Failure } from '../connector.ts';
import type { Http, HttpAnswer } from '../http.ts';
import { retryAfterMs } from '../http.ts';
import { failureFrom, type GraphResponse } from './errors.ts';
import { createPacker, type GraphAnswer, type GraphRequest, type Job, type Verdict } from './packer.ts';
import type { GraphContext, Tokens } from './token.ts';
import { listFrom, objectFrom } from './wire.ts';

/**
 * Requests to Microsoft Graph. Every answer is a `response` with a status below 500, or a `failed`: tokens, throttling,
 * broken connections and the service's own errors are dealt with here, and no caller sees a 401, 429 or 5xx.
 */
export type GraphClient = Readonly<{
  request: (request: GraphRequest) => Promise<GraphAnswer>;
  /** The path of a link the service gave for a mailbox's listing, or `null` for one that leads anywhere else. */
  pathFromLink: (link: string, mailbox: string) => string | null;
  /** The same for a listing outside mailboxes, e.g. `/subscriptions`. */
  pathFromListLink: (link: string, list: string) => string | null;
  /** Milliseconds since 1970, by the clock of the program. */
  nowMs: () => number;
}>;

export type GraphClientSettings = Readonly<{
  /** With the version: `https://graph.microsoft.com/v1.0`. */
  graphUrl: string;
  http: Http;
  tokens: Tokens;
  context: GraphContext;
  /** Most round trips in flight. */
  concurrency: number;
  sleep?: (ms: number) => Promise<void>;
}>;

/** Longer waits are handed back: the mailboxes that share a herd with a throttled one must not stand still with it. */
const longestWaitMs = 2_000;
const mostAttempts = 4;

export function createGraphClient(settings: GraphClientSettings): GraphClient {
  const nowMs = () => settings.context.clock.now().epochMilliseconds;
  const request = createPacker({
    limit: settings.concurrency,
    nowMs,
    sleep: settings.sleep ?? ((ms) => delay(ms)),
    carry: (jobs) => carry(settings, jobs, nowMs),
  });
  return {
    request,
    pathFromLink: (link, mailbox) => {
      const path = pathBelow(settings.graphUrl, link);
      return path !== null && ownerIn(path)?.toLowerCase() === mailbox.toLowerCase() ? path : null;
    },
    pathFromListLink: (link, list) => {
      const path = pathBelow(settings.graphUrl, link);
      return path !== null && path.split('?')[0] === list ? path : null;
    },
    nowMs,
  };
}

async function carry(
  settings: GraphClientSettings,
  jobs: readonly Job[],
  nowMs: () => number,
): Promise<readonly Verdict[]> {
  const [only] = jobs;
  const isBatch = jobs.length > 1 || only === undefined;
  const outer = isBatch ? batchOf(jobs) : singleOf(only.request);
  const answer = await sendSigned(settings, outer);
  if (answer.answer === 'failed') return jobs.map((job) => verdictOnFailure(job, answer.failure));
  if (!isBatch) return [verdictOn(only, answer, nowMs())];
  if (answer.status === 400 || answer.status === 413) return jobs.map(againAlone);
  if (answer.status !== 200) return jobs.map((job) => verdictOn(job, answer, nowMs()));
  const inner = innerAnswers(answer.body);
  const unsigned = [...inner.values()].find((response) => response.status === 401);
  if (unsigned !== undefined) await settings.tokens.renew(claimsAsked(unsigned.headers));
  return jobs.map((job, index) => {
    const response = inner.get(String(index));
    return response === undefined ? verdictOnFailure(job, notAnswered) : verdictOn(job, response, nowMs());
  });
}

const notAnswered: Failure = {
  kind: 'unreachable',
  reach: 'item',
  reason: 'Microsoft Graph left a request of a batch without an answer; it is sent again later.',
  retryAfterMs: null,
};

type Outer = Readonly<{
  method: GraphRequest['method'];
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}>;

function singleOf(request: GraphRequest): Outer {
  const { method, path, body } = request;
  return {
    method,
    path,
    headers: headersOf(request),
    body: body === undefined ? null : JSON.stringify(body),
  };
}

function batchOf(jobs: readonly Job[]): Outer {
  const requests = jobs.map(({ request }, index) => ({
    id: String(index),
    method: request.method,
    url: request.path,
    headers: headersOf(request),
    body: request.body,
  }));
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path: '/$batch', headers, body: JSON.stringify({ requests }) };
}

/** Immutable ids stay the same when an item changes folder; the service forgets the wish with every request. */
function headersOf(request: GraphRequest): Record<string, string> {
  const page = request.maxPageSize === undefined ? '' : `, odata.maxpagesize=${request.maxPageSize}`;
  const wish = request.prefer === undefined ? '' : `, ${request.prefer}`;
  const headers: Record<string, string> = { prefer: `IdType="ImmutableId"${page}${wish}` };
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  if (request.ifMatch !== undefined) headers['if-match'] = request.ifMatch;
  return headers;
}

/** Sends with a token; a refused token is renewed once, with the claims the service asks for. */
async function sendSigned(settings: GraphClientSettings, outer: Outer): Promise<GraphAnswer> {
  const first = await settings.tokens.current();
  if ('kind' in first) return { answer: 'failed', failure: first };
  const answer = await sendWith(settings, outer, first.token);
  if (answer.answer === 'failed' || answer.status !== 401) return toGraph(answer);
  const second = await settings.tokens.renew(claimsAsked(answer.headers));
  if ('kind' in second) return { answer: 'failed', failure: second };
  return toGraph(await sendWith(settings, outer, second.token));
}

function sendWith(settings: GraphClientSettings, outer: Outer, token: string): Promise<HttpAnswer> {
  const signed = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    'client-request-id': settings.context.newId(),
  };
  return settings.http.request({
    method: outer.method,
    url: settings.graphUrl + outer.path,
    headers: { ...outer.headers, ...signed },
    body: outer.body,
  });
}

function toGraph(answer: HttpAnswer): GraphAnswer {
  if (answer.answer === 'failed') return answer;
  return { answer: 'response', status: answer.status, headers: answer.headers, body: answer.json };
}

/** Continuous access evaluation: `WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"`. */
function claimsAsked(headers: Readonly<Record<string, string>>): string | null {
  const encoded = headers['www-authenticate']?.match(/claims="([^"]+)"/)?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8');
}

function innerAnswers(body: unknown): ReadonlyMap<string, GraphResponse> {
  const answers = new Map<string, GraphResponse>();
  for (const entry of listFrom(objectFrom(body)?.['responses'])) {
    const inner = objectFrom(entry);
    const id = inner?.['id'];
    const status = inner?.['status'];
    if (typeof id !== 'string' || typeof status !== 'number') continue;
    const headers = Object.entries(objectFrom(inner?.['headers']) ?? {}).map(([name, value]) => [
      name.toLowerCase(),
      String(value),
    ]);
    answers.set(id, {
      answer: 'response',
      status,
      headers: Object.fromEntries(headers),
      body: inner?.['body'] ?? null,
    });
  }
  return answers;
}

function verdictOn(job: Job, response: GraphResponse, nowMs: number): Verdict {
  const isFirst = job.attempts === 0;
  if (response.status === 401 && isFirst) return { is: 'again', waitMs: 0, isAlone: job.isAlone };
  if (mayWait(job.request, response)) {
    const waitMs = retryAfterMs(response.headers, nowMs) ?? 500 * 2 ** job.attempts;
    if (waitMs <= longestWaitMs && job.attempts + 1 < mostAttempts) {
      return { is: 'again', waitMs: Math.max(waitMs, 1), isAlone: job.isAlone };
    }
    const failure = failureFrom(response, nowMs);
    return final({ answer: 'failed', failure: { ...failure, retryAfterMs: waitMs } });
  }
  const isTrouble = response.status === 401 || response.status === 429 || response.status >= 500;
  return final(isTrouble ? { answer: 'failed', failure: failureFrom(response, nowMs) } : response);
}

/**
 * Whether a busy service's answer proves that sending again does no harm: a POST (a create) is only sent again where the
 * service said that it did not begin. A PATCH or DELETE that was carried out all the same shows as 412 or 404.
 */
function mayWait(request: GraphRequest, response: GraphResponse): boolean {
  if (response.status === 429) return true;
  if (response.status === 503)
    return request.method !== 'POST' || response.headers['retry-after'] !== undefined;
  return response.status === 504 && request.method !== 'POST';
}

/** The round trip itself failed: reads are asked once more, a write may have been carried out and goes back. */
function verdictOnFailure(job: Job, failure: Failure): Verdict {
  const isWorthIt = failure.kind === 'unreachable' && failure.reach === 'item' && job.attempts === 0;
  return isWorthIt && job.request.method === 'GET'
    ? { is: 'again', waitMs: 0, isAlone: job.isAlone }
    : final({ answer: 'failed', failure });
}

/** Graph refuses a whole batch for one bad request in it; sent one by one, the others are spared. */
function againAlone(): Verdict {
  return { is: 'again', waitMs: 0, isAlone: true };
}

function final(answer: GraphAnswer): Verdict {
  return { is: 'final', answer };
}

/** Links come from outside and our token goes with them: only those to our own Graph pass, without encoded slashes. */
function pathBelow(graphUrl: string, link: string): string | null {
  const base = new URL(graphUrl);
  const url = URL.parse(link);
  if (url === null || url.origin !== base.origin || url.username !== '' || url.password !== '') return null;
  const root = base.pathname.replace(/\/$/, '');
  if (!url.pathname.startsWith(`${root}/`) || /%2f|%5c/i.test(url.pathname)) return null;
  return url.pathname.slice(root.length) + url.search;
}

/** Graph writes a user either as `/users/{id}` or as `/users('{id}')`. */
function ownerIn(path: string): string | null {
  const owner = path.match(/^\/users(?:\/([^/()?]+)|\('([^/'?]+)'\))\//i);
  const encoded = owner?.[1] ?? owner?.[2];
  return encoded === undefined ? null : decodeSegment(encoded);
}

function decodeSegment(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
