import { describe, expect, test } from 'vitest';
import {
  lay,
  listMany,
  look,
  onlyParked,
  parked,
  putRulesBack,
  shared,
  statusOf,
  surnamed,
} from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const deltas = { side: 'graph', path: 'contacts/delta' };

describe('broken answers', () => {
  const world = useWorld();
  putRulesBack(world);

  test('an empty listing of a mailbox that holds thirty contacts is refused, and read again', async () => {
    const ana = await world.person('Ana');
    const ids = await listMany(world, [ana], { count: 30, lastName: 'Empty' });
    await world.sync();
    await lay(world, { ...deltas, kind: 'expire-delta', times: 1 }, { ...deltas, kind: 'empty-list' });

    expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await onlyParked(world, ana)).toMatchObject({
      what: 'listing',
      reason: expect.stringContaining('empty list'),
    });
    expect(await statusOf(world, ana)).toMatchObject({
      state: 'failing',
      error: expect.stringContaining('empty list'),
    });
    expect((await surnamed(ana, 'Empty')).length).toBe(30);
    expect(await world.siebel.members(ids[0] ?? '')).toEqual([ana.login]);

    await world.desk('DELETE', '/faults');
    await world.sync();
    expect(await parked(world, ana)).toEqual([]);
    expect((await statusOf(world, ana)).state).toBe('inStep');
    await world.isQuiet();
  });

  test('a listing of a mailbox that breaks off after its first page concludes nothing', async () => {
    const ana = await world.person('Ana');
    await listMany(world, [ana], { count: 30, lastName: 'Partial' });
    await world.sync();
    await lay(world, { ...deltas, kind: 'expire-delta', times: 1 }, { ...deltas, kind: 'partial-page' });

    expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await statusOf(world, ana)).toMatchObject({
      state: 'failing',
      error: expect.stringContaining('broke off'),
    });
    expect((await surnamed(ana, 'Partial')).length).toBe(30);

    await world.desk('DELETE', '/faults');
    await world.sync();
    expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
    await world.isQuiet();
  });

  test('a mailbox enabled while its listings are empty makes no twins once they are whole', async () => {
    const ana = await world.person('Ana', { mapped: false });
    const ids = await listMany(world, [ana], {
      count: 12,
      lastName: 'Twinless',
      more: { 'Email Address': 'x@twinless.example' },
    });
    for (const [n, id] of ids.entries())
      await world.siebel.change(id, { 'Email Address': `n${n}@twinless.example` });
    for (let n = 0; n < 12; n += 1) {
      await ana.outlook.add({
        givenName: `N${n}`,
        surname: 'Twinless',
        emailAddresses: [{ address: `n${n}@twinless.example` }],
      });
    }
    await lay(world, { ...deltas, kind: 'partial-page' });
    await world.map(ana);
    await look(world);
    expect((await surnamed(ana, 'Twinless')).length).toBe(12);

    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await surnamed(ana, 'Twinless')).length).toBe(12);
    expect((await world.siebel.contacts('[Last Name]="Twinless"')).length).toBe(12);
    await world.isQuiet();
  });

  test('Siebel suddenly shows nothing: no copy is removed, the alert is visible, and it passes', async () => {
    const ana = await world.person('Ana');
    await listMany(world, [ana], { count: 30, lastName: 'Hidden' });
    await world.sync();
    await lay(world, { side: 'siebel', method: 'GET', path: 'data/Contact', kind: 'empty-list' });

    expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
    expect((await surnamed(ana, 'Hidden')).length).toBe(30);
    expect([...(await parked(world, ana)), ...(await parked(world, null))].length).toBeGreaterThan(0);
    expect((await statusOf(world, ana)).state).not.toBe('inStep');

    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await surnamed(ana, 'Hidden')).length).toBe(30);
    expect([...(await parked(world, ana)), ...(await parked(world, null))]).toEqual([]);
    expect((await statusOf(world, ana)).state).toBe('inStep');
    await world.isQuiet();
  });

  test('a page of Siebel with fewer records than it counts removes nothing', async () => {
    const ana = await world.person('Ana');
    await listMany(world, [ana], { count: 120, lastName: 'Halved' });
    await world.sync();
    await lay(world, { side: 'siebel', method: 'GET', path: 'data/Contact', kind: 'partial-page' });
    expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
    expect((await surnamed(ana, 'Halved')).length).toBe(120);
    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await surnamed(ana, 'Halved')).length).toBe(120);
    await world.isQuiet();
  });

  test('the delta token is gone: deletions that happened meanwhile are carried, everything else stays', async () => {
    const ana = await world.person('Ana');
    const ids = await listMany(world, [ana], { count: 30, lastName: 'Expired' });
    await world.sync();
    const copies = await surnamed(ana, 'Expired');
    for (const one of copies.slice(0, 3)) await ana.outlook.remove(one.id);
    await ana.outlook.change(copies[3]?.id ?? '', { jobTitle: 'Edited meanwhile' });
    await lay(world, { ...deltas, kind: 'expire-delta', times: 1 });

    const { written } = await world.sync();

    expect(written).toEqual({ siebel: 4, exchange: 0 });
    const lists = await Promise.all(ids.map((id) => world.siebel.members(id)));
    expect(lists.filter((members) => members.length === 0).length).toBe(3);
    expect((await world.siebel.contacts('[Job Title]="Edited meanwhile"')).length).toBe(1);
    expect((await surnamed(ana, 'Expired')).length).toBe(27);
    await world.isQuiet();
  });

  test('version tags change, contents do not: nothing is written', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const ids = await listMany(world, [ana, bruno], {
      count: 20,
      lastName: 'Touched',
      more: { 'Job Title': 'Buyer' },
    });
    await world.sync();
    for (const id of ids) await world.siebel.change(id, { 'Job Title': 'Buyer' });
    for (const one of await surnamed(ana, 'Touched')) await ana.outlook.change(one.id, { jobTitle: 'Buyer' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    await world.isQuiet();
  });

  test.each([
    ['drop-after-commit', { kind: 'drop-after-commit' }],
    ['drop-before', { kind: 'drop-before' }],
  ])('a create in Outlook whose answer is lost (%s) makes no twin', async (name, fault) => {
    const ana = await world.person('Ana');
    await lay(world, { side: 'graph', method: 'POST', path: 'contacts$', ...fault, times: 1 });
    const lastName = `Graph ${name}`;
    await listMany(world, [ana], { count: 3, lastName });
    await world.sync();
    expect((await surnamed(ana, lastName)).length).toBe(3);
    await world.isQuiet();
  });

  test.each([
    ['drop-after-commit', { kind: 'drop-after-commit' }],
    ['drop-before', { kind: 'drop-before' }],
    ['status', { kind: 'status', status: 500 }],
  ])('a create in Siebel whose answer is lost (%s) makes no twin', async (name, fault) => {
    const ana = await world.person('Ana');
    await lay(world, { side: 'siebel', method: 'POST', path: 'data/Contact', ...fault, times: 1 });
    const surname = `Siebel ${name}`;
    for (let n = 0; n < 3; n += 1)
      await ana.outlook.add({ givenName: `N${n}`, surname, categories: ['Siebel Contact'] });
    await world.sync();
    expect((await world.siebel.contacts(`[Last Name]="${surname}"`)).length).toBe(3);
    expect((await surnamed(ana, surname)).length).toBe(3);
    await world.isQuiet();
  });

  test('an update whose answer is lost is found done', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Answerless' });
    const copy = await ana.outlook.contact('Maria', 'Answerless');
    await lay(world, {
      side: 'siebel',
      method: 'PUT',
      path: 'data/Contact',
      kind: 'drop-after-commit',
      times: 1,
    });
    await ana.outlook.change(copy.id, { jobTitle: 'Buyer' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
    expect(await ana.outlook.contact('Maria', 'Answerless')).toMatchObject({ jobTitle: 'Buyer' });
    await world.isQuiet();
  });
});
