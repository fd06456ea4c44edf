import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../../server/sandbox/sandbox.ts';
import { listOf, sandboxForTests, type SiebelUser, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;
let siebel: SiebelUser;
const ana = {
  login: 'ANA',
  firstName: 'Ana',
  lastName: 'F',
  mailbox: 'Ana@X.example',
  timeZone: 'Europe/Berlin',
};

beforeAll(async () => {
  sandbox = await sandboxForTests();
  siebel = sandbox.siebel();
});
beforeEach(() => sandbox.desk('POST', '/reset', { seed: 'empty' }));
afterAll(() => sandbox.close());

test('users come with an employee and a mailbox whose zone Graph shows as Windows names it', async () => {
  const { status, json } = await sandbox.desk('POST', '/users', [ana]);
  expect([status, json[0]?.['login'], json[0]?.['mailbox']]).toEqual([201, 'ANA', 'ana@x.example']);
  expect((await siebel.get(`Employee/Employee/${json[0]?.['employeeId']}`)).json['Time Zone']).toBe(
    'Europe/Berlin',
  );
  const token = await sandbox.desk('POST', '/token', { mailbox: 'ana@x.example', for: 'graph' });
  const settings = await sandbox.call('GET', '/graph/v1.0/me/mailboxSettings', {
    headers: { authorization: `Bearer ${token.json['access_token']}` },
  });
  expect(settings.json['timeZone']).toBe('W. Europe Standard Time');
});

test('a mailbox outside the company has no employee', async () => {
  const { json } = await sandbox.desk('POST', '/users', [
    { mailbox: 'guest@else.example', employee: false, timeZone: 'UTC' },
  ]);
  expect(json[0]).toMatchObject({ login: null, employeeId: null, userId: expect.any(String) });
});

test.each([
  ['a zone that is none', { ...ana, timeZone: 'Mars/Olympus' }, 400],
  ['a missing name', { login: 'X', mailbox: 'x@x.example', timeZone: 'UTC' }, 400],
  ['the same login twice', [ana, { ...ana, mailbox: 'other@x.example' }], 409],
])('users with %s are refused as a whole', async (_name, body, status) => {
  expect((await sandbox.desk('POST', '/users', body)).status).toBe(status);
  expect(await sandbox.desk('GET', '/users')).toMatchObject({ text: '[]' });
});

test('requests are counted by side, method and route; a batch with its operations', async () => {
  const id = await siebel.contact();
  await siebel.get(`Contact/Contact/${id}/Sync List`);
  await sandbox.desk('POST', '/users', [ana]);
  const token = await sandbox.desk('POST', '/token', { mailbox: 'ana@x.example', for: 'graph' });
  const inner = ['/me', '/me/contacts'].map((url, at) => ({ id: String(at), method: 'GET', url }));
  await sandbox.call('POST', '/graph/v1.0/$batch', {
    headers: { authorization: `Bearer ${token.json['access_token']}` },
    body: { requests: inner },
  });
  const rows = listOf((await sandbox.desk('GET', '/requests')).json['requests']);
  expect(rows).toContainEqual({
    side: 'siebel',
    method: 'POST',
    route: '/v1.0/data/Contact/Contact',
    count: 1,
    operations: 1,
  });
  expect(rows).toContainEqual({
    side: 'siebel',
    method: 'GET',
    route: '/v1.0/data/Contact/Contact/{id}/Sync List',
    count: 1,
    operations: 1,
  });
  expect(rows).toContainEqual({
    side: 'graph',
    method: 'POST',
    route: '/v1.0/$batch',
    count: 1,
    operations: 2,
  });
});

test('a status fault counts down and acts before any effect', async () => {
  await sandbox.desk('POST', '/faults', [
    {
      side: 'siebel',
      method: 'post',
      path: 'Contact/Contact$',
      kind: 'status',
      status: 503,
      retryAfterSeconds: 7,
      times: 1,
    },
  ]);
  const hit = await siebel.post('Contact/Contact', { 'First Name': 'M', 'Last Name': 'L' });
  expect([hit.status, hit.headers.get('retry-after'), String(hit.json['ERROR'])]).toEqual([
    503,
    '7',
    expect.stringContaining('SBL-SSM-00003'),
  ]);
  expect(await siebel.search('[Id] IS NOT NULL')).toEqual([]);
  await siebel.contact();
});

test('dropped connections: before the effect or after the commit', async () => {
  const body = { 'First Name': 'M', 'Last Name': 'Dropped' };
  await sandbox.desk('POST', '/faults', [{ side: 'siebel', path: 'Contact', kind: 'drop-before', times: 1 }]);
  await expect(siebel.post('Contact/Contact', body)).rejects.toThrow();
  expect(await siebel.search("[Last Name]='Dropped'")).toEqual([]);
  await sandbox.desk('POST', '/faults', [
    { side: 'siebel', path: 'Contact', kind: 'drop-after-commit', times: 1 },
  ]);
  await expect(siebel.post('Contact/Contact', body)).rejects.toThrow();
  expect(await siebel.search("[Last Name]='Dropped'")).toEqual(['Dropped']);
});

test('empty and cut listings leave reads by key alone and stay until they are taken away', async () => {
  const ids = [
    await siebel.contact(),
    await siebel.contact(),
    await siebel.contact(),
    await siebel.contact(),
  ];
  await sandbox.desk('POST', '/faults', [{ side: 'siebel', path: 'Contact', kind: 'empty-list' }]);
  expect(await siebel.search('[Id] IS NOT NULL')).toEqual([]);
  expect((await siebel.get(`Contact/Contact/${ids[0]}`)).status).toBe(200);
  await sandbox.desk('DELETE', '/faults');
  expect(await siebel.search('[Id] IS NOT NULL')).toHaveLength(4);
  await sandbox.desk('POST', '/faults', [{ side: 'siebel', path: 'Contact', kind: 'partial-page' }]);
  expect(await siebel.search('[Id] IS NOT NULL', { PageSize: '3' })).toHaveLength(2);
  expect(await siebel.search('[Id] IS NOT NULL', { PageSize: '3', StartRowNum: '3' })).toEqual([]);
});

test('a fault with a probability falls the same way for the same seed', async () => {
  const fallen = async () => {
    await sandbox.desk('DELETE', '/faults');
    await sandbox.desk('POST', '/faults', [
      { side: 'siebel', path: 'Employee', kind: 'status', status: 500, probability: 0.5, seed: 7 },
    ]);
    const statuses: number[] = [];
    for (let at = 0; at < 12; at += 1) statuses.push((await siebel.get('Employee/Employee')).status);
    return statuses;
  };
  const first = await fallen();
  expect(new Set(first)).toEqual(new Set([200, 500]));
  expect(await fallen()).toEqual(first);
});

test('latency is emulated, and the connection cap makes requests wait their turn', async () => {
  await sandbox.desk('POST', '/latency', { graphMs: 0, siebelMs: 60 });
  await sandbox.desk('POST', '/behaviour', { 'siebel.connectionCap': 1 });
  const begin = performance.now();
  await Promise.all([1, 2, 3].map(() => siebel.get('Employee/Employee')));
  expect(performance.now() - begin).toBeGreaterThan(170);
  await sandbox.desk('POST', '/behaviour', { 'siebel.connectionCapRefuses': true });
  const both = await Promise.all([1, 2].map(() => siebel.get('Employee/Employee')));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 503]);
});

