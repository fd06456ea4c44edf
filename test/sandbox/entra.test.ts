import { createHash } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, sandboxForTests, type Answer, type TestSandbox } from './siebel-client.ts';

const tenantId = '00000000-0000-0000-0000-0000000005eb';
const clientId = '00000000-0000-0000-0000-00000000c11e';
const api = `api://${clientId}`;
let sandbox: TestSandbox;
let userId: string;

beforeAll(async () => {
  sandbox = await sandboxForTests();
  const users = await sandbox.desk('POST', '/users', [
    { login: 'ANA', firstName: 'Ana', lastName: 'Ferreira', mailbox: 'Ana@x.example', timeZone: 'UTC' },
  ]);
  userId = String(users.json[0]?.['userId']);
});
afterAll(() => sandbox.close());

function ask(form: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Answer> {
  const body = new URLSearchParams({ client_id: clientId, ...form }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return sandbox.call('POST', '/entra/sandbox/oauth2/v2.0/token', { headers: { ...type, ...headers }, body });
}

const asApp = {
  grant_type: 'client_credentials',
  client_secret: 'sandbox',
  scope: 'https://graph.microsoft.com/.default',
};

test('discovery names the endpoints, and its keys verify every token', async () => {
  const { json } = await sandbox.call('GET', `/entra/sandbox/v2.0/.well-known/openid-configuration`);
  expect(json).toMatchObject({
    issuer: `${sandbox.url}/entra/${tenantId}/v2.0`,
    token_endpoint: `${sandbox.url}/entra/sandbox/oauth2/v2.0/token`,
  });
  const token = await sandbox.desk('POST', '/token', {
    mailbox: 'ana@X.example',
    for: 'api',
    roles: ['Siebel.Admin'],
  });
  const keys = createRemoteJWKSet(new URL(String(json['jwks_uri'])));
  const { payload, protectedHeader } = await jwtVerify(String(token.json['access_token']), keys, {
    issuer: String(json['issuer']),
    audience: api,
  });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toMatchObject({
    oid: userId,
    preferred_username: 'ana@x.example',
    name: 'Ana Ferreira',
    tid: tenantId,
    ver: '2.0',
    azp: clientId,
    scp: 'access_as_user',
    roles: ['Siebel.Admin'],
  });
});

test('an unknown tenant and an unknown endpoint are refused', async () => {
  const { status, json } = await sandbox.call('GET', '/entra/contoso/v2.0/.well-known/openid-configuration');
  expect([status, listOf(json['error_codes'])]).toEqual([400, [90002]]);
  expect((await sandbox.call('GET', '/entra/sandbox/nothing')).status).toBe(404);
});

test('the app signs in with its secret and gets its roles', async () => {
  const { status, json } = await ask(asApp);
  expect(status).toBe(200);
  expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
  const claims = decodeJwt(String(json['access_token']));
  expect(claims).toMatchObject({ aud: 'https://graph.microsoft.com', idtyp: 'app', appid: clientId });
  expect(claims['roles']).toEqual([
    'Contacts.ReadWrite',
    'Calendars.ReadWrite',
    'Tasks.ReadWrite.All',
    'MailboxSettings.ReadWrite',
    'User.Read.All',
  ]);
});

test('the app may prove itself with a certificate', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const x5t = createHash('sha1')
    .update(JSON.stringify(await exportJWK(publicKey)))
    .digest('base64url');
  const assertion = (audience: string) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'RS256', x5t })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(privateKey);
  const endpoint = `${sandbox.url}/entra/${tenantId}/oauth2/v2.0/token`;
  const form = {
    grant_type: 'client_credentials',
    scope: asApp.scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  };
  expect((await ask({ ...form, client_assertion: await assertion(endpoint) })).status).toBe(200);
  const wrong = await ask({ ...form, client_assertion: await assertion('https://elsewhere.example') });
  expect([wrong.status, String(wrong.json['error_description'])]).toEqual([
    401,
    expect.stringMatching(/^AADSTS700027: /),
  ]);
});

test.each([
  ['a wrong secret', { ...asApp, client_secret: 'x' }, 401, 'invalid_client', 7000215],
  ['no secret', { grant_type: 'client_credentials', scope: asApp.scope }, 401, 'invalid_client', 7000218],
  ['an unknown app', { ...asApp, client_id: 'x' }, 400, 'unauthorized_client', 700016],
  ['a single scope for the app', { ...asApp, scope: 'Contacts.Read' }, 400, 'invalid_scope', 1002012],
  ['an unknown grant', { ...asApp, grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ['a missing code', { grant_type: 'authorization_code' }, 400, 'invalid_request', 900144],
  ['a made-up code', { grant_type: 'authorization_code', code: 'x' }, 400, 'invalid_grant', 9002313],
  [
    'a made-up assertion',
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_secret: 'sandbox',
      assertion: 'x',
      scope: 'Contacts.ReadWrite',
      requested_token_use: 'on_behalf_of',
    },
    400,
    'invalid_grant',
    50013,
  ],
])('%s is refused as Entra refuses it', async (_name, form, status, error, code) => {
  const answer = await ask(form);
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ error, error_codes: [code], trace_id: expect.any(String) });
  expect(answer.json['error_description']).toMatch(new RegExp(`^AADSTS${code}: .*Trace ID: .*Timestamp: `));
});

