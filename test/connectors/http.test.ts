import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createGate, createHttp, retryAfterMs } from '../../server/connectors/http.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return address === null || typeof address === 'string'
    ? ''
    : `http://127.0.0.1:${address.port}/path?secret=1`;
}

const http = (more: { timeoutMs?: number; maxBytes?: number; concurrency?: number } = {}) =>
  createHttp({ concurrency: 4, timeoutMs: 2000, clock: { now: () => 0 }, ...more });
const get = (url: string) => ({ method: 'GET', url, headers: {}, body: null }) as const;
const post = (url: string) => ({ method: 'POST', url, headers: {}, body: '{}' }) as const;
const json = { 'content-type': 'application/json; charset=utf-8' };

test('an answer comes with its status, headers, text and JSON, whatever the status', async () => {
  const url = await serve((_, response) => response.writeHead(418, json).end('{"a":1}'));
  expect(await http().request(get(url))).toMatchObject({
    answer: 'response',
    status: 418,
    text: '{"a":1}',
    json: { a: 1 },
  });
});

test('half a JSON answer is a failure, never a short answer', async () => {
  const url = await serve((_, response) => response.writeHead(200, json).end('{"value":[1,2'));
  expect(await http().request(get(url))).toMatchObject({
    answer: 'failed',
    failure: { kind: 'unreachable', reach: 'item' },
  });
});

test('a read is sent again once when the connection broke, a write is not', async () => {
  let count = 0;
  const url = await serve((request) => {
    count += 1;
    request.socket.destroy();
  });
  expect(await http().request(get(url))).toMatchObject({ failure: { kind: 'unreachable', reach: 'item' } });
  expect(count).toBe(2);
  expect(await http().request(post(url))).toMatchObject({ failure: { kind: 'unreachable', reach: 'item' } });
  expect(count).toBe(3);
});

test('a server that refuses connections or has no address is a failure of the whole side, without its path', async () => {
  const answer = await http().request(get('http://127.0.0.1:9/path?secret=1'));
  expect(answer).toMatchObject({ failure: { kind: 'unreachable', reach: 'side' } });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

test('a server that does not answer in time is a failure of the request', async () => {
  const url = await serve(() => undefined);
  expect(await http({ timeoutMs: 100 }).request(get(url))).toMatchObject({
    failure: { kind: 'unreachable', reach: 'item' },
  });
});

test('an answer beyond all measure is not taken in', async () => {
  const url = await serve((_, response) => response.end('x'.repeat(5000)));
  expect(await http({ maxBytes: 1000 }).request(get(url))).toMatchObject({
    failure: { kind: 'unreachable' },
  });
});

test('a redirect is an answer and is not followed', async () => {
  const url = await serve((_, response) =>
    response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
  );
  expect(await http().request(get(url))).toMatchObject({ answer: 'response', status: 302 });
});

test('no more requests are in flight than allowed', async () => {
  let now = 0;
  let most = 0;
  const gate = createGate(3);
  const task = async () => {
    now += 1;
    most = Math.max(most, now);
    await new Promise((next) => setImmediate(next));
    now -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => gate(task)));
  expect(most).toBe(3);
  await expect(gate(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
  await gate(task);
});

test('Retry-After is read as seconds and as a date, and never trusted beyond an hour', () => {
  const at = Date.UTC(2026, 10, 22, 12, 0, 0);
  expect(retryAfterMs({ 'retry-after': '7' }, at)).toBe(7000);
  expect(retryAfterMs({ 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, at)).toBe(30_000);
  expect(retryAfterMs({ 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, at)).toBe(0);
  expect(retryAfterMs({ 'retry-after': '999999' }, at)).toBe(3_600_000);
  expect(retryAfterMs({ 'retry-after': 'soon' }, at)).toBeNull();
  expect(retryAfterMs({}, at)).toBeNull();
});
