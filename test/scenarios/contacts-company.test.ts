import { describe, expect, test } from 'vitest';
import { putRulesBack, shared, surnamed } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('companies and teams', () => {
  const world = useWorld();
  putRulesBack(world);

  test('another primary account in Siebel is another company in Outlook, and the other way round', async () => {
    const ana = await world.person('Ana');
    const [first, second] = [
      await world.siebel.addAccount('First Works', 'Kiel'),
      await world.siebel.addAccount('Second Works', 'Bonn'),
    ];
    const id = await shared(world, [ana], { 'Last Name': 'Primary', 'Account Id': first });
    expect(await ana.outlook.contact('Maria', 'Primary')).toMatchObject({
      companyName: 'First Works',
      officeLocation: 'Kiel',
    });
    await associate(id, second);
    await world.siebel.change(id, { 'Account Id': second });
    await world.sync();
    const copy = await ana.outlook.contact('Maria', 'Primary');
    expect(copy).toMatchObject({ companyName: 'Second Works', officeLocation: 'Bonn' });
    await ana.outlook.change(copy.id, { companyName: 'First Works', officeLocation: 'Kiel' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Account Id': first });
    expect(
      (
        await world.siebel.request(
          'GET',
          'Account/Account?ViewMode=All&uniformresponse=Y&PageSize=100&searchspec=[Name] LIKE "*Works"',
        )
      ).text.match(/"Name"/g)?.length,
    ).toBe(2);
    await world.isQuiet();
  });

  test('a company emptied in Outlook is emptied in Siebel where it is the only account', async () => {
    const ana = await world.person('Ana');
    const account = await world.siebel.addAccount('Lonely Works');
    const id = await shared(world, [ana], { 'Last Name': 'Lonely', 'Account Id': account });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Lonely')).id, { companyName: null });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Account Id': '' });
    await world.isQuiet();
  });

  test.each([false, true])(
    'a company emptied where there are several accounts promotes no other one (Siebel promotes by itself: %s)',
    async (autoPrimary) => {
      await world.desk('POST', '/behaviour', { 'siebel.autoPrimary': autoPrimary });
      const ana = await world.person('Ana');
      const name = `Several ${autoPrimary}`;
      const [first, second] = [
        await world.siebel.addAccount(`${name} A`),
        await world.siebel.addAccount(`${name} B`),
      ];
      const id = await shared(world, [ana], { 'Last Name': name, 'Account Id': first });
      await associate(id, second);
      const copy = await ana.outlook.contact('Maria', name);
      await ana.outlook.change(copy.id, { companyName: null });
      await world.sync();
      expect((await world.siebel.contact(id))?.['Account']).not.toBe(`${name} B`);
      expect((await ana.outlook.contact('Maria', name))['companyName']).not.toBe(`${name} B`);
      const detail = (await world.apiAs(ana, 'GET', `/api/items/contact/${copy.id}`)).json as {
        notes: { field: string }[];
      };
      expect(detail.notes.map((note) => note.field)).toContain('company');
      await world.desk('POST', '/behaviour', { 'siebel.autoPrimary': false });
      await world.isQuiet();
    },
  );

  test('an account renamed in Siebel is renamed in the Outlook of everybody who holds its contacts', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const account = await world.siebel.addAccount('Old Name', 'Ulm');
    const id = await shared(world, [ana, bruno], { 'Last Name': 'Renamed', 'Account Id': account });
    expect(
      (
        await world.siebel.request('PUT', `Account/Account/${account}`, {
          Name: 'New Name',
          Location: 'Köln',
        })
      ).status,
    ).toBe(200);
    await world.sync();
    for (const actor of [ana, bruno]) {
      expect(await actor.outlook.contact('Maria', 'Renamed')).toMatchObject({
        companyName: 'New Name',
        officeLocation: 'Köln',
      });
    }
    expect(await world.siebel.contact(id)).toMatchObject({ 'Account Id': account });
    await world.isQuiet();
  });

  test('of two accounts of one name the office tells which is meant; without it nothing is guessed', async () => {
    const ana = await world.person('Ana');
    const [kiel, bonn] = [
      await world.siebel.addAccount('Twin Works', 'Kiel'),
      await world.siebel.addAccount('Twin Works', 'Bonn'),
    ];
    await world.sync();
    await ana.outlook.add({
      givenName: 'Karl',
      surname: 'Twin',
      companyName: 'Twin Works',
      officeLocation: 'Kiel',
      categories: ['Siebel Contact'],
    });
    await ana.outlook.add({
      givenName: 'Bert',
      surname: 'Twin',
      companyName: 'twin works',
      officeLocation: 'bonn',
      categories: ['Siebel Contact'],
    });
    const vague = await ana.outlook.add({
      givenName: 'Vera',
      surname: 'Twin',
      companyName: 'Twin Works',
      categories: ['Siebel Contact'],
    });
    await world.sync();
    const rows = await world.siebel.contacts('[Last Name]="Twin"');
    const accounts = Object.fromEntries(rows.map((row) => [row['First Name'], row['Account Id']]));
    expect(accounts).toEqual({ Karl: kiel, Bert: bonn, Vera: '' });
    expect(await ana.outlook.contact('Vera', 'Twin')).toMatchObject({ companyName: 'Twin Works' });
    const detail = await world.apiAs(ana, 'GET', `/api/items/contact/${vague.id}`);
    expect(detail.text).toContain('several accounts');
    await world.isQuiet();
  });

  test('whoever leaves the team loses the copy, keeps the record, and gets it back on return', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await bruno.siebel.addContact({ 'First Name': 'Maria', 'Last Name': 'Team' });
    const position = await positionOf(ana);
    await child('PUT', id, 'Position', { Id: position });
    await world.siebel.list(id, [ana.employeeId, bruno.employeeId]);
    await world.sync();
    await ana.outlook.contact('Maria', 'Team');

    await child('DELETE', id, `Position/${position}`);
    await world.sync();
    expect(await surnamed(ana, 'Team')).toEqual([]);
    expect((await surnamed(bruno, 'Team')).length).toBe(1);
    expect(await world.siebel.contact(id)).not.toBeNull();
    await world.isQuiet();

    await child('PUT', id, 'Position', { Id: position });
    await world.sync();
    expect((await surnamed(ana, 'Team')).length).toBe(1);
    await world.isQuiet();
  });

  test('an edit in Outlook of a contact whose team its owner has left is kept as the owner’s own', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await bruno.siebel.addContact({ 'First Name': 'Maria', 'Last Name': 'Team edit' });
    const position = await positionOf(ana);
    await child('PUT', id, 'Position', { Id: position });
    await world.siebel.list(id, [ana.employeeId]);
    await world.sync();
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Team edit')).id, { jobTitle: 'Mine' });
    await child('DELETE', id, `Position/${position}`);
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Team edit')).toMatchObject({
      jobTitle: 'Mine',
      categories: [],
    });
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': '' });
    await world.isQuiet();
  });

  const associate = (id: string, account: string) => child('PUT', id, 'Account', { Id: account });

  async function child(method: string, id: string, path: string, body?: unknown): Promise<void> {
    const answer = await world.siebel.request(method, `Contact/Contact/${id}/${path}`, body);
    expect([200, 204], answer.text).toContain(answer.status);
  }

  async function positionOf(actor: Actor): Promise<string> {
    const answer = await world.siebel.request(
      'GET',
      `Employee/Employee/${actor.employeeId}/Position?ViewMode=All&uniformresponse=Y`,
    );
    return (answer.json as { items: { Id: string }[] }).items[0]?.Id ?? '';
  }
});
