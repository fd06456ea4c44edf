import { afterAll, beforeAll, expect, test } from 'vitest';
import { listOf, sandboxForTests, type Json, type SiebelUser, type TestSandbox } from './siebel-client.ts';

let sandbox: TestSandbox;
let siebel: SiebelUser;
let id: string;
const noData = { ERROR: 'There is no data for the requested resource' };

beforeAll(async () => {
  sandbox = await sandboxForTests();
  siebel = sandbox.siebel();
  const account = await siebel.post('Account/Account', { Name: 'Acme', Location: 'Oslo' });
  id = await siebel.contact({ 'Last Name': 'Aa', 'Account Id': account.json['items']?.['Id'] });
  for (let at = 0; at < 14; at += 1) await siebel.contact({ 'Last Name': `B${String(at).padStart(2, '0')}` });
});
afterAll(() => sandbox.close());

function items(json: Json): readonly Json[] {
  return listOf(json['items']);
}

test('a page has ten rows unless told, at most a hundred', async () => {
  const plain = await siebel.get('Contact/Contact', { uniformresponse: 'y' });
  expect(items(plain.json)).toHaveLength(10);
  const large = await siebel.get('Contact/Contact', { pagesize: '101' });
  expect([large.status, String(large.json['ERROR'])]).toEqual([
    500,
    expect.stringContaining('SBL-EAI-04447'),
  ]);
});

test('names of parameters ignore case, booleans must be lower case', async () => {
  const counted = await siebel.get('Contact/Contact', {
    PAGESIZE: '2',
    RecordCountNeeded: 'true',
    FIELDS: 'Last Name',
  });
  expect(counted.headers.get('total-record-count')).toBe('15');
  expect(Object.keys(items(counted.json)[0] ?? {})).toEqual(['Id', 'Last Name', 'Link']);
  const uncounted = await siebel.get('Contact/Contact', { recordcountneeded: 'True' });
  expect(uncounted.headers.get('total-record-count')).toBeNull();
});

test('paging by offset ends with 404', async () => {
  const query = { uniformresponse: 'Y', PageSize: '10', sortspec: 'Last Name:desc, Id' };
  const second = await siebel.get('Contact/Contact', { ...query, StartRowNum: '10' });
  expect(items(second.json).map((row) => row['Last Name'])).toEqual(['B03', 'B02', 'B01', 'B00', 'Aa']);
  const third = await siebel.get('Contact/Contact', { ...query, StartRowNum: '15' });
  expect([third.status, third.json]).toEqual([404, noData]);
});

test('past 9,900 rows only ForwardOnly goes on', async () => {
  const wall = await siebel.get('Contact/Contact', { StartRowNum: '9901' });
  expect(wall.json['ERROR']).toContain('SBL-DAT-00500');
  const forward = await siebel.get('Contact/Contact', { StartRowNum: '9901', ExecutionMode: 'ForwardOnly' });
  expect(forward.status).toBe(404);
});

test('one match without uniformresponse is an object, with it an array', async () => {
  const searchspec = "[Last Name]='Aa'";
  const single = await siebel.get('Contact/Contact', { searchspec });
  expect(single.json['items']?.['Id']).toBe(id);
  const uniform = await siebel.get('Contact/Contact', { searchspec, uniformresponse: 'Y' });
  expect(uniform.json['items']?.[0]?.['Id']).toBe(id);
});

test('a record by key is bare, every value a string, empty ones ""', async () => {
  const { json } = await siebel.get(`Contact/Contact/${id}/`);
  const { Link } = json;
  const values = Object.entries(json).flatMap(([name, value]) => (name === 'Link' ? [] : [value]));
  expect(values.every((value) => typeof value === 'string')).toBe(true);
  expect(json).toMatchObject({
    Id: id,
    Account: 'Acme',
    'Account Location': 'Oslo',
    'Middle Name': '',
    'Mod Id': '0',
    'Sales Rep': 'SADMIN',
    'Primary Organization': 'Default Organization',
  });
  expect(json['Updated']).toMatch(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d$/);
  expect(listOf(Link).map((link) => `${link['rel']} ${link['name']}`)).toEqual([
    'self Contact',
    'canonical Contact',
    'child Account',
    'child Position',
    'child Organization',
    'child Sync List',
    'child Personal Address',
    'child Business Address',
  ]);
  const lean = await siebel.get(`Contact/Contact/${id}`, {
    childlinks: 'None',
    excludeEmptyFieldsInResponse: 'true',
  });
  expect(lean.json['Middle Name']).toBeUndefined();
  expect(listOf(lean.json['Link'])).toHaveLength(2);
});

