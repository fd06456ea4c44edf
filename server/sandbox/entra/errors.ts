import type { WireAnswer } from '../wire.ts';
import type { World } from '../world.ts';

export type EntraFailure = Readonly<{
  status: number;
  /** OAuth 2.0 code. */
  error: string;
  /** The number of the AADSTS code. */
  code: number;
  text: string;
}>;

/** Every way in which sign-in says no; codes and texts as Entra publishes them. */
export const failures = {
  noTenant: (name: string) => failure(400, 'invalid_request', 90002, `Tenant '${name}' not found.`),
  missing: (name: string) =>
    failure(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${name}'.`,
    ),
  noApp: (id: string) =>
    failure(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${id}' was not found in the directory 'Sandbox'.`,
    ),
  noCredential: () =>
    failure(
      401,
      'invalid_client',
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    ),
  wrongSecret: () =>
    failure(
      401,
      'invalid_client',
      7000215,
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value.',
    ),
  wrongAssertion: (why: string) =>
    failure(401, 'invalid_client', 700027, `Client assertion failed validation: ${why}.`),
  wrongGrant: (grant: string) =>
    failure(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${grant}'.`),
  appScope: (scope: string) =>
    failure(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  unknownScope: (scope: string) =>
    failure(
      400,
      'invalid_scope',
      70011,
      `The provided value for the input parameter 'scope' is not valid. The scope '${scope}' is not valid.`,
    ),
  unknownCode: () =>
    failure(400, 'invalid_grant', 9002313, 'Invalid request. The code or token is malformed or invalid.'),
  usedCode: () =>
    failure(
      400,
      'invalid_grant',
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  expiredCode: () =>
    failure(400, 'invalid_grant', 70008, 'The provided authorization code or refresh token has expired.'),
  wrongRedirect: (uri: string) =>
    failure(
      400,
      'invalid_request',
      50011,
      `The redirect URI '${uri}' specified in the request does not match the one the code was issued for.`,
    ),
  wrongVerifier: () =>
    failure(
      400,
      'invalid_grant',
      501481,
      'The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  wrongUserAssertion: () =>
    failure(400, 'invalid_grant', 50013, 'Assertion failed signature validation or has expired.'),
  wrongAudience: () =>
    failure(
      400,
      'invalid_grant',
      500131,
      'Assertion audience does not match the Client app presenting the assertion.',
    ),
  noMethod: () => failure(405, 'invalid_request', 900561, 'The endpoint only accepts POST requests.'),
} as const;

function failure(status: number, error: string, code: number, text: string): EntraFailure {
  return { status, error, code, text };
}

/** The failure a fault of kind `status` stands for. */
export function failureOfStatus(status: number): EntraFailure {
  if (status === 401) {
    return failure(status, 'invalid_client', 7000222, 'The provided client secret keys for app are expired.');
  }
  if (status === 400 || status === 403) {
    return failure(
      status,
      'invalid_grant',
      65001,
      'The user or administrator has not consented to use the application.',
    );
  }
  if (status === 429) {
    return failure(
      status,
      'temporarily_unavailable',
      50196,
      'The server terminated an operation because it encountered a client request loop.',
    );
  }
  return failure(
    status,
    'temporarily_unavailable',
    90033,
    'A transient error has occurred. Please try again.',
  );
}

/** The body Entra sends with every failure of the token endpoint. */
export function errorAnswer(world: World, { status, error, code, text }: EntraFailure): WireAnswer {
  const traceId = world.uuid();
  const correlationId = world.uuid();
  const timestamp = `${world.now().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    },
  };
}
