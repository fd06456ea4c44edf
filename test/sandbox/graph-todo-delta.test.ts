import { expect, onTestFinished, test } from 'vitest';
import { ana, startGraph, startListener, textOf, type Body } from './graph-world.ts';

const lists = `/users/${ana}/todo/lists`;

/** Ana's default list with as many tasks. */
async function startTodo(count = 0) {
  const graph = startGraph();
  const { rows } = await graph.call('GET', lists);
  const listId = textOf(rows[0]?.['id']);
  const tasks = `${lists}/${listId}/tasks`;
  const make = async (body: Body) => (await graph.call('POST', tasks, { body })).body;
  const made: Body[] = [];
  for (let n = 0; n < count; n++) made.push(await make({ title: `T${n}` }));
  const at = (task: Body | undefined) => `${tasks}/${textOf(task?.['id'])}`;
  /** Follows a round to its end. */
  const round = async (start: string, prefer = 'odata.maxpagesize=2') => {
    const found: Body[] = [];
    for (let next = start; ;) {
      const page = await graph.call('GET', next, { headers: { prefer } });
      expect(page.status).toBe(200);
      found.push(...page.rows);
      const link = textOf(page.body['@odata.deltaLink']);
      if (link !== '') return { rows: found, link };
      next = textOf(page.body['@odata.nextLink']);
    }
  };
  return { ...graph, listId, tasks, make, made, at, round };
}

test('a first round lists the tasks of a list in pages, the next ones only what changed', async () => {
  const { round, tasks, made, call, at } = await startTodo(5);
  const first = await round(`${tasks}/delta`);
  expect(first.rows.map((row) => row['title'])).toEqual(['T0', 'T1', 'T2', 'T3', 'T4']);
  await call('PATCH', at(made[1]), { body: { title: 'Changed' } });
  await call('DELETE', at(made[3]));
  const second = await round(first.link);
  expect(second.rows).toMatchObject([
    { '@odata.type': '#microsoft.graph.todoTask', id: made[1]?.['id'], title: 'Changed' },
    { '@odata.type': '#microsoft.graph.todoTask', id: made[3]?.['id'], '@removed': { reason: 'deleted' } },
  ]);
  expect((await round(second.link)).rows).toEqual([]);
});

test('a change to a checklist brings its task, one to an extension does not', async () => {
  const { round, tasks, made, call, at } = await startTodo(1);
  const { link } = await round(`${tasks}/delta`);
  await call('POST', `${at(made[0])}/extensions`, { body: { extensionName: 'com.example', a: 1 } });
  expect((await round(link)).rows).toEqual([]);
  await call('POST', `${at(made[0])}/checklistItems`, { body: { displayName: 'Step' } });
  expect((await round(link)).rows).toHaveLength(1);
});

test('what a first request selects and expands, the link goes on selecting and expanding', async () => {
  const { round, tasks, make } = await startTodo();
  const linkedResources = [{ applicationName: 'Siebel', externalId: '1-A' }];
  await make({ title: 'One', linkedResources });
  const first = await round(`${tasks}/delta?$select=title&$expand=linkedResources`);
  expect(first.rows).toMatchObject([{ title: 'One', linkedResources }]);
  expect(first.rows[0]).not.toHaveProperty('status');
  await make({ title: 'Two', linkedResources });
  expect((await round(first.link)).rows).toMatchObject([{ title: 'Two', linkedResources }]);
});

test('dates come in the preferred zone', async () => {
  const { round, tasks, make } = await startTodo();
  await make({ title: 'One', dueDateTime: { dateTime: '2026-10-24T00:00:00', timeZone: 'UTC' } });
  const { rows } = await round(`${tasks}/delta`, 'outlook.timezone="Asia/Tokyo"');
  expect(rows[0]?.['dueDateTime']).toEqual({
    dateTime: '2026-10-24T09:00:00.0000000',
    timeZone: 'Tokyo Standard Time',
  });
});

test('lists have a delta of their own', async () => {
  const { round, call } = await startTodo();
  const first = await round(`${lists}/delta`);
  expect(first.rows).toHaveLength(2);
  const made = (await call('POST', lists, { body: { displayName: 'Errands' } })).body;
  const second = await round(first.link);
  expect(second.rows).toMatchObject([{ displayName: 'Errands', wellknownListName: 'none' }]);
  await call('DELETE', `${lists}/${textOf(made['id'])}`);
  expect((await round(second.link)).rows).toMatchObject([
    { id: made['id'], '@removed': { reason: 'deleted' } },
  ]);
});

test('faults cut a round short, hide it or kill its token', async () => {
  const { round, tasks, made, call, at, world } = await startTodo(1);
  const { link } = await round(`${tasks}/delta`);
  await call('PATCH', at(made[0]), { body: { title: 'Changed' } });
  const fault = (kind: string) => {
    world.faults.add({ side: 'graph', path: 'tasks/delta$', kind, times: 1 });
  };
  fault('empty-list');
  const hidden = await call('GET', link);
  expect(hidden.rows).toEqual([]);
  fault('partial-page');
  const cut = await call('GET', link);
  expect([cut.body['@odata.nextLink'], cut.body['@odata.deltaLink']]).toEqual([undefined, undefined]);
  fault('expire-delta');
  const expired = await call('GET', link);
  expect([expired.status, expired.code]).toEqual([410, 'SyncStateNotFound']);
  expect((await round(link)).rows).toMatchObject([{ title: 'Changed' }]);
});

test('a link of another list or of before a mailbox move is dead', async () => {
  const { round, tasks, call, graph } = await startTodo(1);
  const { link } = await round(`${tasks}/delta`);
  const other = (await call('POST', lists, { body: { displayName: 'Errands' } })).body;
  const token = link.slice(link.indexOf('?'));
  expect((await call('GET', `${lists}/${textOf(other['id'])}/tasks/delta${token}`)).status).toBe(410);
  graph.control.newIds(ana);
  expect((await call('GET', link)).status).toBe(410);
});

test('a person is told of changes to the tasks of a list, an app cannot ask for that', async () => {
  const listener = await startListener();
  onTestFinished(listener.close);
  const { call, make, at, listId, tokenOf, world, graph } = await startTodo();
  onTestFinished(() => graph.close());
  const subscribe = (resource: string, token?: string) =>
    call('POST', '/subscriptions', {
      ...(token !== undefined && { token }),
      body: {
        changeType: 'created,updated,deleted',
        notificationUrl: listener.url,
        resource,
        expirationDateTime: new Date(world.now().getTime() + 3_600_000).toISOString(),
      },
    });
  const refused = await subscribe(`users/${ana}/todo/lists/${listId}/tasks`);
  expect([refused.status, refused.code]).toEqual([400, 'ExtensionError']);
  expect((await subscribe(`me/todo/lists/${listId}/tasks`, tokenOf(ana))).status).toBe(201);
  const task = await make({ title: 'Offer' });
  await call('DELETE', at(task));
  const rows = await listener.until((all) => all.length === 2);
  expect(rows.map((row) => row['changeType'])).toEqual(['created', 'deleted']);
  expect(rows[0]?.['resourceData']).toMatchObject({
    '@odata.type': '#Microsoft.Graph.TodoTask',
    id: task['id'],
  });
});
