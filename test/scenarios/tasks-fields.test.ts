import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { inDays } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

/** A date as Siebel takes it: the beginning of that day, in the zone of who writes. */
const day = (date: string) => {
  const [year, month, number] = date.split('-');
  return `${month}/${number}/${year} 00:00:00`;
};
const dueOn = (date: string) => ({ dateTime: `${date}T00:00:00`, timeZone: 'UTC' });
const dateOf = (value: unknown) => (value as { dateTime: string } | null)?.dateTime.slice(0, 10) ?? null;
const october = `${Temporal.Now.plainDateISO('UTC').year + 1}-10-24`;

describe('what is carried of a task', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const { agreedTask: agreed } = agendaOf(world);

  test('everything both sides know travels both ways', async () => {
    const { ana, activityId, activity } = await agreed('Everything', {
      body: { contentType: 'text', content: 'first line\nsecond line' },
      importance: 'high',
      dueDateTime: dueOn(inDays(5)),
      startDateTime: dueOn(inDays(2)),
      status: 'inProgress',
      categories: ['Blue'],
    });
    expect(activity).toMatchObject({
      Type: 'To Do',
      Comment: 'first line\nsecond line',
      Priority: '2-High',
      Due: day(inDays(5)),
      Status: 'In Progress',
      'Primary Owned By': ana.login,
    });
    await ana.activities.change(activityId, {
      Description: 'Everything else',
      Comment: 'third line',
      Priority: '4-Low',
      Due: day(inDays(9)),
      Status: 'On Hold',
    });
    await world.sync();
    const task = await ana.calendar.task('Everything else');
    expect(task).toMatchObject({ importance: 'low', status: 'waitingOnOthers' });
    expect(task.categories).toContain('Blue');
    expect((task['body'] as { content: string }).content.trim()).toBe('third line');
    expect(dateOf(task['dueDateTime'])).toBe(inDays(9));
    expect(dateOf(task['startDateTime'])).toBe(inDays(2));
    await world.isQuiet();
  });

  test('due on 24 October, written in three zones: 24 October everywhere, through round trips', async () => {
    const ana = await world.person('Ana', { timeZone: 'UTC' });
    await world.sync();
    for (const writerZone of ['Pacific/Honolulu', 'Asia/Tokyo', 'UTC']) {
      const made = await world.desk('POST', `/mailboxes/${ana.mailbox}/tasks`, {
        title: `From ${writerZone}`,
        due: october,
        writerZone,
      });
      expect(made.status, made.text).toBe(201);
    }
    await ana.activities.todo('From Siebel', { Due: day(october) });
    await world.sync();
    const titles = ['From Pacific/Honolulu', 'From Asia/Tokyo', 'From UTC', 'From Siebel'];
    for (const title of titles) {
      const row = await ana.activities.one(title);
      expect(row['Due'], title).toBe(day(october));
      await ana.activities.change(row.Id, { Comment: 'one' });
    }
    await world.sync();
    for (const title of titles) {
      const task = await ana.calendar.task(title);
      await ana.calendar.changeTask(task.id, { body: { contentType: 'text', content: 'two' } });
    }
    await world.sync();
    for (const title of titles) {
      expect(await ana.activities.one(title)).toMatchObject({ Due: day(october), Comment: 'two' });
    }
    expect(dateOf((await ana.calendar.task('From Siebel'))['dueDateTime'])).toBe(october);
    await world.isQuiet();
  });

  test.each(['Pacific/Honolulu', 'Pacific/Kiritimati', 'Europe/Berlin'])(
    'due on 24 October in the mailbox and profile of somebody in %s, on both sides',
    async (timeZone) => {
      const ana = await world.person('Ana', { timeZone });
      await world.sync();
      const made = await world.desk('POST', `/mailboxes/${ana.mailbox}/tasks`, {
        title: `Own in ${timeZone}`,
        due: october,
        writerZone: timeZone,
      });
      expect(made.status, made.text).toBe(201);
      const id = await ana.activities.todo(`Siebel in ${timeZone}`, { Due: day(october) });
      await world.sync();
      expect(await ana.activities.one(`Own in ${timeZone}`)).toMatchObject({ Due: day(october) });
      const task = await ana.calendar.task(`Siebel in ${timeZone}`);
      expect(dateOf(task['dueDateTime'])).toBe(october);
      await ana.calendar.changeTask(task.id, { importance: 'high' });
      await world.sync();
      expect(await ana.activities.read(id)).toMatchObject({ Due: day(october), Priority: '2-High' });
      await world.isQuiet();
    },
  );

  test('a due date emptied on one side is emptied on the other; percent and hour of Siebel are left alone', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const [year, month, date] = inDays(6).split('-');
    const id = await ana.activities.todo('Hourly', {
      Due: `${month}/${date}/${year} 17:30:00`,
      'Percent Complete': '40',
    });
    await world.sync();
    const task = await ana.calendar.task('Hourly');
    expect(dateOf(task['dueDateTime'])).toBe(inDays(6));
    await ana.calendar.changeTask(task.id, { title: 'Hourly rate' });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({
      Description: 'Hourly rate',
      Due: `${month}/${date}/${year} 17:30:00`,
    });
    expect((await ana.activities.read(id))?.['Percent Complete']).toMatch(/^40/);
    await ana.calendar.changeTask(task.id, { dueDateTime: null });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({ Due: '' });
    await world.isQuiet();
  });

  test('a task edited on both sides keeps both edits; the same new title is no conflict', async () => {
    const { ana, id, activityId } = await agreed('Both');
    await ana.activities.change(activityId, { Priority: '2-High', Description: 'Both new' });
    await ana.calendar.changeTask(id, { title: 'Both new', body: { contentType: 'text', content: 'notes' } });
    await world.sync();
    expect(await ana.activities.read(activityId)).toMatchObject({ Comment: 'notes', Priority: '2-High' });
    expect(await ana.calendar.task('Both new')).toMatchObject({ importance: 'high' });
    expect((await world.apiAs(ana, 'GET', '/api/conflicts')).json).toMatchObject({ items: [] });
    await world.isQuiet();
  });

  test('an HTML body is words in Siebel, and read once', async () => {
    const { ana, id, activity, activityId } = await agreed('Markup', {
      body: { contentType: 'html', content: '<p>Call <b>Maria</b></p><p>then &amp; there</p>' },
    });
    expect(activity['Comment']).toMatch(/Call Maria/);
    expect(activity['Comment']).not.toMatch(/[<>]|amp;/);
    await world.isQuiet();
    await ana.calendar.changeTask(id, { importance: 'low' });
    await world.sync();
    expect(await ana.activities.read(activityId)).toMatchObject({
      Priority: '4-Low',
      Comment: activity['Comment'],
    });
    await world.isQuiet();
  });
});