const verifier = 'a-verifier-that-is-long-enough-for-the-rfc-7636';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const authorize = (more: Readonly<Record<string, string>>) =>
  `/entra/sandbox/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: 'http://localhost:3000/auth',
    state: 's1',
    nonce: 'n1',
    scope: `openid profile offline_access ${api}/access_as_user`,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  }).toString()}`;

async function codeFrom(more: Readonly<Record<string, string>>): Promise<string> {
  const answer = await sandbox.call('GET', authorize(more), { redirect: 'manual' });
  const target = new URL(String(answer.headers.get('location')));
  const values =
    more['response_mode'] === 'fragment' ? new URLSearchParams(target.hash.slice(1)) : target.searchParams;
  expect([answer.status, values.get('state')]).toEqual([302, 's1']);
  return values.get('code') ?? '';
}

test('a person picks an account and comes back with a code, good once and with its verifier', async () => {
  const page = await sandbox.call('GET', authorize({}));
  expect(page.text).toContain('Ana Ferreira (ana@x.example)');
  const code = await codeFrom({ sandbox_user: 'ana@x.example', response_mode: 'fragment' });
  const form = { grant_type: 'authorization_code', code, redirect_uri: 'http://localhost:3000/auth' };
  expect((await ask({ ...form, code_verifier: 'wrong' })).json['error_codes']).toEqual([501481]);
  expect(
    (await ask({ ...form, redirect_uri: 'http://x.example', code_verifier: verifier })).json['error_codes'],
  ).toEqual([50011]);
  const { json } = await ask({ ...form, code_verifier: verifier });
  expect(decodeJwt(String(json['id_token']))).toMatchObject({ aud: clientId, nonce: 'n1', oid: userId });
  expect(decodeJwt(String(json['access_token']))).toMatchObject({ aud: api, scp: 'access_as_user' });
  expect((await ask({ ...form, code_verifier: verifier })).json['error_codes']).toEqual([54005]);
  const again = await ask({
    grant_type: 'refresh_token',
    refresh_token: String(json['refresh_token']),
    scope: 'Contacts.ReadWrite',
  });
  expect(decodeJwt(String(again.json['access_token']))).toMatchObject({
    aud: 'https://graph.microsoft.com',
    scp: 'Contacts.ReadWrite',
  });
});

test('silent sign-in works with a hint and says so when nobody is signed in', async () => {
  expect(await codeFrom({ prompt: 'none', login_hint: 'ana@x.example' })).not.toBe('');
  const nobody = await sandbox.call('GET', authorize({ prompt: 'none' }), { redirect: 'manual' });
  expect(nobody.headers.get('location')).toContain('error=login_required');
});

test('our API trades a person’s token for one of Graph', async () => {
  const token = async (resource: string) =>
    String(
      (await sandbox.desk('POST', '/token', { mailbox: 'ana@x.example', for: resource })).json[
        'access_token'
      ],
    );
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    client_secret: 'sandbox',
    requested_token_use: 'on_behalf_of',
    scope: 'https://graph.microsoft.com/Contacts.ReadWrite',
  };
  const { json } = await ask({ ...form, assertion: await token('api') });
  expect(decodeJwt(String(json['access_token']))).toMatchObject({ oid: userId, scp: 'Contacts.ReadWrite' });
  expect((await ask({ ...form, assertion: await token('graph') })).json['error_codes']).toEqual([500131]);
});

test('tokens end with the sandbox’s clock', async () => {
  const { json } = await sandbox.desk('POST', '/token', { mailbox: 'ana@x.example', for: 'graph' });
  const me = () =>
    sandbox.call('GET', '/graph/v1.0/me', { headers: { authorization: `Bearer ${json['access_token']}` } });
  expect((await me()).status).toBe(200);
  await sandbox.desk('POST', '/clock', { advanceSeconds: 3600 });
  expect((await me()).status).toBe(401);
});

test('faults of the sign-in have its error bodies', async () => {
  await sandbox.desk('POST', '/faults', [
    { side: 'entra', path: '/token$', kind: 'status', status: 401, times: 1 },
  ]);
  expect((await ask(asApp)).json).toMatchObject({ error: 'invalid_client', error_codes: [7000222] });
  expect((await ask(asApp)).status).toBe(200);
});
