import { describe, expect, test } from 'vitest';
import { useWorld } from '../support/world.ts';

const maria = { 'First Name': 'Maria', 'Last Name': 'Lopez', 'Email Address': 'maria@lopez.example' };

describe('a contact travels', () => {
  const world = useWorld();

  test('a contact marked in Outlook becomes a Siebel contact with its owner on the Sync List', async () => {
    const ana = await world.person('Ana');
    await ana.outlook.add({
      givenName: 'Otto',
      surname: 'Born',
      emailAddresses: [{ name: 'Otto', address: 'otto@born.example' }],
      companyName: 'Born Works',
      officeLocation: 'Kiel',
      businessPhones: ['+49 431 1234', '+49 431 9999'],
      mobilePhone: '+49 170 5550',
      businessAddress: {
        street: 'Kai 1\r\nHaus B',
        city: 'Kiel',
        state: '',
        postalCode: '24103',
        countryOrRegion: 'Germany',
      },
      homeAddress: {
        street: 'Weg 2',
        city: 'Plön',
        state: '',
        postalCode: '24306',
        countryOrRegion: 'Germany',
      },
      birthday: '1980-02-29T11:59:00Z',
      spouseName: 'Olga',
      assistantName: 'Anders',
      personalNotes: 'Likes boats.',
      categories: ['Siebel Contact', 'Boats'],
    });

    await world.sync();

    const [row] = await world.siebel.contacts('[Last Name]="Born"');
    expect(row).toMatchObject({
      'First Name': 'Otto',
      'Email Address': 'otto@born.example',
      Account: 'Born Works',
      'Account Location': 'Kiel',
      'Work Phone #': '+49 431 1234',
      'Cellular Phone #': '+49 170 5550',
      'Birth Date': '02/29/1980',
      Spouse: 'Olga',
      Assistant: 'Anders',
      Comment: 'Likes boats.',
    });
    expect(await world.siebel.members(row?.Id ?? '')).toEqual([ana.login]);
    const copy = await ana.outlook.contact('Otto', 'Born');
    expect(copy['businessPhones']).toEqual(['+49 431 1234', '+49 431 9999']);
    expect(copy.categories).toEqual(['Siebel Contact', 'Boats']);
    await world.isQuiet();
  });

  test('a contact without the category stays its owner’s business', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.outlook.add({ givenName: 'Nobody', surname: 'Business' });
    await world.sync();
    expect(await world.siebel.contacts('[Last Name]="Business"')).toEqual([]);
    await world.isQuiet();
  });

  test('different fields changed on both sides merge', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({ ...maria, 'Last Name': 'Merge' });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Merge');

    await ana.outlook.change(copy.id, { jobTitle: 'Buyer' });
    await ana.siebel.change(id, { 'Cellular Phone #': '555 0100' });
    await world.sync();

    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Buyer',
      'Cellular Phone #': '555 0100',
    });
    expect(await ana.outlook.contact('Maria', 'Merge')).toMatchObject({
      jobTitle: 'Buyer',
      mobilePhone: '555 0100',
    });
    await world.isQuiet();
  });

  test('the same field changed on both sides: Siebel wins and the other value is kept in the journal', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({ ...maria, 'Last Name': 'Clash' });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Clash');

    await ana.outlook.change(copy.id, { jobTitle: 'Outlook title' });
    await ana.siebel.change(id, { 'Job Title': 'Siebel title' });
    await world.sync();

    expect(await ana.outlook.contact('Maria', 'Clash')).toMatchObject({ jobTitle: 'Siebel title' });
    const journal = (await world.api('GET', `/api/admin/journal?mailbox=${ana.mailbox}&limit=50`)).json as {
      items: { lost: unknown[] }[];
    };
    expect(JSON.stringify(journal.items.flatMap((entry) => entry.lost))).toContain('Outlook title');
    await world.isQuiet();
  });

  test('an emptied field is emptied on the other side, and unmapped fields are untouched', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({
      ...maria,
      'Last Name': 'Empty',
      'Cellular Phone #': '555 0101',
    });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Empty');
    await ana.outlook.change(copy.id, { profession: 'Sailor', mobilePhone: null });
    await world.sync();
    expect((await world.siebel.contact(id))?.['Cellular Phone #']).toBe('');
    await ana.siebel.change(id, { 'Job Title': 'Buyer' });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Empty')).toMatchObject({
      profession: 'Sailor',
      jobTitle: 'Buyer',
      mobilePhone: null,
    });
    await world.isQuiet();
  });

  test('what Siebel cannot hold stays whole in Outlook through ten round trips', async () => {
    const ana = await world.person('Ana');
    const long = `Very ${'long '.repeat(20)}title`;
    await ana.outlook.add({
      givenName: 'Lena',
      surname: 'Long',
      jobTitle: long,
      businessPhones: ['1', '2'],
      homePhones: ['3', '4'],
      categories: ['Siebel Contact'],
    });
    await world.sync();
    const [row] = await world.siebel.contacts('[Last Name]="Long"');
    expect(row?.['Job Title']?.trimEnd()).toBe(long.slice(0, 75).trimEnd());
    for (let round = 0; round < 10; round += 1) {
      await ana.siebel.change(row?.Id ?? '', { 'Cellular Phone #': `555 02${round}` });
      await world.sync();
    }
    expect(await ana.outlook.contact('Lena', 'Long')).toMatchObject({
      jobTitle: long,
      businessPhones: ['1', '2'],
      homePhones: ['3', '4'],
      mobilePhone: '555 029',
    });
    await world.isQuiet();
  });

  test('both sides set the same value: no conflict, no write', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({ ...maria, 'Last Name': 'Same' });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Same');
    await ana.outlook.change(copy.id, { jobTitle: 'Buyer' });
    await ana.siebel.change(id, { 'Job Title': 'Buyer' });
    const { written } = await world.sync();
    expect(written).toEqual({ siebel: 0, exchange: 0 });
    await world.isQuiet();
  });
});
