import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listOf, sandboxForTests, type SiebelUser, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;
let siebel: SiebelUser;
let ana: string;
let bruno: string;

beforeAll(async () => {
  sandbox = await sandboxForTests();
  siebel = sandbox.siebel();
});
beforeEach(async () => {
  await sandbox.desk('POST', '/reset', { seed: 'empty' });
  const people = await sandbox.desk('POST', '/users', [
    { login: 'ANA', firstName: 'Ana', lastName: 'Ferreira', mailbox: 'ana@x.example', timeZone: 'UTC' },
    { login: 'BRUNO', firstName: 'Bruno', lastName: 'Keller', mailbox: 'bruno@x.example', timeZone: 'UTC' },
  ]);
  [ana = '', bruno = ''] = listOf(people.json).map((person) => String(person['employeeId']));
});
afterAll(() => sandbox.close());

const read = async (id: string) =>
  (await siebel.get(`Contact/Contact/${id}`, { ViewMode: 'All', childlinks: 'None' })).json;
const children = async (id: string, child: string) => {
  const { json } = await siebel.get(`Contact/Contact/${id}/${child}`, {
    ViewMode: 'All',
    uniformresponse: 'Y',
    childlinks: 'None',
  });
  return listOf(json?.['items']);
};
const account = async (name: string) =>
  String((await siebel.post('Account/Account', { Name: name })).json['items']?.['Id']);

test('Sync List rows are linked by Id, once, and unlinked without touching the employee or the contact', async () => {
  const id = await siebel.contact();
  const before = await read(id);
  await sandbox.desk('POST', '/clock', { advanceSeconds: 60 });
  const put = await siebel.put(`Contact/Contact/${id}/Sync List`, { Id: ana });
  expect(put.status).toBe(200);
  await siebel.put(`Contact/Contact/${id}/Sync List/`, { 'Sync List': [{ Id: ana }, { Id: bruno }] });
  expect(await children(id, 'Sync List')).toEqual([
    { Id: ana, 'Login Name': 'ANA', 'First Name': 'Ana', 'Last Name': 'Ferreira', Link: expect.anything() },
    {
      Id: bruno,
      'Login Name': 'BRUNO',
      'First Name': 'Bruno',
      'Last Name': 'Keller',
      Link: expect.anything(),
    },
  ]);
  const off = await siebel.remove(`Contact/Contact/${id}/Sync List/${ana}`);
  expect([off.status, off.json]).toEqual([200, { items: { Id: id, operation: 'skipnode' } }]);
  expect((await siebel.get(`Employee/Employee/${ana}`)).status).toBe(200);
  expect(await read(id)).toEqual(before);
  expect((await siebel.remove(`Contact/Contact/${id}/Sync List/${ana}`)).status).toBe(404);
});

test('an association with somebody unknown is refused', async () => {
  const id = await siebel.contact();
  expect((await siebel.put(`Contact/Contact/${id}/Sync List`, { Id: '1-NONE' })).status).toBe(500);
});

test('the first account becomes primary; writing Account Id links and makes primary', async () => {
  const [acme, globex] = [await account('Acme'), await account('Globex')];
  const id = await siebel.contact();
  await siebel.put(`Contact/Contact/${id}/Account`, { Id: acme });
  expect(await read(id)).toMatchObject({ 'Account Id': acme, Account: 'Acme' });
  await siebel.put(`Contact/Contact/${id}`, { 'Account Id': globex });
  expect(await read(id)).toMatchObject({ 'Account Id': globex, Account: 'Globex' });
  expect((await children(id, 'Account')).map((row) => `${row['Name']} ${row['IsPrimaryMVG']}`)).toEqual([
    'Acme N',
    'Globex Y',
  ]);
  await siebel.put(`Contact/Contact/${id}`, { 'Account Id': '' });
  expect((await read(id))['Account']).toBe('');
  expect(await children(id, 'Account')).toHaveLength(2);
});

