import { afterEach, expect, test } from 'vitest';
import { clientOf, startStub, type Said, type Seen, type Stub } from './graph-stub.ts';

const open: Stub[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.close()));
});

async function stubbed(answer: (request: Seen) => Said | null | Promise<Said | null>) {
  const stub = await startStub(answer);
  open.push(stub);
  return { stub, ...clientOf(stub) };
}

const get = (mailbox: string, item: string) =>
  ({ mailbox, method: 'GET', path: `/users/${mailbox}/contacts/${item}` }) as const;
const many = (count: number) => Array.from({ length: count }, (_, index) => String(index));
const okay: Said = { status: 200, body: { id: 'x' } };

test('a hundred requests of one mailbox go in five batches, never two at a time', async () => {
  const { stub, client } = await stubbed(() => okay);
  const answers = await Promise.all(many(100).map((item) => client.request(get('ana', item))));
  expect(answers.every((answer) => answer.answer === 'response')).toBe(true);
  expect(stub.roundTrips()).toBe(5);
  expect(stub.mostAtOnce('ana')).toBe(1);
});

test('requests of forty mailboxes share two batches, and each mailbox gets its own answer', async () => {
  const { stub, client } = await stubbed(({ path }) => ({ status: 200, body: { id: path } }));
  const requests = many(40).map((mailbox) => get(mailbox, 'maria'));
  const answers = await Promise.all(requests.map((request) => client.request(request)));
  expect(stub.roundTrips()).toBe(2);
  expect(answers.map((answer) => answer.answer === 'response' && answer.body)).toEqual(
    requests.map(({ path }) => ({ id: path })),
  );
});

test('a single request is sent plainly, with the wish for immutable ids', async () => {
  const { stub, client } = await stubbed(() => okay);
  await client.request({ ...get('ana', 'maria'), maxPageSize: 200 });
  expect(stub.seen).toMatchObject([
    {
      path: '/users/ana/contacts/maria',
      headers: {
        prefer: 'IdType="ImmutableId", odata.maxpagesize=200',
        authorization: 'Bearer token-1',
        'client-request-id': 'request',
      },
    },
  ]);
});

test('a throttled request waits as long as it was asked to, and the others of its batch are not sent again', async () => {
  let isFirst = true;
  const { stub, client, waits } = await stubbed(({ path }) => {
    if (!path.endsWith('/7') || !isFirst) return okay;
    isFirst = false;
    return { status: 429, headers: { 'Retry-After': '2' } };
  });
  const answers = await Promise.all(many(20).map((item) => client.request(get('ana', item))));
  expect(answers.every((answer) => answer.answer === 'response' && answer.status === 200)).toBe(true);
  expect(waits).toEqual([2000]);
  expect(stub.seen).toHaveLength(21);
});

test('a mailbox that asks for a long wait answers at once how long, and no other mailbox waits', async () => {
  const { stub, client, waits } = await stubbed(({ path }) =>
    path.startsWith('/users/ana/') ? { status: 429, headers: { 'retry-after': '120' } } : okay,
  );
  const requests = [...many(30).map((item) => get('ana', item)), get('bruno', 'maria')];
  const answers = await Promise.all(requests.map((request) => client.request(request)));
  expect(answers.at(-1)).toMatchObject({ answer: 'response', status: 200 });
  expect(answers.slice(0, 30)).toEqual(
    many(30).map(() => ({
      answer: 'failed',
      failure: expect.objectContaining({ kind: 'throttled', reach: 'mailbox', retryAfterMs: 120_000 }),
    })),
  );
  const sent = stub.roundTrips();
  expect(await client.request(get('ana', 'later'))).toMatchObject({ failure: { kind: 'throttled' } });
  expect(stub.roundTrips()).toBe(sent);
  expect(waits).toEqual([]);
});

test('a mailbox that stays throttled is given up after four attempts', async () => {
  const { stub, client } = await stubbed(() => ({ status: 429 }));
  expect(await client.request(get('ana', 'maria'))).toMatchObject({ failure: { kind: 'throttled' } });
  expect(stub.seen).toHaveLength(4);
});

test('a create is not sent again when the answer was lost, a read is', async () => {
  const { stub, client } = await stubbed(() => null);
  const post = { mailbox: 'ana', method: 'POST', path: '/users/ana/contacts', body: {} } as const;
  expect(await client.request(post)).toMatchObject({ failure: { kind: 'unreachable', reach: 'item' } });
  expect(stub.seen).toHaveLength(1);
  expect(await client.request(get('ana', 'maria'))).toMatchObject({ failure: { kind: 'unreachable' } });
  expect(stub.seen.length).toBeGreaterThan(2);
});

