import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { lay, parked, putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const losses = ['drop-after-commit', 'drop-before', 'status'] as const;
/** Nobody knows whether it was done. */
const doubtful = ['drop-after-commit'] as const;

describe('answers about activities that are lost', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test.each(losses)(
    'an activity whose create was not answered (%s) is made once, with everybody on it',
    async (kind) => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      await lay(world, { side: 'siebel', method: 'POST', path: 'data/Action', kind, times: 1 });
      await ana.calendar.add({
        subject: `Activity ${kind}`,
        ...at(inDays(3), '09:00', '10:00'),
        ...inviting(bruno.mailbox),
      });
      await ana.calendar.addTask({ title: `Task ${kind}` });
      await post.sinceThen();
      await world.sync();
      const { Id } = await world.activities.one(`Activity ${kind}`);
      expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
      await world.activities.one(`Task ${kind}`);
      expect((await ana.calendar.events()).length).toBe(1);
      expect((await ana.calendar.tasks()).length).toBe(1);
      expect((await bruno.calendar.events()).length).toBe(1);
      await world.isQuiet();
    },
  );

  test.each(doubtful)(
    'an employee whose link was not answered (%s) is on the activity once',
    async (kind) => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      await ana.calendar.add({ subject: `Linked ${kind}`, ...at(inDays(3), '09:00', '10:00') });
      await world.sync();
      await lay(world, { side: 'siebel', method: 'PUT', path: 'data/Action', kind, times: 1 });
      await ana.calendar.change((await ana.calendar.event(`Linked ${kind}`)).id, inviting(bruno.mailbox));
      await post.sinceThen();
      await world.sync();
      const { Id } = await world.activities.one(`Linked ${kind}`);
      expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
      await world.isQuiet();
    },
  );

  test.each(doubtful)(
    'a task whose create or completion was not answered (%s) is made and done once',
    async (kind) => {
      const ana = await world.person('Ana');
      await world.sync();
      await lay(world, { side: 'graph', method: 'POST', path: 'tasks$', kind, times: 1 });
      const id = await ana.activities.todo(`To do ${kind}`);
      await world.sync();
      expect((await ana.calendar.tasks()).length).toBe(1);
      await world.isQuiet();
      await lay(world, { side: 'graph', method: 'PATCH', path: 'tasks/', kind, times: 1 });
      await ana.activities.change(id, { Status: 'Done' });
      await world.sync();
      expect((await ana.calendar.task(`To do ${kind}`))['status']).toBe('completed');
      await world.isQuiet();
    },
  );

  test.each(doubtful)('deletions that were not answered (%s) are found done', async (kind) => {
    const ana = await world.person('Ana');
    await world.sync();
    for (const name of ['Left', 'Right'])
      await ana.activities.plan(`${name} ${kind}`, planned(inDays(3), '09:00', '10:00'));
    await world.sync();
    await ana.calendar.remove((await ana.calendar.event(`Left ${kind}`)).id);
    await world.activities.remove((await world.activities.one(`Right ${kind}`)).Id);
    await lay(
      world,
      { side: 'graph', method: 'DELETE', path: 'events/', kind, times: 1 },
      { side: 'siebel', method: 'DELETE', path: 'data/Action', kind, times: 1 },
    );
    await world.sync();
    expect(await ana.calendar.events()).toEqual([]);
    expect(await world.activities.all(`[Description]="Left ${kind}"`)).toEqual([]);
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test.each(doubtful)(
    'a series whose exceptions were not answered (%s) is whole in the end',
    async (kind) => {
      const ana = await world.person('Ana');
      await world.sync();
      const { id } = await ana.calendar.add({
        subject: `Series ${kind}`,
        ...at(inDays(2), '09:00', '10:00'),
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'numbered', startDate: inDays(2), numberOfOccurrences: 5 },
        },
      });
      const instances = await ana.calendar.instances(id, inDays(0), inDays(20));
      await world.sync();
      await ana.calendar.remove(instances[1]?.id ?? '');
      await lay(world, { side: 'siebel', method: 'PUT', path: 'data/Action', kind, times: 1 });
      await world.sync();
      const row = await world.activities.one(`Series ${kind}`);
      expect((await world.activities.exceptions(row.Id)).length).toBe(1);
      expect((await ana.calendar.instances(id, inDays(0), inDays(20))).length).toBe(4);
      await world.isQuiet();
    },
  );
});
