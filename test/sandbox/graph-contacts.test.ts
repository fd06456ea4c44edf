import { expect, test } from 'vitest';
import { ana, bruno, startGraph, textOf, tokenWith } from './graph-world.ts';

const key = 'String {5A0A2F2C-3B6E-4F0E-9D5F-7D4C1C7A9B10} Name RecordId';
const stamp = 'String {5a0a2f2c-3b6e-4f0e-9d5f-7d4c1c7a9b10} Name RecordId';

test('a new contact comes back whole, with the defaults Exchange fills in', async () => {
  const { newContact } = startGraph();
  expect(
    await newContact({
      givenName: 'Maria',
      surname: 'Lopez',
      emailAddresses: [{ address: 'maria@example.com' }, { name: 'Old', address: 'not an address' }],
    }),
  ).toMatchObject({
    displayName: 'Maria Lopez',
    fileAs: 'Lopez, Maria',
    personalNotes: '',
    jobTitle: null,
    categories: [],
    businessPhones: [],
    homeAddress: {},
    birthday: null,
    emailAddresses: [{ name: 'maria@example.com', address: 'maria@example.com' }, { name: 'Old' }],
    primaryEmailAddress: { name: 'maria@example.com', address: 'maria@example.com' },
    tertiaryEmailAddress: null,
  });
});

test('more entries than Outlook has slots are refused by name and number', async () => {
  const { call } = startGraph();
  const body = { emailAddresses: [1, 2, 3, 4].map((n) => ({ address: `m${n}@example.com` })) };
  const reply = await call('POST', `/users/${ana}/contacts`, { body });
  expect(reply).toMatchObject({
    status: 400,
    body: {
      error: {
        message:
          'The multi value property EmailAddresses has 4 entries, that exceeds the max allowed value of 3',
      },
    },
  });
});

test('a change leaves unnamed properties alone, replaces collections whole and clears with null', async () => {
  const { call, newContact } = startGraph();
  const contact = await newContact({
    givenName: 'Maria',
    surname: 'Lopez',
    jobTitle: 'Buyer',
    businessPhones: ['1', '2'],
    businessAddress: { street: 'Street 1', city: 'Madrid' },
    emailAddresses: [{ address: 'maria@example.com' }],
  });
  const path = `/users/${ana}/contacts/${textOf(contact['id'])}`;
  const body = {
    surname: 'Lopez-Vega',
    jobTitle: null,
    businessPhones: ['3'],
    businessAddress: { city: 'Sevilla' },
    secondaryEmailAddress: { address: 'second@example.com' },
  };
  const changed = await call('PATCH', path, { body });
  expect(changed).toMatchObject({
    status: 200,
    body: {
      givenName: 'Maria',
      displayName: 'Maria Lopez-Vega',
      fileAs: 'Lopez-Vega, Maria',
      jobTitle: null,
      businessPhones: ['3'],
      businessAddress: { city: 'Sevilla' },
      emailAddresses: [{ address: 'maria@example.com' }, { address: 'second@example.com' }],
    },
  });
  expect(changed.body['businessAddress']).toEqual({ city: 'Sevilla' });
  expect(changed.body['changeKey']).not.toBe(contact['changeKey']);
});

test('a change under another version is refused, under the present one it is made', async () => {
  const { call, newContact } = startGraph();
  const contact = await newContact({ surname: 'Lopez' });
  const path = `/users/${ana}/contacts/${textOf(contact['id'])}`;
  const at = (etag: unknown) => ({ body: { surname: 'Vega' }, headers: { 'if-match': textOf(etag) } });
  const first = await call('PATCH', path, at(contact['@odata.etag']));
  expect(first.status).toBe(200);
  expect(await call('PATCH', path, at(contact['@odata.etag']))).toMatchObject({
    status: 412,
    code: 'ErrorIrresolvableConflict',
  });
  expect((await call('DELETE', path, at(first.body['@odata.etag']))).status).toBe(204);
});

