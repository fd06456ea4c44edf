import type { Failure } from '../connector.ts';
import { retryAfterMs } from '../http.ts';
import { objectFrom, textFrom } from './wire.ts';

/** An answer of Graph, to a request of its own or to one inside a `$batch`. */
export type GraphResponse = Readonly<{
  answer: 'response';
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: unknown;
}>;

/** Codes that speak of the whole mailbox, not of the item asked for (facts/graph.md section 10). */
const mailboxCodes: ReadonlySet<string> = new Set([
  'mailboxnotenabledforrestapi',
  'errornonexistentmailbox',
  'errorinvaliduser',
  'resourcenotfound',
  'request_resourcenotfound',
]);

/** Codes the service uses for a state of the token of a change feed that it no longer knows. */
const expiredCodes: ReadonlySet<string> = new Set([
  'syncstatenotfound',
  'syncstateinvalid',
  'resyncrequired',
  'resyncapplydifferences',
]);

export function isDone(response: GraphResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** The error code as Graph spells it; of nested ones the outermost. Compare ignoring case. */
export function codeOf(body: unknown): string | null {
  return textFrom(objectFrom(objectFrom(body)?.['error'])?.['code']);
}

export function messageOf(body: unknown): string {
  return textFrom(objectFrom(objectFrom(body)?.['error'])?.['message']) ?? '';
}

/** A 404 about the item itself; every other 404 is about its folder, its mailbox or its owner. */
export function isItemMissing(response: GraphResponse): boolean {
  return response.status === 404 && !hasCode(response, mailboxCodes);
}

/** What lies in Deleted Items already is not deleted twice under its immutable id (msgraph-sdk-dotnet issue 3047). */
export function isDeletedAlready(response: GraphResponse): boolean {
  return response.status === 403 && codeOf(response.body) === 'ErrorCannotDeleteObject';
}

export function isExpiredToken(response: GraphResponse): boolean {
  return response.status === 410 || (response.status >= 400 && hasCode(response, expiredCodes));
}

/** Sorts an answer that is none of the successes: what kind of failure, how far it reaches, what to say. */
export function failureFrom(response: GraphResponse, nowMs: number): Failure {
  const { status } = response;
  const code = codeOf(response.body) ?? `status ${status}`;
  const waitMs = retryAfterMs(response.headers, nowMs);
  if (isExpiredToken(response)) {
    return failure('expired', 'item', `Outlook no longer knows where the last look ended (${code})`, null);
  }
  if (status === 401) {
    return failure(
      'unauthorized',
      'side',
      `Microsoft Graph refused our sign-in (${code})${checkConsent}`,
      null,
    );
  }
  if (status === 403 || status === 507) return forbidden(code);
  if (status === 404 && hasCode(response, mailboxCodes)) {
    return failure(
      'mailboxGone',
      'mailbox',
      `Exchange Online has no such mailbox (${code})${checkLicence}`,
      null,
    );
  }
  if (status === 429) return failure('throttled', 'mailbox', `Outlook asks us to wait (${code})`, waitMs);
  if (status === 503 || status === 504) {
    return failure(
      waitMs === null ? 'unreachable' : 'throttled',
      'mailbox',
      `Outlook is busy (${code})`,
      waitMs,
    );
  }
  if (status >= 500)
    return failure('unreachable', 'item', `Outlook had an error of its own (${code})`, waitMs);
  return failure('refused', 'item', `Outlook refused the request (${code})`, null);
}

function forbidden(code: string): Failure {
  if (/quota/i.test(code)) {
    const advice = '; its owner must make room, then it is tried again';
    return failure('refused', 'mailbox', `The mailbox is full (${code})${advice}`, null);
  }
  return failure(
    'unauthorized',
    'mailbox',
    `Exchange does not let us into the mailbox (${code})${checkScope}`,
    null,
  );
}

const checkConsent =
  '; check the secret or certificate and the administrator consent of the app registration';
const checkScope = '; check the application permissions and the management scope of the app';
const checkLicence = '; check its licence and that it is not on premises';

function failure(
  kind: Failure['kind'],
  reach: Failure['reach'],
  what: string,
  waitMs: number | null,
): Failure {
  return { kind, reach, reason: `${what}.`, retryAfterMs: waitMs };
}

function hasCode(response: GraphResponse, codes: ReadonlySet<string>): boolean {
  return codes.has(codeOf(response.body)?.toLowerCase() ?? '');
}
