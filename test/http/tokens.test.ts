/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { createHmac, createPublicKey, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withApi, type Api } from './api.ts';
import { clientId, encoded, signed, tenantId, type Claims, type Header } from './authority.ts';

const api = withApi();

type Forgery = (api: Api) => string;

function withClaims(more: Claims): Forgery {
  return ({ authority }) => authority.token(more);
}

function without(claim: string): Forgery {
  return ({ authority }) => {
    const { [claim]: _, ...rest } = authority.claims();
    return signed({ alg: 'RS256', typ: 'JWT', kid: 'key-1' }, rest, firstKey(authority));
  };
}

function withHeader(header: Header): Forgery {
  return ({ authority }) => authority.token({}, header);
}

function firstKey({ keys }: Api['authority']): KeyObject {
  const key = keys.get('key-1');
  if (!key) throw new Error('The first key was taken away.');
  return key;
}

/** A token whose signature is an HMAC with the public key, which careless libraries take for its secret. */
function hmacWithPublicKey(before: string): Forgery {
  return ({ authority }) => {
    const pem = createPublicKey(firstKey(authority)).export({ type: 'spki', format: 'pem' });
    const input = `${encoded({ alg: 'HS256', typ: 'JWT', kid: 'key-1' })}.${encoded(authority.claims())}`;
    return `${input}.${createHmac('sha256', before + pem)
      .update(input)
      .digest('base64url')}`;
  };
}

function unsigned(alg: string, signature: string): Forgery {
  return ({ authority }) =>
    `${encoded({ alg, typ: 'JWT', kid: 'key-1' })}.${encoded(authority.claims())}.${signature}`;
}

function changed(change: (parts: readonly [string, string, string]) => string): Forgery {
  return ({ authority }) => {
    const [header = '', payload = '', signature = ''] = authority.token().split('.');
    return change([header, payload, signature]);
  };
}

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const now = () => Math.floor(Date.now() / 1000);

const forgeries: Readonly<Record<string, Forgery>> = {
  'an empty token': () => '',
  'one word': () => 'token',
  'two parts only': changed(([header, payload]) => `${header}.${payload}`),
  'four parts': changed((parts) => `${parts.join('.')}.more`),
  'no signature': changed(([header, payload]) => `${header}.${payload}.`),
  'a signature of another token': (known) =>
    changed(
      ([header, payload]) => `${header}.${payload}.${known.authority.token({ oid: 'x' }).split('.')[2]}`,
    )(known),
  'a cut signature': changed(
    ([header, payload, signature]) => `${header}.${payload}.${signature.slice(0, -8)}`,
  ),
  'a changed payload': (known) =>
    changed(
      ([header, , signature]) =>
        `${header}.${encoded(known.authority.claims({ roles: ['Siebel.Admin'] }))}.${signature}`,
    )(known),
  'a payload that is no JSON': ({ authority }) =>
    signed({ alg: 'RS256', kid: 'key-1' }, 'hello', firstKey(authority)),
  'a payload that is a list': ({ authority }) =>
    signed({ alg: 'RS256', kid: 'key-1' }, [], firstKey(authority)),
  'a header that is no JSON': changed(
    ([, payload, signature]) => `${encoded('hello')}.${payload}.${signature}`,
  ),
  'algorithm none': unsigned('none', ''),
  'algorithm None': unsigned('None', 'AAAA'),
  'algorithm none with a signature': unsigned('none', 'AAAA'),
  'HS256 with the public key as the secret': hmacWithPublicKey(''),
  'HS256 with the public key after a blank': hmacWithPublicKey(' '),
  'HS256 with the public key after a line': hmacWithPublicKey('\n'),
  'HS256 with the public key after a word': hmacWithPublicKey('x'),
  'RS512 in the header': withHeader({ alg: 'RS512' }),
  'PS256 in the header': withHeader({ alg: 'PS256' }),
  'an RS512 signature': ({ authority }) => {
    const input = `${encoded({ alg: 'RS512', typ: 'JWT', kid: 'key-1' })}.${encoded(authority.claims())}`;
    return `${input}.${createSign('RSA-SHA512').update(input).sign(firstKey(authority), 'base64url')}`;
  },
  'an ES256 signature of a stranger': ({ authority }) =>
    signed({ alg: 'ES256', kid: 'key-1' }, authority.claims(), elliptic.privateKey),
  'no algorithm': withHeader({ alg: undefined }),
  'a key nobody published': ({ authority }) =>
    signed({ alg: 'RS256', kid: 'key-9' }, authority.claims(), stranger.privateKey),
  'a published key id over a stranger’s signature': ({ authority }) =>
    signed({ alg: 'RS256', kid: 'key-1' }, authority.claims(), stranger.privateKey),
  'no key id': withHeader({ kid: undefined }),
  'a key id that is a number': withHeader({ kid: 1 }),
  'a key brought along (jwk)': ({ authority }) =>
    signed(
      { alg: 'RS256', kid: 'mine', jwk: stranger.publicKey.export({ format: 'jwk' }) },
      authority.claims(),
      stranger.privateKey,
    ),
  'an address of keys brought along (jku)': ({ authority }) =>
    signed(
      { alg: 'RS256', kid: 'mine', jku: 'https://evil.example/keys' },
      authority.claims(),
      stranger.privateKey,
    ),
  'an unknown critical header': withHeader({ crit: ['x-new'], 'x-new': true }),
  'an unencoded payload (b64)': withHeader({ crit: ['b64'], b64: false }),
  'another audience': withClaims({ aud: '00000003-0000-0000-c000-000000000000' }),
  'Microsoft Graph as the audience': withClaims({ aud: 'https://graph.microsoft.com' }),
  'a list of audiences with ours': withClaims({ aud: [clientId, 'https://graph.microsoft.com'] }),
  'a list of our audience alone': withClaims({ aud: [clientId] }),
  'an audience that begins like ours': withClaims({ aud: `${clientId}-more` }),
  'no audience': without('aud'),
  'another issuer': withClaims({ iss: `https://login.microsoftonline.com/${tenantId}/v2.0` }),
  'the issuer with a slash more': ({ authority }) => authority.token({ iss: `${authority.issuer}/` }),
  'the issuer in a list': ({ authority }) => authority.token({ iss: [authority.issuer] }),
  'the issuer of version 1.0': withClaims({ iss: `https://sts.windows.net/${tenantId}/` }),
  'no issuer': without('iss'),
  'another tenant': withClaims({ tid: '00000000-2222-3333-4444-555555555555' }),
  'no tenant': without('tid'),
  'no user id': without('oid'),
  'a user id that is a list': withClaims({ oid: ['user-ana'] }),
  'an empty user id': withClaims({ oid: '' }),
  'version 1.0': withClaims({ ver: '1.0' }),
  'version 2 as a number': withClaims({ ver: 2 }),
  'no version': without('ver'),
  'an expired one': withClaims({ exp: now() - 120 }),
  'an expiry of 0': withClaims({ exp: 0 }),
  'an expiry in words': withClaims({ exp: 'tomorrow' }),
  'no expiry': without('exp'),
  'one that is not valid yet': withClaims({ nbf: now() + 600 }),
  'a beginning in words': withClaims({ nbf: 'yesterday' }),
  'no beginning': without('nbf'),
  'no scope': without('scp'),
  'another scope': withClaims({ scp: 'User.Read' }),
  'a scope that only contains ours': withClaims({ scp: 'not_access_as_user access_as_user_not' }),
  'a scope in a list': withClaims({ scp: ['access_as_user'] }),
  'a token of an application': withClaims({ idtyp: 'app', roles: ['Siebel.Admin'] }),
};