test('a property nobody defined, a value of a wrong type and text that is no JSON are refused', async () => {
  const { call } = startGraph();
  for (const body of [{ shoeSize: '42' }, { surname: 7 }, { businessPhones: 'x' }, { birthday: 'soon' }]) {
    expect(await call('POST', `/users/${ana}/contacts`, { body })).toMatchObject({
      status: 400,
      code: 'RequestBodyRead',
    });
  }
});

test('a deleted contact is lost under its mutable id and lies in Deleted Items under the immutable one', async () => {
  const { call, world, newContact } = startGraph();
  const { id: mutable } = await newContact({ surname: 'Lopez' });
  const path = (id: unknown) => `/users/${ana}/contacts/${textOf(id)}`;
  const before = (await call('GET', path(mutable), { immutable: true })).body;
  expect((await call('DELETE', path(mutable))).status).toBe(204);
  expect(await call('GET', path(mutable))).toMatchObject({ status: 404, code: 'ErrorItemNotFound' });
  const after = (await call('GET', path(before['id']), { immutable: true })).body;
  expect(after['id']).toBe(before['id']);
  expect(after['parentFolderId']).not.toBe(before['parentFolderId']);
  expect(await call('DELETE', path(before['id']))).toMatchObject({ status: 404 });
  world.switches.set('graph.deletedItemsHidden', true);
  expect(await call('GET', path(before['id']))).toMatchObject({ status: 404 });
});

test('a deleted contact is put back under its immutable id, an archived one comes back under another', async () => {
  const { call, graph, newContact } = startGraph();
  const { id } = await newContact({ surname: 'Lopez' });
  const get = (of: unknown) => call('GET', `/users/${ana}/contacts/${textOf(of)}`, { immutable: true });
  const immutable = (await get(id)).body['id'];
  await call('DELETE', `/users/${ana}/contacts/${textOf(id)}`);
  const restored = graph.control.restore(ana, textOf(id));
  expect(restored).not.toBe(id);
  expect((await get(restored)).body['id']).toBe(immutable);
  expect(graph.control.archive(ana, textOf(immutable))).toBe(true);
  expect((await get(immutable)).status).toBe(404);
  const back = await get(graph.control.restore(ana, textOf(immutable)));
  expect(back.status).toBe(200);
  expect(back.body['id']).not.toBe(immutable);
});

test('a mailbox move changes every id and kills every token', async () => {
  const { call, graph, newContact } = startGraph();
  const { id, parentFolderId } = await newContact({ surname: 'Lopez' });
  const delta = await call('GET', `/users/${ana}/contactFolders/${textOf(parentFolderId)}/contacts/delta`);
  graph.control.newIds(ana);
  expect((await call('GET', `/users/${ana}/contacts/${textOf(id)}`)).status).toBe(404);
  expect(await call('GET', textOf(delta.body['@odata.deltaLink']))).toMatchObject({ status: 410 });
  const [moved] = (await call('GET', `/users/${ana}/contacts`)).rows;
  expect(moved).toMatchObject({ surname: 'Lopez' });
  expect(moved?.['id']).not.toBe(id);
});

test('extended properties are stored silently, shown by $expand and found by $filter', async () => {
  const { call, newContact } = startGraph();
  const made = await newContact({
    surname: 'Lopez',
    singleValueExtendedProperties: [
      { id: key, value: '1-ABC' },
      { id: 'Integer 0x0036', value: '2' },
    ],
  });
  await newContact({ surname: 'Other', singleValueExtendedProperties: [{ id: key, value: '1-DEF' }] });
  expect(made).not.toHaveProperty('singleValueExtendedProperties');
  const expand = `$expand=singleValueExtendedProperties($filter=id eq '${key}' or id eq 'Integer 0x36')`;
  const one = await call('GET', `/users/${ana}/contacts/${textOf(made['id'])}?${expand}`);
  expect(one.body['singleValueExtendedProperties']).toEqual([
    { id: stamp, value: '1-ABC' },
    { id: 'Integer 0x36', value: '2' },
  ]);
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${key}' and ep/value eq '1-abc')`;
  const found = await call('GET', `/users/${ana}/contacts?filter=${filter}&$select=surname&${expand}`);
  expect(found.rows.map((row) => [row['surname'], row['singleValueExtendedProperties']])).toMatchObject([
    ['Lopez', [{ value: '1-ABC' }, { value: '2' }]],
  ]);
  await call('PATCH', `/users/${ana}/contacts/${textOf(made['id'])}`, {
    body: { singleValueExtendedProperties: [{ id: key, value: null }] },
  });
  expect((await call('GET', `/users/${ana}/contacts?$filter=${filter}`)).rows).toEqual([]);
});

