import { describe, expect, test } from 'vitest';
import { putRulesBack, shared } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('what the policy says of fields', () => {
  const world = useWorld();
  putRulesBack(world);

  test('a field that only comes to Outlook, one that only goes to Siebel, and one that is off', async () => {
    await fields({
      jobTitle: { direction: 'to-exchange' },
      nickname: { direction: 'to-siebel' },
      spouse: { enabled: false },
    });
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], {
      'Last Name': 'Directed',
      'Job Title': 'Buyer',
      Alias: 'Mia',
      Spouse: 'Otto',
    });
    const copy = await ana.outlook.contact('Maria', 'Directed');
    expect(copy).toMatchObject({ jobTitle: 'Buyer', nickName: null, spouseName: null });
    await ana.outlook.change(copy.id, { jobTitle: 'Mine', nickName: 'Mimi', spouseName: 'Olaf' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Buyer',
      Alias: 'Mimi',
      Spouse: 'Otto',
    });
    await world.siebel.change(id, { 'Job Title': 'Seller', Alias: 'Maja', Spouse: 'Oskar' });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Directed')).toMatchObject({
      jobTitle: 'Seller',
      nickName: 'Mimi',
      spouseName: 'Olaf',
    });
    await world.isQuiet();
  });

  test('the winner is named for each field, and for the domain', async () => {
    await fields({ jobTitle: { conflictWinner: 'exchange' } });
    const ana = await world.person('Ana');
    const id = await clash(ana, 'Winner');
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Outlook title',
      'Cellular Phone #': '555 0501',
    });
    expect(await ana.outlook.contact('Maria', 'Winner')).toMatchObject({
      jobTitle: 'Outlook title',
      mobilePhone: '555 0501',
    });
    await world.isQuiet();

    await world.policy((policy) => Object.assign(policy.domains.contact, { conflictWinner: 'exchange' }));
    const other = await clash(ana, 'Winner too');
    await world.sync();
    expect(await world.siebel.contact(other)).toMatchObject({
      'Job Title': 'Outlook title',
      'Cellular Phone #': '555 0502',
    });
    await world.isQuiet();
  });

  test('ask: both values stay until the person chooses, for each field a side', async () => {
    await world.policy((policy) => Object.assign(policy.domains.contact, { conflictWinner: 'ask' }));
    const ana = await world.person('Ana');
    const id = await clash(ana, 'Asked');
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Asked')).id, { department: 'Sales' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Siebel title',
      'Cellular Phone #': '555 0501',
      Department: 'Sales',
    });
    expect(await ana.outlook.contact('Maria', 'Asked')).toMatchObject({
      jobTitle: 'Outlook title',
      mobilePhone: '555 0502',
    });
    await world.isQuiet();

    const { items } = (await world.apiAs(ana, 'GET', '/api/conflicts')).json as {
      items: { id: string; fields: { field: string }[] }[];
    };
    expect(items.map((item) => item.fields.map(({ field }) => field).toSorted())).toEqual([
      ['jobTitle', 'mobilePhone'],
    ]);
    const path = `/api/conflicts/${items[0]?.id}`;
    expect((await world.apiAs(ana, 'POST', path, { choices: { jobTitle: 'exchange' } })).status).toBe(400);
    const answer = await world.apiAs(ana, 'POST', path, {
      choices: { jobTitle: 'exchange', mobilePhone: 'siebel' },
    });
    expect(answer.status, answer.text).toBe(202);
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Outlook title',
      'Cellular Phone #': '555 0501',
    });
    expect(await ana.outlook.contact('Maria', 'Asked')).toMatchObject({
      jobTitle: 'Outlook title',
      mobilePhone: '555 0501',
    });
    expect(((await world.apiAs(ana, 'GET', '/api/conflicts')).json as { items: unknown[] }).items).toEqual(
      [],
    );
    await world.isQuiet();
  });

  test('a question settles itself when both sides come to say the same', async () => {
    await world.policy((policy) => Object.assign(policy.domains.contact, { conflictWinner: 'ask' }));
    const ana = await world.person('Ana');
    const id = await clash(ana, 'Settled');
    await world.sync();
    await world.siebel.change(id, { 'Job Title': 'Outlook title', 'Cellular Phone #': '555 0502' });
    await world.sync();
    expect(((await world.apiAs(ana, 'GET', '/api/conflicts')).json as { items: unknown[] }).items).toEqual(
      [],
    );
    await world.isQuiet();
  });

  test('fields the organisation added travel both ways, in a named property and in one of Outlook’s own', async () => {
    await world.policy((policy) =>
      Object.assign(policy.domains.contact, {
        customFields: [
          {
            name: 'number',
            siebelField: 'Employee Number',
            exchangeProperty: 'String {00020329-0000-0000-C000-000000000046} Name Number',
            direction: 'both',
          },
          { name: 'hobby', siebelField: 'Person UId', exchangeProperty: 'profession', direction: 'both' },
        ],
      }),
    );
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], {
      'Last Name': 'Custom',
      'Employee Number': '4711',
      'Person UId': 'CUSTOM-1',
    });
    const copy = await ana.outlook.contact('Maria', 'Custom');
    expect(copy['profession']).toBe('CUSTOM-1');
    await ana.outlook.change(copy.id, {
      profession: 'CUSTOM-2',
      singleValueExtendedProperties: [
        { id: 'String {00020329-0000-0000-C000-000000000046} Name Number', value: '4712' },
      ],
    });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Employee Number': '4712',
      'Person UId': 'CUSTOM-2',
    });
    await world.isQuiet();
  });

  const fields = (changes: Record<string, Record<string, unknown>>) =>
    world.policy((policy) => {
      const known = policy.domains.contact['fields'] as unknown as Record<string, Record<string, unknown>>;
      for (const [name, change] of Object.entries(changes)) known[name] = { ...known[name], ...change };
    });

  async function clash(ana: Actor, lastName: string): Promise<string> {
    const id = await shared(world, [ana], { 'Last Name': lastName });
    const copy = await ana.outlook.contact('Maria', lastName);
    await ana.outlook.change(copy.id, { jobTitle: 'Outlook title', mobilePhone: '555 0502' });
    await world.siebel.change(id, { 'Job Title': 'Siebel title', 'Cellular Phone #': '555 0501' });
    return id;
  }
});
