import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

const dueOn = (date: string) => ({ dueDateTime: { dateTime: `${date}T00:00:00`, timeZone: 'UTC' } });

describe('the life of a task', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const { described, titles } = agendaOf(world);

  test('deleted on one side it is deleted on the other', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    for (const title of ['From Outlook', 'Left here', 'Left there']) await ana.calendar.addTask({ title });
    await ana.activities.todo('From Siebel');
    await world.sync();
    await ana.calendar.removeTask((await ana.calendar.task('From Siebel')).id);
    await ana.activities.remove((await ana.activities.one('From Outlook')).Id);
    await world.sync();
    expect(await titles(ana)).toEqual(['Left here', 'Left there']);
    expect(await described(ana)).toEqual(['Left here', 'Left there']);
    await world.isQuiet();
  });

  test('a task given to a colleague in Siebel leaves the one list and comes into the other, and back', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.addTask({ title: 'Offer', body: { contentType: 'text', content: 'by Friday' } });
    await world.sync();
    const { Id } = await ana.activities.one('Offer');
    await world.activities.change(Id, { 'Primary Owned By': bruno.login });
    await world.sync();
    expect(await titles(ana)).toEqual([]);
    const task = await bruno.calendar.task('Offer');
    expect((task['body'] as { content: string }).content).toContain('by Friday');
    await world.isQuiet();

    await bruno.calendar.changeTask(task.id, { status: 'inProgress' });
    await world.sync();
    expect(await world.activities.read(Id)).toMatchObject({ Status: 'In Progress' });
    await world.activities.change(Id, { 'Primary Owned By': ana.login });
    await world.sync();
    expect(await titles(bruno)).toEqual([]);
    expect(await ana.calendar.task('Offer')).toMatchObject({ status: 'inProgress' });
    await world.isQuiet();
  });

  test('a task is its owner’s only, whoever else is on the activity', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const id = await ana.activities.todo('Shared work');
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    expect(await titles(ana)).toEqual(['Shared work']);
    expect(await titles(bruno)).toEqual([]);
    await ana.calendar.changeTask((await ana.calendar.task('Shared work')).id, { importance: 'high' });
    await world.sync();
    expect((await world.activities.employees(id)).length).toBe(2);
    await world.isQuiet();
  });

  test('a private task of Siebel stays there until it is not private any more', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const hidden = await ana.activities.todo('Hidden', { Private: 'Y' });
    const open = await ana.activities.todo('Open');
    await world.sync();
    expect(await titles(ana)).toEqual(['Open']);
    await ana.activities.change(hidden, { Comment: 'still hidden' });
    await world.sync();
    expect(await titles(ana)).toEqual(['Open']);
    await world.isQuiet();

    await ana.activities.change(hidden, { Private: 'N' });
    await world.sync();
    expect(await titles(ana)).toEqual(['Hidden', 'Open']);
    expect(await world.activities.read(open)).toMatchObject({ Description: 'Open', Private: 'N' });
    await world.isQuiet();
  });

  test('a task that becomes private in Siebel tells To Do nothing more, and is the same one when it is open again', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.todo('Promotion');
    await world.sync();
    await ana.activities.change(id, { Private: 'Y', Comment: 'secret' });
    await world.sync();
    const task = await ana.calendar.task('Promotion');
    expect(JSON.stringify(task)).not.toContain('secret');
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Promotion', Private: 'Y' });
    const item = (await world.apiAs(ana, 'GET', `/api/items/task/${task.id}`)).json as Record<
      string,
      unknown
    >;
    expect({ state: item['state'], why: item['why'] }).toEqual({
      state: 'off',
      why: 'It is private in Siebel; private tasks stay there.',
    });
    await world.isQuiet();

    await ana.activities.change(id, { Private: 'N', Comment: 'announced' });
    await world.sync();
    const again = await ana.calendar.task('Promotion');
    expect(await titles(ana)).toEqual(['Promotion']);
    expect(JSON.stringify(again['body'])).toContain('announced');
    expect(await described(ana)).toEqual(['Promotion']);
    await world.isQuiet();
  });

  test('a task of a series that is completed is done in Siebel, and the next one is another activity', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.addTask({
      title: 'Water the plants',
      ...dueOn(inDays(1)),
      recurrence: {
        pattern: { type: 'daily', interval: 7 },
        range: { type: 'noEnd', startDate: inDays(1) },
      },
    });
    await world.sync();
    const first = await ana.activities.one('Water the plants');
    await ana.activities.change(first.Id, { Comment: 'not too much' });
    await world.sync();
    expect((await ana.calendar.task('Water the plants'))['recurrence']).not.toBe(null);
    await world.isQuiet();

    await ana.calendar.changeTask(id, { status: 'completed' });
    await world.sync();
    expect(await world.activities.read(first.Id)).toMatchObject({ Status: 'Done' });
    const rows = await ana.activities.all('[Description]="Water the plants"');
    expect(rows.length).toBe(2);
    const next = rows.find((row) => row.Id !== first.Id);
    expect(next).toMatchObject({ Status: 'Not Started', Due: planned(inDays(8), '00:00', '00:00').Planned });
    expect((await ana.calendar.tasks()).length).toBe(2);
    await world.isQuiet();

    await ana.activities.change(next?.Id ?? '', { Status: 'Done' });
    await world.sync();
    await world.sync();
    const dues = (await ana.activities.all('[Description]="Water the plants"')).map(
      (row) => row['Due'] ?? '',
    );
    expect(dues.toSorted()).toEqual(
      [1, 8, 15].map((days) => planned(inDays(days), '00:00', '00:00').Planned).toSorted(),
    );
    await world.isQuiet();
  });

  test('a task in a list of its owner’s own is kept in step where it is', async () => {
    const ana = await world.person('Ana');
    const made = await ana.calendar.graph('POST', '/todo/lists', { displayName: 'Garden' });
    expect(made.status, made.text).toBe(201);
    const list = (made.json as { id: string }).id;
    await world.sync();
    const task = await ana.calendar.graph('POST', `/todo/lists/${list}/tasks`, { title: 'Prune' });
    expect(task.status, task.text).toBe(201);
    await world.sync();
    const { Id } = await ana.activities.one('Prune');
    await ana.activities.change(Id, { Description: 'Prune the roses' });
    await world.sync();
    const there = await ana.calendar.graph('GET', `/todo/lists/${list}/tasks`);
    expect((there.json as { value: { title: string }[] }).value.map(({ title }) => title)).toEqual([
      'Prune the roses',
    ]);
    expect(await titles(ana)).toEqual([]);
    await world.isQuiet();
  });

  test('what stood on both sides before anybody kept it in step is linked by its key fields; nothing is doubled', async () => {
    const ana = await world.person('Ana', { mapped: false });
    await ana.calendar.addTask({ title: 'Known to both', ...dueOn(inDays(3)) });
    await ana.calendar.addTask({ title: 'Outlook only' });
    await ana.activities.todo('Known to both', { Due: planned(inDays(3), '00:00', '00:00').Planned });
    await ana.activities.todo('Siebel only');
    await world.map(ana);
    await world.sync();
    const all = ['Known to both', 'Outlook only', 'Siebel only'];
    expect(await titles(ana)).toEqual(all);
    expect(await described(ana)).toEqual(all);
    await world.isQuiet();
  });
});
