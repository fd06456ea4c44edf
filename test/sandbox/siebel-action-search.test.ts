import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { activitiesWorld, verdictOf } from './siebel-activities.ts';
import { listOf } from './siebel-client.ts';

let world: Awaited<ReturnType<typeof activitiesWorld>>;

beforeAll(async () => {
  world = await activitiesWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.sandbox.close());

test('Owned By asks for the owner, EXISTS for every employee', async () => {
  const { ANA, BRUNO } = world.employees;
  await world.appointment({ Description: 'A', 'Primary Owned By': 'ANA' });
  await world.appointment({ Description: 'B', 'Primary Owned By': 'BRUNO', Employee: [{ Id: ANA }] });
  await world.appointment({ Description: 'C', 'Primary Owned By': 'CHEN' });
  expect(await world.found("[Owned By]='ANA'")).toEqual(['A']);
  expect(await world.found("[Primary Owned By]='BRUNO'")).toEqual(['B']);
  expect(await world.found("EXISTS ([Owned By]='ANA')")).toEqual(['A', 'B']);
  expect(await world.found("EXISTS ([Owned By]='ANA' OR [Owned By]='CHEN')")).toEqual(['A', 'B', 'C']);
  expect(await world.found(`EXISTS ([Owned By Id]='${BRUNO}')`)).toEqual(['B']);
});

test('contacts and accounts are found through their activities', async () => {
  const account = await world.siebel.post('Account/Account', { Name: 'Acme' });
  const acme = String(account.json['items']?.['Id']);
  const [first, second] = [
    await world.siebel.contact({ 'Last Name': 'One' }),
    await world.siebel.contact({ 'Last Name': 'Two' }),
  ];
  await world.appointment({ 'Account Id': acme, Contact: [{ Id: first }, { Id: second }] });
  expect(await world.found("[Account Name]='Acme' AND [Account]='Acme'")).toEqual(['Kick-off']);
  expect(await world.found("[Contact Last Name]='One'")).toEqual(['Kick-off']);
  expect(await world.found("[Contact Last Name]='Two'")).toEqual([]);
  expect(await world.found(`EXISTS ([Contact Id]='${second}')`)).toEqual(['Kick-off']);
});

test('times follow the zone of the signed-in user, dates never shift', async () => {
  const ana = world.sandbox.siebel('ANA');
  const id = await world.appointment(
    {
      'Primary Owned By': 'ANA',
      Due: '06/01/2026 09:00:00',
      Repeating: 'Y',
      'Repeating Type': 'Daily',
      'Repeating Expires': '06/30/2026',
      'Action Exception': [{ 'Exception Date': '06/02/2026 09:00:00' }],
    },
    ana,
  );
  expect(await world.read(id)).toMatchObject({
    Planned: '06/01/2026 13:00:00',
    Due: '06/01/2026 13:00:00',
    'Repeating Expires': '06/30/2026',
  });
  expect((await world.children(id, 'Action Exception'))[0]?.['Exception Date']).toBe('06/02/2026 13:00:00');
  expect((await world.read(id, ana))['Planned']).toBe('06/01/2026 09:00:00');
  expect(await world.found("[Planned]='06/01/2026 09:00:00'", {}, ana)).toEqual(['Kick-off']);
  expect(await world.found("[Planned]='06/01/2026 09:00:00'")).toEqual([]);
});

test('with dueIsDate Due is a plain date for everybody', async () => {
  await world.switches({ 'siebel.dueIsDate': true });
  const ana = world.sandbox.siebel('ANA');
  const id = await world.task({ 'Primary Owned By': 'ANA', Due: '10/24/2026' }, ana);
  expect([(await world.read(id))['Due'], (await world.read(id, ana))['Due Date']]).toEqual([
    '10/24/2026',
    '10/24/2026',
  ]);
  expect(await world.found("[Due]='10/24/2026' AND [Due Date] < '10/25/2026'")).toEqual(['Call back']);
  expect(verdictOf(await world.write(id, { 'Due Date': '10/25/2026' }))).toBe('200');
  expect((await world.read(id))['Due']).toBe('10/25/2026');
  const { text } = await world.siebel.get('Action/Action/describe');
  expect(text).toMatch(/"Due":\{[^}]*DTYPE_DATE/);
});

test('ranges of dates, templates and displays filter as a calendar asks', async () => {
  await world.appointment({ Description: 'May', Planned: '05/30/2026 09:00:00' });
  await world.appointment({ Description: 'June' });
  await world.appointment({ Description: 'Template', 'Template Flag': 'Y' });
  await world.task({ Description: 'Task' });
  const calendar = "[Display]='Calendar and Activities' AND [Template Flag] <> 'Y'";
  expect(await world.found(`${calendar} AND [Planned] >= '06/01/2026'`)).toEqual(['June']);
  expect(await world.found(`${calendar} AND [Planned Completion] > '05/01/2026 00:00:00'`)).toEqual([
    'June',
    'May',
  ]);
  expect(await world.found("[Planned] IS NULL OR [Planned] < '06/01/2026'")).toEqual(['May', 'Task']);
  expect(await world.found("[Planned] = ''")).toEqual(['Task']);
  expect(await world.found("NOT ([Planned] < '06/01/2026')")).toEqual(['June', 'Template']);
});

test('a hierarchical read brings employees, contacts and exceptions along', async () => {
  const contact = await world.siebel.contact();
  const id = await world.appointment({
    Repeating: 'Y',
    'Repeating Type': 'Daily',
    Employee: [{ Id: world.employees.ANA }],
    Contact: [{ Id: contact }],
  });
  const pattern = {
    Action: {
      fields: 'Id,Description',
      searchspec: `[Id]='${id}'`,
      Employee: { fields: 'Login Name' },
      Contact: { fields: 'Email Address' },
      'Action Exception': { fields: 'Exception Date' },
    },
  };
  const answer = await world.siebel.get('Action/Action', {
    ViewMode: 'All',
    uniformresponse: 'Y',
    QueryHierarchy: JSON.stringify(pattern),
  });
  expect(answer.json['items']).toEqual([
    {
      Id: id,
      Description: 'Kick-off',
      Employee: [
        { Id: '0-1', 'Login Name': 'SADMIN', IsPrimaryMVG: 'Y' },
        { Id: world.employees.ANA, 'Login Name': 'ANA', IsPrimaryMVG: 'N' },
      ],
      Contact: [{ Id: contact, 'Email Address': '', IsPrimaryMVG: 'Y' }],
      'Action Exception': [],
    },
  ]);
});

test('the lists of values an activity is picked from can be read', async () => {
  const values = async (type: string) => {
    const query = { uniformresponse: 'Y', PageSize: '100', searchspec: `[Type]='${type}'`, fields: 'Value' };
    const { json } = await world.siebel.get('List Of Values/List Of Values', query);
    return listOf(json['items']).map((row) => row['Value']);
  };
  expect(await values('ACTIVITY_DISPLAY_CODE')).toContain('Communication and Activities');
  expect(await values('ACTIVITY_PRIORITY')).toEqual(['1-ASAP', '2-High', '3-Medium', '4-Low']);
  expect(await values('EVENT_STATUS')).toContain('Acknowledged');
  expect(await values('TODO_TYPE')).toContain('Appointment');
});
