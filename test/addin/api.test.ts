import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createApi } from '../../addin/api.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A backend that answers as a test wants, and the client that talks to it. */
async function stage(handler: Handler, options: { timeoutMs?: number } = {}) {
  const requests: IncomingMessage[] = [];
  const claims: (string | null)[] = [];
  const listening = createServer((request, response) => {
    requests.push(request);
    handler(request, response, requests.length);
  });
  server = listening;
  await new Promise<void>((go) => listening.listen(0, '127.0.0.1', go));
  const { port } = listening.address() as AddressInfo;
  const api = createApi({
    baseUrl: `http://127.0.0.1:${port}`,
    bearer: {
      token: async (asked) => {
        claims.push(asked.claims);
        return `token-${claims.length}`;
      },
    },
    ...options,
  });
  return { api, requests, claims };
}

const json = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

describe('the API client', () => {
  test('sends the token, a request id, and ids as they are', async () => {
    const { api, requests } = await stage((_request, response) => json(response, 200, { state: 'off' }));
    await api.item('appointment', 'a/b+c=');
    await api.items({ domain: 'contact', search: 'a&b', filter: 'on', after: null, limit: 5 });
    expect(requests[0]?.url).toBe('/api/items/appointment/a%2Fb%2Bc%3D');
    expect(requests[0]?.headers['authorization']).toBe('Bearer token-1');
    expect(requests[1]?.url).toBe('/api/items?domain=contact&search=a%26b&filter=on&limit=5');
    expect(requests[1]?.headers['x-request-id']).toBe(api.lastRequestId());
    expect(requests[0]?.headers['x-request-id']).not.toBe(api.lastRequestId());
  });

  test('asks with a new token once when the old one is not taken', async () => {
    const challenge = { 'www-authenticate': `Bearer claims="${btoa('{"x":1}')}"` };
    const { api, requests, claims } = await stage((_request, response, count) =>
      count === 1
        ? json(response, 401, { code: 'token-invalid' }, challenge)
        : json(response, 202, { state: 'waiting' }),
    );
    expect(await api.mark('task', 't')).toEqual({ state: 'waiting' });
    expect(claims).toEqual([null, '{"x":1}']);
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'PUT']);
  });

  test('says that nobody is signed in when the second token is refused too', async () => {
    const { api, requests } = await stage((_request, response) =>
      json(response, 401, { code: 'token-invalid', detail: 'no' }),
    );
    await expect(api.me()).rejects.toMatchObject({ trouble: 'signedOut', code: 'token-invalid' });
    expect(requests.length).toBe(2);
  });

  test('gives problems with their code', async () => {
    const { api } = await stage((_request, response) =>
      json(response, 409, { code: 'domain-off', detail: 'off', status: 409 }),
    );
    await expect(api.mark('contact', 'c')).rejects.toMatchObject({
      trouble: 'problem',
      code: 'domain-off',
      status: 409,
    });
  });

  test('takes a proxy’s page for a failed server', async () => {
    const { api } = await stage((_request, response) => void response.writeHead(502).end('<html>'));
    await expect(api.me()).rejects.toMatchObject({ trouble: 'server', code: null });
  });

  test('tells a server that is gone from one that is slow', async () => {
    const slow = await stage(() => undefined, { timeoutMs: 20 });
    await expect(slow.api.me()).rejects.toMatchObject({ trouble: 'slow' });
    const gone = await stage((request) => void request.socket.destroy());
    await expect(gone.api.me()).rejects.toMatchObject({ trouble: 'offline' });
  });

  test('takes a page where an answer should be, or half an answer, for none', async () => {
    const captive = await stage((_request, response) => void response.writeHead(200).end('<html>'));
    await expect(captive.api.me()).rejects.toMatchObject({ trouble: 'server' });
    const broken = await stage((request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{"half":');
      setImmediate(() => request.socket.destroy());
    });
    await expect(broken.api.me()).rejects.toMatchObject({ trouble: 'offline' });
  });

  test('gives the same object for the same answer, by its text or by its tag', async () => {
    const { api, requests } = await stage((request, response, count) => {
      if (count <= 2) json(response, 200, { state: 'off' }, { etag: '"1"' });
      else if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
      else json(response, 500, {});
    });
    const first = await api.item('task', 't');
    expect(await api.item('task', 't')).toBe(first);
    expect(await api.item('task', 't')).toBe(first);
    expect(requests.length).toBe(3);
  });

  test('can be broken off', async () => {
    const { api } = await stage(() => undefined);
    const stop = new AbortController();
    const asking = api.me(stop.signal);
    stop.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});
