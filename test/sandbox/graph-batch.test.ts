import { expect, test } from 'vitest';
import { DropConnection } from '../../server/sandbox/world.ts';
import { ana, asBody, bruno, startGraph, type Body, type GraphWorld } from './graph-world.ts';

type Inner = Readonly<{
  id: string;
  method?: string;
  url?: string;
  body?: unknown;
  dependsOn?: readonly string[];
}>;

/** Sends a batch of reads of Ana's contacts unless its requests say otherwise; the answers by id. */
async function batch({ call }: GraphWorld, inners: readonly Inner[]): Promise<Map<unknown, Body>> {
  const requests = inners.map((inner) => ({
    method: 'GET',
    url: `/users/${ana}/contacts`,
    ...(inner.body !== undefined && { headers: { 'Content-Type': 'application/json' } }),
    ...inner,
  }));
  const { body } = await call('POST', '/$batch', { body: { requests } });
  const { responses } = body;
  return new Map((Array.isArray(responses) ? responses.map(asBody) : []).map((one) => [one['id'], one]));
}

const many = (count: number): readonly Inner[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}` }));
const statuses = (replies: ReadonlyMap<unknown, Body>) =>
  [...replies.values()].map((reply) => reply['status']);

test('a batch answers each request for itself and counts each under its route', async () => {
  const graph = startGraph();
  const replies = await batch(graph, [
    { id: 'make', method: 'POST', body: { surname: 'Lopez' } },
    { id: 'gone', url: `/users/${ana}/contacts/${'A'.repeat(152)}` },
    { id: 'odd', url: '/planets' },
  ]);
  expect(replies.get('make')).toMatchObject({ status: 201, body: { surname: 'Lopez' } });
  expect(replies.get('gone')).toMatchObject({ status: 404, body: { error: { code: 'ErrorItemNotFound' } } });
  expect(replies.get('odd')).toMatchObject({ status: 400 });
  expect(graph.world.counts.all()).toContainEqual({
    side: 'graph',
    method: 'POST',
    route: '/v1.0/users/{id}/contacts',
    count: 0,
    operations: 1,
  });
});

test('a batch of the wrong form is refused whole', async () => {
  const { call } = startGraph();
  const send = (requests: unknown) => call('POST', '/$batch', { body: { requests } });
  const get = (id: string, dependsOn?: readonly string[]) => ({
    id,
    method: 'GET',
    url: '/users',
    dependsOn,
  });
  expect(await send(many(21).map(({ id }) => get(id)))).toMatchObject({
    status: 400,
    code: 'MaximumValueExceeded',
  });
  expect((await send([get('1'), get('1')])).status).toBe(400);
  expect((await send([{ id: '1', method: 'POST', url: '/users', body: {} }])).status).toBe(400);
  expect((await send([get('1'), get('2'), get('3', ['1'])])).status).toBe(400);
  expect((await send('x')).status).toBe(400);
});

test('what depends on a failure fails, what depends on a success goes on', async () => {
  const graph = startGraph();
  const replies = await batch(graph, [
    { id: '1' },
    { id: '2', url: `/users/${ana}/contacts/${'A'.repeat(152)}`, dependsOn: ['1'] },
    { id: '3', dependsOn: ['2'] },
  ]);
  expect(statuses(replies)).toEqual([200, 404, 424]);
});

test('one batch of twenty goes through, two at once are over the limit of the mailbox', async () => {
  const graph = startGraph();
  graph.world.latency.graphMs = 20;
  expect(new Set(statuses(await batch(graph, many(20))))).toEqual(new Set([200]));
  const [first, second] = await Promise.all([batch(graph, many(20)), batch(graph, many(20))]);
  expect(new Set(statuses(first))).toEqual(new Set([200]));
  const [refused] = second.values();
  expect(refused).toMatchObject({
    status: 429,
    headers: { 'Retry-After': '1' },
    body: { error: { code: 'ApplicationThrottled' } },
  });
});

test('the fifth call at a time to a mailbox is refused, calls to another are not', async () => {
  const { call, world } = startGraph();
  world.latency.graphMs = 20;
  const replies = await Promise.all([
    ...[1, 2, 3, 4, 5].map(() => call('GET', `/users/${ana}/contacts`)),
    call('GET', `/users/${bruno}/contacts`),
  ]);
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 200]);
});

test('ten thousand calls in ten minutes are enough for a mailbox, then the clock decides', async () => {
  const { call, world } = startGraph();
  const read = () => call('GET', `/users/${ana}/contacts?$top=1`);
  for (let n = 0; n < 10_000; n++) await read();
  expect(await read()).toMatchObject({ status: 429, code: 'ApplicationThrottled' });
  world.advance(600);
  expect((await read()).status).toBe(200);
});

test('faults strike single requests and those inside a batch, by their own path', async () => {
  const graph = startGraph();
  const { call, world } = graph;
  const path = `^/graph/v1.0/users/${bruno}/contacts$`;
  world.faults.add({ side: 'graph', path, kind: 'status', status: 503, retryAfterSeconds: 7, times: 2 });
  const replies = await batch(graph, [{ id: '1' }, { id: '2', url: `/users/${bruno}/contacts` }]);
  expect(replies.get('1')).toMatchObject({ status: 200 });
  expect(replies.get('2')).toMatchObject({ status: 503, headers: { 'Retry-After': '7' } });
  expect(await call('GET', `/users/${bruno}/contacts`)).toMatchObject({
    status: 503,
    code: 'ErrorServerBusy',
  });
  expect((await call('GET', `/users/${bruno}/contacts`)).status).toBe(200);
});

test('a connection cut before leaves nothing behind, one cut after leaves the contact', async () => {
  const graph = startGraph();
  const { call, world } = graph;
  const count = async () => (await call('GET', `/users/${ana}/contacts`)).rows.length;
  const make = () => call('POST', `/users/${ana}/contacts`, { body: { surname: 'Lopez' } });
  world.faults.add({ side: 'graph', method: 'POST', path: '/contacts$', kind: 'drop-before', times: 1 });
  await expect(make()).rejects.toThrow(DropConnection);
  expect(await count()).toBe(0);
  world.faults.add({
    side: 'graph',
    method: 'POST',
    path: '/contacts$',
    kind: 'drop-after-commit',
    times: 2,
  });
  await expect(make()).rejects.toThrow(DropConnection);
  await expect(batch(graph, [{ id: '1', method: 'POST', body: { surname: 'Vega' } }])).rejects.toThrow(
    DropConnection,
  );
  expect(await count()).toBe(2);
});