test('switches are listed with their meaning; unknown names and wrong types are refused', async () => {
  const { json } = await sandbox.desk('GET', '/behaviour');
  expect(json['siebel.notModified']).toMatchObject({ value: false, meaning: expect.any(String) });
  expect((await sandbox.desk('POST', '/behaviour', { nothing: true })).status).toBe(400);
  expect((await sandbox.desk('POST', '/behaviour', { 'siebel.notModified': 1 })).status).toBe(400);
  await sandbox.desk('POST', '/behaviour', { 'siebel.htmlErrors': true });
  const page = await siebel.get('Quote/Quote');
  expect([page.status, page.headers.get('content-type')]).toEqual([500, 'text/html; charset=iso-8859-1']);
});

test('a reset takes back clock, faults, switches, latency, counts and data, but no id comes twice', async () => {
  const id = await siebel.contact();
  await sandbox.desk('POST', '/clock', { advanceSeconds: 86_400 });
  await sandbox.desk('POST', '/behaviour', { 'siebel.htmlErrors': true });
  await sandbox.desk('POST', '/reset', { seed: 'empty' });
  expect((await sandbox.desk('GET', '/requests')).json).toEqual({ requests: [] });
  expect((await siebel.get(`Contact/Contact/${id}`, { ViewMode: 'All' })).status).toBe(404);
  expect(Date.parse(String((await sandbox.desk('GET', '/clock')).json['now'])) - Date.now()).toBeLessThan(
    60_000,
  );
  expect((await sandbox.desk('GET', '/behaviour')).json['siebel.htmlErrors']?.['value']).toBe(false);
  expect(await siebel.contact()).not.toBe(id);
});