test('a create is not sent again after a gateway time-out, which may have let it through', async () => {
  const { stub, client } = await stubbed(() => ({ status: 504 }));
  const post = { mailbox: 'ana', method: 'POST', path: '/users/ana/contacts', body: {} } as const;
  expect(await client.request(post)).toMatchObject({ failure: { kind: 'unreachable' } });
  expect(stub.seen).toHaveLength(1);
});

test('one request that makes Graph refuse the whole batch spoils no other', async () => {
  const stub = await startStub(
    ({ path }) => (path.endsWith('/bad') ? { status: 400, body: { error: { code: 'BadRequest' } } } : okay),
    () => ({ status: 400, body: { error: { code: 'BadRequest' } } }),
  );
  open.push(stub);
  const { client } = clientOf(stub);
  const answers = await Promise.all(['a', 'bad', 'c'].map((item) => client.request(get('ana', item))));
  expect(answers.map((answer) => answer.answer === 'response' && answer.status)).toEqual([200, 400, 200]);
});

test('a request without an answer in its batch fails, the others do not', async () => {
  const stub = await startStub(
    () => okay,
    () => ({ status: 200, body: { responses: [{ id: '0', status: 200, headers: {}, body: { id: 'x' } }] } }),
  );
  open.push(stub);
  const post = (item: string) =>
    ({ mailbox: item, method: 'POST', path: `/users/${item}/contacts`, body: {} }) as const;
  const { client } = clientOf(stub);
  const [first, second] = await Promise.all([client.request(post('a')), client.request(post('b'))]);
  expect([first.answer, second.answer]).toEqual(['response', 'failed']);
});

test('a refused token is renewed once and the request sent again', async () => {
  const { stub, client } = await stubbed(({ headers }) =>
    headers['authorization'] === 'Bearer token-1' ? { status: 401 } : okay,
  );
  expect(await client.request(get('ana', 'maria'))).toMatchObject({ answer: 'response', status: 200 });
  expect(stub.tokensGiven()).toBe(2);
});

test('a token that runs out inside a batch is renewed once for all it refused', async () => {
  let isFirst = true;
  const { stub, client } = await stubbed(({ roundTrip }) => {
    isFirst &&= roundTrip === 1;
    return isFirst ? { status: 401 } : okay;
  });
  const answers = await Promise.all(many(20).map((item) => client.request(get('ana', item))));
  expect(answers.every((answer) => answer.answer === 'response' && answer.status === 200)).toBe(true);
  expect([stub.tokensGiven(), stub.roundTrips()]).toEqual([2, 2]);
});

test('a sign-in that stays refused is a failure of the whole side', async () => {
  const { client } = await stubbed(() => ({ status: 401 }));
  expect(await client.request(get('ana', 'maria'))).toMatchObject({
    failure: { kind: 'unauthorized', reach: 'side' },
  });
});

test('a contact that is not there is an answer and no failure', async () => {
  const body = { error: { code: 'ErrorItemNotFound' } };
  const { client } = await stubbed(() => ({ status: 404, body }));
  expect(await client.request(get('ana', 'maria'))).toMatchObject({ answer: 'response', status: 404, body });
});

test('links are followed only within the mailbox they were given for', async () => {
  const { stub, client } = await stubbed(() => okay);
  const at = (path: string) => client.pathFromLink(`${stub.url}${path}`, 'ana-id');
  expect(at('/users/ana-id/contacts/delta?$deltatoken=x')).toBe('/users/ana-id/contacts/delta?$deltatoken=x');
  expect(at("/users('Ana-Id')/contacts/delta?$skiptoken=x")).not.toBeNull();
  expect(at('/users/bruno-id/contacts/delta')).toBeNull();
  expect(at('/users/ana-id/../bruno-id/contacts/delta')).toBeNull();
  expect(at('/users/ana-id/%2e%2e/bruno-id/contacts')).toBeNull();
  expect(at('/users/ana-id%2f..%2fbruno-id/contacts')).toBeNull();
  expect(client.pathFromLink('http://169.254.169.254/users/ana-id/contacts', 'ana-id')).toBeNull();
  expect(
    client.pathFromLink(`${stub.url.replace('//', '//u:p@')}/users/ana-id/contacts`, 'ana-id'),
  ).toBeNull();
  expect(client.pathFromLink('nonsense', 'ana-id')).toBeNull();
});

test('a wait ends with its timer, even when the clock is a moment behind', async () => {
  let isFirst = true;
  const stub = await startStub(() => {
    const said = isFirst ? { status: 429, headers: { 'retry-after': '2' } } : okay;
    isFirst = false;
    return said;
  });
  open.push(stub);
  const { client } = clientOf(stub, () => Promise.resolve());
  expect(await client.request(get('ana', 'maria'))).toMatchObject({ answer: 'response', status: 200 });
});
