import { describe, expect, test } from 'vitest';
import { planFor } from '../../server/engine/preview.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { inParallel, parked, putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('the first load of a calendar', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test(
    '120 meetings of Siebel with guests, 100 of them past, are in the calendar, and nobody is mailed, as the plan said',
    { timeout: 60_000 },
    async () => {
      const ana = await world.person('Ana', { mapped: false });
      const bruno = await world.person('Bruno');
      const customer = await ana.siebel.addContact({
        'First Name': 'Maria',
        'Last Name': 'Many',
        'Email Address': 'maria@many.example',
      });
      await inParallel(120, async (n) => {
        const id = await ana.activities.plan(
          `Meeting ${n}`,
          planned(inDays(n < 100 ? -n - 2 : n - 90), '09:00', '10:00'),
        );
        await ana.activities.link(id, 'Employee', bruno.employeeId);
        await ana.activities.link(id, 'Contact', customer);
      });
      await world.sync();
      await world.map(ana);
      const plan = await planFor(world.context(), ana.mailbox);
      const steps = plan.flatMap((one) => one.steps).filter((step) => step.side === 'exchange');
      expect(steps.filter((step) => step.do === 'create').length).toBe(120);
      expect(steps.reduce((sum, step) => sum + step.mails, 0)).toBe(0);
      expect(await ana.calendar.events()).toEqual([]);

      await world.sync();
      expect((await ana.calendar.events()).length).toBe(120);
      expect((await bruno.calendar.events()).length).toBe(120);
      expect(await post.sinceThen()).toEqual([]);
      await world.isQuiet();
    },
  );

  test('meetings that stand in Outlook go to Siebel without a word to their guests', async () => {
    const ana = await world.person('Ana', { mapped: false });
    for (const [n, day] of [-30, -3, 4, 30].entries())
      await ana.calendar.add({
        subject: `Guests ${n}`,
        ...at(inDays(day), '09:00', '10:00'),
        ...inviting('guest@outside.example', 'other@outside.example'),
      });
    await post.sinceThen();
    await world.map(ana);
    await world.sync();
    for (const n of [0, 1, 2, 3])
      expect((await world.activities.one(`Guests ${n}`))['Primary Owned By']).toBe(ana.login);
    const kept = (await ana.calendar.events()).map(({ attendees }) => attendees.length);
    expect(kept).toEqual([2, 2, 2, 2]);
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('what stands on both sides is linked, what stands on one is copied, nothing is deleted, nobody is mailed', async () => {
    const ana = await world.person('Ana', { mapped: false });
    for (const n of [1, 2, 3, 4]) {
      await ana.activities.plan(`Both ${n}`, planned(inDays(n), '09:00', '10:00'));
      await ana.calendar.add({
        subject: `Both ${n}`,
        ...at(inDays(n), '09:00', '10:00'),
        ...(n > 2 ? inviting('guest@outside.example') : {}),
      });
      await ana.activities.todo(`Do both ${n}`, { Due: planned(inDays(n), '00:00', '00:00').Planned });
      await ana.calendar.addTask({
        title: `Do both ${n}`,
        dueDateTime: { dateTime: `${inDays(n)}T00:00:00`, timeZone: 'UTC' },
      });
    }
    await ana.activities.plan('Both 1', planned(inDays(9), '09:00', '10:00'));
    await ana.activities.plan('Only in Siebel', planned(inDays(5), '09:00', '10:00'));
    await ana.calendar.add({ subject: 'Only in Outlook', ...at(inDays(5), '11:00', '12:00') });
    await ana.activities.todo('Task of Siebel');
    await ana.calendar.addTask({ title: 'Task of Outlook' });
    await post.sinceThen();

    await world.map(ana);
    await world.sync();
    expect((await ana.calendar.events()).map(({ subject }) => subject).toSorted()).toEqual([
      'Both 1',
      'Both 1',
      'Both 2',
      'Both 3',
      'Both 4',
      'Only in Outlook',
      'Only in Siebel',
    ]);
    const rows = await ana.activities.all(`[Primary Owned By]="${ana.login}"`);
    expect(rows.map((row) => row['Description'] ?? '').toSorted()).toEqual([
      'Both 1',
      'Both 1',
      'Both 2',
      'Both 3',
      'Both 4',
      'Do both 1',
      'Do both 2',
      'Do both 3',
      'Do both 4',
      'Only in Outlook',
      'Only in Siebel',
      'Task of Outlook',
      'Task of Siebel',
    ]);
    expect((await ana.calendar.tasks()).length).toBe(6);
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();

    const both = await ana.calendar.event('Both 4');
    await ana.activities.change((await world.activities.one('Both 2')).Id, { MeetingLocation: 'Room 2' });
    await ana.calendar.change(both.id, { categories: [...both.categories, 'Red'] });
    await world.sync();
    expect((await ana.calendar.event('Both 2')).location.displayName).toBe('Room 2');
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('two appointments that look equal stay two, on both sides and in pairs', async () => {
    const ana = await world.person('Ana', { mapped: false });
    for (const _ of [1, 2]) {
      await ana.activities.plan('Twin', planned(inDays(3), '09:00', '10:00'));
      await ana.calendar.add({ subject: 'Twin', ...at(inDays(3), '09:00', '10:00') });
      await ana.activities.todo('Twin task');
      await ana.calendar.addTask({ title: 'Twin task' });
    }
    await world.map(ana);
    await world.sync();
    expect((await world.activities.all('[Description]="Twin"')).length).toBe(2);
    expect((await ana.calendar.events()).length).toBe(2);
    expect((await world.activities.all('[Description]="Twin task"')).length).toBe(2);
    expect((await ana.calendar.tasks()).length).toBe(2);
    await world.isQuiet();

    const [one] = await ana.calendar.events();
    await ana.calendar.change(one?.id ?? '', { subject: 'Twin no more' });
    await world.sync();
    expect((await world.activities.all('[Description]="Twin"')).length).toBe(1);
    expect((await world.activities.all('[Description]="Twin no more"')).length).toBe(1);
    await world.isQuiet();
  });

  test('a blank on one side erases nothing on the other', async () => {
    const ana = await world.person('Ana', { mapped: false });
    const id = await ana.activities.plan('Blank', {
      ...planned(inDays(3), '09:00', '10:00'),
      MeetingLocation: 'Room 1',
    });
    await ana.calendar.add({
      subject: 'Blank',
      ...at(inDays(3), '09:00', '10:00'),
      body: { contentType: 'text', content: 'Bring the plan' },
    });
    await world.map(ana);
    await world.sync();
    const event = await ana.calendar.event('Blank');
    expect(event.location.displayName).toBe('Room 1');
    expect(event.body.content).toContain('Bring the plan');
    expect(await ana.activities.read(id)).toMatchObject({
      MeetingLocation: 'Room 1',
      Comment: 'Bring the plan',
    });
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('a mailbox that is switched off and on again finds its own: no twin, no mail, nothing lost', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'On and off',
      ...at(inDays(6), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await ana.calendar.addTask({ title: 'On and off task' });
    await world.sync();
    await post.sinceThen();
    await world.map(ana, { enabled: false });
    await world.sync();
    await world.map(ana);
    await world.sync();
    expect((await world.activities.one('On and off'))['Primary Owned By']).toBe(ana.login);
    await world.activities.one('On and off task');
    expect((await ana.calendar.event('On and off')).attendees.length).toBe(2);
    await bruno.calendar.event('On and off');
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });
});
