import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SignJWT } from 'jose';
import type { Failure } from '../connector.ts';
import type { Http, HttpResponse } from '../http.ts';
import { objectFrom, textFrom } from './wire.ts';

/** What the connector needs of time and chance. */
export type GraphContext = Readonly<{
  clock: Readonly<{ now: () => Temporal.Instant }>;
  newId: () => string;
}>;

/**
 * Access tokens of the app itself (client-credentials flow): kept until five minutes before their end, fetched once however
 * many ask at the same time. Source: entra-docs `v2-oauth2-client-creds-grant-flow.md`, `certificate-credentials.md`.
 */
export type Tokens = Readonly<{
  current: () => Promise<Token | Failure>;
  /** After a 401: drops the kept token; `claims` is what the service asked for, JSON, or `null`. */
  renew: (claims: string | null) => Promise<Token | Failure>;
}>;

type Token = Readonly<{ token: string; expiresAtMs: number }>;

export type EntraSettings = Readonly<{
  /** `https://login.microsoftonline.com` or the sandbox's. */
  authority: string;
  tenantId: string;
  clientId: string;
  /** One of the two; the certificate goes first. A PEM file holding the private key and the certificate. */
  clientSecret: string | null;
  certificatePath: string | null;
}>;

const renewBeforeMs = 5 * 60_000;
const assertionLifeSeconds = 600;

export function createTokens(
  settings: EntraSettings & Readonly<{ scope: string; http: Http; context: GraphContext }>,
): Tokens {
  const nowMs = () => settings.context.clock.now().epochMilliseconds;
  let kept: Token | null = null;
  let underWay: Promise<Token | Failure> | null = null;

  const fetchOnce = (claims: string | null) => {
    underWay ??= fetchToken(settings, claims, nowMs).then((result) => {
      kept = 'kind' in result ? null : result;
      underWay = null;
      return result;
    });
    return underWay;
  };
  return {
    current: async () =>
      kept !== null && nowMs() < kept.expiresAtMs - renewBeforeMs ? kept : fetchOnce(null),
    renew: (claims) => fetchOnce(claims),
  };
}

/** The scope of a token for a Graph: each national cloud has its own, and only Microsoft's own addresses name one. */
export function scopeOf(graphUrl: string): string {
  const { hostname, origin } = new URL(graphUrl);
  const isNationalCloud = /(^|[.-])graph\.microsoft\.us$|^microsoftgraph\.chinacloudapi\.cn$/.test(hostname);
  return `${isNationalCloud ? origin : 'https://graph.microsoft.com'}/.default`;
}

/** The application roles in a token, to be shown and never relied on: those granted by Exchange's RBAC are not in it. */
export function rolesIn(token: string): readonly string[] {
  const payload = token.split('.')[1];
  if (payload === undefined) return [];
  try {
    const claims = objectFrom(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    const roles = claims?.['roles'];
    return Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  } catch {
    // Microsoft reserves the right to make tokens opaque to everyone but Graph.
    return [];
  }
}

async function fetchToken(
  settings: EntraSettings & Readonly<{ scope: string; http: Http; context: GraphContext }>,
  claims: string | null,
  nowMs: () => number,
): Promise<Token | Failure> {
  const url = `${settings.authority}/${encodeURIComponent(settings.tenantId)}/oauth2/v2.0/token`;
  const proof = await proofOf(settings, url);
  if (proof === null) {
    return misconfigured(
      'There is no usable secret or certificate for the app registration; set ENTRA_CLIENT_SECRET, or let ENTRA_CERTIFICATE_PATH name a PEM file with an RSA private key and its certificate.',
    );
  }
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings.clientId,
    scope: settings.scope,
    ...proof,
    ...(claims === null ? {} : { claims }),
  });
  const sentAtMs = nowMs();
  const answer = await settings.http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  });
  if (answer.answer === 'failed') return { ...answer.failure, reach: 'side' };
  return answer.status === 200 ? tokenFrom(answer, sentAtMs) : refusalFrom(answer);
}

async function proofOf(
  settings: EntraSettings & Readonly<{ context: GraphContext }>,
  url: string,
): Promise<Readonly<Record<string, string>> | null> {
  if (settings.certificatePath === null) {
    return settings.clientSecret === null ? null : { client_secret: settings.clientSecret };
  }
  const pem = await readFile(settings.certificatePath, 'utf8').catch(() => null);
  const assertion = pem === null ? null : await assertionFrom(pem, settings, url);
  if (assertion === null) return null;
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

/** A JWT signed with the certificate's key; `x5t#S256` tells Entra which of the app's certificates that is. */
async function assertionFrom(
  pem: string,
  settings: EntraSettings & Readonly<{ context: GraphContext }>,
  url: string,
): Promise<string | null> {
  const keys = keysFrom(pem);
  if (keys === null) return null;
  const now = Math.floor(settings.context.clock.now().epochMilliseconds / 1000);
  return new SignJWT({})
    .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': keys.thumbprint })
    .setIssuer(settings.clientId)
    .setSubject(settings.clientId)
    .setAudience(url)
    .setJti(settings.context.newId())
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + assertionLifeSeconds)
    .sign(keys.privateKey);
}

function keysFrom(pem: string) {
  try {
    const fingerprint = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----')))
      .fingerprint256;
    const thumbprint = Buffer.from(fingerprint.replaceAll(':', ''), 'hex').toString('base64url');
    return { privateKey: createPrivateKey(pem), thumbprint };
  } catch {
    return null;
  }
}

function tokenFrom(answer: HttpResponse, sentAtMs: number): Token | Failure {
  const body = objectFrom(answer.json);
  const token = textFrom(body?.['access_token']);
  const seconds = Number(body?.['expires_in']);
  if (token === null || !(seconds > 0)) {
    return misconfigured('The sign-in address answered without a token; check ENTRA_AUTHORITY.');
  }
  return { token, expiresAtMs: sentAtMs + seconds * 1000 };
}

function refusalFrom(answer: HttpResponse): Failure {
  if (answer.status === 429 || answer.status >= 500) {
    const reason = `Microsoft's sign-in service had an error (status ${answer.status}); it is asked again later.`;
    return { kind: 'unreachable', reach: 'side', reason, retryAfterMs: null };
  }
  const body = objectFrom(answer.json);
  const code = textFrom(body?.['error']) ?? `status ${answer.status}`;
  const details = Array.isArray(body?.['error_codes']) ? `, AADSTS${String(body['error_codes'][0])}` : '';
  return {
    kind: 'unauthorized',
    reach: 'side',
    reason: `Microsoft's sign-in service refused the app (${code}${details}); check ENTRA_TENANT_ID, ENTRA_CLIENT_ID, the secret or certificate and its end date.`,
    retryAfterMs: null,
  };
}

function misconfigured(reason: string): Failure {
  return { kind: 'misconfigured', reach: 'side', reason, retryAfterMs: null };
}
