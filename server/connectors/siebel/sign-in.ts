import type { Failure } from '../connector.ts';
import type { Login } from '../directory.ts';
import type { SiebelSettings } from './settings.ts';

/** The headers that tell Siebel who calls; renewed when a token ends or is turned down. */
export type SignIn = Readonly<{
  headers: (asUser: Login | null) => Promise<SignInAnswer>;
  /** Forgets a token that was turned down. Answers whether another try could help. */
  renew: () => boolean;
}>;

type SignInAnswer =
  | Readonly<{ answer: 'headers'; headers: Readonly<Record<string, string>> }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

type Token = Readonly<{ text: string; until: Temporal.Instant }>;
type TokenAnswer =
  | Readonly<{ answer: 'token'; token: Token }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

/**
 * Siebel issues no tokens: it or the gateway in front of it checks those of an authorization server. `asUser` is named in
 * the trusted-user header where the customer has one; the header is left out rather than sent empty.
 */
export function createSignIn(settings: SiebelSettings): SignIn {
  const { auth, trustedUserHeader } = settings;
  let pending: Promise<TokenAnswer> | null = null;
  const token = async (): Promise<TokenAnswer> => {
    const known = pending === null ? null : await pending;
    const isFresh =
      known?.answer === 'token' && Temporal.Instant.compare(settings.clock.now(), known.token.until) < 0;
    if (!isFresh) pending = fetchToken(settings);
    return pending ?? fetchToken(settings);
  };
  return {
    headers: async (asUser) => {
      const user: Record<string, string> =
        trustedUserHeader === null || asUser === null ? {} : { [trustedUserHeader]: asUser };
      if (auth.scheme === 'basic') return headers(`Basic ${base64(`${auth.user}:${auth.password}`)}`, user);
      if (auth.scheme === 'bearer') return headers(`Bearer ${auth.token}`, user);
      const answer = await token();
      return answer.answer === 'failed' ? answer : headers(`Bearer ${answer.token.text}`, user);
    },
    renew: () => {
      pending = null;
      return auth.scheme === 'client-credentials';
    },
  };
}

async function fetchToken(settings: SiebelSettings): Promise<TokenAnswer> {
  const { auth, http, clock } = settings;
  if (auth.scheme !== 'client-credentials') throw new Error('Only client credentials fetch tokens.');
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: auth.clientId,
    client_secret: auth.clientSecret,
  });
  if (auth.scope !== null) form.set('scope', auth.scope);
  const answer = await http.request({
    method: 'POST',
    url: auth.tokenUrl,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.toString(),
  });
  if (answer.answer === 'failed') return answer;
  const token = answer.status === 200 ? tokenFrom(answer.json, clock.now()) : null;
  return token === null ? notIssued(answer.status) : { answer: 'token', token };
}

/** A minute is taken off the life of a token, so that none ends on its way. */
function tokenFrom(json: unknown, now: Temporal.Instant): Token | null {
  if (typeof json !== 'object' || json === null || !('access_token' in json)) return null;
  const { access_token: text } = json;
  const seconds = 'expires_in' in json ? Number(json.expires_in) : 300;
  if (typeof text !== 'string' || !Number.isFinite(seconds)) return null;
  return { text, until: now.add({ seconds: Math.max(Math.floor(seconds) - 60, 0) }) };
}

function notIssued(status: number): TokenAnswer {
  const reason =
    status >= 500 || status === 429
      ? `The token server for Siebel answered ${status}; it is asked again later.`
      : `The token server for Siebel issued no token (${status}); check SIEBEL_CLIENT_ID and its secret.`;
  const kind = status >= 500 || status === 429 ? 'unreachable' : 'unauthorized';
  return { answer: 'failed', failure: { kind, reach: 'side', reason, retryAfterMs: null } };
}

function headers(authorization: string, user: Readonly<Record<string, string>>): SignInAnswer {
  return { answer: 'headers', headers: { authorization, ...user } };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
