import type { Failure } from '../connector.ts';
import type { Login } from '../directory.ts';
import { createGate, retryAfterMs, type HttpResponse } from '../http.ts';
import { instantFromHttpDate } from './dates.ts';
import { failureFrom, isNothingFound, troubleOf, type Trouble } from './errors.ts';
import type { SiebelSettings } from './settings.ts';
import { createSignIn } from './sign-in.ts';
import { rowsFrom, type Row, type SentRow } from './wire.ts';

/** Records, or why there are none to be had. `total` only where it was asked for; `at` is Siebel's own clock. */
export type Listing =
  | Readonly<{ answer: 'rows'; rows: readonly Row[]; total: number | null; at: Temporal.Instant | null }>
  | Readonly<{ answer: 'failed'; failure: Failure; trouble: Trouble }>;

type Written =
  | Readonly<{ answer: 'rows'; rows: readonly Row[] }>
  | Readonly<{ answer: 'trouble'; trouble: Trouble }>;

type WriteCall = Readonly<{
  method: 'POST' | 'PUT' | 'DELETE';
  /** Below `/data`, not yet encoded. */
  path: readonly string[];
  body: SentRow | readonly SentRow[] | null;
  asUser: Login | null;
}>;

/** Siebel's REST requests: addresses, headers, all shapes of answers; nothing of what the records mean. */
export type SiebelClient = Readonly<{
  /** Query parameters by their documented names. */
  list: (path: readonly string[], parameters: Readonly<Record<string, string>>) => Promise<Listing>;
  write: (call: WriteCall) => Promise<Written>;
  /** The OpenAPI document Siebel makes of a component. */
  describe: (path: readonly string[]) => Promise<Readonly<{ answer: 'document'; json: unknown }> | Failure>;
}>;

type Sent =
  | Readonly<{ answer: 'ok' | 'nothing'; response: HttpResponse }>
  | Readonly<{ answer: 'trouble'; trouble: Trouble }>;
type Call = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: string;
  body: string | null;
  asUser: Login | null;
}>;

export function createSiebelClient(settings: SiebelSettings): SiebelClient {
  const signIn = createSignIn(settings);
  const gate = createGate(settings.concurrency);
  const once = async (call: Call): Promise<Sent> => {
    const who = await signIn.headers(call.asUser);
    if (who.answer === 'failed') return trouble(who.failure, false);
    const { method, url, body } = call;
    // For a GET too it is Content-Type that decides the format of Siebel's answer (facts/siebel-rest.md 1.4).
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...who.headers };
    const answer = await settings.http.request({ method, url, headers, body });
    return answer.answer === 'failed' ? trouble(answer.failure, true) : sorted(answer, settings);
  };
  const send = (call: Call) =>
    gate(async () => {
      const first = await once(call);
      return isTurnedDown(first) && signIn.renew() ? once(call) : first;
    });
  return {
    list: async (path, parameters) => {
      const url = addressOf(settings, path, { uniformresponse: 'Y', ...parameters });
      return listingFrom(await send({ method: 'GET', url, body: null, asUser: null }));
    },
    write: async ({ method, path, body, asUser }) => {
      const text = body === null ? null : JSON.stringify(body);
      const sent = await send({ method, url: addressOf(settings, path, {}), body: text, asUser });
      if (sent.answer === 'trouble') return sent;
      if (sent.answer === 'nothing') return { answer: 'trouble', trouble: { trouble: 'gone' } };
      return { answer: 'rows', rows: rowsFrom(sent.response.json) };
    },
    describe: async (path) => {
      const url = addressOf(settings, [...path, 'describe'], {});
      const sent = await send({ method: 'GET', url, body: null, asUser: null });
      return sent.answer === 'trouble'
        ? failureFrom(sent.trouble)
        : { answer: 'document', json: sent.response.json };
    },
  };
}

/** Every segment and value percent-encoded: a raw `#` would cut the query, a raw `+` become a blank. */
function addressOf(
  settings: SiebelSettings,
  path: readonly string[],
  parameters: Readonly<Record<string, string>>,
): string {
  const base = settings.url.replace(/\/+$/, '');
  const query = Object.entries(parameters).map(
    ([name, value]) =>
      `${encodeURIComponent(settings.parameterNames[name] ?? name)}=${encodeURIComponent(value)}`,
  );
  const segments = path.map(encodeURIComponent).join('/');
  return `${base}/data/${segments}/${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** 304 is declared for a write that changes nothing and counts as done. */
function sorted(response: HttpResponse, settings: SiebelSettings): Sent {
  const { status, text, headers, json } = response;
  if (isNothingFound(status, text)) return { answer: 'nothing', response };
  const isFine = status === 200 || status === 201 || status === 304;
  // What cannot be read, or names an error, must never pass for an empty listing: everything would look deleted.
  const isReadable = text.trim() === '' || (json !== null && messageIn(json) === null);
  if (isFine && isReadable) return { answer: 'ok', response };
  const isHtml = /\btext\/html\b/i.test(headers['content-type'] ?? '') || /^\s*</.test(text);
  const waitMs = retryAfterMs(headers, settings.clock.now().epochMilliseconds);
  return {
    answer: 'trouble',
    trouble: troubleOf({ status, text: messageIn(json) ?? text, isHtml, retryAfterMs: waitMs }),
  };
}

/** What Siebel says in `{"ERROR":"…"}`, without the quotes of the JSON around it. */
function messageIn(json: unknown): string | null {
  return typeof json === 'object' && json !== null && 'ERROR' in json ? String(json.ERROR) : null;
}

function listingFrom(sent: Sent): Listing {
  if (sent.answer === 'trouble') {
    return { answer: 'failed', failure: failureFrom(sent.trouble), trouble: sent.trouble };
  }
  const { headers, json } = sent.response;
  const total = headers['total-record-count'];
  return {
    answer: 'rows',
    rows: sent.answer === 'ok' ? rowsFrom(json) : [],
    total: total === undefined ? null : Number(total),
    at: instantFromHttpDate(headers['date'] ?? null),
  };
}

function isTurnedDown(sent: Sent): boolean {
  return (
    sent.answer === 'trouble' &&
    sent.trouble.trouble === 'failure' &&
    sent.trouble.failure.kind === 'unauthorized'
  );
}

function trouble(failure: Failure, isUnknown: boolean): Sent {
  return { answer: 'trouble', trouble: { trouble: 'failure', failure, isUnknown } };
}
