import { describe, expect, test } from 'vitest';
import { immutableIdOf, putRulesBack, shared, surnamed } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('marking and un-marking', () => {
  const world = useWorld();
  putRulesBack(world);

  test('the button marks by a mutable id, twice as well as once, and sets the category', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const own = await ana.outlook.add({ givenName: 'Mia', surname: 'Marked', categories: ['Friends'] });
    await world.sync();
    expect(await world.siebel.contacts('[Last Name]="Marked"')).toEqual([]);

    expect((await mark(ana, own.id)).status).toBe(202);
    expect((await mark(ana, own.id)).status).toBe(202);
    await world.sync();

    expect((await world.siebel.contacts('[Last Name]="Marked"')).length).toBe(1);
    expect((await ana.outlook.contact('Mia', 'Marked')).categories.toSorted()).toEqual([
      'Friends',
      'Siebel Contact',
    ]);
    await world.isQuiet();
  });

  test('the button un-marks by an immutable id: the list is left, the category goes, and marked again it is the same record', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await shared(world, [ana, bruno], { 'Last Name': 'Unmarked' });
    const copy = await ana.outlook.contact('Maria', 'Unmarked');
    await ana.outlook.change(copy.id, { categories: ['Siebel Contact', 'Friends'] });
    await world.sync();
    const immutable = await immutableIdOf(world, ana, copy.id);

    expect((await unmark(ana, immutable)).status).toBe(202);
    expect((await unmark(ana, immutable)).status).toBe(202);
    await world.sync();

    expect(await world.siebel.members(id)).toEqual([bruno.login]);
    expect((await ana.outlook.contact('Maria', 'Unmarked')).categories).toEqual(['Friends']);
    expect((await bruno.outlook.contact('Maria', 'Unmarked')).categories).toContain('Siebel Contact');
    await world.isQuiet();

    await world.siebel.change(id, { 'Job Title': 'Buyer' });
    expect((await mark(ana, immutable)).status).toBe(202);
    await world.sync();
    expect((await world.siebel.members(id)).toSorted()).toEqual([ana.login, bruno.login].toSorted());
    expect(await ana.outlook.contact('Maria', 'Unmarked')).toMatchObject({ jobTitle: 'Buyer' });
    expect((await ana.outlook.contact('Maria', 'Unmarked')).categories.toSorted()).toEqual([
      'Friends',
      'Siebel Contact',
    ]);
    expect((await world.siebel.contacts('[Last Name]="Unmarked"')).length).toBe(1);
    expect((await surnamed(ana, 'Unmarked')).length).toBe(1);
    await world.isQuiet();
  });

  test('the category taken off and put on again by hand leads to the same record', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Again', 'Email Address': 'maria@again.example' });
    const copy = await ana.outlook.contact('Maria', 'Again');
    await ana.outlook.change(copy.id, { categories: [] });
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([]);
    await ana.outlook.change(copy.id, { categories: ['Siebel Contact'], jobTitle: 'Buyer' });
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
    expect((await world.siebel.contacts('[Last Name]="Again"')).length).toBe(1);
    await world.isQuiet();
  });

  test('un-marked in Outlook and listed again in Siebel: the same copy comes back into step', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Relisted' });
    const copy = await ana.outlook.contact('Maria', 'Relisted');
    await unmark(ana, copy.id);
    await world.sync();
    await world.siebel.list(id, [ana.employeeId]);
    await world.sync();
    expect((await surnamed(ana, 'Relisted')).map((one) => one.categories)).toEqual([['Siebel Contact']]);
    await world.isQuiet();
  });

  test('the category has a name in each language, and all of them count', async () => {
    await world.policy((policy) =>
      Object.assign(policy.domains.contact, { categoryByLanguage: { de: 'Siebel-Kontakt' } }),
    );
    const ana = await world.person('Ana', { mapped: false });
    const id = await ana.siebel.addContact({ 'First Name': 'Maria', 'Last Name': 'Sprache' });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.map(ana, { language: 'de' });
    await ana.outlook.add({ givenName: 'Otto', surname: 'Sprache', categories: ['Siebel Contact'] });
    await ana.outlook.add({ givenName: 'Uta', surname: 'Sprache', categories: ['siebel-kontakt'] });
    await world.sync();
    expect((await ana.outlook.contact('Maria', 'Sprache')).categories).toEqual(['Siebel-Kontakt']);
    expect((await world.siebel.contacts('[Last Name]="Sprache"')).length).toBe(3);
    expect((await ana.outlook.contact('Otto', 'Sprache')).categories).toEqual(['Siebel Contact']);
    await unmark(ana, (await ana.outlook.contact('Uta', 'Sprache')).id);
    await world.sync();
    expect((await ana.outlook.contact('Uta', 'Sprache')).categories).toEqual([]);
    await world.isQuiet();
  });

  test('somebody else’s contact cannot be marked, nor one that is not there', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const own = await bruno.outlook.add({ givenName: 'Bea', surname: 'Foreign' });
    expect((await mark(ana, own.id)).status).toBe(404);
    expect((await unmark(ana, own.id)).status).toBeGreaterThanOrEqual(400);
    await world.isQuiet();
  });

  const mark = (actor: Actor, id: string) =>
    world.apiAs(actor, 'PUT', `/api/marks/contact/${encodeURIComponent(id)}`);
  const unmark = (actor: Actor, id: string) =>
    world.apiAs(actor, 'DELETE', `/api/marks/contact/${encodeURIComponent(id)}`);
});
