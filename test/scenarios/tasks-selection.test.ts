import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const dueOn = (date: string) => ({ dueDateTime: { dateTime: `${date}T00:00:00`, timeZone: 'UTC' } });

describe('which tasks are kept in step, and which way', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const rules = rulesFor(world, 'task');
  const { described, titles } = agendaOf(world);
  const due = (days: number) => ({ Due: planned(inDays(days), '00:00', '00:00').Planned });

  test('where the category is asked for, only what has it goes; taken off, it stays on both sides; put back, it is one', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.addTask({ title: 'Own' });
    const { id } = await ana.calendar.addTask({ title: 'Chosen', categories: ['Blue', 'Siebel Task'] });
    await ana.activities.todo('From Siebel');
    await world.sync();
    expect(await described(ana)).toEqual(['Chosen', 'From Siebel']);
    expect((await ana.calendar.task('From Siebel')).categories).toEqual(['Siebel Task']);
    expect((await ana.calendar.task('Own')).categories).toEqual([]);
    await world.isQuiet();

    await ana.calendar.changeTask(id, { categories: ['Blue'] });
    await world.sync();
    await ana.calendar.changeTask(id, { title: 'Chosen once' });
    await world.sync();
    expect(await described(ana)).toEqual(['Chosen', 'From Siebel']);
    expect((await ana.calendar.task('Chosen once')).categories).toEqual(['Blue']);
    await world.isQuiet();

    await ana.calendar.changeTask(id, { categories: ['Blue', 'Siebel Task'] });
    await world.sync();
    expect((await described(ana)).length).toBe(2);
    expect((await ana.calendar.tasks()).length).toBe(3);
    await world.isQuiet();
  });

  test('marked by the button it goes, un-marked it stays on both sides, each its own', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.addTask({ title: 'Marked' });
    await world.sync();
    expect(await described(ana)).toEqual([]);
    const marked = await world.apiAs(ana, 'PUT', `/api/marks/task/${id}`);
    expect(marked.status, marked.text).toBe(202);
    await world.sync();
    expect(await described(ana)).toEqual(['Marked']);
    expect((await ana.calendar.task('Marked')).categories).toEqual(['Siebel Task']);

    expect((await world.apiAs(ana, 'DELETE', `/api/marks/task/${id}`)).status).toBe(202);
    await world.sync();
    await ana.calendar.changeTask(id, { title: 'Marked no more' });
    await world.sync();
    expect(await described(ana)).toEqual(['Marked']);
    expect((await ana.calendar.task('Marked no more')).categories).toEqual([]);
    const item = (await world.apiAs(ana, 'GET', `/api/items/task/${id}`)).json as Record<string, unknown>;
    expect(item['state']).toBe('off');
    await world.isQuiet();
  });

  test('from the day of the extract on: tasks due before stay where they are, those without a date go', async () => {
    const ana = await world.person('Ana', { mapped: false });
    await ana.calendar.addTask({ title: 'Old in Outlook', ...dueOn(inDays(-6)) });
    await ana.calendar.addTask({ title: 'New in Outlook', ...dueOn(inDays(-5)) });
    await ana.calendar.addTask({ title: 'Undated in Outlook' });
    await ana.activities.todo('Old in Siebel', due(-6));
    await ana.activities.todo('New in Siebel', due(-5));
    await world.map(ana, { extractFrom: inDays(-5) });
    await world.sync();
    const both = ['New in Outlook', 'New in Siebel', 'Undated in Outlook'];
    expect(await titles(ana)).toEqual([...both, 'Old in Outlook'].toSorted());
    expect(await described(ana)).toEqual([...both, 'Old in Siebel'].toSorted());
    await world.isQuiet();
  });

  test('a task that leaves the window stays on both sides; back in it, it is the same two', async () => {
    await rules({ futureDays: 30 });
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.addTask({ title: 'Wanders', ...dueOn(inDays(3)) });
    await world.sync();
    await ana.calendar.changeTask(id, dueOn(inDays(60)));
    await world.sync();
    expect(await titles(ana)).toEqual(['Wanders']);
    expect(await described(ana)).toEqual(['Wanders']);
    const item = (await world.apiAs(ana, 'GET', `/api/items/task/${id}`)).json as Record<string, unknown>;
    expect(item['state']).toBe('off');
    expect(String(item['why'])).toMatch(/outside the time/);
    await world.isQuiet();

    await ana.calendar.changeTask(id, dueOn(inDays(5)));
    await world.sync();
    expect(await titles(ana)).toEqual(['Wanders']);
    expect(await described(ana)).toEqual(['Wanders']);
    expect(await ana.activities.one('Wanders')).toMatchObject(due(5));
    await world.isQuiet();
  });

  test('export only, import only and none: each lets through what it says, and full catches up', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.todo('Agreed');
    await world.sync();
    const task = await ana.calendar.task('Agreed');

    await rules({ level: 'export-only' });
    await ana.calendar.changeTask(task.id, { importance: 'high' });
    await ana.calendar.addTask({ title: 'Outlook’s own' });
    await ana.activities.change(id, { Comment: 'exported' });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({ Priority: '3-Medium' });
    expect(await described(ana)).toEqual(['Agreed']);
    expect(((await ana.calendar.task('Agreed'))['body'] as { content: string }).content).toContain(
      'exported',
    );
    await world.isQuiet();

    await rules({ level: 'none' });
    await ana.calendar.addTask({ title: 'Meanwhile' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });

    await rules({ level: 'import-only' });
    await ana.activities.todo('Siebel’s own');
    await ana.calendar.changeTask(task.id, { title: 'Agreed upon' });
    await world.sync();
    expect(await described(ana)).toEqual(
      ['Agreed upon', 'Meanwhile', 'Outlook’s own', 'Siebel’s own'].toSorted(),
    );
    expect(await titles(ana)).toEqual(['Agreed upon', 'Meanwhile', 'Outlook’s own']);
    await world.isQuiet();

    await rules({ level: 'full' });
    await world.sync();
    expect(await titles(ana)).toEqual(await described(ana));
    await world.isQuiet();
  });

  test('where deletions are not allowed, what is deleted on one side stays on the other', async () => {
    await rules({ deletions: { inSiebel: false, inExchange: false } });
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.addTask({ title: 'Kept in Siebel' });
    const other = await ana.activities.todo('Kept in Outlook');
    await world.sync();
    await ana.calendar.removeTask(id);
    await ana.activities.remove(other);
    await world.sync();
    expect(await described(ana)).toEqual(['Kept in Siebel']);
    expect(await titles(ana)).toEqual(['Kept in Outlook']);
    await world.isQuiet();
  });
});
