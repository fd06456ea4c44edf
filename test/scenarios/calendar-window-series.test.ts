import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('series and meetings at the edges of what is kept in step', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const rules = rulesFor(world, 'appointment');
  const agenda = agendaOf(world);
  const described = async (actor: Actor) => [...new Set(await agenda.described(actor))];
  const daily = (first: string, range: Record<string, unknown>) => ({
    ...at(first, '09:00', '09:30'),
    recurrence: { pattern: { type: 'daily', interval: 1 }, range: { startDate: first, ...range } },
  });

  test('a series that began long ago and still runs is in step; one that is over is not', async () => {
    const ana = await world.person('Ana', { mapped: false });
    await ana.calendar.add({ subject: 'Still on', ...daily(inDays(-100), { type: 'noEnd' }) });
    await ana.calendar.add({
      subject: 'Long over',
      ...daily(inDays(-100), { type: 'endDate', endDate: inDays(-60) }),
    });
    await world.map(ana, { extractFrom: inDays(-10) });
    await world.sync();
    expect(await described(ana)).toEqual(['Still on']);
    expect((await ana.calendar.events()).length).toBe(2);
    await world.isQuiet();
  });

  test('a meeting that leaves the window is left where it is: nobody is taken off it, and nobody is mailed', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'Far meeting',
      ...at(inDays(50), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await post.sinceThen();
    await world.sync();
    const { Id } = await world.activities.one('Far meeting');
    await rules({ futureDays: 20 });
    await world.sync();
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    expect((await ana.calendar.event('Far meeting')).attendees.length).toBe(2);
    expect((await bruno.calendar.events()).length).toBe(1);
    await bruno.calendar.remove((await bruno.calendar.event('Far meeting')).id);
    await world.sync();
    expect((await world.activities.employees(Id)).length).toBe(2);
    await world.isQuiet();

    await rules({ futureDays: null });
    await world.sync();
    expect((await ana.calendar.event('Far meeting')).attendees.length).toBe(2);
    expect(await ana.activities.read(Id)).toMatchObject(planned(inDays(50), '09:00', '10:00'));
    expect((await world.activities.all('[Description]="Far meeting"')).length).toBe(1);
    await world.isQuiet();
  });

  test('a categorised meeting brings its guests along where the category is asked for; an uncategorised one stays out', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'With category',
      categories: ['Siebel Calendar'],
      ...at(inDays(4), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await ana.calendar.add({
      subject: 'Without category',
      ...at(inDays(4), '11:00', '12:00'),
      ...inviting(bruno.mailbox),
    });
    await post.sinceThen();
    await world.sync();
    expect(await described(ana)).toEqual(['With category']);
    const { Id } = await world.activities.one('With category');
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    expect((await bruno.calendar.events()).length).toBe(2);
    await world.isQuiet();
  });

  test('where the category is not asked for any more, what lacks it goes to Siebel though nobody has touched it', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Plain', ...at(inDays(4), '09:00', '10:00') });
    await world.sync();
    expect(await described(ana)).toEqual([]);
    await rules({ requireCategory: false });
    await world.sync();
    expect(await described(ana)).toEqual(['Plain']);
    expect((await ana.calendar.events()).length).toBe(1);
    await world.isQuiet();
  });

  test('what left the window comes back when Siebel moves it into it again, as the same two', async () => {
    await rules({ futureDays: 20 });
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Comes back', planned(inDays(5), '09:00', '10:00'));
    await world.sync();
    await ana.activities.change(id, planned(inDays(45), '09:00', '10:00'));
    await world.sync();
    const event = await ana.calendar.event('Comes back');
    expect(event.start.dateTime).toContain(inDays(45));
    await ana.activities.change(id, { MeetingLocation: 'Room 4' });
    await world.sync();
    expect((await ana.calendar.event('Comes back')).location.displayName).toBe('');

    await ana.activities.change(id, planned(inDays(6), '09:00', '10:00'));
    await world.sync();
    const back = await ana.calendar.event('Comes back');
    expect(back.id).toBe(event.id);
    expect(back.start.dateTime).toContain(inDays(6));
    expect(back.location.displayName).toBe('Room 4');
    expect((await world.activities.all('[Description]="Comes back"')).length).toBe(1);
    await world.isQuiet();
  });
});
