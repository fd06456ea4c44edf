import { Agent, errors, request as send } from 'undici';
import type { Failure } from './connector.ts';

/**
 * The only place that sends requests to Siebel, Graph and Entra, and the only one that sorts what can go wrong on the way.
 *
 * `request` never throws for the world's failures: an answer with any status is `response`, everything else is `failed` with
 * a `Failure`. Redirects are not followed (a 3xx is a `response`), so that a token never leaves the origin it was meant for.
 * A safe request (GET, HEAD) is sent once more when its connection broke, which is what a kept connection does when the far
 * end closed it meanwhile; anything else might have been carried out and is left to the caller. No reason holds a path or a
 * query: those carry ids and search texts.
 */
export type Http = Readonly<{
  request: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Lets running requests end and closes the kept connections. */
  close: () => Promise<void>;
}>;

export type HttpRequest = Readonly<{
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}>;

export type HttpResponse = Readonly<{
  answer: 'response';
  status: number;
  /** Names in lower case; of a repeated header the values joined with ", ". */
  headers: Readonly<Record<string, string>>;
  text: string;
  /** The parsed body of a JSON answer; `null` for an empty body or another content type. */
  json: unknown;
}>;

export type HttpAnswer = HttpResponse | Readonly<{ answer: 'failed'; failure: Failure }>;

export type HttpSettings = Readonly<{
  /** Most requests in flight, over all callers of this object; also the size of the connection pool. */
  concurrency: number;
  /** From handing the request over to the last byte of its answer. */
  timeoutMs: number;
  /** Answers above this are cut and become a failure; 64 MiB unless told. */
  maxBytes?: number;
  /** Milliseconds since 1970. */
  clock: Readonly<{ now: () => number }>;
}>;

const idleConnectionMs = 30_000;
const connectTimeoutMs = 10_000;
const defaultMaxBytes = 64 * 1024 * 1024;

export function createHttp(settings: HttpSettings): Http {
  const agent = new Agent({
    connections: settings.concurrency,
    keepAliveTimeout: idleConnectionMs,
    headersTimeout: settings.timeoutMs,
    bodyTimeout: settings.timeoutMs,
    connect: { timeout: Math.min(connectTimeoutMs, settings.timeoutMs) },
    allowH2: false,
  });
  const gate = createGate(settings.concurrency);
  const once = (request: HttpRequest) => attempt(agent, settings, request);
  return {
    request: (request) =>
      gate(async () => {
        const first = await once(request);
        const last = first.end === 'broken' && isSafe(request.method) ? await once(request) : first;
        return last.end === 'answered' ? last.answer : failed(last.failure);
      }),
    close: () => agent.close(),
  };
}

/** Lets at most `limit` tasks run at a time; the others wait in the order in which they came. */
export function createGate(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/**
 * How long a side asks to be left alone, in milliseconds; `null` when it does not say. Takes seconds and HTTP dates (RFC 9110
 * section 10.2.3); a date in the past is 0, a wait of more than an hour is taken for an hour.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  const waitMs = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? null : Math.min(Math.max(Math.ceil(waitMs), 0), 3_600_000);
}

type Attempt =
  | Readonly<{ end: 'answered'; answer: HttpResponse }>
  /** The connection broke before the answer was whole: the request may or may not have been carried out. */
  | Readonly<{ end: 'broken'; failure: Failure }>
  | Readonly<{ end: 'failed'; failure: Failure }>;

async function attempt(agent: Agent, settings: HttpSettings, request: HttpRequest): Promise<Attempt> {
  const host = new URL(request.url).host;
  const tooLong = AbortSignal.timeout(settings.timeoutMs);
  try {
    const { statusCode, headers, body } = await send(request.url, {
      dispatcher: agent,
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal: tooLong,
    });
    const text = await textWithin(body, settings.maxBytes ?? defaultMaxBytes);
    if (text === null) return { end: 'failed', failure: unreachable(`${host} sent more than fits`, 'item') };
    return answered(host, statusCode, plainHeaders(headers), text);
  } catch (error) {
    if (tooLong.aborted) {
      const seconds = Math.ceil(settings.timeoutMs / 1000);
      return { end: 'failed', failure: unreachable(`${host} did not answer within ${seconds} s`, 'item') };
    }
    return brokenBy(error, host);
  }
}

function answered(host: string, status: number, headers: Record<string, string>, text: string): Attempt {
  const isJson = text !== '' && /[/+]json\b/i.test(headers['content-type'] ?? '');
  try {
    const json: unknown = isJson ? JSON.parse(text) : null;
    return { end: 'answered', answer: { answer: 'response', status, headers, text, json } };
  } catch {
    // Half a page that looks like a short one would read as "everything else was deleted".
    return { end: 'broken', failure: unreachable(`The answer of ${host} was cut off`, 'item') };
  }
}

async function textWithin(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Addresses that do not exist, refuse connections or show a wrong certificate concern everything on that side. */
const wholeSide: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections',
  ENOTFOUND: 'has no address; check its name in the settings',
  EAI_AGAIN: 'could not be looked up',
  EHOSTUNREACH: 'cannot be reached over the network',
  ENETUNREACH: 'cannot be reached over the network',
  UND_ERR_CONNECT_TIMEOUT: 'does not accept connections',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate nobody trusts; name its authority in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate nobody trusts; name its authority in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'shows a certificate nobody trusts; name its authority in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'shows an expired certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows the certificate of another name',
};

function brokenBy(error: unknown, host: string): Attempt {
  const code = codeOf(error);
  // A request that undici will not even send is a mistake in our code, and no weather.
  if (error instanceof errors.InvalidArgumentError || code === null) throw error;
  const trouble = wholeSide[code];
  if (trouble !== undefined) return { end: 'failed', failure: unreachable(`${host} ${trouble}`, 'side') };
  return { end: 'broken', failure: unreachable(`The connection to ${host} broke (${code})`, 'item') };
}

/** The system's or undici's code; of an attempt at several addresses the first one's. */
function codeOf(error: unknown): string | null {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? null : codeOf(error.cause);
}

function unreachable(what: string, reach: Failure['reach']): Failure {
  return { kind: 'unreachable', reach, reason: `${what}; it is asked again later.`, retryAfterMs: null };
}

function failed(failure: Failure): HttpAnswer {
  return { answer: 'failed', failure };
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

function isSafe(method: HttpRequest['method']): boolean {
  return method === 'GET' || method === 'HEAD';
}
