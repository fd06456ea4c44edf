import { expect, onTestFinished, test } from 'vitest';
import { ana, startGraph, textOf, tokenWith, type Body } from './graph-world.ts';
import { sandboxForTests } from './siebel-client.ts';

const lists = `/users/${ana}/todo/lists`;

/** The tasks of Ana's default list, and ways to write there. */
async function startTodo() {
  const graph = startGraph();
  const { rows } = await graph.call('GET', lists);
  const list = rows.find((row) => row['wellknownListName'] === 'defaultList');
  const tasks = `${lists}/${textOf(list?.['id'])}/tasks`;
  const make = async (body: Body) => (await graph.call('POST', tasks, { body })).body;
  const at = (task: Body) => `${tasks}/${textOf(task['id'])}`;
  return { ...graph, list, tasks, make, at };
}

const day = (date: string) => ({ dateTime: `${date}T00:00:00.0000000`, timeZone: 'UTC' });

test('every mailbox has its task list and the one of flagged mails', async () => {
  const { call } = startGraph();
  const { rows } = await call('GET', lists);
  expect(rows.map((row) => [row['displayName'], row['wellknownListName']])).toEqual([
    ['Tasks', 'defaultList'],
    ['Flagged Emails', 'flaggedEmails'],
  ]);
  expect(rows[0]).toMatchObject({ isOwner: true, isShared: false });
});

test('lists are made, renamed and deleted, but not the two of the service', async () => {
  const { call, list } = await startTodo();
  const made = await call('POST', lists, { body: { displayName: 'Errands' } });
  expect([made.status, made.body['wellknownListName']]).toEqual([201, 'none']);
  const path = `${lists}/${textOf(made.body['id'])}`;
  expect((await call('PATCH', path, { body: { displayName: 'Trips' } })).body['displayName']).toBe('Trips');
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', path)).status).toBe(404);
  expect((await call('DELETE', `${lists}/${textOf(list?.['id'])}`)).status).toBe(400);
  expect((await call('GET', `${lists}/defaultList/tasks`)).code).toBe('ErrorInvalidIdMalformed');
});

test('a new task has its defaults, and what is not set is left out', async () => {
  const { tasks, call } = await startTodo();
  const { status, body } = await call('POST', tasks, { body: { title: 'Call Lopez' } });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    title: 'Call Lopez',
    status: 'notStarted',
    importance: 'normal',
    isReminderOn: false,
    hasAttachments: false,
    categories: [],
    body: { content: '', contentType: 'text' },
  });
  for (const name of [
    'startDateTime',
    'dueDateTime',
    'completedDateTime',
    'reminderDateTime',
    'recurrence',
  ]) {
    expect(body).not.toHaveProperty(name);
  }
});

test('the time of day of a date is cut off, that of a reminder is not', async () => {
  const { make } = await startTodo();
  const berlin = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' });
  const task = await make({
    title: 'Offer',
    startDateTime: berlin('2026-10-20T09:00:00'),
    dueDateTime: berlin('2026-10-24T17:30:00'),
    isReminderOn: true,
    reminderDateTime: berlin('2026-10-24T09:00:00'),
  });
  expect(task['startDateTime']).toEqual(day('2026-10-20'));
  expect(task['dueDateTime']).toEqual(day('2026-10-24'));
  expect(task['reminderDateTime']).toEqual({ dateTime: '2026-10-24T07:00:00.0000000', timeZone: 'UTC' });
});

test('a task another program wrote is due at midnight of its zone, and only the instant shows', async () => {
  const { call, graph, at } = await startTodo();
  const dueIn = async (writerZone: string, headers = {}) => {
    const made = graph.control.addTask(ana, {
      title: 'T',
      due: '2026-10-24',
      writerZone,
      list: 'defaultList',
    });
    return (await call('GET', at({ id: made?.id }), { headers })).body['dueDateTime'];
  };
  expect(await dueIn('Pacific/Honolulu')).toMatchObject({ dateTime: '2026-10-24T10:00:00.0000000' });
  expect(await dueIn('Pacific/Kiritimati')).toMatchObject({ dateTime: '2026-10-23T10:00:00.0000000' });
  expect(await dueIn('Europe/Madrid', { prefer: 'outlook.timezone="Romance Standard Time"' })).toEqual({
    dateTime: '2026-10-24T00:00:00.0000000',
    timeZone: 'Romance Standard Time',
  });
});

