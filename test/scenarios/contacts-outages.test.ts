import { describe, expect, test } from 'vitest';
import { decide, lay, look, onlyParked, parked, putRulesBack, shared, statusOf } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('a side or an item that refuses', () => {
  const world = useWorld();
  putRulesBack(world);

  test('429 with Retry-After: only that mailbox waits, it shows until when, the others go on', async () => {
    const [ana, bruno, id] = await pair('Throttled');
    await lay(world, {
      side: 'graph',
      path: `users/${await userIdOf(ana)}/`,
      kind: 'status',
      status: 429,
      retryAfterSeconds: 4,
    });
    const before = Date.now();
    await world.siebel.change(id, { 'Job Title': 'Buyer' });
    await look(world, { seconds: 2 });

    expect(await bruno.outlook.contact('Maria', 'Throttled')).toMatchObject({ jobTitle: 'Buyer' });
    expect(await statusOf(world, bruno)).toMatchObject({ state: 'inStep', error: null });
    const status = await statusOf(world, ana);
    expect(status).toMatchObject({ state: 'failing', error: expect.stringContaining('wait') });
    expect(Date.parse(status.retryAt ?? '') - before).toBeGreaterThan(3_000);

    await world.desk('DELETE', '/faults');
    await world.sync();
    expect(await ana.outlook.contact('Maria', 'Throttled')).toMatchObject({ jobTitle: 'Buyer' });
    expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
    await world.isQuiet();
  });

  test.each([401, 403])(
    'consent is revoked in Microsoft 365 (%i): nothing is deleted, it shows, edits flow afterwards',
    async (status) => {
      const lastName = `Consent ${status}`;
      const [ana, bruno, id] = await pair(lastName);
      const copy = await ana.outlook.contact('Maria', lastName);
      await lay(world, { side: 'graph', path: '/users/', kind: 'status', status });
      await world.siebel.change(id, { 'Job Title': 'Buyer' });

      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      for (const actor of [ana, bruno]) {
        const seen = await statusOf(world, actor);
        expect(seen.state).toBe('failing');
        expect(seen.error).toMatch(/consent|permissions/);
      }
      expect((await world.siebel.members(id)).length).toBe(2);

      await world.desk('DELETE', '/faults');
      await ana.outlook.change(copy.id, { mobilePhone: '555 0300' });
      await world.sync();
      expect(await world.siebel.contact(id)).toMatchObject({
        'Cellular Phone #': '555 0300',
        'Job Title': 'Buyer',
      });
      expect(await bruno.outlook.contact('Maria', lastName)).toMatchObject({
        mobilePhone: '555 0300',
        jobTitle: 'Buyer',
      });
      expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
      await world.isQuiet();
    },
  );

  test.each([401, 403])(
    'the Siebel password is revoked (%i): nothing is deleted, it shows, edits flow afterwards',
    async (status) => {
      const lastName = `Password ${status}`;
      const [ana, bruno, id] = await pair(lastName);
      const copy = await ana.outlook.contact('Maria', lastName);
      await lay(world, { side: 'siebel', path: 'data/', kind: 'status', status });
      await ana.outlook.change(copy.id, { jobTitle: 'Buyer' });

      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      for (const actor of [ana, bruno]) {
        expect(await statusOf(world, actor)).toMatchObject({
          state: 'failing',
          error: expect.stringContaining('Siebel'),
        });
      }
      expect((await parked(world, null)).map((row) => row.reason).join()).toContain('Siebel');
      await bruno.outlook.contact('Maria', lastName);

      await world.desk('DELETE', '/faults');
      await world.sync();
      expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
      expect(await bruno.outlook.contact('Maria', lastName)).toMatchObject({ jobTitle: 'Buyer' });
      expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
      expect(await parked(world, null)).toEqual([]);
      await world.isQuiet();
    },
  );

  test('an item Siebel will not take is parked with a reason, everything else stays current, and it goes once it is mended', async () => {
    const [ana, , id] = await pair('Current');
    const lone = await ana.outlook.add({
      givenName: 'Nameless',
      companyName: 'Half',
      categories: ['Siebel Contact'],
    });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Current')).id, { jobTitle: 'Buyer' });
    await world.sync();

    const row = await onlyParked(world, ana);
    expect(row.reason).toMatch(/fill it in/);
    expect(row.kind).toBe('refused');
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Buyer' });
    const detail = (await world.apiAs(ana, 'GET', `/api/items/contact/${lone.id}`)).json as {
      state: string;
      why: string;
    };
    expect(detail).toMatchObject({ state: 'attention', why: row.reason });
    await world.isQuiet();

    await ana.outlook.change(lone.id, { surname: 'Mended' });
    await world.sync();
    expect((await world.siebel.contacts('[Last Name]="Mended"')).length).toBe(1);
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('a parked item is tried again on request, and when the rules change', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await lay(world, { side: 'siebel', method: 'POST', path: 'data/Contact', kind: 'status', status: 400 });
    await ana.outlook.add({ givenName: 'Rita', surname: 'Retried', categories: ['Siebel Contact'] });
    await world.sync();
    await decide(world, await onlyParked(world, ana), 'retry');
    await world.sync();
    await onlyParked(world, ana);
    await world.desk('DELETE', '/faults');
    await world.policy((policy) => Object.assign(policy.domains.contact, { matchScope: 'all' }));
    await world.sync();
    expect((await world.siebel.contacts('[Last Name]="Retried"')).length).toBe(1);
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  async function pair(lastName: string): Promise<[Actor, Actor, string]> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    return [ana, bruno, await shared(world, [ana, bruno], { 'Last Name': lastName })];
  }

  async function userIdOf(actor: Actor): Promise<string> {
    const users = (await world.desk('GET', '/users')).json as { mailbox: string; userId: string }[];
    return users.find((user) => user.mailbox === actor.mailbox)?.userId ?? '';
  }
});
