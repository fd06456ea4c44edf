import { afterEach, expect, test } from 'vitest';
import { ana, startGraph, startListener, textOf, type GraphWorld, type Listener } from './graph-world.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function begin(echo?: (token: string) => string) {
  const graph = startGraph();
  const listener = await startListener(echo);
  open.push(listener.close, () => void graph.graph.close());
  return { ...graph, listener, subscribe: subscriber(graph, listener) };
}

const subscriber =
  (graph: GraphWorld, listener: Listener) =>
  (change: Readonly<Record<string, unknown>> = {}) =>
    graph.call('POST', '/subscriptions', {
      body: {
        changeType: 'created,updated,deleted',
        notificationUrl: listener.url,
        lifecycleNotificationUrl: listener.url,
        resource: `/users/${ana}/contacts`,
        expirationDateTime: inMinutes(graph, 600),
        clientState: 'secret',
        ...change,
      },
    });

const inMinutes = ({ world }: Pick<GraphWorld, 'world'>, minutes: number) =>
  new Date(world.now().getTime() + minutes * 60_000).toISOString();

test('a subscriber hears of what is made, changed and deleted, under the id it was known by', async () => {
  const { call, listener, newContact, subscribe } = await begin();
  const subscription = await subscribe();
  expect(subscription).toMatchObject({
    status: 201,
    body: { clientState: 'secret', encryptionCertificate: null },
  });
  const { id } = await newContact({ surname: 'Lopez' });
  await call('PATCH', `/users/${ana}/contacts/${textOf(id)}`, { body: { surname: 'Vega' } });
  await call('DELETE', `/users/${ana}/contacts/${textOf(id)}`);
  const rows = await listener.until(({ length }) => length >= 3);
  expect(rows.map((row) => row['changeType'])).toEqual(['created', 'updated', 'deleted']);
  for (const row of rows) {
    expect(row).toMatchObject({
      subscriptionId: subscription.body['id'],
      clientState: 'secret',
      resource: expect.stringMatching(/^Users\/[^/]+\/Contacts\//),
      resourceData: { '@odata.type': '#Microsoft.Graph.Contact', id },
    });
  }
});

test('an endpoint that does not give the token back gets no subscription', async () => {
  const { subscribe } = await begin((token) => encodeURIComponent(token));
  expect(await subscribe()).toMatchObject({ status: 400, code: 'ValidationError' });
});

test('what is asked of a subscription has limits', async () => {
  const graph = await begin();
  const { subscribe, world } = graph;
  expect((await subscribe({ expirationDateTime: inMinutes(graph, 10_200) })).status).toBe(400);
  expect((await subscribe({ changeType: 'moved' })).status).toBe(400);
  expect((await subscribe({ resource: `users/${ana}/todo/lists/x/tasks` })).code).toBe('ExtensionError');
  expect((await subscribe({ resource: 'users/nobody@example.com/contacts' })).status).toBe(404);
  const short = await subscribe({ expirationDateTime: inMinutes(graph, 1) });
  const lifeMs = Date.parse(textOf(short.body['expirationDateTime'])) - world.now().getTime();
  expect(lifeMs).toBeGreaterThan(44 * 60_000);
  expect((await subscribe()).status).toBe(409);
});

test('a subscription is renewed, listed and ended, and dies by the clock', async () => {
  const graph = await begin();
  const { call, subscribe, world } = graph;
  const { body } = await subscribe();
  const path = `/subscriptions/${textOf(body['id'])}`;
  expect((await call('GET', '/subscriptions')).rows).toHaveLength(1);
  const expirationDateTime = inMinutes(graph, 1200);
  expect((await call('PATCH', path, { body: { expirationDateTime } })).body).toMatchObject({
    expirationDateTime,
  });
  expect((await call('POST', `${path}/reauthorize`)).status).toBe(204);
  world.advance(1201 * 60);
  expect((await call('GET', path)).status).toBe(404);
  const again = await subscribe({ expirationDateTime: inMinutes(graph, 60) });
  expect((await call('DELETE', `/subscriptions/${textOf(again.body['id'])}`)).status).toBe(204);
  expect((await call('GET', '/subscriptions')).rows).toEqual([]);
});

test('near its end a subscription asks to be reauthorized', async () => {
  const { listener, subscribe, world } = await begin();
  await subscribe();
  world.advance(8 * 3600);
  const [row] = await listener.until(({ length }) => length > 0);
  expect(row).toMatchObject({ lifecycleEvent: 'reauthorizationRequired', clientState: 'secret' });
});

test('what an endpoint does not take is delivered later', async () => {
  const { listener, newContact, subscribe, world } = await begin();
  await subscribe();
  listener.answerWith(503);
  await newContact({ surname: 'Lopez' });
  await listener.untilRefused();
  listener.answerWith(202);
  world.advance(600);
  expect(await listener.until(({ length }) => length > 0)).toMatchObject([{ changeType: 'created' }]);
});

test('the last notifications are delivered again on demand', async () => {
  const { graph, listener, newContact, subscribe } = await begin();
  await subscribe();
  await newContact({ surname: 'Lopez' });
  await newContact({ surname: 'Vega' });
  await listener.until(({ length }) => length >= 2);
  expect(graph.control.replayNotifications()).toBe(2);
  expect(await listener.until(({ length }) => length >= 4)).toHaveLength(4);
});

test('notifications come twice, as missed or as a removed subscription when switches ask for it', async () => {
  const { listener, newContact, subscribe, world } = await begin();
  await subscribe();
  world.switches.set('graph.duplicateNotifications', true);
  await newContact({ surname: 'One' });
  await listener.until(({ length }) => length >= 2);
  world.switches.set('graph.missedInstead', true);
  await newContact({ surname: 'Two' });
  expect((await listener.until(({ length }) => length >= 3)).at(-1)).toMatchObject({
    lifecycleEvent: 'missed',
  });
  world.switches.set('graph.subscriptionRemoved', true);
  await newContact({ surname: 'Three' });
  const rows = await listener.until(({ length }) => length >= 4);
  expect(rows.at(-1)).toMatchObject({ lifecycleEvent: 'subscriptionRemoved' });
});

test('a subscription of one folder is silent about others', async () => {
  const { call, listener, newContact, subscribe } = await begin();
  const folder = await call('POST', `/users/${ana}/contactFolders`, { body: { displayName: 'Partners' } });
  const path = `users/${ana}/contactFolders/${textOf(folder.body['id'])}/contacts`;
  await subscribe({ resource: path });
  await newContact({ surname: 'Elsewhere' });
  const inside = await call('POST', `/${path}`, { body: { surname: 'Inside' } });
  const rows = await listener.until(({ length }) => length > 0);
  expect(rows).toMatchObject([{ changeType: 'created', resourceData: { id: inside.body['id'] } }]);
});