test('a hierarchy nests children without links; the page size holds for every level', async () => {
  const hierarchy = {
    Contact: {
      fields: 'Last Name',
      searchspec: "[Last Name]='Aa'",
      Account: { fields: 'Name' },
      'Sync List': {},
    },
  };
  const { json } = await siebel.get('Contact/Contact', {
    uniformresponse: 'Y',
    QueryHierarchy: JSON.stringify(hierarchy),
  });
  expect(json['items']).toEqual([
    {
      Id: id,
      'Last Name': 'Aa',
      Account: [{ Id: expect.any(String), Name: 'Acme', IsPrimaryMVG: 'Y' }],
      'Sync List': [],
    },
  ]);
  const all = await siebel.get(`Contact/Contact/${id}`, { getChildren: 'all', uniformresponse: 'Y' });
  expect(all.json['Account']?.[0]?.['Name']).toBe('Acme');
});

test('children are addresses of their own, three levels deep', async () => {
  const accounts = await siebel.get(`Contact/Contact/${id}/Account/`, { uniformresponse: 'Y' });
  const account = items(accounts.json)[0];
  expect(listOf(account?.['Link']).map((link) => link['rel'])).toEqual([
    'self',
    'canonical',
    'parent',
    'child',
  ]);
  const back = await siebel.get(`Account/Account/${account?.['Id']}/Contact/${id}/Account`);
  expect(back.json['items']?.['Name']).toBe('Acme');
});

test.each([
  ['an object not exposed', 'Quote/Quote', {}, 'SBL-EAI-50297'],
  ['a component unknown below its object', 'Contact/Nobody', {}, 'SBL-EAI-50257'],
  ['an unknown name in fields', 'Contact/Contact', { fields: 'Nothing' }, 'SBL-EAI-50258'],
  ['a view mode that is none', 'Contact/Contact', { ViewMode: 'Everyone' }, 'SBL-EAI-04388'],
])('%s is refused with its code', async (_name, path, query, code) => {
  const answer = await siebel.get(path, query);
  expect([answer.status, String(answer.json['ERROR'])]).toEqual([500, expect.stringContaining(`(${code})`)]);
});

test('an unknown id is 404 with the same text', async () => {
  const answer = await siebel.get('Contact/Contact/1-NONE');
  expect([answer.status, answer.json]).toEqual([404, noData]);
});

test('describe tells types, lengths and what is read-only', async () => {
  const { json } = await siebel.get('Contact/Contact/describe');
  expect([String(json['openapi']), json['info']?.['title']]).toEqual(['3.0.1', 'SblDtContactContact']);
  const properties = json['components']?.['schemas']?.['data_Contact_Contact_']?.['properties'];
  expect(properties?.['Email Address']).toMatchObject({
    type: 'string',
    'x-siebel-datatype': 'DTYPE_TEXT',
    'x-maxLength': '100',
  });
  expect(properties?.['Updated']).toMatchObject({
    'x-siebel-datatype': 'DTYPE_UTCDATETIME',
    'x-siebel-readOnly': 'true',
  });
  expect((await siebel.get('describe')).json['paths']).toHaveProperty('/data/Employee/Employee/describe');
});

test('services and workflows are denied', async () => {
  const authorization = `Basic ${btoa('SADMIN:SADMIN')}`;
  const answer = await sandbox.call('POST', '/siebel/v1.0/service/Any/Run', {
    headers: { authorization },
    body: {},
  });
  expect([answer.status, String(answer.json['ERROR'])]).toEqual([
    403,
    expect.stringContaining('SBL-DAT-00825'),
  ]);
});

test('lists of values are readable', async () => {
  const query = {
    uniformresponse: 'Y',
    fields: 'Value',
    searchspec: "[Type]='ACTIVITY_PRIORITY'",
    sortspec: 'Order',
  };
  const { json } = await siebel.get('List Of Values/List Of Values', query);
  expect(items(json).map((row) => row['Value'])).toEqual(['1-ASAP', '2-High', '3-Medium', '4-Low']);
});
