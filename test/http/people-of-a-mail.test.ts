import { describe, expect, test } from 'vitest';
import { useWorld, type Actor } from '../support/world.ts';

type Known = Readonly<{
  address: string;
  siebel: string | null;
  contacts: readonly Readonly<{ label: string; state: string; itemId: string }>[];
}>;

describe('the people of a mail', () => {
  const world = useWorld();
  const whoAre = async (actor: Actor, ...addresses: string[]): Promise<Known[]> => {
    const query = encodeURIComponent(addresses.join(','));
    const answer = await world.apiAs(actor, 'GET', `/api/people?addresses=${query}`);
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { items: Known[] }).items;
  };
  const maria = { firstName: 'Maria', lastName: 'Lopez', email1: 'Maria@Lopez.example' };

  test('are told apart: colleagues, contacts of mine, contacts in Siebel, strangers', async () => {
    const [ana, bruno] = [await world.person('Ana'), await world.person('Bruno')];
    await ana.outlook.add({
      givenName: 'Otto',
      surname: 'Ohm',
      emailAddresses: [{ address: 'otto@ohm.example', name: 'Otto' }],
    });
    await world.siebel.addContact({
      'First Name': 'Salma',
      'Last Name': 'Haddad',
      'Email Address': 'salma@haddad.example',
    });
    await world.sync();
    const known = await whoAre(
      ana,
      bruno.mailbox,
      'OTTO@ohm.example',
      'salma@haddad.example',
      'nobody@else.example',
    );
    expect(known.map(({ siebel }) => siebel)).toEqual(['employee', 'unknown', 'contact', 'unknown']);
    expect(known.map(({ contacts }) => contacts.map(({ label, state }) => [label, state]))).toEqual([
      [],
      [['Otto Ohm', 'off']],
      [],
      [],
    ]);
  });

  test('become a contact that is kept in step, once however often it is asked for', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const add = () => world.apiAs(ana, 'POST', '/api/contacts', { ...maria, company: 'Lopez & Hijos' });
    const [first, second] = [await add(), await add()];
    expect([first.status, second.status], first.text).toEqual([201, 201]);
    expect(second.json).toMatchObject({ itemId: (first.json as { itemId: string }).itemId });
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Lopez')).toMatchObject({ categories: ['Siebel Contact'] });
    expect(await ana.siebel.contacts("[Last Name]='Lopez'")).toHaveLength(1);
    const [known] = await whoAre(ana, maria.email1);
    expect(known).toMatchObject({ siebel: 'contact', contacts: [{ label: 'Maria Lopez', state: 'inStep' }] });
    await world.isQuiet();
  });

  test('are not made contacts of without both names, a mailbox in the user map, or the permission of the policy', async () => {
    const ana = await world.person('Ana');
    const stranger = await world.person('Gus', { mapped: false });
    await world.sync();
    const code = async (actor: Actor, body: unknown) => {
      const answer = await world.apiAs(actor, 'POST', '/api/contacts', body);
      return [answer.status, (answer.json as { code?: string }).code];
    };
    expect(await code(ana, { ...maria, firstName: '' })).toEqual([400, 'invalid-request']);
    expect(await code(ana, { ...maria, email1: 'no address' })).toEqual([400, 'invalid-request']);
    expect(await code(stranger, maria)).toEqual([403, 'person-unmapped']);
    await world.policy(({ domains }) => Object.assign(domains.contact, { level: 'none' }));
    expect(await code(ana, maria)).toEqual([409, 'domain-off']);
    await world.policy(({ domains }) => Object.assign(domains.contact, { level: 'full' }));
    expect(await ana.outlook.contacts()).toEqual([]);
  });
});
