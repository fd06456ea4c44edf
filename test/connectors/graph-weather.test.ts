import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { watchedDomains } from '../../server/connectors/connector.ts';
import { emptyContact } from '../../shared/contact.ts';
import { change } from './change.ts';
import { creation, rich, useGraphWorld } from './graph-world.ts';
import { numbers } from './graph-fixture.ts';

const world = useGraphWorld();
const behave = (switches: Readonly<Record<string, unknown>>) => world.desk('POST', '/behaviour', switches);

async function firstFeed(): Promise<string> {
  const feeds = await world.exchange.feeds(world.ana, 'contact', []);
  return 'kind' in feeds ? '' : (feeds[0] ?? '');
}

async function readOne(ref: Awaited<ReturnType<typeof world.created>>['ref']) {
  const [look] = await world.exchange.read([{ domain: 'contact', holder: world.ana, ref }]);
  return look;
}

test('a service that trims and cuts answers what it kept', async () => {
  await behave({ 'graph.trimsText': true, 'graph.textLimit': 10 });
  const now = await world.created({ ...emptyContact, firstName: ' Maria ', lastName: 'Lopez-Vega-Garcia' });
  expect(now.item).toMatchObject({ firstName: 'Maria', lastName: 'Lopez-Vega' });
  expect(await readOne(now.ref)).toEqual({ look: 'found', sighting: now });
});

test('a birthday is the same date, however the service keeps it', async () => {
  await behave({ 'graph.birthdayAtNoon': true });
  expect((await world.created()).item).toMatchObject({ birthday: '1974-07-22' });
});

test('a 412 out of nothing is stale, and the second try is done', async () => {
  const seen = await world.created();
  await behave({ 'graph.spuriousConflicts': true });
  const rename = change(world.ana, seen, { nickname: 'Mimi' });
  expect(await world.exchange.update([rename])).toEqual([{ outcome: 'stale' }]);
  expect(await world.exchange.update([rename])).toMatchObject([{ outcome: 'done' }]);
});

test('empty pages, repeated rows and partial rows change nothing in what a feed means', async () => {
  await behave({ 'graph.deltaEmptyPages': true, 'graph.deltaReplays': true, 'graph.deltaPartialRows': true });
  const feed = await firstFeed();
  const seen = await world.created();
  const [first] = await world.exchange.changes([
    { domain: 'contact', holder: world.ana, feed, cursor: null },
  ]);
  expect(first).toMatchObject({ rows: [{ ref: seen.ref, isMarked: true }] });
  await world.exchange.update([change(world.ana, seen, { nickname: 'Mimi' })]);
  const cursor = first?.answer === 'changes' ? first.next : null;
  const [second] = await world.exchange.changes([{ domain: 'contact', holder: world.ana, feed, cursor }]);
  const rows = second?.answer === 'changes' ? second.rows : [];
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every((row) => row.change === 'seen' && row.ref === seen.ref && row.isMarked)).toBe(true);
});

test('a deleted contact reads as deleted, whether or not Deleted Items shows it, and once restored as found', async () => {
  const seen = await world.created();
  await world.exchange.remove([
    { domain: 'contact', holder: world.ana, ref: seen.ref, version: seen.version, how: 'delete' },
  ]);
  expect(await readOne(seen.ref)).toEqual({ look: 'missing', why: 'deleted' });
  await behave({ 'graph.deletedItemsHidden': true });
  expect(await readOne(seen.ref)).toEqual({ look: 'missing', why: 'deleted' });
  await world.desk('POST', `/mailboxes/${world.ana.mailbox}/restore`, { id: seen.ref });
  expect(await readOne(seen.ref)).toMatchObject({ look: 'found' });
});

test('a mailbox that was moved says so, and what cannot be found in it is not taken for deleted', async () => {
  const feed = await firstFeed();
  const seen = await world.created();
  const [first] = await world.exchange.changes([
    { domain: 'contact', holder: world.ana, feed, cursor: null },
  ]);
  const cursor = first?.answer === 'changes' ? first.next : null;
  await world.desk('POST', `/mailboxes/${world.ana.mailbox}/new-ids`);
  expect(
    await world.exchange.changes([{ domain: 'contact', holder: world.ana, feed, cursor }]),
  ).toMatchObject([{ answer: 'failed', failure: { kind: 'expired', reach: 'mailbox' } }]);
  expect(await readOne(seen.ref)).toEqual({ look: 'missing', why: 'outOfReach' });
  const [anew] = await world.exchange.changes([
    { domain: 'contact', holder: world.ana, feed: await firstFeed(), cursor: null },
  ]);
  expect(anew).toMatchObject({ isWhole: true, rows: [{ change: 'seen', isMarked: true }] });
});

