import { decodeJwt, decodeProtectedHeader } from 'jose';
import type { WireRequest } from '../wire.ts';
import type { World } from '../world.ts';
import { failures, type EntraFailure } from './errors.ts';
import { clientId, clientSecret } from './tenant.ts';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Who calls the token endpoint: `proven` with its secret or certificate, or a public client that only names itself. */
export type Client = Readonly<{ client: 'proven' | 'public' }> | EntraFailure;

/** Checks the client's credential, taken from the form or from Basic. */
export function clientOf(world: World, request: WireRequest, form: URLSearchParams): Client {
  const basic = basicCredential(request.headers['authorization']);
  const id = form.get('client_id') ?? basic?.id ?? null;
  if (id === null) return failures.missing('client_id');
  if (id.toLowerCase() !== clientId) return failures.noApp(id);
  const assertion = form.get('client_assertion');
  if (assertion !== null) return clientOfAssertion(world, form, assertion);
  const secret = form.get('client_secret') ?? basic?.secret ?? null;
  if (secret === null) return { client: 'public' };
  return secret === clientSecret ? { client: 'proven' } : failures.wrongSecret();
}

function basicCredential(header: string | undefined): { id: string; secret: string } | null {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
}

/**
 * A certificate's assertion. The sandbox knows nobody's certificate, so it takes any that is signed RS256 or PS256,
 * names the certificate, is meant for this endpoint and is valid now.
 */
function clientOfAssertion(world: World, form: URLSearchParams, assertion: string): Client {
  if (form.get('client_assertion_type') !== assertionType) return failures.missing('client_assertion_type');
  const parts = assertionParts(assertion);
  if (parts === null) return failures.wrongAssertion('it is no JWT');
  const { header, claims } = parts;
  if (header.alg !== 'RS256' && header.alg !== 'PS256')
    return failures.wrongAssertion('its algorithm is unknown');
  if (header.x5t === undefined && header['x5t#S256'] === undefined) {
    return failures.wrongAssertion('it names no certificate thumbprint');
  }
  if (claims.iss !== clientId || claims.sub !== clientId) {
    return failures.wrongAssertion('iss and sub must be the client id');
  }
  const audiences = [claims.aud ?? []].flat();
  if (!audiences.some((audience) => audience.endsWith('/oauth2/v2.0/token') || audience.endsWith('/v2.0'))) {
    return failures.wrongAssertion('its audience is not this endpoint');
  }
  if ((claims.exp ?? 0) * 1000 <= world.now().getTime()) return failures.wrongAssertion('it has expired');
  return { client: 'proven' };
}

function assertionParts(assertion: string) {
  try {
    return {
      header: decodeProtectedHeader(assertion),
      claims: decodeJwt(assertion),
    };
  } catch {
    // Anything that cannot be decoded is no assertion; the caller says so.
    return null;
  }
}