test('the zone of a written date may be kept, where its switch says so', async () => {
  const { make, world } = await startTodo();
  world.switches.set('graph.taskDatesKeepZone', true);
  const { dueDateTime } = await make({
    title: 'Offer',
    dueDateTime: { dateTime: '2026-10-24T17:30:00', timeZone: 'Europe/Berlin' },
  });
  expect(dueDateTime).toEqual({ dateTime: '2026-10-23T22:00:00.0000000', timeZone: 'UTC' });
});

test('asked for a zone west of Greenwich, a completion reads as the day before', async () => {
  const { make, call, at, world } = await startTodo();
  const task = await make({ title: 'Offer' });
  const today = world.now().toISOString().slice(0, 10);
  const done = await call('PATCH', at(task), { body: { status: 'completed' } });
  expect(done.body['completedDateTime']).toEqual(day(today));
  const headers = { prefer: 'outlook.timezone="America/Denver"' };
  const { body, headers: answered } = await call('GET', at(task), { headers });
  expect(body['completedDateTime']).toMatchObject({ timeZone: 'Mountain Standard Time' });
  expect(JSON.stringify(body['completedDateTime'])).not.toContain(today);
  expect(answered['Preference-Applied']).toBe('outlook.timezone="America/Denver"');
});

test('a task that is opened again has no completion date, and only completed ones have', async () => {
  const { make, call, at } = await startTodo();
  const task = await make({ title: 'Offer', status: 'completed', completedDateTime: day('2026-03-04') });
  expect(task['completedDateTime']).toEqual(day('2026-03-04'));
  const opened = await call('PATCH', at(task), { body: { status: 'inProgress' } });
  expect(opened.body).not.toHaveProperty('completedDateTime');
  const still = await call('PATCH', at(task), { body: { completedDateTime: day('2026-03-04') } });
  expect(still.body).not.toHaveProperty('completedDateTime');
});

test('PATCH changes what it names, null takes a date away, and the etag moves', async () => {
  const { make, call, at } = await startTodo();
  const task = await make({ title: 'Offer', importance: 'high', dueDateTime: day('2026-10-24') });
  const changed = await call('PATCH', at(task), {
    body: {
      dueDateTime: null,
      categories: ['Siebel Task'],
      body: { content: '<b>x</b>', contentType: 'html' },
    },
  });
  expect(changed.body).toMatchObject({
    title: 'Offer',
    importance: 'high',
    categories: ['Siebel Task'],
    body: { content: '<b>x</b>', contentType: 'html' },
  });
  expect(changed.body).not.toHaveProperty('dueDateTime');
  expect(changed.body['@odata.etag']).not.toBe(task['@odata.etag']);
});

test('an outdated If-Match is refused, or not looked at where its switch says so', async () => {
  const { make, call, at, world } = await startTodo();
  const task = await make({ title: 'Offer' });
  await call('PATCH', at(task), { body: { title: 'Other' } });
  const stale = { headers: { 'if-match': textOf(task['@odata.etag']) }, body: { title: 'Mine' } };
  const refused = await call('PATCH', at(task), stale);
  expect([refused.status, refused.code]).toEqual([412, 'ErrorIrresolvableConflict']);
  world.switches.set('graph.taskIfMatchIgnored', true);
  expect((await call('PATCH', at(task), stale)).status).toBe(200);
});

