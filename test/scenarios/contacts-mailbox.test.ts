import { describe, expect, test } from 'vitest';
import { graphOf, immutableIdOf, listMany, putRulesBack, shared, surnamed } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('what happens to a mailbox', () => {
  const world = useWorld();
  putRulesBack(world);

  test('a moved mailbox has new ids: every copy is followed, nothing is deleted or made twice', async () => {
    const ana = await world.person('Ana');
    const ids = await listMany(world, [ana], { count: 25, lastName: 'Moved' });
    await ana.outlook.add({ givenName: 'Otto', surname: 'Moved', categories: ['Siebel Contact'] });
    await ana.outlook.add({ givenName: 'Own', surname: 'Moved' });
    await world.sync();

    expect((await world.desk('POST', `/mailboxes/${ana.mailbox}/new-ids`)).status).toBe(200);
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });

    expect((await surnamed(ana, 'Moved')).length).toBe(27);
    expect((await world.siebel.contacts('[Last Name]="Moved"')).length).toBe(26);
    expect(await world.siebel.members(ids[0] ?? '')).toEqual([ana.login]);
    await ana.outlook.change((await ana.outlook.contact('N3', 'Moved')).id, { jobTitle: 'After the move' });
    await world.siebel.change(ids[4] ?? '', { 'Job Title': 'From Siebel' });
    await world.sync();
    expect(await world.siebel.contact(ids[3] ?? '')).toMatchObject({ 'Job Title': 'After the move' });
    expect(await ana.outlook.contact('N4', 'Moved')).toMatchObject({ jobTitle: 'From Siebel' });
    await world.isQuiet();
  });

  test('a contact deleted during a mailbox move is not taken for a deletion of anything else', async () => {
    const ana = await world.person('Ana');
    await listMany(world, [ana], { count: 15, lastName: 'Crossed' });
    await world.sync();
    await world.desk('POST', `/mailboxes/${ana.mailbox}/new-ids`);
    await ana.outlook.remove((await ana.outlook.contact('N0', 'Crossed')).id);
    await world.sync();
    expect((await surnamed(ana, 'Crossed')).length).toBe(14);
    expect((await world.siebel.contacts('[Last Name]="Crossed"')).length).toBe(15);
    await world.isQuiet();
  });

  test('a deleted contact that is put back before the next look stays in step', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Back at once' });
    const copy = await ana.outlook.contact('Maria', 'Back at once');
    const immutable = await immutableIdOf(world, ana, copy.id);
    await ana.outlook.remove(copy.id);
    expect((await world.desk('POST', `/mailboxes/${ana.mailbox}/restore`, { id: immutable })).status).toBe(
      200,
    );
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    await world.isQuiet();
  });

  test('a deleted contact that is put back later comes back onto the Sync List, as the same record', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Back later' });
    const copy = await ana.outlook.contact('Maria', 'Back later');
    const immutable = await immutableIdOf(world, ana, copy.id);
    await ana.outlook.remove(copy.id);
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([]);
    await world.desk('POST', `/mailboxes/${ana.mailbox}/restore`, { id: immutable });
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    expect((await world.siebel.contacts('[Last Name]="Back later"')).length).toBe(1);
    expect((await surnamed(ana, 'Back later')).length).toBe(1);
    await world.isQuiet();
  });

  test('a contact moved to the archive is no deletion: the person stays on the list, no copy is made again', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await shared(world, [ana, bruno], { 'Last Name': 'Archived' });
    const copy = await ana.outlook.contact('Maria', 'Archived');
    const immutable = await immutableIdOf(world, ana, copy.id);
    expect((await world.desk('POST', `/mailboxes/${ana.mailbox}/archive`, { id: immutable })).status).toBe(
      200,
    );
    const { written } = await world.sync();
    expect(written.siebel).toBe(0);
    expect((await world.siebel.members(id)).sort()).toEqual([ana.login, bruno.login].sort());
    await bruno.outlook.contact('Maria', 'Archived');
    await world.isQuiet();
  });

  test('a contact moved between contact folders stays the same contact, there and back', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Filed' });
    const copy = await ana.outlook.contact('Maria', 'Filed');
    const home = copy['parentFolderId'];
    const graph = await graphOf(world, ana);
    const folder = (await graph('POST', '/contactFolders', { displayName: 'Customers' })).json as {
      id: string;
    };
    const moved = await graph('PATCH', `/contacts/${copy.id}`, { parentFolderId: folder.id });
    expect(moved.status, moved.text).toBe(200);
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await world.siebel.members(id)).toEqual([ana.login]);

    await world.siebel.change(id, { 'Job Title': 'Buyer' });
    await world.sync();
    const inFolder = (await graph('GET', `/contactFolders/${folder.id}/contacts`)).json as {
      value: { id: string; jobTitle: string }[];
    };
    expect(inFolder.value.map((one) => one.jobTitle)).toEqual(['Buyer']);

    await graph('PATCH', `/contacts/${inFolder.value[0]?.id}`, { parentFolderId: home, jobTitle: 'Seller' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Seller' });
    expect((await surnamed(ana, 'Filed')).length).toBe(1);
    await world.isQuiet();
  });

  test('a contact marked in another folder becomes a Siebel contact; a folder that is deleted takes its contacts off the list', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const graph = await graphOf(world, ana);
    const folder = (await graph('POST', '/contactFolders', { displayName: 'Prospects' })).json as {
      id: string;
    };
    const made = await graph('POST', `/contactFolders/${folder.id}/contacts`, {
      givenName: 'Fritz',
      surname: 'Folder',
      categories: ['Siebel Contact'],
    });
    expect(made.status, made.text).toBe(201);
    await world.sync();
    const [row] = await world.siebel.contacts('[Last Name]="Folder"');
    expect(row).toBeDefined();
    expect((await graph('DELETE', `/contactFolders/${folder.id}`)).status).toBe(204);
    await world.sync();
    await world.isQuiet();
    expect(await world.siebel.members(row?.Id ?? '')).toEqual([]);
    expect(await world.siebel.contact(row?.Id ?? '')).not.toBeNull();
  });
});
