import type { WireAnswer, WireRequest } from '../wire.ts';
import type { Preferences, Query } from './query.ts';
import { badRequest, userNotFound } from './refusal.ts';
import type { Graph, Mailbox } from './state.ts';

/** Who asks: an app on its own, or a person through an app. */
export type Caller = Readonly<{
  kind: 'app' | 'person';
  appId: string;
  tenantId: string;
  /** Object id of the person, or of the app's service principal. */
  objectId: string;
  /** `roles` of an app, `scp` of a person. */
  grants: ReadonlySet<string>;
}>;

/** The faults that change what a listing or a delta round answers. */
export type ListFault = 'partial-page' | 'empty-list' | 'expire-delta';

/** One request, understood: who asks what of which mailbox. Requests inside a `$batch` are Calls of their own. */
export type Call = Readonly<{
  graph: Graph;
  caller: Caller;
  request: WireRequest;
  query: Query;
  prefer: Preferences;
  /** What stands at the braces of the route, decoded. */
  ids: Readonly<Record<string, string>>;
  mailbox: Mailbox | null;
  listFault: ListFault | null;
}>;

export type Handler = (call: Call) => WireAnswer | Promise<WireAnswer>;

/** The mailbox of a route below `users/{user}`. */
export function mailboxOf(call: Call): Mailbox {
  if (!call.mailbox) throw userNotFound(call.ids['user'] ?? '');
  return call.mailbox;
}

export const idOf = (call: Call, name: string): string => call.ids[name] ?? '';

/** The JSON object in the body; an empty body is an empty object. */
export function bodyOf(call: Call): Readonly<Record<string, unknown>> {
  if (call.request.body.trim() === '') return {};
  const body = parseJson(call.request.body);
  if (!isObject(body)) throw badRequest(unreadable, 'BadRequest');
  return body;
}

const unreadable =
  'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.';

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest(unreadable, 'BadRequest');
    throw error;
  }
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The address of the service's version, e.g. `http://localhost:4000/graph/v1.0`. */
export const serviceRoot = (call: Call): string => `${call.request.base}/v1.0`;

export const contextOf = (call: Call, what: string): string => `${serviceRoot(call)}/$metadata#${what}`;

/** Milliseconds to the whole second, as Graph shows the times of contacts. */
export const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): WireAnswer => ({
  status: 200,
  headers,
  body,
});

export const created = (body: unknown): WireAnswer => ({ status: 201, body });

export const noContent: WireAnswer = { status: 204, body: null };
