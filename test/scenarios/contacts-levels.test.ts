import { describe, expect, test } from 'vitest';
import { putRulesBack, shared, surnamed } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

type Rules = Record<string, unknown>;

describe('what the policy lets through', () => {
  const world = useWorld();
  putRulesBack(world);

  test('export only: Siebel reaches Outlook, nothing goes back, and a deleted copy comes back', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Exported' });
    await rules({ level: 'export-only' });
    const copy = await ana.outlook.contact('Maria', 'Exported');
    await ana.outlook.change(copy.id, { jobTitle: 'Mine' });
    await ana.outlook.add({ givenName: 'Otto', surname: 'Exported', categories: ['Siebel Contact'] });
    await world.siebel.change(id, { 'Cellular Phone #': '555 0400' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': '' });
    expect((await world.siebel.contacts('[Last Name]="Exported"')).length).toBe(1);
    expect(await ana.outlook.contact('Maria', 'Exported')).toMatchObject({ mobilePhone: '555 0400' });
    await world.isQuiet();

    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Exported')).id);
    await world.sync();
    expect(await world.siebel.members(id)).toEqual([ana.login]);
    expect((await surnamed(ana, 'Exported')).map((one) => String(one['givenName'])).toSorted()).toEqual([
      'Maria',
      'Otto',
    ]);
    await world.isQuiet();

    await rules({ level: 'full' });
    await world.sync();
    expect((await world.siebel.contacts('[Last Name]="Exported"')).length).toBe(2);
    await world.isQuiet();
  });

  test('import only: Outlook reaches Siebel and nothing comes back', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Imported' });
    await rules({ level: 'import-only' });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Imported')).id, { jobTitle: 'Buyer' });
    await world.siebel.change(id, { 'Cellular Phone #': '555 0401' });
    const other = await ana.siebel.addContact({ 'First Name': 'Petra', 'Last Name': 'Imported' });
    await ana.siebel.list(other, [ana.employeeId]);
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({
      'Job Title': 'Buyer',
      'Cellular Phone #': '555 0401',
    });
    expect((await surnamed(ana, 'Imported')).map((one) => [one['givenName'], one['mobilePhone']])).toEqual([
      ['Maria', null],
    ]);
    await world.isQuiet();

    await rules({ level: 'full' });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Imported')).toMatchObject({ mobilePhone: '555 0401' });
    await ana.outlook.contact('Petra', 'Imported');
    await world.isQuiet();
  });

  test('none: nothing moves and nothing is lost; switched on again, everything catches up', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Nothing' });
    const left = await shared(world, [ana], { 'Last Name': 'Left meanwhile' });
    await rules({ level: 'none' });
    await world.siebel.unlist(left, ana.employeeId);
    const copy = await ana.outlook.contact('Maria', 'Nothing');
    await ana.outlook.change(copy.id, { jobTitle: 'Buyer' });
    await ana.outlook.add({ givenName: 'Otto', surname: 'Nothing', categories: ['Siebel Contact'] });
    await world.siebel.change(id, { 'Cellular Phone #': '555 0402' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    const refused = await world.apiAs(ana, 'PUT', `/api/marks/contact/${copy.id}`);
    expect(refused.status).toBeGreaterThanOrEqual(400);

    await rules({ level: 'full' });
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
    expect(await ana.outlook.contact('Maria', 'Nothing')).toMatchObject({ mobilePhone: '555 0402' });
    expect((await world.siebel.contacts('[Last Name]="Nothing"')).length).toBe(2);
    expect(await world.siebel.members(left)).toEqual([]);
    expect(await surnamed(ana, 'Left meanwhile')).toEqual([]);
    await world.isQuiet();
  });

  test('groups by person and by position, and a person’s own level, lower what the domain allows', async () => {
    const [ana, bruno, chen, dora] = await everybody(['Ana', 'Bruno', 'Chen', 'Dora']);
    const position = await positionOf(bruno);
    await world.policy((policy) =>
      Object.assign(policy, {
        groups: [
          {
            name: 'Readers',
            people: [ana.mailbox.toUpperCase()],
            domains: { contact: { level: 'export-only' } },
          },
          { name: 'Bench', position, domains: { contact: { level: 'none' } } },
        ],
      }),
    );
    const put = await world.api('PUT', `/api/admin/people/${chen.mailbox}`, {
      siebelLogin: chen.login,
      enabled: true,
      levels: { contact: 'import-only' },
    });
    expect(put.status, put.text).toBe(200);
    const id = await shared(world, [ana, bruno, chen, dora], { 'Last Name': 'Ceiling' });
    for (const [actor, name] of [
      [ana, 'A'],
      [bruno, 'B'],
      [chen, 'C'],
      [dora, 'D'],
    ] as const) {
      await actor.outlook.add({ givenName: name, surname: 'Made', categories: ['Siebel Contact'] });
    }
    await world.sync();
    const held = await Promise.all(
      [ana, bruno, chen, dora].map(async (actor) => (await surnamed(actor, 'Ceiling')).length),
    );
    expect(held).toEqual([1, 0, 0, 1]);
    const made = await world.siebel.contacts('[Last Name]="Made"');
    expect(made.map((row) => String(row['First Name'])).toSorted()).toEqual(['C', 'D']);
    expect((await world.siebel.members(id)).length).toBe(4);
    await world.isQuiet();
  });

  test('the master switch of a person: off, nothing moves and every copy stays; on, everything catches up', async () => {
    const ana = await world.person('Ana');
    const id = await shared(world, [ana], { 'Last Name': 'Switched' });
    await enable(ana, false);
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Switched')).id, { jobTitle: 'Buyer' });
    await world.siebel.change(id, { 'Cellular Phone #': '555 0403' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    await enable(ana, true);
    await world.sync();
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
    expect(await ana.outlook.contact('Maria', 'Switched')).toMatchObject({ mobilePhone: '555 0403' });
    await world.isQuiet();
  });

  test('while a person is switched off, records leave and join the list; switched on, the copies follow', async () => {
    const ana = await world.person('Ana');
    const left = await shared(world, [ana], { 'Last Name': 'Away left' });
    await enable(ana, false);
    await world.siebel.unlist(left, ana.employeeId);
    const joined = await ana.siebel.addContact({ 'First Name': 'Maria', 'Last Name': 'Away joined' });
    await ana.siebel.list(joined, [ana.employeeId]);
    await world.sync();
    await enable(ana, true);
    await world.sync();
    expect((await surnamed(ana, 'Away left')).length).toBe(0);
    expect((await surnamed(ana, 'Away joined')).length).toBe(1);
    await world.isQuiet();
  });

  test('deletions win over edits where the policy says so', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const inOutlook = await shared(world, [ana, bruno], { 'Last Name': 'Lost in Outlook' });
    const inSiebel = await shared(world, [ana], { 'Last Name': 'Lost in Siebel' });
    await rules({ editAgainstDelete: 'delete-wins' });
    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Lost in Outlook')).id);
    await world.siebel.change(inOutlook, { 'Job Title': 'Edited' });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Lost in Siebel')).id, {
      jobTitle: 'Edited',
    });
    await world.siebel.remove(inSiebel);
    await world.sync();
    expect(await world.siebel.members(inOutlook)).toEqual([bruno.login]);
    expect((await surnamed(ana, 'Lost in Outlook')).length).toBe(0);
    expect(await bruno.outlook.contact('Maria', 'Lost in Outlook')).toMatchObject({ jobTitle: 'Edited' });
    expect((await surnamed(ana, 'Lost in Siebel')).length).toBe(0);
    expect(await world.siebel.contacts('[Last Name]="Lost in Siebel"')).toEqual([]);
    const journal = await world.api('GET', `/api/admin/journal?mailbox=${ana.mailbox}&limit=20`);
    expect(journal.text).toContain('Edited');
    await world.isQuiet();
  });

  const rules = (change: Rules) => world.policy((policy) => Object.assign(policy.domains.contact, change));

  async function everybody(names: [string, string, string, string]): Promise<[Actor, Actor, Actor, Actor]> {
    const [a, b, c, d] = names;
    return [await world.person(a), await world.person(b), await world.person(c), await world.person(d)];
  }

  async function enable(actor: Actor, enabled: boolean): Promise<void> {
    const answer = await world.api('PUT', `/api/admin/people/${actor.mailbox}`, {
      siebelLogin: actor.login,
      enabled,
    });
    expect(answer.status, answer.text).toBe(200);
  }

  async function positionOf(actor: Actor): Promise<string> {
    const answer = await world.siebel.request(
      'GET',
      `Employee/Employee/${actor.employeeId}/Position?ViewMode=All&uniformresponse=Y`,
    );
    const { items } = answer.json as { items: { Name: string }[] };
    return items[0]?.Name ?? '';
  }
});