test('open extensions are made, read, merged and taken away, and delta does not notice', async () => {
  const { call, newContact } = startGraph();
  const { id } = await newContact({ surname: 'Lopez' });
  const path = `/users/${ana}/contacts/${textOf(id)}/extensions`;
  const link = textOf((await call('GET', `/users/${ana}/contacts/delta`)).body['@odata.deltaLink']);
  const body = { extensionName: 'com.example.sync', recordId: '1-ABC' };
  expect((await call('POST', path, { body })).status).toBe(201);
  expect((await call('POST', path, { body })).status).toBe(409);
  await call('PATCH', `${path}/com.example.sync`, { body: { stage: 'two' } });
  expect((await call('GET', `${path}/com.example.sync`)).body).toMatchObject({
    recordId: '1-ABC',
    stage: 'two',
  });
  expect((await call('GET', link)).rows).toEqual([]);
  expect((await call('DELETE', `${path}/com.example.sync`)).status).toBe(204);
  expect((await call('GET', `${path}/com.example.sync`)).status).toBe(404);
});

test('lists page, sort, filter and count as their options ask, in whatever case', async () => {
  const { call, newContact } = startGraph();
  for (let n = 1; n <= 12; n++)
    await newContact({ surname: `N${String(n).padStart(2, '0')}`, children: [`${n}`] });
  const first = await call('GET', `/users/${ana}/contacts?$COUNT=true`);
  expect(first.body['@odata.count']).toBe(12);
  expect(first.rows).toHaveLength(10);
  const second = await call('GET', textOf(first.body['@odata.nextLink']));
  expect(second.rows).toHaveLength(2);
  expect(second.body).not.toHaveProperty('@odata.nextLink');
  const query =
    "orderby=surname desc&$top=2&$filter=startswith(surname,'n1') and not(surname eq 'N11')&select=surname";
  const chosen = await call('GET', `/users/${ana}/contacts?${query}`);
  expect(chosen.rows.map((row) => row['surname'])).toEqual(['N12', 'N10']);
  expect(Object.keys(chosen.rows[0] ?? {}).sort()).toEqual(['@odata.etag', 'id', 'surname']);
  expect(await call('GET', `/users/${ana}/contacts?$select=shoeSize`)).toMatchObject({ status: 400 });
});

test('a token reaches what it grants and no further', async () => {
  const { call, tokenOf, world } = startGraph();
  expect(await call('GET', `/users/${ana}/contacts`, { token: 'nonsense' })).toMatchObject({
    status: 401,
    code: 'InvalidAuthenticationToken',
    headers: { 'WWW-Authenticate': expect.stringContaining('Bearer') },
  });
  const mine = { token: tokenOf(ana) };
  expect((await call('GET', '/me/contacts', mine)).status).toBe(200);
  expect(await call('GET', `/users/${bruno}/contacts`, mine)).toMatchObject({
    status: 403,
    code: 'ErrorAccessDenied',
  });
  expect((await call('GET', '/me/contacts')).status).toBe(400);
  const reader = { token: tokenWith({ roles: ['Contacts.Read'] }), body: { surname: 'X' } };
  expect((await call('POST', `/users/${ana}/contacts`, reader)).status).toBe(403);
  const foreign = { token: tokenWith({ aud: 'api://x', roles: ['Contacts.ReadWrite'] }) };
  expect((await call('GET', `/users/${ana}/contacts`, foreign)).status).toBe(401);
  world.switches.set('graph.mailboxScope', bruno);
  expect((await call('GET', `/users/${ana}/contacts`)).status).toBe(403);
  world.switches.set('graph.mailboxNotEnabled', bruno);
  expect((await call('GET', `/users/${bruno}/contacts`)).code).toBe('MailboxNotEnabledForRESTAPI');
});
