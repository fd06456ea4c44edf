/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const tenantId = '11111111-2222-3333-4444-555555555555';
export const clientId = '99999999-8888-7777-6666-555555555555';

export type Claims = Readonly<Record<string, unknown>>;
export type Header = Readonly<Record<string, unknown>>;

/** A sign-in service of a test: discovery and keys over HTTP, and tokens as good or as forged as a test wants them. */
export type Authority = Readonly<{
  url: string;
  issuer: string;
  /** Key ids it publishes, with what signs for them. */
  keys: Map<string, KeyObject>;
  published: Map<string, unknown>;
  /** How often the keys were asked for. */
  asked: { keys: number };
  /** Seconds since 1970 of its clock. */
  now: () => number;
  claims: (more?: Claims) => Record<string, unknown>;
  token: (more?: Claims, header?: Header) => string;
  addKey: (kid: string, more?: Header) => void;
  close: () => Promise<void>;
}>;

export async function startAuthority(now: () => number): Promise<Authority> {
  const keys = new Map<string, KeyObject>();
  const published = new Map<string, unknown>();
  const asked = { keys: 0 };
  const server = createServer((request, response) => {
    const isDiscovery = request.url?.endsWith('/v2.0/.well-known/openid-configuration') === true;
    if (!isDiscovery) asked.keys += 1;
    const body = isDiscovery
      ? { issuer: issuer(), jwks_uri: `${url()}/${tenantId}/discovery/v2.0/keys` }
      : { keys: [...published.values()] };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = () => `${url()}/${tenantId}/v2.0`;
  const addKey = (kid: string, more: Header = {}) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    keys.set(kid, privateKey);
    published.set(kid, { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...more });
  };
  addKey('key-1');
  const claims = (more: Claims = {}) => ({
    aud: clientId,
    iss: issuer(),
    tid: tenantId,
    oid: 'user-ana',
    ver: '2.0',
    scp: 'access_as_user',
    azp: clientId,
    iat: now() - 60,
    nbf: now() - 60,
    exp: now() + 3600,
    ...more,
  });
  return {
    url: url(),
    issuer: issuer(),
    keys,
    published,
    asked,
    now,
    claims,
    addKey,
    token: (more, header = {}) => {
      const key = keys.get('key-1');
      if (!key) throw new Error('The first key was taken away.');
      return signed({ alg: 'RS256', typ: 'JWT', kid: 'key-1', ...header }, claims(more), key);
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** A token with that header and payload, signed as RS256 whatever the header says. */
export function signed(header: Header, payload: unknown, key: KeyObject): string {
  const input = `${encoded(header)}.${encoded(payload)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(key, 'base64url')}`;
}

export function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}
