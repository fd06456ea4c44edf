import { isRecord } from '../json.ts';
import { compactVerify, exportJWK, generateKeyPair, SignJWT, calculateJwkThumbprint, type JWK } from 'jose';

export type Claims = Readonly<Record<string, unknown>>;

export type Keys = Readonly<{
  /** The public half as `/discovery/v2.0/keys` shows it. */
  jwks: Readonly<{ keys: readonly JWK[] }>;
  /** An RS256 token with exactly these claims. */
  sign: (claims: Claims) => Promise<string>;
  /** The claims of a token this key signed, expired or not; null for any other text. */
  open: (token: string) => Promise<Claims | null>;
  /** The claims of a token that is valid at `now`, else null. */
  verify: (token: string, now: Date) => Promise<Claims | null>;
}>;

const remembered = 20_000;

/** One RSA key for the life of the process; a reset keeps it, as Entra's keys outlive anybody's data. */
export async function createKeys(): Promise<Keys> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  // Checking a signature costs more than most requests do, so a token is checked once.
  const opened = new Map<string, Claims>();

  const open = async (token: string): Promise<Claims | null> => {
    const known = opened.get(token);
    if (known) return known;
    const claims = await compactVerify(token, publicKey).then(
      ({ payload }) => claimsFrom(new TextDecoder().decode(payload)),
      () => null,
    );
    if (claims === null) return null;
    if (opened.size >= remembered) opened.clear();
    opened.set(token, claims);
    return claims;
  };

  return {
    jwks: { keys: [{ ...publicJwk, kid, x5t: kid, use: 'sig', alg: 'RS256' }] },
    sign: (claims) =>
      new SignJWT({ ...claims }).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid }).sign(privateKey),
    open,
    verify: async (token, now) => {
      const claims = await open(token);
      return claims !== null && Number(claims['exp']) * 1000 > now.getTime() ? claims : null;
    },
  };
}

function claimsFrom(text: string): Claims | null {
  const claims: unknown = JSON.parse(text);
  return isRecord(claims) ? claims : null;
}