describe('a forged token', () => {
  for (const [name, forge] of Object.entries(forgeries)) {
    test(`with ${name} is refused`, async () => {
      const answer = await api().call('GET', '/api/me', { token: forge(api()) });
      expect([401, 403]).toContain(answer.status);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="siebel-sync"/);
      expect(answer.json).toHaveProperty('code');
      expect(answer.json).toHaveProperty('detail');
    });
  }

  test('leaves no trace of itself in the log', async () => {
    const token = api().authority.token({
      aud: 'https://graph.microsoft.com',
      preferred_username: 'ana@example.com',
    });
    await api().call('GET', '/api/me', { token });
    expect(api().logged.join('')).not.toContain(token.slice(0, 40));
    expect(api().logged.join('')).not.toContain('ana@example.com');
  });
});

describe('a genuine token', () => {
  test('is taken, for the API by its id and by its name', async () => {
    for (const aud of [clientId, `api://${clientId}`]) {
      const answer = await api().call('GET', '/api/me', { token: api().authority.token({ aud }) });
      expect(answer.status, answer.text).toBe(200);
    }
  });

  test('is taken with a minute between the clocks', async () => {
    const token = api().authority.token({ nbf: now() + 30, exp: now() + 3600 });
    expect((await api().call('GET', '/api/me', { token })).status).toBe(200);
  });

  test('does not open the doors of administrators without their role', async () => {
    const token = api().authority.token({ roles: ['Siebel.User'] });
    const answer = await api().call('GET', '/api/admin/status', { token });
    expect(answer.status).toBe(403);
    expect(answer.json['code']).toBe('admin-only');
    expect(answer.json['detail']).toContain('Siebel.Admin');
  });

  test('is not taken from a cookie or the address', async () => {
    const token = api().authority.token();
    const inCookie = await api().call('GET', '/api/me', { headers: { cookie: `token=${token}` } });
    const inAddress = await api().call('GET', `/api/me?access_token=${token}`);
    expect([inCookie.status, inAddress.status]).toEqual([401, 401]);
    expect(inCookie.headers['www-authenticate']).toBe('Bearer realm="siebel-sync"');
  });

  test('tells the person by the id of the user, never by an address', async () => {
    await api().map('ANA');
    const token = api().authority.token({ oid: 'somebody-else', preferred_username: 'ana@example.com' });
    const answer = await api().call('GET', '/api/me', { token });
    expect(answer.json['mailbox']).toBeNull();
  });

  test('of a key the service publishes for another issuer is refused, without asking for keys again and again', async () => {
    const { authority } = api();
    const asked = authority.asked.keys;
    authority.addKey('key-old', { issuer: 'https://login.microsoftonline.com/another/v2.0' });
    const key = authority.keys.get('key-old');
    if (!key) throw new Error('The key is missing.');
    const token = signed({ alg: 'RS256', kid: 'key-old' }, authority.claims(), key);
    expect((await api().call('GET', '/api/me', { token })).status).toBe(401);
    expect((await api().call('GET', '/api/me', { token })).status).toBe(401);
    expect(authority.asked.keys - asked).toBeLessThanOrEqual(1);
  });
});
