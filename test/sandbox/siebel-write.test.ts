import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { listOf, sandboxForTests, type SiebelUser, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;
let siebel: SiebelUser;

beforeAll(async () => {
  sandbox = await sandboxForTests();
  siebel = sandbox.siebel();
});
beforeEach(() => sandbox.desk('POST', '/reset', { seed: 'empty' }));
afterAll(() => sandbox.close());

async function read(id: string) {
  return (await siebel.get(`Contact/Contact/${id}`, { ViewMode: 'All', childlinks: 'None' })).json;
}

test('an insert answers 200 with the sent fields, a new id and the self link', async () => {
  const sent = { Id: 'NULL', 'First Name': 'Maria', 'Last Name': 'Lopez' };
  const { status, json } = await siebel.post('Contact/Contact/', sent);
  const id = String(json['items']?.['Id']);
  expect(status).toBe(200);
  expect(id).toMatch(/^1-[0-9A-Z]{5}$/);
  const href = `${sandbox.url}/siebel/v1.0/data/Contact/Contact/${id}`;
  expect(json).toEqual({ items: { ...sent, Id: id, Link: { rel: 'self', href, name: 'Contact' } } });
});

test('a partial update changes what it names, counts and stamps; "" empties a field', async () => {
  const id = await siebel.contact({ 'Job Title': 'CEO', Comment: 'one\ntwo' });
  const before = await read(id);
  await sandbox.desk('POST', '/clock', { advanceSeconds: 60 });
  expect(
    (
      await siebel.put(`Contact/Contact/${id}`, {
        'Job Title': '',
        'Last Name': 'Lopez-Vega',
        'Created By': 'x',
      })
    ).status,
  ).toBe(200);
  const after = await read(id);
  expect(after).toMatchObject({
    'Job Title': '',
    'Last Name': 'Lopez-Vega',
    Comment: 'one\ntwo',
    'Mod Id': '1',
    'Created By': '0-1',
  });
  expect(after['Updated']).not.toBe(before['Updated']);
});

test('an update that changes nothing leaves Mod Id alone; 304 while the switch is on', async () => {
  const id = await siebel.contact();
  expect((await siebel.put(`Contact/Contact/${id}`, { 'Last Name': 'Lopez' })).status).toBe(200);
  await sandbox.desk('POST', '/behaviour', { 'siebel.notModified': true });
  expect((await siebel.put(`Contact/Contact/${id}`, { 'Last Name': 'Lopez' })).status).toBe(304);
  expect((await read(id))['Mod Id']).toBe('0');
});

test('a PUT of an unknown id inserts under a new one', async () => {
  const names = { 'First Name': 'Maria', 'Last Name': 'Lopez' };
  const byAddress = await siebel.put('Contact/Contact/1-NONE', names);
  expect(byAddress.json['items']?.['Id']).toMatch(/^1-A/);
  const byBody = await siebel.put('Contact/Contact', { Id: 'New', ...names });
  expect(byBody.json['items']?.['Id']).not.toBe('New');
  expect((await siebel.put('Contact/Contact', names)).json['ERROR']).toContain('SBL-EAI-04397');
});

test.each([
  [
    'a missing required field, by its name',
    { 'First Name': 'M' },
    "'Last Name' is a required field",
    'SBL-DAT-00498',
  ],
  [
    'a text that is too long',
    { 'First Name': 'x'.repeat(51), 'Last Name': 'L' },
    "'First Name' (maximum size is 50)",
    'SBL-DAT-00188',
  ],
  ['an unknown field', { 'First Name': 'M', 'Last Name': 'L', Nothing: 'x' }, "'Nothing'", 'SBL-DAT-00398'],
  [
    'an ISO date',
    { 'First Name': 'M', 'Last Name': 'L', 'Birth Date': '1980-01-02' },
    'Birth Date',
    'SBL-DAT-00359',
  ],
  [
    'an account that does not exist',
    { 'First Name': 'M', 'Last Name': 'L', 'Account Id': '1-NONE' },
    'Account Id',
    'SBL-DAT-00225',
  ],
])('%s is refused with 500', async (_name, body, text, code) => {
  const answer = await siebel.post('Contact/Contact', body);
  expect(answer.status).toBe(500);
  expect(answer.json['ERROR']).toContain(text);
  expect(answer.json['ERROR']).toContain(`(${code})`);
});

test('a value outside a bounded list is refused', async () => {
  const body = { 'Login Name': 'X', 'First Name': 'X', 'Last Name': 'Y', 'Employment Status': 'Sleeping' };
  expect((await siebel.post('Employee/Employee', body)).json['ERROR']).toContain(
    'EMPLOYMENT_STATUS.(SBL-DAT-00225)',
  );
});

test('an insert of a known id is a duplicate', async () => {
  const id = await siebel.contact();
  const answer = await siebel.post('Contact/Contact', { Id: id, 'First Name': 'M', 'Last Name': 'L' });
  expect([answer.status, String(answer.json['ERROR'])]).toEqual([
    409,
    expect.stringContaining('SBL-EAI-04383'),
  ]);
});

test('an array is written whole or not at all', async () => {
  const row = { 'First Name': 'M', 'Last Name': 'L' };
  const good = await siebel.post('Contact/Contact', [row, { ...row, 'Last Name': 'K' }]);
  expect(listOf(good.json).map((one) => one['Link']?.['rel'])).toEqual(['self', 'self']);
  expect(
    (await siebel.post('Contact/Contact', [{ ...row, 'Last Name': 'N' }, { 'First Name': 'M' }])).status,
  ).toBe(500);
  expect(await siebel.search('[Id] IS NOT NULL')).toEqual(['K', 'L']);
  expect(
    (
      await siebel.post(
        'Contact/Contact',
        Array.from({ length: 101 }, () => row),
      )
    ).status,
  ).toBe(500);
});

test('an array delete with one bad id deletes nothing', async () => {
  const id = await siebel.contact();
  const bad = await siebel.remove('Contact/Contact', [{ Id: id }, { Id: '1-NONE' }]);
  expect([bad.status, String(bad.json['ERROR'])]).toEqual([400, expect.stringContaining('SBL-EAI-04378')]);
  const good = await siebel.remove('Contact/Contact', [{ Id: id }]);
  expect([good.status, good.text]).toEqual([200, '']);
});

test('a delete answers an empty object and then 404', async () => {
  const id = await siebel.contact();
  const first = await siebel.remove(`Contact/Contact/${id}`);
  expect([first.status, first.text]).toEqual([200, '{}']);
  expect((await siebel.remove(`Contact/Contact/${id}`)).status).toBe(404);
});

test('the last writer wins unless the component has a Modification Key', async () => {
  const id = await siebel.contact();
  await siebel.put(`Contact/Contact/${id}`, { 'Job Title': 'a' });
  expect((await siebel.put(`Contact/Contact/${id}`, { 'Job Title': 'b', 'Mod Id': '0' })).status).toBe(200);
  await sandbox.desk('POST', '/behaviour', { 'siebel.modificationKey': true });
  const late = await siebel.put(`Contact/Contact/${id}`, { 'Job Title': 'c', 'Mod Id': '1' });
  expect([late.status, String(late.json['ERROR'])]).toEqual([500, expect.stringContaining('SBL-DAT-00523')]);
  expect((await siebel.put(`Contact/Contact/${id}`, { 'Job Title': 'c', 'Mod Id': '2' })).status).toBe(200);
});

test('late commits show rows with an older stamp', async () => {
  await sandbox.desk('POST', '/behaviour', { 'siebel.lateCommitSeconds': 3600 });
  const id = await siebel.contact();
  const stamp = Date.parse(`${(await read(id))['Updated']} UTC`);
  expect(Date.now() - stamp).toBeGreaterThan(3_500_000);
});
