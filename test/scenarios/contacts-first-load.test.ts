import { describe, expect, test } from 'vitest';
import { putRulesBack, surnamed } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('what the policy says of a first load', () => {
  const world = useWorld();
  putRulesBack(world);

  test('matching off: what stands on both sides stays two, as SSSE does with IgnoreContactMatching', async () => {
    await rules({ matchExisting: false });
    const ana = await bothSides('Unmatched');
    await ana.outlook.add({ givenName: 'Otto', surname: 'Unmatched', categories: ['Siebel Contact'] });
    await world.map(ana);
    await world.sync();
    const copies = await surnamed(ana, 'Unmatched');
    expect(copies.map((one) => String(one['givenName'])).toSorted()).toEqual(['Maria', 'Maria', 'Otto']);
    expect(copies.filter((one) => one.categories.includes('Siebel Contact')).length).toBe(2);
    expect((await world.siebel.contacts('[Last Name]="Unmatched"')).length).toBe(2);
    expect(((await world.apiAs(ana, 'GET', '/api/conflicts')).json as { items: unknown[] }).items).toEqual(
      [],
    );
    await world.isQuiet();
  });

  test('only categorised contacts at first load: others are not matched, and stay their owner’s', async () => {
    await rules({ onlyCategorizedAtFirstLoad: true });
    const ana = await bothSides('Categorised');
    const id = await ana.siebel.addContact({
      'First Name': 'Otto',
      'Last Name': 'Categorised',
      'Email Address': 'otto@categorised.example',
    });
    await ana.outlook.add({
      givenName: 'Otto',
      surname: 'Categorised',
      emailAddresses: [{ address: 'otto@categorised.example' }],
      categories: ['Siebel Contact'],
    });
    await ana.outlook.add({ givenName: 'Own', surname: 'Categorised' });
    await world.map(ana);
    await world.sync();
    const copies = await surnamed(ana, 'Categorised');
    expect(copies.find((one) => one['givenName'] === 'Own')?.categories).toEqual([]);
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    expect((await world.siebel.contacts('[Last Name]="Categorised"')).length).toBe(2);
    await world.isQuiet();
  });

  test('no category required: every contact that is not private goes to Siebel, later ones too', async () => {
    await rules({ requireCategory: false });
    const ana = await bothSides('Uncategorised');
    await ana.outlook.add({ givenName: 'Otto', surname: 'Uncategorised' });
    await ana.outlook.add({
      givenName: 'Petra',
      surname: 'Uncategorised',
      singleValueExtendedProperties: [{ id: 'Integer 0x36', value: '2' }],
    });
    await world.map(ana);
    await world.sync();
    await ana.outlook.add({ givenName: 'Later', surname: 'Uncategorised' });
    await world.sync();
    const rows = await world.siebel.contacts('[Last Name]="Uncategorised"');
    expect(rows.map((row) => String(row['First Name'])).toSorted()).toEqual(['Later', 'Maria', 'Otto']);
    expect((await surnamed(ana, 'Uncategorised')).length).toBe(4);
    await ana.outlook.change((await ana.outlook.contact('Later', 'Uncategorised')).id, { jobTitle: 'Buyer' });
    await world.sync();
    expect((await world.siebel.contacts('[Job Title]="Buyer"')).length).toBe(1);
    await world.isQuiet();
  });

  test('match scope: a contact of another team is matched only where the policy looks at all of them', async () => {
    const bruno = await world.person('Bruno');
    const id = await bruno.siebel.addContact({
      'First Name': 'Maria',
      'Last Name': 'Scope',
      'Email Address': 'maria@scope.example',
    });
    await rules({ matchScope: 'all' });
    const ana = await world.person('Ana', { mapped: false });
    await ana.outlook.add({
      givenName: 'Maria',
      surname: 'Scope',
      emailAddresses: [{ address: 'maria@scope.example' }],
      categories: ['Siebel Contact'],
    });
    await world.map(ana);
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    expect((await world.siebel.contacts('[Last Name]="Scope"')).length).toBe(1);
    await world.isQuiet();
  });

  const rules = (change: Record<string, unknown>) =>
    world.policy((policy) => Object.assign(policy.domains.contact, change));

  /** Somebody who holds the same contact in Outlook, without the category, and on the Sync List in Siebel. */
  async function bothSides(lastName: string): Promise<Actor> {
    const ana = await world.person('Ana', { mapped: false });
    const address = `maria@${lastName.toLowerCase()}.example`;
    const id = await ana.siebel.addContact({
      'First Name': 'Maria',
      'Last Name': lastName,
      'Email Address': address,
    });
    await ana.siebel.list(id, [ana.employeeId]);
    await ana.outlook.add({ givenName: 'Maria', surname: lastName, emailAddresses: [{ address }] });
    return ana;
  }
});