test('with autoPrimary the next member takes the place of a primary that goes', async () => {
  await sandbox.desk('POST', '/behaviour', { 'siebel.autoPrimary': true });
  const [acme, globex] = [await account('Acme'), await account('Globex')];
  const id = await siebel.contact({ Account: [{ Id: acme }, { Id: globex }] });
  await siebel.remove(`Contact/Contact/${id}/Account/${acme}`);
  expect((await read(id))['Account']).toBe('Globex');
});

test('IsPrimaryMVG chooses the primary', async () => {
  const [acme, globex] = [await account('Acme'), await account('Globex')];
  const id = await siebel.contact({ Account: [{ Id: acme }, { Id: globex, IsPrimaryMVG: 'Y' }] });
  expect((await read(id))['Account']).toBe('Globex');
});

test('addresses are inserted, changed and deleted with their contact', async () => {
  const id = await siebel.contact({ 'Personal Address': [{ City: 'Lisbon' }] });
  const put = await siebel.put(`Contact/Contact/${id}/Personal Address`, { Id: 'new', City: 'Porto' });
  const made = put.json['items']?.['Personal Address']?.['Id'];
  expect(put.json['items']?.['Id']).toBe(id);
  const rows = await children(id, 'Personal Address');
  expect(rows.map((row) => `${row['City']} ${row['IsPrimaryMVG']}`)).toEqual(['Lisbon Y', 'Porto N']);
  await siebel.put(`Contact/Contact/${id}/Personal Address/${made}`, { City: 'Braga' });
  await siebel.put(`Contact/Contact/${id}`, { 'Primary Personal Address Id': made });
  expect(
    (await children(id, 'Personal Address')).map((row) => `${row['City']} ${row['IsPrimaryMVG']}`),
  ).toEqual(['Lisbon N', 'Braga Y']);
  await siebel.remove(`Contact/Contact/${id}/Personal Address/${made}`);
  expect(await children(id, 'Personal Address')).toHaveLength(1);
});

test('nested children are ignored while the switch is off, and never remove anything', async () => {
  const id = await siebel.contact({ 'Sync List': [{ Id: ana }] });
  await siebel.put(`Contact/Contact/${id}`, { 'Sync List': [] });
  await sandbox.desk('POST', '/behaviour', { 'siebel.nestedChildren': false });
  await siebel.put(`Contact/Contact/${id}`, { 'Sync List': [{ Id: bruno }] });
  expect((await children(id, 'Sync List')).map((row) => row['Login Name'])).toEqual(['ANA']);
});

test('a nested child that fails undoes the whole write', async () => {
  const body = { 'First Name': 'M', 'Last Name': 'L', 'Sync List': [{ Id: '1-NONE' }] };
  expect((await siebel.post('Contact/Contact', body)).status).toBe(500);
  expect(await siebel.search('[Id] IS NOT NULL')).toEqual([]);
});

test('below an account a contact is inserted and linked', async () => {
  const acme = await account('Acme');
  await siebel.put(`Account/Account/${acme}/Contact`, {
    Id: 'x1',
    'First Name': 'New',
    'Last Name': 'Person',
  });
  expect(await siebel.search("[Account]='Acme'")).toEqual(['Person']);
  await siebel.remove('Account/Account', [{ Id: acme }]);
  expect(await siebel.search("[Account Id] IS NULL AND [Last Name]='Person'")).toEqual(['Person']);
});

test('positions and employees: a team row shows who holds it', async () => {
  const held = await siebel.get(`Employee/Employee/${ana}/Position`, { uniformresponse: 'Y' });
  const position = held.json['items']?.[0];
  expect(position).toMatchObject({ 'Active Login Name': 'ANA', Organization: 'Default Organization' });
  const id = await siebel.contact();
  await siebel.put(`Contact/Contact/${id}/Position`, { Id: position?.['Id'] });
  expect((await children(id, 'Position')).map((row) => row['Active Login Name'])).toEqual(['SADMIN', 'ANA']);
  await siebel.put(`Employee/Employee/${ana}/Sync List`, { Id: bruno });
  expect(
    (await siebel.get('Employee/Employee', { searchspec: "EXISTS ([Sync List]='BRUNO')" })).json['items']?.[
      'Login Name'
    ],
  ).toBe('ANA');
});
