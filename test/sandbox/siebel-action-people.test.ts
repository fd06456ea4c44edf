import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { activitiesWorld, verdictOf } from './siebel-activities.ts';

let world: Awaited<ReturnType<typeof activitiesWorld>>;

beforeAll(async () => {
  world = await activitiesWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.sandbox.close());

const sees = async (login: string, id: string, mode = 'Sales Rep') =>
  (await world.sandbox.siebel(login).get(`Action/Action/${id}`, { ViewMode: mode })).status === 200;

test('the owner is named by login or by id and is always among the employees', async () => {
  const { ANA, BRUNO } = world.employees;
  const byLogin = await world.task({ 'Primary Owned By': 'ANA' });
  expect(await world.logins(byLogin)).toEqual(['ANA owns']);
  const byId = await world.task({ 'Primary Owner Id': BRUNO, Employee: [{ Id: ANA }] });
  expect(await world.logins(byId)).toEqual(['BRUNO owns', 'ANA']);
  expect(verdictOf(await world.siebel.remove(`Action/Action/${byId}/Employee/${BRUNO}`))).toBe(
    '500 SBL-DAT-00498',
  );
  expect(verdictOf(await world.write(byId, { 'Primary Owned By': '' }))).toBe('500 SBL-DAT-00498');
  expect(await world.logins(byId)).toEqual(['BRUNO owns', 'ANA']);
});

test('an activity handed over moves to its new owner', async () => {
  const { ANA, CHEN } = world.employees;
  const id = await world.task({ 'Primary Owned By': 'ANA', Employee: [{ Id: CHEN }] });
  await world.write(id, { 'Primary Owned By': 'BRUNO' });
  expect((await world.logins(id)).toSorted()).toEqual(['BRUNO owns', 'CHEN']);
  expect([await sees('ANA', id), await sees('BRUNO', id)]).toEqual([false, true]);
  await world.siebel.put(`Action/Action/${id}/Employee`, { Id: ANA, IsPrimaryMVG: 'Y' });
  expect((await world.logins(id)).toSorted()).toEqual(['ANA owns', 'CHEN']);
  await world.switches({ 'siebel.formerOwnerStays': true });
  await world.write(id, { 'Primary Owned By': 'BRUNO' });
  expect((await world.logins(id)).toSorted()).toEqual(['ANA', 'BRUNO owns', 'CHEN']);
});

test('an owner who left is refused where the installation says so', async () => {
  await world.siebel.put(`Employee/Employee/${world.employees.CHEN}`, { 'Employment Status': 'Terminated' });
  expect((await world.siebel.post('Action/Action', { 'Primary Owned By': 'CHEN' })).status).toBe(200);
  await world.switches({ 'siebel.activeOwners': true });
  expect(verdictOf(await world.siebel.post('Action/Action', { 'Primary Owned By': 'CHEN' }))).toBe(
    '500 SBL-DAT-00225',
  );
});

test('employees and contacts come and go without touching the activity', async () => {
  const contact = await world.siebel.contact({ 'Email Address': 'maria@x.example' });
  const id = await world.appointment();
  const before = await world.read(id);
  await world.sandbox.desk('POST', '/clock', { advanceSeconds: 60 });
  const put = { Employee: [{ Id: world.employees.ANA }, { Id: world.employees.BRUNO }] };
  expect((await world.siebel.put(`Action/Action/${id}/Employee`, put)).status).toBe(200);
  expect((await world.siebel.put(`Action/Action/${id}/Employee`, put)).status).toBe(200);
  await world.siebel.put(`Action/Action/${id}/Contact`, { Id: contact });
  expect(await world.logins(id)).toEqual(['SADMIN owns', 'ANA', 'BRUNO']);
  const [ana] = (await world.children(id, 'Employee')).filter((row) => row['Login Name'] === 'ANA');
  expect(ana).toMatchObject({ 'First Name': 'ANA', 'Last Name': 'Test', 'EMail Addr': 'ana@x.example' });
  expect(await world.children(id, 'Contact')).toMatchObject([
    { Id: contact, 'Email Address': 'maria@x.example', 'Last Name': 'Lopez', IsPrimaryMVG: 'Y' },
  ]);
  const off = await world.siebel.remove(`Action/Action/${id}/Employee/${world.employees.ANA}`);
  expect(off.json).toEqual({ items: { Id: id, operation: 'skipnode' } });
  expect(await world.logins(id)).toEqual(['SADMIN owns', 'BRUNO']);
  const after = await world.read(id);
  expect([after['Updated'], after['Mod Id']]).toEqual([before['Updated'], before['Mod Id']]);
  expect(after).toMatchObject({ 'Primary Contact Id': contact, 'Contact Last Name': 'Lopez' });
  expect((await world.siebel.put(`Action/Action/${id}/Employee`, { Id: '1-NONE' })).status).toBe(500);
});

test('with childrenStampParent a new guest gives the activity a new Updated', async () => {
  await world.switches({ 'siebel.childrenStampParent': true });
  const id = await world.appointment();
  const before = await world.read(id);
  await world.sandbox.desk('POST', '/clock', { advanceSeconds: 60 });
  await world.siebel.put(`Action/Action/${id}/Employee`, { Id: world.employees.ANA });
  const after = await world.read(id);
  expect(after['Updated']).not.toBe(before['Updated']);
  await world.siebel.put(`Action/Action/${id}/Employee`, { Id: world.employees.ANA });
  expect((await world.read(id))['Mod Id']).toBe(after['Mod Id']);
});

test('a contact of somebody else’s team shows as guest to every employee of the meeting', async () => {
  const contact = await world.siebel.contact();
  const id = await world.appointment({
    Contact: [{ Id: contact }],
    Employee: [{ Id: world.employees.BRUNO }],
  });
  const guests = await world.sandbox
    .siebel('BRUNO')
    .get(`Action/Action/${id}/Contact`, { uniformresponse: 'Y' });
  expect(guests.json['items']?.[0]?.['Id']).toBe(contact);
});

test('missing occurrences are the activity’s own rows and go with it', async () => {
  const id = await world.appointment({
    Repeating: 'Y',
    'Repeating Type': 'Weekly',
    'Action Exception': [{ 'Exception Date': '06/08/2026 09:00:00' }],
  });
  const put = await world.siebel.put(`Action/Action/${id}/Action Exception`, {
    Id: 'new',
    'Exception Date': '06/15/2026 09:00:00',
  });
  const second = String(put.json['items']?.['Action Exception']?.['Id']);
  expect(await world.children(id, 'Action Exception')).toMatchObject([
    { 'Exception Date': '06/08/2026 09:00:00', 'Activity Id': id },
    { Id: second, 'Exception Date': '06/15/2026 09:00:00', 'Activity Id': id },
  ]);
  await world.siebel.remove(`Action/Action/${id}/Action Exception/${second}`);
  expect(await world.children(id, 'Action Exception')).toHaveLength(1);
  expect(verdictOf(await world.siebel.put(`Action/Action/${id}/Action Exception`, { Id: 'new' }))).toBe(
    '500 SBL-DAT-00498',
  );
  await world.siebel.remove(`Action/Action/${id}`);
  const again = await world.appointment();
  expect(await world.children(again, 'Action Exception')).toEqual([]);
});

test('an activity is seen by its owner and its employees, a private one by them alone', async () => {
  const fields = { 'Primary Owned By': 'ANA', Employee: [{ Id: world.employees.BRUNO }] };
  const open = await world.appointment(fields);
  const secret = await world.appointment({ ...fields, Private: 'Y' });
  for (const id of [open, secret]) {
    expect([await sees('ANA', id), await sees('BRUNO', id), await sees('CHEN', id)]).toEqual([
      true,
      true,
      false,
    ]);
    expect([await sees('SADMIN', id), await sees('SADMIN', id, 'All')]).toEqual([false, true]);
  }
  const wide = async (id: string) => [
    await sees('CHEN', id, 'All'),
    await sees('CHEN', id, 'Organization'),
    await sees('CHEN', id, 'Catalog'),
    await sees('CHEN', id, 'Personal'),
  ];
  expect([await wide(open), await wide(secret)]).toEqual([
    [true, true, true, false],
    [false, false, false, false],
  ]);
  const mine = await world.sandbox.siebel('BRUNO').get('Action/Action', { recordcountneeded: 'true' });
  expect(mine.headers.get('total-record-count')).toBe('2');
});

test('a deleted activity leaves its people alone', async () => {
  const contact = await world.siebel.contact();
  const id = await world.appointment({
    Contact: [{ Id: contact }],
    Employee: [{ Id: world.employees.ANA }],
  });
  expect((await world.siebel.remove(`Action/Action/${id}`)).status).toBe(200);
  expect((await world.siebel.get(`Action/Action/${id}`, { ViewMode: 'All' })).status).toBe(404);
  expect(await world.found("EXISTS ([Owned By]='ANA')")).toEqual([]);
  expect(await world.siebel.search(`[Id]='${contact}'`)).toEqual(['Lopez']);
});
