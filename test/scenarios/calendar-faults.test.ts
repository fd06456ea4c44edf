import { describe, expect, test } from 'vitest';
import { at, inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import {
  behave,
  inParallel,
  lay,
  look,
  onlyParked,
  parked,
  putRulesBack,
  statusOf,
  userIdOf,
} from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

const listings = [
  ['calendar', 'calendar/events|calendarView/delta', 'calendarView/delta'],
  ['task list', 'tasks/delta', 'tasks/delta'],
] as const;

describe('broken answers about calendars and tasks', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);

  test.each(listings)(
    'an empty listing of a %s that holds twelve items is refused, and read again',
    async (name, path, delta) => {
      const ana = await filled(`Empty ${name}`);
      await spoil(ana, { path, delta, kind: 'empty-list' });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      expect(await onlyParked(world, ana)).toMatchObject({
        what: 'listing',
        reason: expect.stringContaining('empty list'),
      });
      expect((await statusOf(world, ana)).state).toBe('failing');
      await holdsAll(ana, `Empty ${name}`);

      await heals(ana, `Empty ${name}`);
      expect(await parked(world, ana)).toEqual([]);
      expect((await statusOf(world, ana)).state).toBe('inStep');
      await world.isQuiet();
    },
  );

  test.each(listings)('a listing of a %s that breaks off concludes nothing', async (name, path, delta) => {
    const ana = await filled(`Partial ${name}`);
    await spoil(ana, { path, delta, kind: 'partial-page' });
    expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await statusOf(world, ana)).toMatchObject({
      state: 'failing',
      error: expect.stringContaining('broke off'),
    });
    await holdsAll(ana, `Partial ${name}`);
    await heals(ana, `Partial ${name}`);
    expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
    await world.isQuiet();
  });

  test.each(['empty-list', 'partial-page'])(
    'Siebel answers its activities with %s: nothing is removed or made, and it passes',
    async (kind) => {
      const ana = await filled(`Siebel ${kind}`);
      await lay(world, { side: 'siebel', method: 'GET', path: 'data/Action', kind });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await ana.calendar.events()).length).toBe(12);
      expect((await ana.calendar.tasks()).length).toBe(12);
      await heals(ana, `Siebel ${kind}`);
      expect([...(await parked(world, ana)), ...(await parked(world, null))]).toEqual([]);
      await world.isQuiet();
    },
  );

  test('a mailbox enabled while its calendar breaks off makes no twins once it is whole', async () => {
    const ana = await world.person('Ana', { mapped: false });
    await inParallel(12, async (n) => {
      await ana.activities.plan('Twinless', planned(inDays(n), '09:00', '10:00'));
      await ana.calendar.add({ subject: 'Twinless', ...at(inDays(n), '09:00', '10:00') });
    });
    await lay(world, { side: 'graph', method: 'GET', path: listings[0][1], kind: 'partial-page' });
    await world.map(ana);
    await look(world);
    expect((await ana.calendar.events()).length).toBe(12);
    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(12);
    expect((await world.activities.all('[Description]="Twinless"')).length).toBe(12);
    await world.isQuiet();
  });

  test('the delta token is gone: what was deleted and edited meanwhile is carried, nothing else', async () => {
    const ana = await filled('Expired');
    const events = await ana.calendar.events();
    const tasks = await ana.calendar.tasks();
    for (const { id } of events.slice(0, 3)) await ana.calendar.remove(id);
    for (const { id } of tasks.slice(0, 3)) await ana.calendar.removeTask(id);
    await ana.calendar.change(events[3]?.id ?? '', { location: { displayName: 'Room 3' } });
    await ana.calendar.changeTask(tasks[3]?.id ?? '', { importance: 'high' });
    await lay(world, {
      side: 'graph',
      path: `${await userIdOf(world, ana)}/.*/delta`,
      kind: 'expire-delta',
      times: 3,
    });
    const { written } = await world.sync();
    expect(written).toEqual({ siebel: 8, exchange: 0 });
    expect((await world.activities.all('[Description]="Expired"')).length).toBe(18);
    expect((await world.activities.all('[MeetingLocation]="Room 3"')).length).toBe(1);
    await world.isQuiet();
  });

  test('versions change and contents do not: nothing is written, not even by a server that touches everything', async () => {
    const ana = await filled('Touched');
    const bruno = await world.person('Bruno');
    await world.sync();
    await behave(world, { 'graph.serverTouches': true });
    for (const row of await world.activities.all('[Description]="Touched"'))
      await ana.activities.change(row.Id, { Description: 'Touched', Comment: '' });
    for (const { id } of await ana.calendar.events()) await ana.calendar.change(id, { subject: 'Touched' });
    for (const { id } of await ana.calendar.tasks()) await ana.calendar.changeTask(id, { title: 'Touched' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    await behave(world, { 'graph.serverTouches': false });
    expect(await bruno.calendar.events()).toEqual([]);
    await world.isQuiet();
  });

  async function filled(name: string): Promise<Actor> {
    const ana = await world.person('Ana');
    await inParallel(12, async (n) => {
      await ana.activities.plan(name, planned(inDays(n - 3), '09:00', '10:00'));
      await ana.activities.todo(name);
    });
    await world.sync();
    await holdsAll(ana, name);
    return ana;
  }

  /** From now on the listing has to be read as a whole, and is answered wrongly. */
  async function spoil(
    ana: Actor,
    { path, delta, kind }: Readonly<{ path: string; delta: string; kind: string }>,
  ): Promise<void> {
    const mailbox = await userIdOf(world, ana);
    await lay(
      world,
      { side: 'graph', path: `${mailbox}/.*${delta}`, kind: 'expire-delta', times: 1 },
      { side: 'graph', method: 'GET', path: `${mailbox}/.*(${path})`, kind },
    );
  }

  async function heals(ana: Actor, name: string): Promise<void> {
    await world.desk('DELETE', '/faults');
    await world.sync();
    await holdsAll(ana, name);
  }

  async function holdsAll(ana: Actor, name: string): Promise<void> {
    expect((await world.activities.all(`[Description]="${name}"`)).length).toBe(24);
    expect((await ana.calendar.events()).length).toBe(12);
    expect((await ana.calendar.tasks()).length).toBe(12);
  }
});
