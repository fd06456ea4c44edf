import { createHash } from 'node:crypto';
import type { WireAnswer, WireRequest } from '../wire.ts';
import type { Person, World } from '../world.ts';
import { clientOf } from './client.ts';
import type { Grants } from './grants.ts';
import { errorAnswer, failures, type EntraFailure } from './errors.ts';
import type { Keys } from './keys.ts';
import { wantedFrom, type Wanted } from './scopes.ts';
import { apiAudience, clientId, delegatedScopes, tenantId } from './tenant.ts';
import { lifetimeSeconds, type Issuer } from './tokens.ts';

export type Endpoint = Readonly<{ world: World; keys: Keys; issuer: Issuer; grants: Grants }>;

type Call = Readonly<{ endpoint: Endpoint; form: URLSearchParams; isProven: boolean }>;
type Granted = Readonly<Record<string, unknown>> | EntraFailure;

const onBehalfOf = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** `POST …/oauth2/v2.0/token`: client credentials, authorization code with PKCE, refresh token, on behalf of. */
export async function tokenAnswer(endpoint: Endpoint, request: WireRequest): Promise<WireAnswer> {
  const { world } = endpoint;
  if (request.method !== 'POST') return errorAnswer(world, failures.noMethod());
  const form = new URLSearchParams(request.body);
  const grant = form.get('grant_type');
  if (grant === null) return errorAnswer(world, failures.missing('grant_type'));
  const client = clientOf(world, request, form);
  if ('error' in client) return errorAnswer(world, client);
  const granted = await grantedBy(grant, { endpoint, form, isProven: client.client === 'proven' });
  if (isFailure(granted)) return errorAnswer(world, granted);
  return { status: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' }, body: granted };
}

function isFailure(granted: Granted): granted is EntraFailure {
  return 'error' in granted;
}

async function grantedBy(grant: string, call: Call): Promise<Granted> {
  if (grant === 'client_credentials') return byClientCredentials(call);
  if (grant === 'authorization_code') return byCode(call);
  if (grant === 'refresh_token') return byRefreshToken(call);
  if (grant === onBehalfOf) return byUserAssertion(call);
  return failures.wrongGrant(grant);
}

async function byClientCredentials({ endpoint, form, isProven }: Call): Promise<Granted> {
  if (!isProven) return failures.noCredential();
  const scope = form.get('scope');
  if (scope === null) return failures.missing('scope');
  const wanted = wantedFrom(scope);
  if ('unknown' in wanted || wanted.scopes !== null || wanted.openId.length > 0) {
    return failures.appScope(scope);
  }
  return {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: await endpoint.issuer.application(wanted.resource),
  };
}

async function byCode(call: Call): Promise<Granted> {
  const { endpoint, form } = call;
  const code = form.get('code');
  if (code === null) return failures.missing('code');
  const issued = endpoint.grants.code(code);
  if (issued === null) return failures.unknownCode();
  if (issued.isUsed) return failures.usedCode();
  if (issued.expiresAt <= endpoint.world.now().getTime()) return failures.expiredCode();
  const redirect = form.get('redirect_uri') ?? '';
  if (redirect !== issued.redirectUri) return failures.wrongRedirect(redirect);
  const verifier = form.get('code_verifier');
  // A client without a credential proves itself by the verifier alone, so it must have sent a challenge.
  if (issued.challenge === null && !call.isProven) return failures.noCredential();
  if (issued.challenge !== null) {
    if (verifier === null) return failures.missing('code_verifier');
    if (createHash('sha256').update(verifier).digest('base64url') !== issued.challenge) {
      return failures.wrongVerifier();
    }
  }
  endpoint.grants.use(code);
  return personTokens(call, issued.mailbox, {
    scope: form.get('scope') ?? issued.scope,
    nonce: issued.nonce,
  });
}

async function byRefreshToken(call: Call): Promise<Granted> {
  const token = call.form.get('refresh_token');
  if (token === null) return failures.missing('refresh_token');
  const issued = call.endpoint.grants.refresh(token);
  if (issued === null) return failures.unknownCode();
  if (issued.expiresAt <= call.endpoint.world.now().getTime()) return failures.expiredCode();
  return personTokens(call, issued.mailbox, { scope: call.form.get('scope') ?? issued.scope, nonce: null });
}

async function byUserAssertion(call: Call): Promise<Granted> {
  const { endpoint, form } = call;
  if (!call.isProven) return failures.noCredential();
  const assertion = form.get('assertion');
  if (assertion === null) return failures.missing('assertion');
  if (form.get('requested_token_use') !== 'on_behalf_of') return failures.missing('requested_token_use');
  const scope = form.get('scope');
  if (scope === null) return failures.missing('scope');
  const claims = await endpoint.keys.verify(assertion, endpoint.world.now());
  if (claims === null) return failures.wrongUserAssertion();
  if (claims['aud'] !== apiAudience && claims['aud'] !== clientId) return failures.wrongAudience();
  return personTokens(call, String(claims['preferred_username']), { scope, nonce: null });
}

/** The answer with a person's tokens: what was asked for, an id token and a refresh token where the scope wants them. */
async function personTokens(
  { endpoint, form }: Call,
  mailbox: string,
  { scope, nonce }: Readonly<{ scope: string; nonce: string | null }>,
): Promise<Granted> {
  const person = endpoint.world.people.byMailbox(mailbox);
  if (person === null) return failures.unknownCode();
  const wanted = wantedFrom(scope);
  if ('unknown' in wanted) return failures.unknownScope(wanted.unknown);
  return {
    token_type: 'Bearer',
    scope: grantedScope(wanted),
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: await accessToken(endpoint, person, wanted),
    ...(wanted.openId.includes('offline_access')
      ? { refresh_token: endpoint.grants.issueRefresh({ mailbox: person.mailbox, scope }) }
      : {}),
    ...(wanted.openId.includes('openid') ? { id_token: await endpoint.issuer.idToken(person, nonce) } : {}),
    ...(form.get('client_info') === '1' ? { client_info: clientInfo(person) } : {}),
  };
}

/** Who it is, for clients that keep accounts: MSAL asks for it. */
function clientInfo({ userId }: Person): string {
  return Buffer.from(JSON.stringify({ uid: userId, utid: tenantId })).toString('base64url');
}

function accessToken({ issuer }: Endpoint, person: Person, wanted: Wanted): Promise<string> {
  return issuer.delegated(person, wanted.resource, {
    scopes: wanted.scopes ?? (wanted.resource === 'graph' ? delegatedScopes : ['access_as_user']),
  });
}

function grantedScope(wanted: Wanted): string {
  const prefix = wanted.resource === 'graph' ? '' : `${apiAudience}/`;
  const scopes = wanted.scopes ?? (wanted.resource === 'graph' ? delegatedScopes : ['access_as_user']);
  const openId = wanted.openId.filter((scope) => scope !== 'offline_access');
  return [...scopes.map((scope) => `${prefix}${scope}`), ...openId].join(' ');
}
