import { describe, expect, test } from 'vitest';
import { at, inDays, inviting } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { behave, putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('notifications of calendars', () => {
  const world = useWorld({ webhooks: true });
  putRulesBack(world);
  const post = watchPost(world);
  const soon = { timeout: 5_000, interval: 50 };

  test('a meeting made in Outlook is in Siebel within seconds, without anybody asking', async () => {
    const { ana, bruno } = await pair();
    await ana.calendar.add({
      subject: 'Quick',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await expect.poll(() => employeesOf('Quick'), soon).toEqual([ana.login, bruno.login].toSorted());
    expect((await post.sinceThen()).length).toBe(1);
    await comesToRest();
    await bruno.calendar.remove((await bruno.calendar.event('Quick')).id);
    await expect.poll(() => employeesOf('Quick'), soon).toEqual([ana.login]);
    await comesToRest();
  });

  test('notifications that come twice, in any order and once more later change nothing and mail nobody', async () => {
    await behave(world, { 'graph.duplicateNotifications': true, 'graph.shuffledNotifications': true });
    const { ana, bruno } = await pair();
    const event = await ana.calendar.add({
      subject: 'Zero',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    for (const subject of ['One', 'Two', 'Three']) await ana.calendar.change(event.id, { subject });
    await expect.poll(() => employeesOf('Three'), soon).toEqual([ana.login, bruno.login].toSorted());
    await behave(world, { 'graph.duplicateNotifications': false, 'graph.shuffledNotifications': false });
    expect((await post.sinceThen()).map(({ kind }) => kind)).toEqual([
      'invitation',
      'update',
      'update',
      'update',
    ]);
    expect((await world.desk('POST', '/notifications/replay')).status).toBe(200);
    await comesToRest();
    for (const subject of ['Zero', 'One', 'Two'])
      expect(await world.activities.all(`[Description]="${subject}"`)).toEqual([]);
    expect((await bruno.calendar.events()).map(({ subject }) => subject)).toEqual(['Three']);
  });

  test('notifications that never come are made up for by the next look', async () => {
    const { ana } = await pair();
    await behave(world, { 'graph.notificationLoss': 1 });
    const { id } = await ana.calendar.add({ subject: 'Unheard', ...at(inDays(3), '09:00', '10:00') });
    await ana.calendar.addTask({ title: 'Unheard task' });
    await world.sync();
    await ana.calendar.change(id, { subject: 'Unheard twice' });
    await world.sync();
    await behave(world, { 'graph.notificationLoss': 0 });
    await world.activities.one('Unheard twice');
    await world.activities.one('Unheard task');
    await comesToRest();
  });

  test('a deletion that is told twice removes one activity', async () => {
    await behave(world, { 'graph.duplicateNotifications': true });
    const { ana } = await pair();
    for (const _ of [1, 2]) await ana.calendar.add({ subject: 'Same', ...at(inDays(3), '09:00', '10:00') });
    await expect.poll(async () => (await world.activities.all('[Description]="Same"')).length, soon).toBe(2);
    const [one] = await ana.calendar.events();
    await ana.calendar.remove(one?.id ?? '');
    await expect.poll(async () => (await world.activities.all('[Description]="Same"')).length, soon).toBe(1);
    await behave(world, { 'graph.duplicateNotifications': false });
    expect((await world.desk('POST', '/notifications/replay')).status).toBe(200);
    await comesToRest();
    expect((await world.activities.all('[Description]="Same"')).length).toBe(1);
  });

  async function pair(): Promise<{ ana: Actor; bruno: Actor }> {
    const people = { ana: await world.person('Ana'), bruno: await world.person('Bruno') };
    await world.sync();
    return people;
  }

  async function employeesOf(description: string): Promise<string[]> {
    const [row] = await world.activities.all(`[Description]="${description}"`);
    return row ? world.activities.employees(row.Id) : [];
  }

  /** What was seen in Outlook or Siebel may not have been written down yet; the look after that finds nothing to do. */
  async function comesToRest(): Promise<void> {
    await world.sync();
    await world.isQuiet();
  }
});
