import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHttp, type Http } from '../../server/connectors/http.ts';
import { createSigningKeys, type SigningKeys } from '../../server/http/signing-keys.ts';
import { startAuthority, tenantId, type Authority } from './authority.ts';

let now = 0;
let authority: Authority;
let http: Http;

beforeEach(async () => {
  now = 1_900_000_000_000;
  authority = await startAuthority(() => now / 1000);
  http = createHttp({ concurrency: 2, timeoutMs: 5_000, clock: { now: () => now } });
});

afterEach(async () => {
  await http.close();
  await authority.close();
});

function keysFor(tenant: string): SigningKeys {
  const clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    wait: async () => undefined,
  };
  return createSigningKeys({ http, clock, entra: { authority: authority.url, tenantId: tenant } });
}

test('a key that was rotated in is found after half a minute at most', async () => {
  const keys = keysFor(tenantId);
  expect((await keys.authorityFor('key-1'))?.keys.has('key-1')).toBe(true);
  authority.addKey('key-2');
  expect((await keys.authorityFor('key-2'))?.keys.has('key-2')).toBe(false);
  now += 31_000;
  expect((await keys.authorityFor('key-2'))?.keys.has('key-2')).toBe(true);
});

test('keys nobody publishes make no storm of questions', async () => {
  const keys = keysFor(tenantId);
  await Promise.all(Array.from({ length: 50 }, (_, index) => keys.authorityFor(`made-up-${index}`)));
  expect(authority.asked.keys).toBe(1);
});

test('the last good keys go on working while the sign-in service is away', async () => {
  const keys = keysFor(tenantId);
  await keys.authorityFor(null);
  await authority.close();
  now += 48 * 3_600_000;
  expect((await keys.authorityFor('key-1'))?.keys.has('key-1')).toBe(true);
});

test('keys of other issuers, for encryption, or too short to trust are left out', async () => {
  authority.addKey('other', { issuer: 'https://login.microsoftonline.com/9188040d/v2.0' });
  authority.addKey('template', { issuer: authority.issuer.replace(tenantId, '{tenantid}') });
  authority.addKey('encryption', { use: 'enc' });
  authority.published.set('short', { kty: 'RSA', kid: 'short', use: 'sig', n: 'sXch', e: 'AQAB' });
  const found = await keysFor(tenantId).authorityFor(null);
  expect([...(found?.keys.keys() ?? [])]).toEqual(['key-1', 'template']);
});

test('an issuer of another tenant than the one in the settings lets nobody in', async () => {
  expect(await keysFor('00000000-0000-0000-0000-000000000000').authorityFor('key-1')).toBeNull();
});

test('a tenant may be named by its domain', async () => {
  expect(await keysFor('contoso.example').authorityFor('key-1')).toMatchObject({ tenantId });
});
