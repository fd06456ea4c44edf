import { describe, expect, it } from 'vitest';
import type { Http, HttpAnswer, HttpRequest } from '../../server/connectors/http.ts';
import { createSiebelClient } from '../../server/connectors/siebel/client.ts';
import { siebelDefaults } from '../../server/connectors/siebel/settings.ts';

const tokenUrl = 'https://login.example.com/token';

/** A token server that counts, and a Siebel that accepts the given token alone. */
function openFake(accepted: () => string) {
  const sent: HttpRequest[] = [];
  let issued = 0;
  const now = { instant: Temporal.Instant.from('2026-01-01T00:00:00Z') };
  const http: Http = {
    request: async (request) => {
      sent.push(request);
      if (request.url === tokenUrl) {
        issued += 1;
        return response(200, { access_token: `token-${issued}`, expires_in: 600 });
      }
      const isKnown = request.headers['authorization'] === `Bearer ${accepted()}`;
      return isKnown ? response(200, { items: [{ Id: '1-A' }] }) : response(401, { ERROR: 'no' });
    },
    close: async () => undefined,
  };
  const client = createSiebelClient({
    ...siebelDefaults,
    url: 'https://siebel.example.com/siebel/v1.0/',
    auth: { scheme: 'client-credentials', tokenUrl, clientId: 'id', clientSecret: 'secret', scope: null },
    parameterNames: { PageSize: 'Limit' },
    http,
    clock: { now: () => now.instant },
  });
  return { client, sent, now, issued: () => issued };
}

function response(status: number, json: unknown): HttpAnswer {
  const headers = { 'content-type': 'application/json' };
  return { answer: 'response', status, headers, text: JSON.stringify(json), json };
}

describe('signing in to Siebel', () => {
  it('fetches one token for many requests, and another one before it ends', async () => {
    const fake = openFake(() => `token-${fake.issued()}`);
    await Promise.all([1, 2, 3].map(() => fake.client.list(['Contact', 'Contact'], {})));
    expect(fake.issued()).toBe(1);
    fake.now.instant = fake.now.instant.add({ seconds: 541 });
    await fake.client.list(['Contact', 'Contact'], {});
    expect(fake.issued()).toBe(2);
  });

  it('fetches another token when one is turned down, once', async () => {
    const fake = openFake(() => 'token-2');
    expect(await fake.client.list(['Contact', 'Contact'], {})).toMatchObject({ answer: 'rows' });
    expect(fake.issued()).toBe(2);
    const strict = openFake(() => 'never');
    expect(await strict.client.list(['Contact', 'Contact'], {})).toMatchObject({
      failure: { kind: 'unauthorized' },
    });
    expect(strict.issued()).toBe(2);
  });

  it('encodes every segment and value, and uses the names the customer gave to parameters', async () => {
    const fake = openFake(() => 'token-1');
    await fake.client.list(['Contact', 'Contact', '1+A', 'CUT Address/X'], {
      PageSize: '5',
      fields: 'Work Phone #,M/M',
    });
    expect(fake.sent.at(-1)?.url).toBe(
      'https://siebel.example.com/siebel/v1.0/data/Contact/Contact/1%2BA/CUT%20Address%2FX/?uniformresponse=Y&Limit=5&fields=Work%20Phone%20%23%2CM%2FM',
    );
    expect(fake.sent.at(-1)?.headers).toMatchObject({
      'content-type': 'application/json',
      accept: 'application/json',
    });
  });
});