test('the Date header follows the sandbox’s clock', async () => {
  await sandbox.desk('POST', '/clock', { advanceSeconds: 86_400 });
  const { headers } = await siebel.get('Employee/Employee');
  expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(86_000_000);
});

test('archive, restore, new ids, aliases and replay answer for known mailboxes only', async () => {
  await sandbox.desk('POST', '/users', [ana]);
  expect((await sandbox.desk('POST', '/mailboxes/nobody@x.example/new-ids')).status).toBe(404);
  expect((await sandbox.desk('POST', '/mailboxes/ana@x.example/archive', { id: 'x' })).status).toBe(404);
  expect((await sandbox.desk('POST', '/mailboxes/ANA@x.example/new-ids')).status).toBe(200);
  expect((await sandbox.desk('POST', '/mailboxes/ana@x.example/aliases', ['A.F@x.example'])).status).toBe(
    200,
  );
  expect((await sandbox.desk('POST', '/token', { mailbox: 'a.f@x.example', for: 'graph' })).status).toBe(200);
  expect((await sandbox.desk('POST', '/notifications/replay')).status).toBe(200);
  expect((await sandbox.desk('GET', '/outbox')).json).toEqual([]);
});

test('the demo company is the same every time', async () => {
  const rows = async () => {
    await sandbox.desk('POST', '/reset', { seed: 'demo' });
    const query = {
      ViewMode: 'All',
      uniformresponse: 'Y',
      PageSize: '100',
      fields: 'Email Address,Account,Personal Contact',
      childlinks: 'None',
      sortspec: 'Id',
    };
    const { json, headers } = await siebel.get('Contact/Contact', { ...query, recordcountneeded: 'true' });
    const contacts = listOf(json['items']).map((row) => [
      row['Email Address'],
      row['Account'],
      row['Personal Contact'],
    ]);
    return { total: headers.get('total-record-count'), contacts };
  };
  const first = await rows();
  expect(first.total).toBe('200');
  expect(await rows()).toEqual(first);
  const people = listOf((await sandbox.desk('GET', '/users')).json);
  expect(people).toHaveLength(12);
});

test('with a state file a second start finds everything again', async () => {
  const stateFile = `${tmpdir()}/sandbox-state-${process.pid}.bin`;
  const first = await startSandbox({ port: 0, stateFile, seed: 'demo' });
  await first.close();
  const second = await startSandbox({ port: 0, stateFile, seed: 'demo' });
  try {
    expect([first.isNew, second.isNew]).toEqual([true, false]);
    const answer = await fetch(
      `${second.url}/siebel/v1.0/data/Contact/Contact?ViewMode=All&recordcountneeded=true&PageSize=1`,
      {
        headers: { authorization: `Basic ${btoa('SADMIN:SADMIN')}` },
      },
    );
    expect(answer.headers.get('total-record-count')).toBe('200');
    expect(second.world.people.byMailbox('ana@northwind.example')?.login).toBe('ANA');
  } finally {
    await second.close();
    await rm(stateFile);
  }
});
