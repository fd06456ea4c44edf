import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, sandboxForTests, type SiebelUser, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;
let siebel: SiebelUser;

beforeAll(async () => {
  sandbox = await sandboxForTests();
  siebel = sandbox.siebel();
  await sandbox.desk('POST', '/users', [
    {
      login: 'ANA',
      firstName: 'Ana',
      lastName: 'Ferreira',
      mailbox: 'ana@x.example',
      timeZone: 'America/Los_Angeles',
    },
    {
      login: 'BRUNO',
      firstName: 'Bruno',
      lastName: 'Keller',
      mailbox: 'bruno@x.example',
      timeZone: 'Europe/Berlin',
    },
  ]);
  const [ana, bruno] = await employeeIds();
  const account = await siebel.post('Account/Account', { Name: 'Acme', Location: 'Oslo' });
  const accountId = String(account.json['items']?.['Id']);
  await siebel.contact({
    'Last Name': 'Adams',
    'Job Title': 'CEO',
    'Sync List': [{ Id: ana }, { Id: bruno }],
  });
  await siebel.contact({ 'Last Name': 'brown', 'Email Address': 'B@x.example', 'Birth Date': '02/28/1980' });
  await siebel.contact({ 'Last Name': "O'Brien", 'Account Id': accountId, 'Sync List': [{ Id: bruno }] });
  await siebel.contact({ 'Last Name': 'Smith', 'Job Title': 'Smithing', 'Integration Id': 'ss-1' });
});
afterAll(() => sandbox.close());

async function employeeIds(): Promise<readonly string[]> {
  const answer = await siebel.get('Employee/Employee', {
    uniformresponse: 'Y',
    sortspec: 'Login Name',
    searchspec: "[EMail Addr] LIKE '*@x.example'",
  });
  return listOf(answer.json['items']).map((row) => String(row['Id']));
}

test.each([
  ['equality is case-sensitive', '[Last Name] = "Brown"', []],
  ['a tilde ignores case', '[Last Name] ~= "Brown"', ['brown']],
  ['LIKE knows * and ?', "[Last Name] LIKE 'S?it*'", ['Smith']],
  ['LIKE is case-sensitive, ~LIKE is not', '[Last Name] ~LIKE "B*"', ['brown']],
  ['a star in = is no wildcard', '[Last Name] = "S*"', []],
  ['a single quote stands inside double ones', `[Last Name] = "O'Brien"`, ["O'Brien"]],
  ['IS NULL and IS NOT NULL', '[Job Title] IS NULL AND [Email Address] IS NOT NULL', ['brown']],
  ['AND binds closer than OR', `[Last Name]='Adams' OR [Last Name]='Smith' AND [Job Title]='x'`, ['Adams']],
  ['parentheses and NOT', `NOT ([Last Name]='Adams' OR [Last Name]='Smith')`, ["O'Brien", 'brown']],
  ['an empty field is neither equal nor unequal', `[Job Title] <> 'CEO'`, ['Smith']],
  ['NOT LIKE', `[Job Title] NOT LIKE 'C*'`, ['Smith']],
  ['EXISTS asks every member', `EXISTS ([Sync List]='BRUNO')`, ['Adams', "O'Brien"]],
  ['a plain comparison asks the first member only', `[Sync List]='BRUNO'`, ["O'Brien"]],
  ['NOT EXISTS', `NOT EXISTS ([Sync List]='BRUNO') AND [Last Name] LIKE 'A*'`, []],
  ['two EXISTS need two members', `EXISTS ([Sync List]='BRUNO') AND EXISTS ([Sync List]='ANA')`, ['Adams']],
  ['joined fields', `[Account] = 'Acme' AND [Account Location] = 'Oslo'`, ["O'Brien"]],
  ['dates are month first', `[Birth Date] = '02/28/1980'`, ['brown']],
  ['date order', `[Birth Date] < '03/01/1980' AND [Birth Date] >= '01/31/1980'`, ['brown']],
  ['SOUNDSLIKE', `[Last Name] SOUNDSLIKE 'Smyth'`, ['Smith']],
  [
    'functions',
    `EXISTS ([Sales Rep] = LoginName()) AND [Created] > Today() - 2 AND [Integration Id]='ss-1'`,
    ['Smith'],
  ],
])('%s', async (_name, spec, expected) => {
  expect(await siebel.search(spec)).toEqual(expected);
});

test('a quote in pasted text turns the rest into expression and shows other people', async () => {
  const pasted = 'nobody" OR [Last Name] LIKE "*';
  expect(await siebel.search(`[Last Name] = "${pasted}"`)).toHaveLength(4);
});

test.each([
  ['an unknown field', '[Nothing] = "x"', 'SBL-DAT-00416'],
  ['a dotted child field', `[Account.Id] = 'x'`, 'SBL-DAT-00416'],
  ['an ISO date', `[Birth Date] = '1980-02-28'`, 'SBL-DAT-00359'],
  ['a date that is none', `[Birth Date] = '02/30/1980'`, 'SBL-DAT-00359'],
  ['a quote that never ends', `[Last Name] = "O`, 'SBL-DAT-00501'],
  ['more than 2,000 characters', `[Last Name] = '${'x'.repeat(2000)}'`, 'SBL-DAT-00501'],
])('%s is refused with its code', async (_name, searchspec, code) => {
  const answer = await siebel.get('Contact/Contact', { searchspec, ViewMode: 'All' });
  expect(answer.status).toBe(500);
  expect(answer.json['ERROR']).toContain(`(${code})`);
});

test('search literals of date-times follow the zone of the signed-in user', async () => {
  const smith = { ViewMode: 'All', uniformresponse: 'Y', searchspec: '[Last Name]="Smith"' };
  const row = (await siebel.get('Contact/Contact', smith)).json['items']?.[0];
  const ana = sandbox.siebel('ANA');
  const seen = await ana.get('Contact/Contact', smith);
  const here = String(row?.['Created']);
  const there = String(seen.json['items']?.[0]?.['Created']);
  expect(there).not.toBe(here);
  expect(await ana.search(`[Created] = '${there}' AND [Last Name] = 'Smith'`)).toEqual(['Smith']);
  expect(await ana.search(`[Created] = '${here}'`)).toEqual([]);
});

test('keyset pages by Updated and Id list every contact once', async () => {
  const all = await siebel.search('[Id] IS NOT NULL');
  const names: string[] = [];
  let after = '';
  for (;;) {
    const query = {
      ViewMode: 'All',
      uniformresponse: 'Y',
      PageSize: '1',
      sortspec: 'Updated:asc,Id:asc',
      ...(after === '' ? {} : { searchspec: after }),
    };
    const page = await siebel.get('Contact/Contact', query);
    if (page.status === 404) break;
    const row = page.json['items']?.[0];
    names.push(String(row?.['Last Name']));
    after = `([Updated] > "${row?.['Updated']}") OR ([Updated] = "${row?.['Updated']}" AND [Id] > "${row?.['Id']}")`;
  }
  expect(names.toSorted()).toEqual([...all].toSorted());
});
