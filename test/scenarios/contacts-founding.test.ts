import { describe, expect, test } from 'vitest';
import { useWorld } from '../support/world.ts';

describe('contacts, as they were founded', () => {
  const world = useWorld();

  test('a personal contact on the Sync List reaches its owner only, marked Private', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await ana.siebel.addContact({
      'First Name': 'Petra',
      'Last Name': 'Personal',
      'Personal Contact': 'Y',
    });
    await ana.siebel.list(id, [ana.employeeId]);

    await world.sync();

    const copy = await ana.outlook.contact('Petra', 'Personal');
    expect(copy.categories).toEqual(['Siebel Contact']);
    expect(await ana.outlook.isPrivate(copy.id)).toBe(true);
    expect(await bruno.outlook.contacts()).toEqual([]);
    await world.isQuiet();
  });

  test('a business contact corrected in Outlook is corrected in Siebel and for everybody on its list', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await ana.siebel.addContact({
      'First Name': 'Maria',
      'Last Name': 'Lopez',
      'Email Address': 'maria@lopez.example',
    });
    await world.siebel.list(id, [ana.employeeId, bruno.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Lopez');
    expect(copy.categories).toEqual(['Siebel Contact']);

    await ana.outlook.change(copy.id, { surname: 'Lopez-Vega' });
    const { written } = await world.sync();

    expect((await world.siebel.contact(id))?.['Last Name']).toBe('Lopez-Vega');
    expect((await bruno.outlook.contact('Maria', 'Lopez-Vega')).categories).toEqual(['Siebel Contact']);
    expect(written).toEqual({ siebel: 1, exchange: 1 });
    await world.isQuiet();
  });

  test('employees are export only: edits are put right, a deleted copy comes back, leaving the list ends it', async () => {
    const ana = await world.person('Ana');
    const chen = await world.person('Chen', { mapped: false });
    await world.siebel.list(chen.employeeId, [ana.employeeId], 'Employee');
    await world.sync();
    const copy = await ana.outlook.contact(
      'Chen',
      chen.mailbox.split('.')[1]?.split('@')[0]?.replace('tester', 'Tester') ?? '',
    );
    expect(copy.categories).toEqual(['Employee']);

    await ana.outlook.remove(copy.id);
    await world.sync();
    expect((await ana.outlook.contacts()).filter((one) => one['givenName'] === 'Chen').length).toBe(1);

    await world.siebel.unlist(chen.employeeId, ana.employeeId, 'Employee');
    await world.sync();
    expect((await ana.outlook.contacts()).filter((one) => one['givenName'] === 'Chen')).toEqual([]);
    await world.isQuiet();
  });
});
