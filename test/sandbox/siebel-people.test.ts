import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxForTests, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await sandboxForTests();
});
afterAll(() => sandbox.close());

const newYork = 'America/New_York';

async function fresh(): Promise<void> {
  await sandbox.desk('POST', '/reset', { seed: 'empty' });
  await sandbox.desk('POST', '/users', [
    { login: 'ANA', firstName: 'Ana', lastName: 'F', mailbox: 'ana@x.example', timeZone: newYork },
    {
      login: 'BRUNO',
      firstName: 'Bruno',
      lastName: 'K',
      mailbox: 'bruno@x.example',
      timeZone: 'UTC',
      position: 'East',
    },
    {
      login: 'CHEN',
      firstName: 'Chen',
      lastName: 'W',
      mailbox: 'chen@x.example',
      timeZone: 'UTC',
      position: 'East',
    },
  ]);
}

const sees = async (login: string, id: string, mode?: string) =>
  (await sandbox.siebel(login).get(`Contact/Contact/${id}`, mode === undefined ? {} : { ViewMode: mode }))
    .status === 200;

test('a contact is seen by its team unless a wider view is asked for', async () => {
  await fresh();
  const id = await sandbox.siebel('BRUNO').contact();
  expect([await sees('BRUNO', id), await sees('CHEN', id), await sees('ANA', id)]).toEqual([
    true,
    true,
    false,
  ]);
  expect([
    await sees('ANA', id, '"Organization"'),
    await sees('ANA', id, 'All'),
    await sees('SADMIN', id),
  ]).toEqual([true, true, false]);
  expect(await sees('SADMIN', id, 'All')).toBe(true);
});

test('a personal contact is its maker’s alone, and SADMIN’s under All', async () => {
  await fresh();
  const id = await sandbox.siebel('BRUNO').contact({ 'Personal Contact': 'Y' });
  expect([await sees('BRUNO', id), await sees('CHEN', id), await sees('CHEN', id, 'All')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(await sees('SADMIN', id, 'All')).toBe(true);
});

test('writes reach what Sales Rep hides, unless the switch forbids it', async () => {
  await fresh();
  const id = await sandbox.siebel('BRUNO').contact();
  expect(
    (await sandbox.siebel('ANA').put(`Contact/Contact/${id}`, { 'Job Title': 'a' })).json['items']?.['Id'],
  ).toBe(id);
  await sandbox.desk('POST', '/behaviour', { 'siebel.writesNeedSalesRep': true });
  const refused = await sandbox.siebel('ANA').put(`Contact/Contact/${id}`, { 'Job Title': 'b' });
  expect(refused.json['ERROR']).toContain('SBL-DAT-00498');
});

test('date-times are in the zone of the signed-in user, with its summer time', async () => {
  await fresh();
  const id = await sandbox.siebel('ANA').contact();
  const created = async (login: string) => {
    const { json } = await sandbox.siebel(login).get(`Contact/Contact/${id}`, { ViewMode: 'All' });
    return String(json['Created']);
  };
  const utc = Temporal.PlainDateTime.from(isoFrom(await created('SADMIN'))).toZonedDateTime('UTC');
  expect(isoFrom(await created('ANA'))).toBe(
    utc.withTimeZone(newYork).toPlainDateTime().toString({ smallestUnit: 'second' }),
  );
  await sandbox.desk('POST', '/behaviour', { 'siebel.alwaysUtc': true });
  expect(await created('ANA')).toBe(await created('SADMIN'));
});

function isoFrom(wire: string): string {
  return `${wire.slice(6, 10)}-${wire.slice(0, 2)}-${wire.slice(3, 5)}T${wire.slice(11)}`;
}

test('wrong or missing credentials are 401, or a guest who sees nothing', async () => {
  await fresh();
  const id = await sandbox.siebel().contact();
  const path = `/siebel/v1.0/data/Contact/Contact/${id}?ViewMode=All`;
  const wrong = await sandbox.call('GET', path, {
    headers: { authorization: `Basic ${btoa('ANA:secret')}` },
  });
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Siebel"']);
  expect((await sandbox.call('GET', path)).status).toBe(401);
  await sandbox.desk('POST', '/behaviour', { 'siebel.anonymousFallback': true });
  expect((await sandbox.call('GET', path)).status).toBe(404);
});

test('a person’s token and a trusted header name the acting user', async () => {
  await fresh();
  const { json } = await sandbox.desk('POST', '/token', { mailbox: 'ana@x.example', for: 'api' });
  const insert = async (headers: Record<string, string>) => {
    const body = { 'First Name': 'M', 'Last Name': 'L' };
    const answer = await sandbox.call('POST', '/siebel/v1.0/data/Contact/Contact', { headers, body });
    return String(answer.json['items']?.['Id']);
  };
  const byToken = await insert({ authorization: `Bearer ${json['access_token']}` });
  expect(await sees('ANA', byToken)).toBe(true);
  await sandbox.desk('POST', '/behaviour', { 'siebel.trustedUserHeader': 'X-Siebel-User' });
  const byHeader = await insert({
    authorization: `Basic ${btoa('SADMIN:SADMIN')}`,
    'x-siebel-user': 'BRUNO',
  });
  expect([await sees('BRUNO', byHeader), await sees('SADMIN', byHeader)]).toEqual([true, false]);
});

test('employees carry their login, mailbox and zone', async () => {
  await fresh();
  const { json } = await sandbox
    .siebel('BRUNO')
    .get('Employee/Employee', { searchspec: "[EMail Addr] ~= 'ANA@x.example'", ViewMode: 'Catalog' });
  expect(json['items']).toMatchObject({
    'Login Name': 'ANA',
    'Employment Status': 'Active',
    'Time Zone': newYork,
  });
});
