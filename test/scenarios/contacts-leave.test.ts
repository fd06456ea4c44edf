import { describe, expect, test } from 'vitest';
import { useWorld, type Actor, type World } from '../support/world.ts';

describe('a contact leaves', () => {
  const world = useWorld();

  test('deleted in Outlook: its owner leaves the Sync List, the record and everybody else keep it', async () => {
    const { ana, bruno, id } = await shared(world, 'Deleted');
    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Deleted')).id);
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([bruno.login]);
    expect(await world.siebel.contact(id)).not.toBeNull();
    await bruno.outlook.contact('Maria', 'Deleted');
    expect(await named(ana, 'Deleted')).toBe(0);
    await world.isQuiet();
  });

  test('the category is removed: its owner leaves the Sync List and keeps the Outlook contact', async () => {
    const { ana, bruno, id } = await shared(world, 'Uncategorised');
    const copy = await ana.outlook.contact('Maria', 'Uncategorised');
    await ana.outlook.change(copy.id, { categories: ['Mine'] });
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([bruno.login]);
    expect((await ana.outlook.contact('Maria', 'Uncategorised')).categories).toEqual(['Mine']);
    await world.isQuiet();
  });

  test('taken off the Sync List in Siebel: that person’s copy goes, the others’ stay', async () => {
    const { ana, bruno, id } = await shared(world, 'Unlisted');
    await world.siebel.unlist(id, ana.employeeId);
    await world.sync();
    expect(await named(ana, 'Unlisted')).toBe(0);
    expect(await named(bruno, 'Unlisted')).toBe(1);
    await world.isQuiet();
  });

  test('taken off the Sync List after an edit in Outlook: the contact is kept as its owner’s own', async () => {
    const { ana, id } = await shared(world, 'Kept');
    const copy = await ana.outlook.contact('Maria', 'Kept');
    await ana.outlook.change(copy.id, { jobTitle: 'My own note' });
    await world.siebel.unlist(id, ana.employeeId);
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Kept')).toMatchObject({
      jobTitle: 'My own note',
      categories: [],
    });
    await world.isQuiet();
  });

  test('deleted in Siebel: every copy goes', async () => {
    const { ana, bruno, id } = await shared(world, 'Removed');
    await world.siebel.remove(id);
    await world.sync();
    expect([await named(ana, 'Removed'), await named(bruno, 'Removed')]).toEqual([0, 0]);
    await world.isQuiet();
  });

  test('deleted in Outlook and edited in Siebel before the next look: the edited version lives', async () => {
    const { ana, id } = await shared(world, 'Contested');
    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Contested')).id);
    await world.siebel.change(id, { 'Job Title': 'Edited' });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Contested')).toMatchObject({ jobTitle: 'Edited' });
    await world.isQuiet();
  });

  test('deleted in Siebel and edited in Outlook before the next look: the edited version lives', async () => {
    const { ana, id } = await shared(world, 'Mirrored');
    const copy = await ana.outlook.contact('Maria', 'Mirrored');
    await ana.outlook.change(copy.id, { jobTitle: 'Edited' });
    await world.siebel.remove(id);
    await world.sync();
    const [row] = await world.siebel.contacts('[Last Name]="Mirrored"');
    expect(row).toMatchObject({ 'Job Title': 'Edited' });
    await ana.outlook.contact('Maria', 'Mirrored');
    await world.isQuiet();
  });

  test('deletions in Outlook are not carried where the policy says so', async () => {
    const { ana, id } = await shared(world, 'Forbidden');
    await world.policy((policy) =>
      Object.assign(policy.domains.contact, { deletions: { inSiebel: false, inExchange: false } }),
    );
    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Forbidden')).id);
    await world.sync();
    expect(await world.siebel.members(id)).toContain(ana.login);
    await world.isQuiet();
    await world.policy((policy) =>
      Object.assign(policy.domains.contact, { deletions: { inSiebel: true, inExchange: true } }),
    );
  });

  test('a business contact made Private in Outlook leaves the list and stays its owner’s own', async () => {
    const { ana, bruno, id } = await shared(world, 'Privatised');
    const copy = await ana.outlook.contact('Maria', 'Privatised');
    await ana.outlook.change(copy.id, {
      singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '2' }],
    });
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([bruno.login]);
    expect(await named(ana, 'Privatised')).toBe(1);
    await world.isQuiet();
  });

  test('a personal contact deleted in Outlook is deleted in Siebel', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({
      'First Name': 'Petra',
      'Last Name': 'Gone',
      'Personal Contact': 'Y',
    });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    await ana.outlook.remove((await ana.outlook.contact('Petra', 'Gone')).id);
    await world.sync();
    expect(await world.siebel.contact(id)).toBeNull();
    await world.isQuiet();
  });
});

async function shared(world: World, lastName: string): Promise<{ ana: Actor; bruno: Actor; id: string }> {
  const ana = await world.person('Ana');
  const bruno = await world.person('Bruno');
  const id = await ana.siebel.addContact({ 'First Name': 'Maria', 'Last Name': lastName });
  await world.siebel.list(id, [ana.employeeId, bruno.employeeId]);
  await world.sync();
  await ana.outlook.contact('Maria', lastName);
  await bruno.outlook.contact('Maria', lastName);
  return { ana, bruno, id };
}

async function named(actor: Actor, surname: string): Promise<number> {
  return (await actor.outlook.contacts()).filter((one) => one['surname'] === surname).length;
}
