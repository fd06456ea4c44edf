import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { lay, putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const losses = ['drop-after-commit', 'drop-before', 'status'] as const;
/** Nobody knows whether it was done. */
const doubtful = ['drop-after-commit'] as const;

describe('answers of Outlook that are lost', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test.each(doubtful)('an event whose create was not answered (%s) is made once', async (kind) => {
    const ana = await world.person('Ana');
    await world.sync();
    await lay(world, { side: 'graph', method: 'POST', path: 'events$', kind, times: 1 });
    for (const n of [1, 2, 3])
      await ana.activities.plan(`Lost ${kind}`, planned(inDays(n), '09:00', '10:00'));
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(3);
    expect((await world.activities.all(`[Description]="Lost ${kind}"`)).length).toBe(3);
    await world.isQuiet();
  });

  test.each(losses)(
    'a meeting whose create was not answered (%s) invites once, and nobody has it twice',
    async (kind) => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      await lay(world, { side: 'graph', method: 'POST', path: 'events$', kind, times: 1 });
      const id = await ana.activities.plan(`Invited ${kind}`, planned(inDays(3), '09:00', '10:00'));
      await ana.activities.link(id, 'Employee', bruno.employeeId);
      await world.sync();
      expect((await ana.calendar.events()).length).toBe(1);
      expect((await bruno.calendar.events()).map(({ isOrganizer }) => isOrganizer)).toEqual([false]);
      expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
      await world.isQuiet();
    },
  );

  test.each(losses)(
    'a guest added in Siebel whose invitation was not answered (%s) is invited once',
    async (kind) => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      const id = await ana.activities.plan(`Added ${kind}`, planned(inDays(3), '09:00', '10:00'));
      await world.sync();
      await lay(world, { side: 'graph', method: 'PATCH', path: 'events/', kind, times: 1 });
      await ana.activities.link(id, 'Employee', bruno.employeeId);
      await world.sync();
      expect((await ana.calendar.event(`Added ${kind}`)).attendees.length).toBe(1);
      expect((await bruno.calendar.events()).map(({ isOrganizer }) => isOrganizer)).toEqual([false]);
      expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
      await world.isQuiet();
    },
  );

  test.each(doubtful)('a new place that was not answered (%s) is told once', async (kind) => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: `Moved ${kind}`,
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await world.sync();
    await post.sinceThen();
    await lay(world, { side: 'graph', method: 'PATCH', path: 'events/', kind, times: 1 });
    await ana.activities.change((await world.activities.one(`Moved ${kind}`)).Id, {
      MeetingLocation: 'Room 8',
    });
    await world.sync();
    expect((await bruno.calendar.event(`Moved ${kind}`)).location.displayName).toBe('Room 8');
    expect(await post.sinceThen()).toEqual([{ kind: 'update', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });
});
