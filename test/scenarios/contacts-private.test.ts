import { describe, expect, test } from 'vitest';
import { putRulesBack, setPrivate, shared, surnamed } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const privately = { singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '2' }] };

describe('private and personal contacts', () => {
  const world = useWorld();
  putRulesBack(world);

  test('by default a private contact stays in Outlook, marked or not, and nobody may mark it', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const own = await ana.outlook.add({
      givenName: 'Petra',
      surname: 'Skipped',
      categories: ['Siebel Contact'],
      ...privately,
    });
    await world.sync();
    expect(await world.siebel.contacts('[Last Name]="Skipped"')).toEqual([]);
    await world.apiAs(ana, 'PUT', `/api/marks/contact/${own.id}`);
    await world.sync();
    expect(await world.siebel.contacts('[Last Name]="Skipped"')).toEqual([]);
    await world.isQuiet();
  });

  test('carried, a private marked contact becomes its owner’s personal contact in Siebel, seen by nobody else', async () => {
    await carry();
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const own = await ana.outlook.add({
      givenName: 'Petra',
      surname: 'Carried',
      categories: ['Siebel Contact'],
      ...privately,
    });
    await world.sync();
    const [row] = await world.siebel.contacts('[Last Name]="Carried"');
    expect(row).toMatchObject({ 'First Name': 'Petra', 'Personal Contact': 'Y' });
    expect(await world.siebel.members(row?.Id ?? '')).toEqual([ana.login]);
    expect(await surnamed(bruno, 'Carried')).toEqual([]);
    expect(await ana.outlook.isPrivate(own.id)).toBe(true);
    await ana.outlook.change(own.id, { jobTitle: 'Friend' });
    await world.sync();
    expect(await world.siebel.contact(row?.Id ?? '')).toMatchObject({
      'Job Title': 'Friend',
      'Personal Contact': 'Y',
    });
    await world.isQuiet();
  });

  test('carried, a business contact made Private goes on as a personal one, and the business record stays for the others', async () => {
    await carry();
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await shared(world, [ana, bruno], {
      'Last Name': 'Turned',
      'Email Address': 'maria@turned.example',
    });
    const copy = await ana.outlook.contact('Maria', 'Turned');
    await setPrivate(ana, copy.id, true);
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([bruno.login]);
    expect(await world.siebel.contact(id)).toMatchObject({ 'Personal Contact': 'N' });
    const rows = await world.siebel.contacts('[Last Name]="Turned"');
    const own = rows.find((row) => row.Id !== id);
    expect(rows.length).toBe(2);
    expect(own).toMatchObject({ 'Personal Contact': 'Y' });
    expect(await world.siebel.members(own?.Id ?? '')).toEqual([ana.login]);
    expect((await surnamed(ana, 'Turned')).length).toBe(1);
    expect(await ana.outlook.isPrivate(copy.id)).toBe(true);
    expect((await surnamed(bruno, 'Turned')).length).toBe(1);
    await ana.outlook.change(copy.id, { personalNotes: 'Nobody else reads this.' });
    await world.sync();
    expect(await bruno.outlook.contact('Maria', 'Turned')).toMatchObject({ personalNotes: '' });
    await world.isQuiet();
  });

  test('Private cleared in Outlook: the personal contact becomes a business one', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Opened', 'Personal Contact': 'Y' });
    const copy = await ana.outlook.contact('Maria', 'Opened');
    await setPrivate(ana, copy.id, false);
    await world.sync();
    const rows = await world.siebel.contacts('[Last Name]="Opened"');
    expect(rows.map((row) => row['Personal Contact'])).toEqual(['N']);
    expect(await world.siebel.members(rows[0]?.Id ?? '')).toEqual([ana.login]);
    expect((await surnamed(ana, 'Opened')).length).toBe(1);
    expect(await ana.outlook.isPrivate(copy.id)).toBe(false);
    await world.siebel.change(rows[0]?.Id ?? id, { 'Job Title': 'Buyer' });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Opened')).toMatchObject({ jobTitle: 'Buyer' });
    await world.isQuiet();
  });

  test('Personal cleared in Siebel: the Outlook copy is no longer Private', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Released', 'Personal Contact': 'Y' });
    const copy = await ana.outlook.contact('Maria', 'Released');
    expect(await ana.outlook.isPrivate(copy.id)).toBe(true);
    await ana.siebel.change(id, { 'Personal Contact': 'N' });
    await world.sync();
    expect(await ana.outlook.isPrivate(copy.id)).toBe(false);
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    await world.isQuiet();
  });

  const carry = () =>
    world.policy((policy) => Object.assign(policy.domains.contact, { privateItems: 'carry' }));
});
