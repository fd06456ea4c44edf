import { createPublicKey } from 'node:crypto';
import type { Clock } from '../context.ts';
import type { Http } from '../connectors/http.ts';

/** Who signs the tokens we take, and with which keys. */
export type Authority = Readonly<{
  /** Compared letter by letter with a token's `iss`. */
  issuer: string;
  tenantId: string;
  /** PEM by key id. */
  keys: ReadonlyMap<string, string>;
}>;

/**
 * The authority's published issuer and keys, kept for a day. A key id nobody knows makes it look again, twice a minute at
 * most: Entra rotates keys without notice. When it cannot be reached, the last good keys go on working.
 * Null: nothing has ever been read, so nobody can be let in.
 */
export type SigningKeys = Readonly<{ authorityFor: (keyId: string | null) => Promise<Authority | null> }>;

const keepMs = 24 * 3_600_000;
const againMs = 30_000;

export function createSigningKeys(from: {
  http: Http;
  clock: Clock;
  entra: Readonly<{ authority: string; tenantId: string }>;
}): SigningKeys {
  let kept: Authority | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;
  const read = async (now: number) => {
    triedAt = now;
    const authority = await readAuthority(from.http, from.entra);
    if (authority === null) return;
    kept = authority;
    readAt = now;
  };
  return {
    authorityFor: async (keyId) => {
      const now = from.clock.now().epochMilliseconds;
      const isKnown = kept !== null && (keyId === null || kept.keys.has(keyId)) && now - readAt < keepMs;
      const mayTry = kept === null || now - triedAt >= againMs;
      if (!isKnown && (underWay !== null || mayTry)) {
        underWay ??= read(now).finally(() => {
          underWay = null;
        });
        await underWay;
      }
      return kept;
    },
  };
}

async function readAuthority(
  http: Http,
  entra: Readonly<{ authority: string; tenantId: string }>,
): Promise<Authority | null> {
  const base = `${entra.authority}/${encodeURIComponent(entra.tenantId)}`;
  const discovery = await readJson(http, `${base}/v2.0/.well-known/openid-configuration`);
  const issuer = textOf(discovery, 'issuer');
  const jwksUri = textOf(discovery, 'jwks_uri');
  const tenantId = issuer === null ? null : tenantOf(issuer, entra.tenantId);
  // Keys from anywhere but the authority itself would let whoever can bend that answer in.
  if (issuer === null || jwksUri === null || tenantId === null || !isSameOrigin(jwksUri, entra.authority))
    return null;
  const keys = keysFrom(await readJson(http, jwksUri), issuer);
  return keys.size === 0 ? null : { issuer, tenantId, keys };
}

async function readJson(http: Http, url: string): Promise<unknown> {
  const answer = await http.request({
    method: 'GET',
    url,
    headers: { accept: 'application/json' },
    body: null,
  });
  return answer.answer === 'response' && answer.status === 200 ? answer.json : null;
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The tenant an issuer speaks for. One named by its id must be that one; one named by a domain is what its id says. */
function tenantOf(issuer: string, named: string): string | null {
  const id = issuer.split('/').find((part) => guid.test(part)) ?? null;
  if (id === null || (guid.test(named) && named.toLowerCase() !== id.toLowerCase())) return null;
  return id;
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.parse(one)?.origin === URL.parse(other)?.origin;
}

/**
 * RSA signing keys of 2048 bits or more. A key that names its issuer must name ours: Entra's common key sets hold keys of
 * several (entra-docs `claims-validation.md`, "Validate the signing key issuer").
 */
function keysFrom(jwks: unknown, issuer: string): ReadonlyMap<string, string> {
  const listed = typeof jwks === 'object' && jwks !== null && 'keys' in jwks ? jwks.keys : null;
  const keys = new Map<string, string>();
  for (const key of Array.isArray(listed) ? listed : []) {
    const kid = textOf(key, 'kid');
    const use = textOf(key, 'use') ?? 'sig';
    const keyIssuer = textOf(key, 'issuer')?.replace('{tenantid}', tenantOf(issuer, '') ?? '') ?? issuer;
    if (kid === null || use !== 'sig' || textOf(key, 'kty') !== 'RSA' || keyIssuer !== issuer) continue;
    const pem = pemFrom(textOf(key, 'n'), textOf(key, 'e'));
    if (pem !== null) keys.set(kid, pem);
  }
  return keys;
}

function pemFrom(n: string | null, e: string | null): string | null {
  if (n === null || e === null) return null;
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < 2048 ? null : key.export({ type: 'spki', format: 'pem' });
}

function textOf(value: unknown, key: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  return typeof found === 'string' && found !== '' ? found : null;
}
