import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { activitiesWorld, verdictOf } from './siebel-activities.ts';

let world: Awaited<ReturnType<typeof activitiesWorld>>;

beforeAll(async () => {
  world = await activitiesWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.sandbox.close());

const picked = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  names.map((name) => row[name]);

test('an activity belongs to who makes it and has the values every new one has', async () => {
  const id = await world.made({ Description: 'Bare' }, world.sandbox.siebel('BRUNO'));
  expect(await world.read(id)).toMatchObject({
    Status: 'Not Started',
    Priority: '3-Medium',
    'Primary Owned By': 'BRUNO',
    'Owned By': 'BRUNO',
    'Primary Owner Id': world.employees.BRUNO,
    'Primary Organization': 'Default Organization',
    'Activity UID': id,
    'Done Flag': 'N',
    Private: 'N',
    'Template Flag': 'N',
    Display: 'Activities Only',
  });
});

test('Type and Display go together where only one is given', async () => {
  const of = async (fields: Readonly<Record<string, string>>) =>
    picked(await world.read(await world.made(fields)), ['Type', 'Display']);
  expect(await of({ Display: 'Calendar and Activities' })).toEqual([
    'Appointment',
    'Calendar and Activities',
  ]);
  expect(await of({ Type: 'To Do' })).toEqual(['To Do', 'To Do and Activities']);
  expect(await of({ Type: 'Call', Display: 'Calendar and Activities' })).toEqual([
    'Call',
    'Calendar and Activities',
  ]);
});

test('every field that is written is read back', async () => {
  const fields = {
    Type: 'Presentation',
    Display: 'Communication and Activities',
    Description: 'Demo',
    Comment: 'Line one\nLine two',
    'Short Comment': 'Short',
    Planned: '06/01/2026 09:00:00',
    'Planned Completion': '06/01/2026 10:30:00',
    Due: '06/02/2026 00:00:00',
    'No Sooner Than Date': '05/30/2026 08:00:00',
    Started: '06/01/2026 09:01:00',
    Status: 'On Hold',
    Priority: '1-ASAP',
    'Percent Complete': '40',
    Private: 'Y',
    Alarm: 'Y',
    'Appt Alarm Time Min': '15',
    MeetingLocation: 'Room 2',
    'PIM Meeting Participants': 'a@x.example;b@x.example',
    'Integration Id': 'key-1',
    'Activity UID': 'uid-1',
    'Suppress Calendar': 'Y',
    'Calendar Event Id': 'event-1',
    'Orig Appt Id': '1-ABC',
    Repeating: 'Y',
    'Repeating Type': 'Quarterly',
    'Repeating Expires': '12/31/2027',
  };
  const row = await world.read(await world.made(fields));
  expect(row).toMatchObject(fields);
  expect(row).toMatchObject({
    'Due Date': '06/02/2026 00:00:00',
    'Duration Minutes': '90',
    'Duration Hours': '1.5',
  });
});

test('values outside the lists of values are refused, texts that are too long too', async () => {
  const wrong = {
    Type: 'Party',
    Display: 'Calendar and Activity',
    Status: 'Canceled',
    Priority: '3-Standard',
    'Repeating Type': 'Fortnightly',
    'Primary Owned By': 'NOBODY',
    'Primary Owner Id': '1-NONE',
  };
  const id = await world.task();
  for (const [name, value] of Object.entries(wrong)) {
    expect([name, verdictOf(await world.write(id, { [name]: value }))]).toEqual([name, '500 SBL-DAT-00225']);
  }
  expect((await world.write(id, { Comment: 'x'.repeat(1500) })).status).toBe(200);
  expect(verdictOf(await world.write(id, { Comment: 'x'.repeat(1501) }))).toBe('500 SBL-DAT-00188');
  expect(verdictOf(await world.write(id, { Planned: '2026-06-01' }))).toBe('500 SBL-DAT-00359');
});

test('the end lies after the start', async () => {
  const id = await world.appointment();
  const zero = await world.write(id, { 'Planned Completion': '06/01/2026 09:00:00' });
  expect(zero.text).toContain('Wrong field values or value types detected in field End.(SBL-DAT-00510)');
  expect(verdictOf(await world.write(id, { Planned: '06/01/2026 11:00:00' }))).toBe('500 SBL-DAT-00510');
  expect(
    verdictOf(
      await world.siebel.post('Action/Action', { Planned: '06/02/2026', 'Planned Completion': '06/01/2026' }),
    ),
  ).toBe('500 SBL-DAT-00510');
  const later = { Planned: '06/01/2026 11:00:00', 'Planned Completion': '06/01/2026 11:20:00' };
  expect((await world.write(id, later)).status).toBe(200);
  expect(await world.read(id)).toMatchObject({ ...later, 'Duration Minutes': '20' });
});

test('a duration written alone moves the end', async () => {
  const id = await world.appointment();
  await world.write(id, { 'Duration Minutes': '45' });
  expect((await world.read(id))['Planned Completion']).toBe('06/01/2026 09:45:00');
  await world.write(id, { 'Duration Hours': '2' });
  expect(await world.read(id)).toMatchObject({
    'Planned Completion': '06/01/2026 11:00:00',
    'Duration Minutes': '120',
  });
  await world.write(id, { Planned: '', 'Planned Completion': '' });
  expect(picked(await world.read(id), ['Duration Minutes', 'Duration Hours'])).toEqual(['', '']);
  const made = await world.made({ Planned: '06/01/2026 09:00:00', 'Duration Minutes': '30' });
  expect((await world.read(made))['Planned Completion']).toBe('06/01/2026 09:30:00');
});

test('with endFollowsStart a new start takes the end along', async () => {
  await world.switches({ 'siebel.endFollowsStart': true });
  const id = await world.appointment();
  await world.write(id, { Planned: '06/03/2026 14:00:00' });
  expect((await world.read(id))['Planned Completion']).toBe('06/03/2026 15:00:00');
});

const completion = ['Status', 'Done Flag', 'Percent Complete'];

test('done is done in every field, however it was said', async () => {
  for (const said of [{ Status: 'Done' }, { 'Done Flag': 'Y' }, { Done: '06/01/2026 12:00:00' }]) {
    const id = await world.task();
    await world.write(id, said);
    const row = await world.read(id);
    expect(picked(row, completion)).toEqual(['Done', 'Y', '100']);
    expect(row['Done']).not.toBe('');
    expect((await world.write(id, said)).status).toBe(200);
    expect((await world.read(id))['Mod Id']).toBe(row['Mod Id']);
  }
  const made = await world.task({ Status: 'Done', 'Percent Complete': '90' });
  expect(picked(await world.read(made), completion)).toEqual(['Done', 'Y', '90']);
});

test('a task that is taken up again is done in no field', async () => {
  for (const said of [{ Status: 'In Progress' }, { 'Done Flag': 'N' }, { Done: '' }]) {
    const id = await world.task({ Status: 'Done' });
    await world.write(id, said);
    const row = await world.read(id);
    expect(picked(row, completion)).toEqual([said.Status ?? 'Not Started', 'N', '0']);
    expect(row['Done']).toBe('');
  }
});

test('a status that is not Done leaves the other fields alone', async () => {
  const id = await world.task({ 'Percent Complete': '40' });
  await world.write(id, { Status: 'On Hold' });
  expect(picked(await world.read(id), completion)).toEqual(['On Hold', 'N', '40']);
});

test('a repeating activity says how it repeats and is one row', async () => {
  expect(verdictOf(await world.siebel.post('Action/Action', { Repeating: 'Y' }))).toBe('500 SBL-DAT-00498');
  await world.appointment({ Repeating: 'Y', 'Repeating Type': 'Weekly', 'Repeating Expires': '12/31/2026' });
  expect(await world.found("[Repeating]='Y'")).toEqual(['Kick-off']);
  expect(await world.found("[Repeating Expires] >= '12/31/2026'")).toEqual(['Kick-off']);
});

test('Description is required where the installation says so', async () => {
  expect((await world.siebel.post('Action/Action', { Type: 'Call' })).status).toBe(200);
  await world.switches({ 'siebel.requiredDescription': true });
  expect((await world.siebel.post('Action/Action', { Type: 'Call' })).text).toContain(
    "'Description' is a required",
  );
});

test('the Activity UID is unique', async () => {
  await world.task({ 'Activity UID': 'uid-1' });
  expect(verdictOf(await world.siebel.post('Action/Action', { 'Activity UID': 'uid-1' }))).toBe(
    '500 SBL-DAT-00381',
  );
});

test('batches and writes to the collection are answered as for contacts', async () => {
  const batch = await world.siebel.post('Action/Action', [{ Description: 'One' }, { Description: 'Two' }]);
  const ids = [batch.json[0], batch.json[1]].map((record) => String(record?.['Id']));
  expect(ids.every((id) => /^1-[0-9A-Z]{5}$/.test(id))).toBe(true);
  const put = await world.siebel.put('Action/Action', { Id: ids[0], Priority: '2-High' });
  expect(put.json['items']?.['Id']).toBe(ids[0]);
  const failing = [
    { Id: ids[0], Priority: '4-Low' },
    { Id: ids[1], Priority: 'none' },
  ];
  expect(verdictOf(await world.siebel.put('Action/Action', failing))).toBe('500 SBL-DAT-00225');
  expect((await world.read(ids[0] ?? ''))['Priority']).toBe('2-High');
});

test('describe shows the fields with their types', async () => {
  const { json } = await world.siebel.get('Action/Action/describe');
  const schemas = json['components']?.['schemas'] ?? {};
  const properties = Object.values(schemas)[0] as Readonly<{ properties: Record<string, unknown> }>;
  expect(properties.properties['Planned']).toMatchObject({ 'x-siebel-datatype': 'DTYPE_UTCDATETIME' });
  expect(properties.properties['Repeating Expires']).toMatchObject({ 'x-siebel-datatype': 'DTYPE_DATE' });
  expect(properties.properties['Comment']).toMatchObject({ 'x-maxLength': '1500' });
});
