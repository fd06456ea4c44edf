import { describe, expect, test } from 'vitest';
import { useWorld, type Actor, type World } from '../support/world.ts';

describe('first contact', () => {
  const world = useWorld();

  test('what stands on both sides is linked by e-mail, and blanks never erase', async () => {
    const ana = await world.person('Ana', { mapped: false });
    const id = await ana.siebel.addContact({
      'First Name': 'William',
      'Last Name': 'Gates',
      'Email Address': 'bill@gates.example',
      'Job Title': 'Chairman',
    });
    await ana.siebel.list(id, [ana.employeeId]);
    await ana.outlook.add({
      givenName: 'Bill',
      surname: 'Gates',
      mobilePhone: '555 0110',
      emailAddresses: [{ address: 'BILL@gates.example' }],
    });
    await world.map(ana);
    await world.sync();

    const contacts = await ana.outlook.contacts();
    expect(contacts.length).toBe(1);
    expect(contacts[0]).toMatchObject({
      givenName: 'William',
      jobTitle: 'Chairman',
      mobilePhone: '555 0110',
      categories: ['Siebel Contact'],
    });
    expect(await world.siebel.contact(id)).toMatchObject({
      'Cellular Phone #': '555 0110',
      'Job Title': 'Chairman',
    });
    await world.isQuiet();
  });

  test('500 linked, 200 proposed, 100 left: no twin', { timeout: 120_000 }, async () => {
    const ana = await world.person('Ana', { mapped: false });
    await fill(world, ana, { linked: 50, proposed: 20, left: 10 });
    await world.map(ana);
    await world.sync();
    const conflicts = (await world.apiAs(ana, 'GET', '/api/conflicts')).json as { items: unknown[] };
    expect(conflicts.items.length).toBe(20);
    const contacts = await ana.outlook.contacts();
    expect(contacts.length).toBe(80);
    expect(contacts.filter((one) => one.categories.includes('Siebel Contact')).length).toBe(50);
    await world.isQuiet();
  });

  test('two contacts share an address: nothing is merged, somebody is asked once', async () => {
    const ana = await world.person('Ana', { mapped: false });
    for (const first of ['Ida', 'Ivo']) {
      await ana.siebel.addContact({
        'First Name': first,
        'Last Name': 'Info',
        'Email Address': 'info@info.example',
      });
    }
    await ana.outlook.add({
      givenName: 'Reception',
      surname: 'Desk',
      emailAddresses: [{ address: 'info@info.example' }],
      categories: ['Siebel Contact'],
    });
    await world.map(ana);
    await world.sync();
    await world.sync();
    const conflicts = (await world.apiAs(ana, 'GET', '/api/conflicts')).json as { items: { id: string }[] };
    expect(conflicts.items.length).toBe(1);
    expect((await world.siebel.contacts('[Email Address]="info@info.example"')).length).toBe(2);
    const answer = await world.apiAs(ana, 'POST', `/api/conflicts/${conflicts.items[0]?.id}`, {
      candidate: 'new',
    });
    expect(answer.status, answer.text).toBeLessThan(300);
    await world.sync();
    expect((await world.siebel.contacts('[Email Address]="info@info.example"')).length).toBe(3);
    await world.isQuiet();
  });

  test('ten in Outlook and twenty in Siebel make thirty on both sides', async () => {
    const ana = await world.person('Ana', { mapped: false });
    for (let n = 0; n < 10; n += 1)
      await ana.outlook.add({ givenName: `Out${n}`, surname: 'Union', categories: ['Siebel Contact'] });
    for (let n = 0; n < 20; n += 1) {
      const id = await ana.siebel.addContact({ 'First Name': `Sie${n}`, 'Last Name': 'Union' });
      await ana.siebel.list(id, [ana.employeeId]);
    }
    await world.map(ana);
    await world.sync();
    expect((await ana.outlook.contacts()).length).toBe(30);
    expect((await world.siebel.contacts('[Last Name]="Union"')).length).toBe(30);
    await world.isQuiet();
  });

  test('a contact put on the list later adopts the one that stands in the mailbox already', async () => {
    const ana = await world.person('Ana');
    await ana.outlook.add({
      givenName: 'Lara',
      surname: 'Later',
      emailAddresses: [{ address: 'lara@later.example' }],
    });
    await world.sync();
    const id = await ana.siebel.addContact({
      'First Name': 'Lara',
      'Last Name': 'Later',
      'Email Address': 'lara@later.example',
    });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    expect((await ana.outlook.contact('Lara', 'Later')).categories).toEqual(['Siebel Contact']);
    await world.isQuiet();
  });

  test('a copy pasted in Outlook is a new item', async () => {
    const ana = await world.person('Ana');
    const contact = {
      givenName: 'Carl',
      surname: 'Copy',
      categories: ['Siebel Contact'],
      emailAddresses: [{ address: 'carl@copy.example' }],
    };
    await ana.outlook.add(contact);
    await world.sync();
    await ana.outlook.add(contact);
    await world.sync();
    expect((await world.siebel.contacts('[Last Name]="Copy"')).length).toBe(2);
    expect((await ana.outlook.contacts()).filter((one) => one['surname'] === 'Copy').length).toBe(2);
    await world.isQuiet();
  });

  test('a mapping ended and made again makes no twins', async () => {
    const ana = await world.person('Ana');
    const id = await ana.siebel.addContact({ 'First Name': 'Rita', 'Last Name': 'Again' });
    await ana.siebel.list(id, [ana.employeeId]);
    await world.sync();
    expect((await world.api('DELETE', `/api/admin/people/${ana.mailbox}`)).status).toBeLessThan(300);
    await world.map(ana);
    await world.sync();
    expect((await ana.outlook.contacts()).length).toBe(1);
    expect((await world.siebel.contacts('[Last Name]="Again"')).length).toBe(1);
    await world.isQuiet();
  });
});

async function fill(
  world: World,
  actor: Actor,
  counts: { linked: number; proposed: number; left: number },
): Promise<void> {
  const accountId = await world.siebel.addAccount('Acme');
  for (let n = 0; n < counts.linked; n += 1) {
    await actor.siebel.addContact({
      'First Name': `L${n}`,
      'Last Name': 'Linked',
      'Email Address': `l${n}@acme.example`,
    });
    await actor.outlook.add({
      givenName: `L${n}`,
      surname: 'Linked',
      emailAddresses: [{ address: `l${n}@acme.example` }],
    });
  }
  for (let n = 0; n < counts.proposed; n += 1) {
    await actor.siebel.addContact({
      'First Name': `P${n}`,
      'Last Name': 'Proposed',
      'Account Id': accountId,
      'Email Address': `p${n}@acme.example`,
    });
    await actor.outlook.add({
      givenName: `P${n}`,
      surname: 'Proposed',
      companyName: 'Acme',
      emailAddresses: [{ address: `p${n}@home.example` }],
    });
  }
  for (let n = 0; n < counts.left; n += 1) {
    await actor.siebel.addContact({
      'First Name': `S${n}`,
      'Last Name': 'Only',
      'Email Address': `s${n}@acme.example`,
    });
    await actor.outlook.add({
      givenName: `O${n}`,
      surname: 'Alone',
      emailAddresses: [{ address: `o${n}@home.example` }],
    });
  }
}
