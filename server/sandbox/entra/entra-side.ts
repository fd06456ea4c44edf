import type { Side, WireAnswer, WireRequest } from '../wire.ts';
import { DropConnection, type FaultHit, type World } from '../world.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorizeAnswer, logoutAnswer } from './authorize.ts';
import { errorAnswer, failureOfStatus, failures } from './errors.ts';
import { createGrants } from './grants.ts';
import type { Keys } from './keys.ts';
import { isTenant, tenantId } from './tenant.ts';
import { tokenAnswer, type Endpoint } from './token-endpoint.ts';
import type { Issuer } from './tokens.ts';

/** The sandbox's Entra ID; `reset` forgets codes and refresh tokens, keys stay. */
export function entraSide(
  world: World,
  keys: Keys,
  issuer: () => Issuer,
): Side & Readonly<{ reset: () => void }> {
  const grants = createGrants(world);
  return {
    template: (_method, path) => path.replace(/^\/[^/]+/, '/{tenant}'),
    reset: grants.clear,
    answer: async (request) => {
      const hit = world.faults.take('entra', request.method, `/entra${request.path}`, kinds);
      const early = await beforeEffect(world, hit);
      if (early !== null) return withCors(early);
      const answer = await route({ world, keys, issuer: issuer(), grants }, request);
      if (hit?.kind === 'drop-after-commit') throw new DropConnection();
      return withCors(answer);
    },
  };
}

const kinds: readonly FaultHit['kind'][] = ['status', 'delay', 'drop-before', 'drop-after-commit'];

async function beforeEffect(world: World, hit: FaultHit | null): Promise<WireAnswer | null> {
  if (hit?.kind === 'drop-before') throw new DropConnection();
  if (hit?.kind === 'delay') await sleep(hit.delayMs);
  if (hit?.kind !== 'status') return null;
  const answer = errorAnswer(world, failureOfStatus(hit.status));
  if (hit.retryAfterSeconds === null) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(hit.retryAfterSeconds) } };
}

async function route(endpoint: Endpoint, request: WireRequest): Promise<WireAnswer> {
  const [, tenant = '', ...rest] = request.path.split('/');
  if (request.method === 'OPTIONS') return { status: 204, body: null };
  if (!isTenant(tenant)) return errorAnswer(endpoint.world, failures.noTenant(tenant));
  const base = `${request.base}/${tenant}`;
  switch (rest.join('/')) {
    case 'v2.0/.well-known/openid-configuration':
      return { status: 200, body: discovery(endpoint.issuer, base) };
    case 'discovery/v2.0/keys':
      return { status: 200, body: endpoint.keys.jwks };
    case 'oauth2/v2.0/token':
      return tokenAnswer(endpoint, request);
    case 'oauth2/v2.0/authorize':
      return authorizeAnswer(endpoint.world, endpoint.grants, request);
    case 'oauth2/v2.0/logout':
      return logoutAnswer(request);
    default:
      return { status: 404, body: { error: 'not_found', error_description: 'There is no such endpoint.' } };
  }
}

/** The addresses follow the caller's origin; the issuer is one for all, so that every token fits every discovery. */
function discovery(issuer: Issuer, base: string): Readonly<Record<string, unknown>> {
  return {
    token_endpoint: `${base}/oauth2/v2.0/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    jwks_uri: `${base}/discovery/v2.0/keys`,
    response_modes_supported: ['query', 'fragment'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    issuer: issuer.issuer,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    http_logout_supported: true,
    frontchannel_logout_supported: true,
    end_session_endpoint: `${base}/oauth2/v2.0/logout`,
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'ver',
    ],
    code_challenge_methods_supported: ['S256'],
    tenant_region_scope: null,
    tenant_id: tenantId,
  };
}

/** The add-in calls from another origin; Entra lets single-page applications do so. */
function withCors(answer: WireAnswer): WireAnswer {
  return {
    ...answer,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      ...answer.headers,
    },
  };
}
