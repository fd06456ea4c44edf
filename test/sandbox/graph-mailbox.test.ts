import { expect, test } from 'vitest';
import { windowsName } from '../../server/sandbox/graph/time-zones.ts';
import { ana, bruno, startGraph, textOf } from './graph-world.ts';

test('people are found by id, by any address and by filters of the directory', async () => {
  const { call, graph } = startGraph();
  graph.control.aliases(ana, ['Sales@Example.com']);
  const { body } = await call('GET', `/users/${ana.toUpperCase()}`);
  expect(body).toMatchObject({ mail: ana, userPrincipalName: ana, displayName: 'ana' });
  expect((await call('GET', `/users/${textOf(body['id'])}`)).body['mail']).toBe(ana);
  const filters = [
    `mail eq '${ana}'`,
    `userPrincipalName eq '${ana}' or mail eq 'x'`,
    "proxyAddresses/any(p:p eq 'smtp:sales@example.com')",
  ];
  for (const filter of filters) {
    const { rows } = await call('GET', `/users?$filter=${filter}&$select=id,proxyAddresses`);
    expect(rows).toEqual([{ id: body['id'], proxyAddresses: [`SMTP:${ana}`, 'smtp:sales@example.com'] }]);
  }
  expect(await call('GET', '/users/nobody@example.com')).toMatchObject({
    status: 404,
    code: 'Request_ResourceNotFound',
  });
});

test('the directory pages by tokens', async () => {
  const { call } = startGraph();
  const first = await call('GET', '/users?$top=1');
  const link = textOf(first.body['@odata.nextLink']);
  expect(link).toContain('$skiptoken=');
  const second = await call('GET', link);
  expect([first.rows[0]?.['mail'], second.rows[0]?.['mail']]).toEqual([ana, bruno]);
  expect(second.body).not.toHaveProperty('@odata.nextLink');
});

test('a mailbox shows its time zone by the Windows name, whichever it was given', async () => {
  const { call } = startGraph();
  const path = `/users/${ana}/mailboxSettings`;
  expect((await call('GET', path)).body['timeZone']).toBe('Romance Standard Time');
  const changed = await call('PATCH', path, { body: { timeZone: 'America/Los_Angeles' } });
  expect(changed.body['timeZone']).toBe('Pacific Standard Time');
  expect((await call('GET', `${path}/timeZone`)).body['value']).toBe('Pacific Standard Time');
  expect((await call('PATCH', path, { body: { timeZone: 'Atlantis' } })).status).toBe(400);
  const { rows } = await call('GET', `/users/${ana}/outlook/supportedTimeZones`);
  expect(rows).toContainEqual({ alias: 'Romance Standard Time', displayName: 'Romance Standard Time' });
});

test('every IANA zone but the one of a polar station has a Windows name', () => {
  const unknown = Intl.supportedValuesOf('timeZone').filter(
    (zone) => windowsName(zone) === 'UTC' && zone !== 'Antarctica/Troll',
  );
  for (const zone of unknown) {
    const noon = Temporal.Instant.from('2026-06-15T12:00:00Z').toZonedDateTimeISO(zone);
    expect(`${zone} ${noon.offset}`).toBe(`${zone} +00:00`);
  }
});

test('a category is made once, never renamed, and recoloured', async () => {
  const { call } = startGraph();
  const path = `/users/${ana}/outlook/masterCategories`;
  const made = await call('POST', path, { body: { displayName: 'Siebel Contact', color: 'preset4' } });
  expect(made).toMatchObject({ status: 201, body: { displayName: 'Siebel Contact', color: 'preset4' } });
  expect((await call('POST', path, { body: { displayName: 'siebel contact' } })).status).toBe(409);
  const one = `${path}/${textOf(made.body['id'])}`;
  expect((await call('PATCH', one, { body: { displayName: 'Other' } })).status).toBe(400);
  expect((await call('PATCH', one, { body: { color: 'preset5' } })).body['color']).toBe('preset5');
  expect((await call('DELETE', one)).status).toBe(204);
  expect((await call('GET', path)).rows).toEqual([]);
});

test('the list of folders keeps the default folder to itself, its well-known name leads there', async () => {
  const { call, newContact } = startGraph();
  const { id, parentFolderId } = await newContact({ surname: 'Lopez' });
  const folders = `/users/${ana}/contactFolders`;
  expect((await call('GET', folders)).rows).toEqual([]);
  expect((await call('GET', `${folders}/contacts`)).body['id']).toBe(parentFolderId);
  const partners = (await call('POST', folders, { body: { displayName: 'Partners' } })).body;
  const child = await call('POST', `${folders}/${textOf(partners['id'])}/childFolders`, {
    body: { displayName: 'South' },
  });
  expect((await call('POST', folders, { body: { displayName: 'partners' } })).status).toBe(409);
  expect((await call('GET', folders)).rows).toMatchObject([{ displayName: 'Partners' }]);
  const below = `${folders}/${textOf(partners['id'])}/childFolders`;
  expect((await call('GET', below)).rows).toMatchObject([{ displayName: 'South' }]);
  const deep = `${below}/${textOf(child.body['id'])}/contacts`;
  const inside = await call('POST', deep, { body: { surname: 'Deep' } });
  expect((await call('GET', deep)).rows).toMatchObject([{ id: inside.body['id'], surname: 'Deep' }]);
  expect((await call('GET', `/users/${ana}/contacts`)).rows).toMatchObject([{ id }]);
  expect((await call('GET', `/users/${ana}/contacts/${textOf(inside.body['id'])}`)).status).toBe(200);
});

test('ids of one kind are translated into those of another', async () => {
  const { call, newContact } = startGraph();
  const { id } = await newContact({ surname: 'Lopez' });
  const immutable = (await call('GET', `/users/${ana}/contacts/${textOf(id)}`, { immutable: true })).body[
    'id'
  ];
  const translate = (inputIds: readonly unknown[], sourceIdType: string, targetIdType: string) =>
    call('POST', `/users/${ana}/translateExchangeIds`, { body: { inputIds, sourceIdType, targetIdType } });
  expect((await translate([id], 'restId', 'restImmutableEntryId')).rows).toEqual([
    { sourceId: id, targetId: immutable },
  ]);
  const ews = (await translate([id], 'restId', 'ewsId')).rows[0]?.['targetId'];
  expect((await translate([ews, 'x'], 'ewsId', 'restId')).rows).toMatchObject([
    { targetId: id },
    { sourceId: 'x', errorDetails: {} },
  ]);
});

test('an unknown address and a wrong method are told apart, under ids of the request', async () => {
  const { call } = startGraph();
  const unknown = await call('GET', `/users/${ana}/planets`, { headers: { 'client-request-id': 'mine' } });
  expect(unknown).toMatchObject({
    status: 400,
    headers: { 'client-request-id': 'mine' },
    body: { error: { innerError: { 'client-request-id': 'mine' } } },
  });
  expect((await call('DELETE', '/users')).status).toBe(405);
});
