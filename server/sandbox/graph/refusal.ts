import type { WireAnswer } from '../wire.ts';

/** What Graph refuses, thrown wherever it is found out and answered in one place. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const badRequest = (message: string, code = 'ErrorInvalidRequest') => new Refusal(400, code, message);

export const itemNotFound = () =>
  new Refusal(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');

export const userNotFound = (key: string) =>
  new Refusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${key}' does not exist or one of its queried reference-property objects are not present.`,
  );

export const accessDenied = () =>
  new Refusal(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');

export const conflict = () =>
  new Refusal(
    412,
    'ErrorIrresolvableConflict',
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  );

export const syncStateGone = () =>
  new Refusal(
    410,
    'SyncStateNotFound',
    'The sync state generation is not found; generation=149;[highest=157][157][155][156].',
  );

/** `at` is ISO 8601; Graph leaves fraction and zone off in error bodies. */
export type ErrorStamp = Readonly<{ requestId: string; clientRequestId: string | null; at: string }>;

/** The error body of facts/graph.md section 10. */
export function answerRefusal(refusal: Refusal, stamp: ErrorStamp): WireAnswer {
  const innerError = {
    date: stamp.at.slice(0, 19),
    'request-id': stamp.requestId,
    'client-request-id': stamp.clientRequestId ?? stamp.requestId,
  };
  return {
    status: refusal.status,
    headers: refusal.headers,
    body: { error: { code: refusal.code, message: refusal.message, innerError } },
  };
}

/** The code Graph most often answers with a status, for faults that name only the status. */
const codes: Readonly<Record<number, readonly [string, string]>> = {
  400: ['ErrorInvalidRequest', 'The request is invalid.'],
  401: ['InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'],
  403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
  404: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
  409: ['Conflict', 'The request could not be completed due to a conflict.'],
  410: ['SyncStateNotFound', 'The sync state generation is not found; generation=149;[highest=157].'],
  412: ['ErrorIrresolvableConflict', conflict().message],
  429: ['TooManyRequests', 'Please retry again later.'],
  500: ['ErrorInternalServerError', 'An internal server error occurred. The operation failed.'],
  503: ['ErrorServerBusy', 'The server cannot service this request right now. Try again later.'],
  504: ['UnknownError', 'The request timed out.'],
  507: ['ErrorQuotaExceeded', 'Mailbox has exceeded maximum mailbox size.'],
};

/** A fault of kind `status`. Without `retryAfterSeconds` the header is left out, as Graph sometimes does. */
export function faultRefusal(status: number, retryAfterSeconds: number | null): Refusal {
  const [code, message] = codes[status] ?? ['UnknownError', 'An error occurred.'];
  return new Refusal(status, code, message, {
    ...(retryAfterSeconds !== null && { 'Retry-After': String(retryAfterSeconds) }),
    ...(status === 401 && { 'WWW-Authenticate': challenge }),
  });
}

const challenge =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"';

export const unauthenticated = (message: string) =>
  new Refusal(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });
