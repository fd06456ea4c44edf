import fastifyJwt from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { problem, type ProblemError } from './problem.ts';
import type { Authority, SigningKeys } from './signing-keys.ts';

/** Who calls, as far as their token says: nothing but ids and roles; addresses in tokens prove nothing. */
export type Caller = Readonly<{ userId: string; tenantId: string; isAdmin: boolean }>;

declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface FastifyRequest {
    caller: Caller | null;
  }
}

const scope = 'access_as_user';
const adminRole = 'Siebel.Admin';
const toleranceMs = 60_000;
/** Entra's tokens for us are a few KiB; nobody gets to make us decode megabytes. */
const longestToken = 16_384;

/**
 * Verifies the bearer token of every request of this instance: a signature of our tenant's authority by RS256, this API as
 * its only audience, version 2.0, within its times, of a person and not of an application, with our scope.
 * Sources: entra-docs `access-tokens.md`, `claims-validation.md`.
 */
export async function requireSignIn(
  app: FastifyInstance,
  context: Context,
  keys: SigningKeys,
): Promise<void> {
  await app.register(fastifyJwt, {
    decode: { complete: true },
    secret: async (_request: FastifyRequest, token: unknown) =>
      keyFor(token, await keys.authorityFor(keyIdOf(token))),
    verify: { algorithms: ['RS256'], cache: false },
  });
  app.decorateRequest('caller', null);
  app.addHook('onRequest', async (request) => {
    const authority = await authorityOf(request, keys);
    request.caller = callerFrom(await claimsOf(request, context, authority), context, authority);
  });
}

/** The caller of a request behind `requireSignIn`. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('This route asks who calls, but nobody checked.');
  return request.caller;
}

export async function requireAdmin(request: FastifyRequest): Promise<void> {
  if (callerOf(request).isAdmin) return;
  throw problem(
    'admin-only',
    `Your account lacks the app role ${adminRole}; an owner of the app registration assigns it.`,
  );
}

async function authorityOf(request: FastifyRequest, keys: SigningKeys): Promise<Authority> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    throw problem('token-missing', 'Send "Authorization: Bearer <access token for this API>".', {
      headers: { 'www-authenticate': 'Bearer realm="siebel-sync"' },
    });
  }
  if (authorization.length > longestToken || !/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/i.test(authorization)) {
    throw invalid('it is not of the form "Bearer <signed token>"');
  }
  const authority = await keys.authorityFor(null);
  if (authority !== null) return authority;
  throw problem('sign-in-unreachable', 'The sign-in service did not give its keys; try again in a moment.', {
    headers: { 'retry-after': '5' },
  });
}

async function claimsOf(
  request: FastifyRequest,
  { clock, settings }: Context,
  authority: Authority,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await request.jwtVerify<Record<string, unknown>>({
      algorithms: ['RS256'],
      allowedIss: authority.issuer,
      allowedAud: [settings.entra.apiAudience, settings.entra.clientId],
      requiredClaims: ['iss', 'aud', 'exp', 'nbf', 'tid', 'oid', 'ver'],
      clockTimestamp: clock.now().epochMilliseconds,
      clockTolerance: toleranceMs,
      cache: false,
    });
  } catch (error) {
    // The library's errors say which check failed and never repeat the token.
    throw invalid(error instanceof Error ? error.message : 'it could not be read');
  }
}

/** The library reads claims kindly (lists, missing ones); here each must be exactly what Entra puts there. */
function callerFrom(
  claims: Readonly<Record<string, unknown>>,
  { settings, clock }: Context,
  authority: Authority,
): Caller {
  const { aud, iss, tid, oid, ver, exp, nbf, azp, idtyp, scp, roles } = claims;
  const nowSeconds = clock.now().epochMilliseconds / 1000;
  const tolerance = toleranceMs / 1000;
  const { addinClientId, apiAudience, clientId } = settings.entra;
  if (typeof oid !== 'string' || oid === '') throw invalid('it names no user');
  if (typeof aud !== 'string' || (aud !== apiAudience && aud !== clientId))
    throw invalid('it is for another API');
  if (iss !== authority.issuer) throw invalid('its issuer is another one');
  if (tid !== authority.tenantId) throw invalid('its tenant is another one');
  if (ver !== '2.0') throw invalid('it is not of version 2.0');
  if (!isTime(exp) || exp + tolerance <= nowSeconds) throw invalid('it has expired');
  if (!isTime(nbf) || nbf - tolerance > nowSeconds) throw invalid('it is not valid yet');
  if (addinClientId !== null && azp !== addinClientId) throw invalid('it was given to another application');
  if (idtyp === 'app') throw scopeMissing();
  if (typeof scp !== 'string' || !scp.split(' ').includes(scope)) throw scopeMissing();
  return { userId: oid, tenantId: tid, isAdmin: Array.isArray(roles) && roles.includes(adminRole) };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function keyFor(token: unknown, authority: Authority | null): string {
  const keyId = keyIdOf(token);
  const key = keyId === null ? undefined : authority?.keys.get(keyId);
  if (key === undefined) throw new Error('it is signed with a key the sign-in service does not publish');
  return key;
}

function keyIdOf(token: unknown): string | null {
  const header = typeof token === 'object' && token !== null && 'header' in token ? token.header : null;
  const kid = typeof header === 'object' && header !== null && 'kid' in header ? header.kid : null;
  return typeof kid === 'string' ? kid : null;
}

function invalid(reason: string): ProblemError {
  const detail = `The token is not accepted: ${reason.replaceAll('"', "'")}.`;
  const challenge = `Bearer realm="siebel-sync", error="invalid_token", error_description="${detail}"`;
  return problem('token-invalid', detail, {
    headers: { 'www-authenticate': challenge.replaceAll(/[^\x20-\x7E]/g, '?') },
  });
}

function scopeMissing(): ProblemError {
  return problem('scope-missing', `The token is not one of a person with the scope ${scope}.`, {
    headers: {
      'www-authenticate': `Bearer realm="siebel-sync", error="insufficient_scope", scope="${scope}"`,
    },
  });
}
