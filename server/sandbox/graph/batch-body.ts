import type { WireRequest } from '../wire.ts';
import { isObject } from './call.ts';
import { badRequest, Refusal } from './refusal.ts';

/** One request inside a `$batch`. */
export type Inner = Readonly<{
  id: string;
  request: WireRequest;
  dependsOn: readonly string[];
  /** Its mailbox had no place left for it. */
  hasNoPlace: boolean;
}>;

const mostRequests = 20;

/** Reads the body of a `$batch`; one bad request inside spoils the whole batch, as the service has it. */
export function readBatch(outer: WireRequest): readonly Inner[] {
  const rows = readRows(outer.body);
  if (rows.length > mostRequests) {
    throw new Refusal(
      400,
      'MaximumValueExceeded',
      `Number of batch request steps exceeds the maximum value of ${mostRequests}.`,
    );
  }
  const inners = rows.map((row) => readInner(outer, row));
  if (new Set(inners.map(({ id }) => id)).size < inners.length) {
    throw invalid('Request Id has to be unique in a batch.');
  }
  refuseOddOrder(inners);
  return inners;
}

function readRows(body: string): readonly unknown[] {
  const parsed = parse(body);
  const rows = isObject(parsed) ? parsed['requests'] : null;
  if (!Array.isArray(rows)) throw invalid('Invalid batch payload format.');
  return rows;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid('Invalid batch payload format.');
    throw error;
  }
}

function readInner(outer: WireRequest, row: unknown): Inner {
  if (!isObject(row)) throw invalid('Invalid batch payload format.');
  const { id, method, url, body } = row;
  if (typeof id !== 'string' || id === '') throw invalid('Request Id is required.');
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw invalid(`Request ${id} needs a method and a url.`);
  }
  const headers = lowerCaseHeaders(row['headers']);
  if (body !== undefined && body !== null && headers['content-type'] === undefined) {
    throw invalid(`Write request id : ${id} does not contain Content-Type header or body.`);
  }
  return {
    id,
    request: innerRequest(outer, { method, url, headers, body }),
    dependsOn: Array.isArray(row['dependsOn']) ? row['dependsOn'].map(String) : [],
    hasNoPlace: false,
  };
}

type Parts = Readonly<{ method: string; url: string; headers: WireRequest['headers']; body: unknown }>;

/** Relative to the version; sign-in and everything else of the batch goes for all in it, `Prefer` does not. */
function innerRequest(outer: WireRequest, { method, url, headers, body }: Parts): WireRequest {
  const [path = '', ...query] = url.split('?');
  const rawPath = `/v1.0/${path.replace(/^\/+/, '')}`;
  return {
    method: method.toUpperCase(),
    path: decoded(rawPath),
    rawPath,
    query: new URLSearchParams(query.join('?')),
    headers,
    body: body === undefined || body === null ? '' : typeof body === 'string' ? body : JSON.stringify(body),
    base: outer.base,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function lowerCaseHeaders(headers: unknown): WireRequest['headers'] {
  if (!isObject(headers)) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

/** Either nobody waits, or each for the one before, or all for the same one. */
function refuseOddOrder(inners: readonly Inner[]): void {
  const waiting = inners.filter(({ dependsOn }) => dependsOn.length > 0);
  if (waiting.length === 0) return;
  const isChain = inners.every(({ dependsOn }, index) =>
    index === 0 ? dependsOn.length === 0 : isOnly(dependsOn, inners[index - 1]?.id),
  );
  const [first] = waiting[0]?.dependsOn ?? [];
  const isFan =
    waiting.every(({ dependsOn }) => isOnly(dependsOn, first)) &&
    inners.findIndex(({ id }) => id === first) === 0 &&
    waiting.length === inners.length - 1;
  if (!isChain && !isFan)
    throw invalid('The dependsOn of the requests is neither fully serial nor on one request.');
}

const isOnly = (dependsOn: readonly string[], id: string | undefined) =>
  dependsOn.length === 1 && dependsOn[0] === id;

const invalid = (message: string) => badRequest(message, 'BadRequest');