test.each<[string, Body]>([
  ['an unknown status', { status: 'done' }],
  ['an unknown property', { percentComplete: 50 }],
  ['extended properties', { singleValueExtendedProperties: [] }],
  ['a zone nobody knows', { dueDateTime: { dateTime: '2026-10-24T00:00:00', timeZone: 'Mars' } }],
  ['a date that is none', { dueDateTime: { dateTime: '2026-02-30T00:00:00', timeZone: 'UTC' } }],
  [
    'a series without a due date',
    { recurrence: { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd' } } },
  ],
])('A task with %s is refused', async (_what, body) => {
  const { call, tasks } = await startTodo();
  const { status } = await call('POST', tasks, { body: { title: 'Offer', ...body } });
  expect(status).toBe(400);
});

const weekly = (range: Body) => ({
  title: 'Report',
  startDateTime: day('2026-11-21'),
  dueDateTime: day('2026-11-23'),
  recurrence: { pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday', 'thursday'] }, range },
});

test('completing a task of a series makes the next one under a new id', async () => {
  const { make, call, at, tasks } = await startTodo();
  const task = await make(weekly({ type: 'numbered', numberOfOccurrences: 2 }));
  expect(task['recurrence']).toMatchObject({
    pattern: { month: 0, dayOfMonth: 0, firstDayOfWeek: 'sunday', index: 'first' },
    range: { startDate: '2026-11-23', endDate: '0001-01-01', recurrenceTimeZone: 'UTC' },
  });
  const done = await call('PATCH', at(task), { body: { status: 'completed' } });
  expect(done.body['id']).toBe(task['id']);
  expect(done.body).not.toHaveProperty('recurrence');
  const next = (await call('GET', tasks)).rows.find((row) => row['id'] !== task['id']) ?? {};
  expect(next).toMatchObject({
    title: 'Report',
    status: 'notStarted',
    startDateTime: day('2026-11-24'),
    dueDateTime: day('2026-11-26'),
    recurrence: { range: { numberOfOccurrences: 1, startDate: '2026-11-26' } },
  });
  await call('PATCH', at(next), { body: { status: 'completed' } });
  expect((await call('GET', tasks)).rows).toHaveLength(2);
});

test('the next reminder of a series rings at the same hour after the clocks changed', async () => {
  const { make, call, at, tasks } = await startTodo();
  const task = await make({
    title: 'Report',
    dueDateTime: day('2026-10-24'),
    isReminderOn: true,
    reminderDateTime: { dateTime: '2026-10-24T09:00:00', timeZone: 'Europe/Madrid' },
    recurrence: { pattern: { type: 'daily', interval: 2 }, range: { type: 'noEnd' } },
  });
  await call('PATCH', at(task), { body: { status: 'completed' } });
  const headers = { prefer: 'outlook.timezone="Europe/Madrid"' };
  const { rows } = await call('GET', `${tasks}?$filter=status eq 'notStarted'`, { headers });
  expect(rows[0]?.['reminderDateTime']).toMatchObject({ dateTime: '2026-10-26T09:00:00.0000000' });
});

test('a series moves with its due date and ends without one', async () => {
  const { make, call, at } = await startTodo();
  const task = await make(weekly({ type: 'noEnd', startDate: '2026-11-23' }));
  const moved = await call('PATCH', at(task), { body: { dueDateTime: day('2026-11-26') } });
  expect(moved.body['recurrence']).toMatchObject({ range: { startDate: '2026-11-26' } });
  const ended = await call('PATCH', at(task), { body: { dueDateTime: null } });
  expect(ended.body).not.toHaveProperty('recurrence');
});

test('a checklist, links and extensions hang on a task and come by $expand', async () => {
  const { make, call, at, world } = await startTodo();
  const link = {
    applicationName: 'Siebel',
    externalId: '1-ABC',
    displayName: 'Activity',
    webUrl: 'https://x.test',
  };
  const task = await make({
    title: 'Offer',
    linkedResources: [link],
    extensions: [{ extensionName: 'com.example.sync', percent: 50 }],
  });
  const step = (await call('POST', `${at(task)}/checklistItems`, { body: { displayName: 'Draft' } })).body;
  const path = `${at(task)}/checklistItems/${textOf(step['id'])}`;
  const checked = await call('PATCH', path, { body: { isChecked: true } });
  expect(checked.body).toMatchObject({ displayName: 'Draft', isChecked: true });
  expect(checked.body).toHaveProperty('checkedDateTime');
  const expand = '$expand=checklistItems,linkedResources,extensions';
  const { body } = await call('GET', `${at(task)}?${expand}`);
  expect(body).toMatchObject({
    checklistItems: [{ displayName: 'Draft' }],
    linkedResources: [link],
    extensions: [{ extensionName: 'com.example.sync', percent: 50 }],
  });
  expect((await call('GET', at(task))).body).not.toHaveProperty('linkedResources');
  world.switches.set('graph.taskPartsInline', true);
  expect((await call('GET', at(task))).body).toMatchObject({ linkedResources: [link] });
  expect((await call('DELETE', path)).status).toBe(204);
  expect((await call('GET', `${at(task)}/checklistItems`)).rows).toEqual([]);
  const extension = `${at(task)}/extensions/com.example.sync`;
  await call('PATCH', extension, { body: { percent: 75 } });
  expect((await call('GET', extension)).body).toMatchObject({ percent: 75 });
});

test('tasks are filtered, ordered, selected and paged', async () => {
  const { make, call, tasks } = await startTodo();
  for (const title of ['c', 'a', 'b']) await make({ title, dueDateTime: day('2026-10-24') });
  await make({ title: 'd', status: 'completed' });
  const open = await call(
    'GET',
    `${tasks}?$filter=status ne 'completed'&$orderby=title&$top=2&$select=title`,
  );
  expect(open.rows.map((row) => row['title'])).toEqual(['a', 'b']);
  expect(open.rows[0]).not.toHaveProperty('status');
  const rest = await call('GET', textOf(open.body['@odata.nextLink']));
  expect(rest.rows.map((row) => row['title'])).toEqual(['c']);
  const due = await call('GET', `${tasks}?$filter=dueDateTime/dateTime ge '2026-10-24'&$count=true`);
  expect(due.body['@odata.count']).toBe(3);
});

test('an app needs Tasks.ReadWrite.All, a person Tasks.ReadWrite and their own mailbox', async () => {
  const { call, tokenOf } = startGraph();
  const statusWith = async (token: string, path = lists) => (await call('GET', path, { token })).status;
  expect(await statusWith(tokenWith({ roles: ['Contacts.ReadWrite', 'Tasks.ReadWrite'] }))).toBe(403);
  expect(await statusWith(tokenWith({ roles: ['Tasks.Read.All'] }))).toBe(200);
  expect(await statusWith(tokenOf(ana), '/me/todo/lists')).toBe(200);
  expect(await statusWith(tokenOf('bruno@example.com'))).toBe(403);
});

test('a restart finds lists, tasks and the place of a delta link again', async () => {
  const { graph, make, call, tasks } = await startTodo();
  await make({ title: 'Before' });
  const link = textOf((await call('GET', `${tasks}/delta`)).body['@odata.deltaLink']);
  const saved = structuredClone(graph.saved());
  graph.reset();
  graph.restore(saved);
  await make({ title: 'After' });
  expect((await call('GET', link)).rows.map((row) => row['title'])).toEqual(['After']);
  expect((await call('GET', tasks)).rows).toHaveLength(2);
});

test('the control desk writes a task as another program would, and says what it cannot read', async () => {
  const sandbox = await sandboxForTests();
  onTestFinished(() => sandbox.close());
  const user = { mailbox: ana, login: 'ANA', firstName: 'Ana', lastName: 'F', timeZone: 'UTC' };
  expect((await sandbox.desk('POST', '/users', [user])).status).toBe(201);
  const write = (body: Body) => sandbox.desk('POST', `/mailboxes/${ana}/tasks`, body);
  const made = await write({ title: 'Offer', due: '2026-10-24', writerZone: 'Pacific/Honolulu' });
  expect(made.status).toBe(201);
  const token = (await sandbox.desk('POST', '/token', { mailbox: ana, for: 'graph' })).json['access_token'];
  const path = `/graph/v1.0/me/todo/lists/${made.json['list']}/tasks/${made.json['id']}`;
  const { json } = await sandbox.call('GET', path, { headers: { authorization: `Bearer ${token}` } });
  expect(json).toMatchObject({ title: 'Offer', dueDateTime: { dateTime: '2026-10-24T10:00:00.0000000' } });
  for (const wrong of [{}, { title: 'T', due: 'soon' }, { title: 'T', writerZone: 'Mars' }]) {
    expect((await write(wrong)).status).toBe(400);
  }
  expect((await write({ title: 'T', list: 'No such list' })).status).toBe(404);
});
