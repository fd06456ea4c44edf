import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import type { Http, HttpRequest } from '../../server/connectors/http.ts';
import { createTokens, rolesIn, scopeOf } from '../../server/connectors/graph/token.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A sign-in service that gives `token-1`, `token-2`, … for an hour, or what `status` and `body` say. */
function entra(said: { status: number; body: unknown } | null = null) {
  const forms: URLSearchParams[] = [];
  let nowMs = Date.UTC(2026, 10, 22);
  const http: Http = {
    request: async (request: HttpRequest) => {
      forms.push(new URLSearchParams(request.body ?? ''));
      const json = said?.body ?? { access_token: `token-${forms.length}`, expires_in: 3600 };
      return { answer: 'response', status: said?.status ?? 200, headers: {}, text: '', json };
    },
    close: () => Promise.resolve(),
  };
  const context = {
    clock: { now: () => Temporal.Instant.fromEpochMilliseconds(nowMs) },
    newId: () => 'id-1',
  };
  const settings = {
    authority: 'https://login.example.com',
    tenantId: 'tenant',
    clientId: 'client',
    clientSecret: 'secret',
    certificatePath: null,
    scope: 'scope',
    http,
    context,
  };
  return { forms, settings, pass: (ms: number) => void (nowMs += ms) };
}

test('one token serves everybody until five minutes before its end', async () => {
  const { forms, settings, pass } = entra();
  const tokens = createTokens(settings);
  const all = await Promise.all([tokens.current(), tokens.current(), tokens.current()]);
  expect(all.map((token) => 'token' in token && token.token)).toEqual(['token-1', 'token-1', 'token-1']);
  pass(54 * 60_000);
  expect(await tokens.current()).toMatchObject({ token: 'token-1' });
  pass(2 * 60_000);
  expect(await tokens.current()).toMatchObject({ token: 'token-2' });
  expect(Object.fromEntries(forms[0] ?? [])).toEqual({
    grant_type: 'client_credentials',
    client_id: 'client',
    client_secret: 'secret',
    scope: 'scope',
  });
});

test('a renewed token carries the claims the service asked for', async () => {
  const { forms, settings } = entra();
  await createTokens(settings).renew('{"access_token":{}}');
  expect(forms[0]?.get('claims')).toBe('{"access_token":{}}');
});

test('a certificate signs the request in place of a secret', async () => {
  const { forms, settings } = entra();
  const { publicKey, pem, certificate } = selfSigned();
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  folders.push(folder);
  writeFileSync(join(folder, 'app.pem'), pem);
  const tokens = createTokens({ ...settings, certificatePath: join(folder, 'app.pem') });
  expect(await tokens.current()).toMatchObject({ token: 'token-1' });
  const assertion = forms[0]?.get('client_assertion') ?? '';
  const { payload } = await jwtVerify(assertion, publicKey, {
    algorithms: ['PS256'],
    currentDate: new Date(Date.UTC(2026, 10, 22)),
  });
  expect(payload).toMatchObject({
    iss: 'client',
    sub: 'client',
    aud: 'https://login.example.com/tenant/oauth2/v2.0/token',
    jti: 'id-1',
  });
  const thumbprint = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
  expect(decodeProtectedHeader(assertion)).toMatchObject({ alg: 'PS256', 'x5t#S256': thumbprint });
  expect(forms[0]?.has('client_secret')).toBe(false);
});

test('a missing certificate and a refused secret say what to look at, and a busy service is asked again', async () => {
  const missing = await createTokens({ ...entra().settings, certificatePath: '/nowhere/app.pem' }).current();
  expect(missing).toMatchObject({
    kind: 'misconfigured',
    reason: expect.stringContaining('ENTRA_CERTIFICATE_PATH'),
  });
  const refused = entra({ status: 401, body: { error: 'invalid_client', error_codes: [7000215] } });
  expect(await createTokens(refused.settings).current()).toMatchObject({
    kind: 'unauthorized',
    reach: 'side',
    reason: expect.stringContaining('AADSTS7000215'),
  });
  const busy = entra({ status: 503, body: null });
  expect(await createTokens(busy.settings).current()).toMatchObject({ kind: 'unreachable', reach: 'side' });
});

test('each national cloud has a scope of its own, the sandbox has the one of Microsoft', () => {
  expect(scopeOf('https://graph.microsoft.com/v1.0')).toBe('https://graph.microsoft.com/.default');
  expect(scopeOf('http://localhost:4000/graph/v1.0')).toBe('https://graph.microsoft.com/.default');
  expect(scopeOf('https://dod-graph.microsoft.us/v1.0')).toBe('https://dod-graph.microsoft.us/.default');
  expect(scopeOf('https://microsoftgraph.chinacloudapi.cn/v1.0')).toBe(
    'https://microsoftgraph.chinacloudapi.cn/.default',
  );
  expect(scopeOf('https://graph.microsoft.us.example.com/v1.0')).toBe('https://graph.microsoft.com/.default');
});

test('roles are shown where a token can be read and empty where not', () => {
  const payload = Buffer.from(JSON.stringify({ roles: ['Contacts.ReadWrite', 1] })).toString('base64url');
  expect(rolesIn(`x.${payload}.y`)).toEqual(['Contacts.ReadWrite']);
  expect(rolesIn('opaque')).toEqual([]);
  expect(rolesIn('a.b.c')).toEqual([]);
});

/** The smallest certificate that is one: X.509 v1, RSA, signed by itself. */
function selfSigned() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = (tag: number, ...parts: Buffer[]) => {
    const content = Buffer.concat(parts);
    const size = content.length;
    const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
    return Buffer.concat([Buffer.from([tag, ...length]), content]);
  };
  const algorithm = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('test')))),
  );
  const times = der(0x30, der(0x17, Buffer.from('260101000000Z')), der(0x17, Buffer.from('360101000000Z')));
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, der(0x02, Buffer.from([1])), algorithm, name, times, name, key);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = new X509Certificate(der(0x30, body, algorithm, signature));
  const pem = `${privateKey.export({ type: 'pkcs8', format: 'pem' })}${certificate.toString()}`;
  return { publicKey, pem, certificate };
}