test('a mailbox that is gone, closed to us or full deletes nothing and refuses no item', async () => {
  const seen = await world.created();
  const rename = change(world.ana, seen, { nickname: 'Mimi' });
  await behave({ 'graph.mailboxNotEnabled': world.ana.mailbox });
  expect(await readOne(seen.ref)).toMatchObject({
    look: 'failed',
    failure: { kind: 'mailboxGone', reach: 'mailbox' },
  });
  await behave({ 'graph.mailboxNotEnabled': '', 'graph.mailboxScope': world.bruno.mailbox });
  expect(await readOne(seen.ref)).toMatchObject({ failure: { kind: 'unauthorized', reach: 'mailbox' } });
  await behave({ 'graph.mailboxScope': '', 'graph.fullMailbox': world.ana.mailbox });
  expect(await world.exchange.update([rename])).toMatchObject([{ outcome: 'unreachable', reach: 'mailbox' }]);
});

test('a service that fails for a while is asked again later, item by item', async () => {
  const seen = await world.created();
  await world.desk('POST', '/faults', [{ side: 'graph', path: 'contacts', kind: 'status', status: 500 }]);
  expect(await readOne(seen.ref)).toMatchObject({
    look: 'failed',
    failure: { kind: 'unreachable', reach: 'item' },
  });
  await world.desk('DELETE', '/faults');
  await world.desk('POST', '/faults', [{ side: 'entra', path: 'token', kind: 'status', status: 401 }]);
  await world.desk('POST', '/clock', { advanceSeconds: 86_400 });
  expect(await readOne(seen.ref)).toMatchObject({ failure: { kind: 'unauthorized', reach: 'side' } });
});

test('an empty listing never turns a read into a deletion', async () => {
  const answers = await world.exchange.create(
    numbers(70).map((index) => creation(world.ana, rich, `s-${index}`)),
  );
  const refs = answers.flatMap((one) => (one.outcome === 'done' && one.now !== null ? [one.now.ref] : []));
  await world.desk('POST', '/faults', [{ side: 'graph', path: 'contacts$', kind: 'empty-list' }]);
  const looks = await world.exchange.read(refs.map((ref) => ({ domain: 'contact', holder: world.ana, ref })));
  expect(looks.map(({ look }) => look)).toEqual(refs.map(() => 'found'));
});

test.each(watchedDomains)(
  'a mailbox is watched, and the watch is kept when it is kept again: %s',
  async (domain) => {
    const server = createServer((request, response) => {
      const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('validationToken') ?? '';
      response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    const url = address === null || typeof address === 'string' ? '' : `http://127.0.0.1:${address.port}`;
    const wish = (subscriptionId: string | null, hours: number) => ({
      domain,
      holder: world.ana,
      subscriptionId,
      notificationUrl: `${url}/n`,
      lifecycleUrl: `${url}/l`,
      clientState: 'state',
      expiresAt: Temporal.Now.instant().add({ hours }).toString(),
    });
    const [made] = await world.exchange.watch.keep([wish(null, 24)]);
    const id = made !== undefined && 'subscriptionId' in made ? made.subscriptionId : '';
    expect(id).not.toBe('');
    expect(await world.exchange.watch.keep([wish(id, 48)])).toMatchObject([{ subscriptionId: id }]);
    const [again] = await world.exchange.watch.keep([wish(null, 24)]);
    expect(again).not.toMatchObject({ subscriptionId: id });
    await world.exchange.watch.drop([id]);
    const [anew] = await world.exchange.watch.keep([wish(id, 24)]);
    expect(anew).toHaveProperty('subscriptionId');
    server.closeAllConnections();
    server.close();
  },
);

test('an address Microsoft cannot reach for notifications is said so', async () => {
  const [answer] = await world.exchange.watch.keep([
    {
      domain: 'contact',
      holder: world.ana,
      subscriptionId: null,
      notificationUrl: 'http://127.0.0.1:9/n',
      lifecycleUrl: 'http://127.0.0.1:9/l',
      clientState: 'state',
      expiresAt: Temporal.Now.instant().add({ hours: 24 }).toString(),
    },
  ]);
  expect(answer).toMatchObject({ reason: expect.stringContaining('WEBHOOK_URL') });
});
