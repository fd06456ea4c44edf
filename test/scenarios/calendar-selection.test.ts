import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('which appointments are kept in step', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const rules = rulesFor(world, 'appointment');
  const { described, subjects } = agendaOf(world);
  const itemOf = async (actor: Actor, id: string) =>
    (await world.apiAs(actor, 'GET', `/api/items/appointment/${id}`)).json as Record<string, unknown>;

  test('where the category is asked for, only what has it reaches Siebel; Siebel’s own has it from the start', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Own', ...at(inDays(3), '09:00', '10:00') });
    await ana.calendar.add({
      subject: 'Chosen',
      ...at(inDays(3), '11:00', '12:00'),
      categories: ['Blue', 'siebel calendar'],
    });
    await ana.activities.plan('From Siebel', planned(inDays(3), '13:00', '14:00'));
    await world.sync();
    expect(await described(ana)).toEqual(['Chosen', 'From Siebel']);
    expect((await ana.calendar.event('From Siebel')).categories).toEqual(['Siebel Calendar']);
    expect((await ana.calendar.event('Own')).categories).toEqual([]);
    await world.isQuiet();
  });

  test('the category taken off leaves both sides as they are and ends the sync; put back, it goes on, once', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    const event = await ana.calendar.add({
      subject: 'Left',
      ...at(inDays(3), '11:00', '12:00'),
      categories: ['Siebel Calendar'],
    });
    await world.sync();
    const { Id } = await ana.activities.one('Left');
    await ana.calendar.change(event.id, { categories: ['Blue'] });
    await world.sync();
    expect(await described(ana)).toEqual(['Left']);
    await ana.calendar.change(event.id, { subject: 'Left alone' });
    await ana.activities.change(Id, { MeetingLocation: 'Room 1' });
    await world.sync();
    expect(await described(ana)).toEqual(['Left']);
    expect(await ana.calendar.event('Left alone')).toMatchObject({
      categories: ['Blue'],
      location: { displayName: '' },
    });
    await world.isQuiet();

    await ana.calendar.change(event.id, { categories: ['Blue', 'Siebel Calendar'] });
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(1);
    expect((await described(ana)).length).toBe(1);
    await world.isQuiet();
  });

  test('marked by the button it goes into Siebel with its category; un-marked it stays on both sides, each its own', async () => {
    await rules({ requireCategory: true });
    const ana = await world.person('Ana');
    await world.sync();
    const event = await ana.calendar.add({ subject: 'Marked', ...at(inDays(3), '09:00', '10:00') });
    await world.sync();
    expect(await described(ana)).toEqual([]);
    expect((await world.apiAs(ana, 'PUT', `/api/marks/appointment/${event.id}`)).status).toBe(202);
    await world.sync();
    expect(await described(ana)).toEqual(['Marked']);
    expect((await ana.calendar.event('Marked')).categories).toEqual(['Siebel Calendar']);
    expect((await itemOf(ana, event.id))['state']).toBe('inStep');
    await world.isQuiet();

    expect((await world.apiAs(ana, 'DELETE', `/api/marks/appointment/${event.id}`)).status).toBe(202);
    await world.sync();
    expect((await ana.calendar.event('Marked')).categories).toEqual([]);
    expect(await described(ana)).toEqual(['Marked']);
    expect((await itemOf(ana, event.id))['state']).toBe('off');
    await ana.calendar.change(event.id, { subject: 'Marked no more' });
    await world.sync();
    expect(await described(ana)).toEqual(['Marked']);
    await world.isQuiet();
  });

  test('un-marked where no category is asked for, it stays out as well, and marked again it is the same activity', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const event = await ana.calendar.add({ subject: 'Out', ...at(inDays(3), '09:00', '10:00') });
    await world.sync();
    const { Id } = await ana.activities.one('Out');
    await world.apiAs(ana, 'DELETE', `/api/marks/appointment/${event.id}`);
    await world.sync();
    await ana.calendar.change(event.id, { subject: 'Out and about' });
    await world.sync();
    expect(await described(ana)).toEqual(['Out']);
    expect((await ana.calendar.event('Out and about')).categories).toEqual([]);
    await world.isQuiet();

    expect((await world.apiAs(ana, 'PUT', `/api/marks/appointment/${event.id}`)).status).toBe(202);
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(1);
    expect((await described(ana)).length).toBe(1);
    expect(await world.activities.read(Id)).not.toBe(null);
    await world.isQuiet();
  });

  test('what leaves the time that is kept in step stays on both sides, and its item says so', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const near = await ana.calendar.add({ subject: 'Near', ...at(inDays(3), '09:00', '10:00') });
    const far = await ana.calendar.add({ subject: 'Far', ...at(inDays(40), '09:00', '10:00') });
    const past = await ana.calendar.add({ subject: 'Past', ...at(inDays(-40), '09:00', '10:00') });
    await world.sync();
    expect(await described(ana)).toEqual(['Far', 'Near', 'Past']);

    await rules({ pastDays: 10, futureDays: 10 });
    await world.sync();
    expect(await described(ana)).toEqual(['Far', 'Near', 'Past']);
    expect(await subjects(ana)).toEqual(['Far', 'Near', 'Past']);
    for (const { id } of [far, past]) {
      const item = await itemOf(ana, id);
      expect(item['state']).toBe('off');
      expect(String(item['why'])).toMatch(/outside the time/);
    }
    expect((await itemOf(ana, near.id))['state']).toBe('inStep');
    await ana.calendar.change(far.id, { subject: 'Farther' });
    await ana.calendar.remove(past.id);
    await world.sync();
    expect(await described(ana)).toEqual(['Far', 'Near', 'Past']);
    await world.isQuiet();
  });

  test('an appointment moved out of the window and back is the same two again, and no third', async () => {
    await rules({ futureDays: 30 });
    const ana = await world.person('Ana');
    await world.sync();
    const event = await ana.calendar.add({ subject: 'Wanders', ...at(inDays(3), '09:00', '10:00') });
    await world.sync();
    await ana.calendar.change(event.id, at(inDays(60), '09:00', '10:00'));
    await world.sync();
    expect(await subjects(ana)).toEqual(['Wanders']);
    expect(await described(ana)).toEqual(['Wanders']);
    await world.isQuiet();

    await ana.calendar.change(event.id, at(inDays(5), '09:00', '10:00'));
    await world.sync();
    expect(await subjects(ana)).toEqual(['Wanders']);
    expect(await described(ana)).toEqual(['Wanders']);
    const row = await ana.activities.one('Wanders');
    expect(row).toMatchObject(planned(inDays(5), '09:00', '10:00'));
    await world.isQuiet();
  });

  test('from the day of the extract on, inclusive, on both sides', async () => {
    const ana = await world.person('Ana', { mapped: false });
    await ana.calendar.add({ subject: 'Before in Outlook', ...at(inDays(-6), '09:00', '10:00') });
    await ana.calendar.add({ subject: 'On the day in Outlook', ...at(inDays(-5), '00:30', '01:00') });
    await ana.activities.plan('Before in Siebel', planned(inDays(-6), '23:00', '23:30'));
    await ana.activities.plan('After in Siebel', planned(inDays(-5), '00:00', '00:30'));
    await world.map(ana, { extractFrom: inDays(-5) });
    await world.sync();
    expect(await described(ana)).toEqual(['After in Siebel', 'Before in Siebel', 'On the day in Outlook']);
    expect(await subjects(ana)).toEqual(['After in Siebel', 'Before in Outlook', 'On the day in Outlook']);
    await world.isQuiet();
  });

  test('a wider window takes in what lay outside, of both sides, though nobody has touched it', async () => {
    await rules({ futureDays: 10 });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Far in Outlook', ...at(inDays(40), '09:00', '10:00') });
    await ana.activities.plan('Far in Siebel', planned(inDays(40), '11:00', '12:00'));
    await world.sync();
    expect(await subjects(ana)).toEqual(['Far in Outlook']);
    expect(await described(ana)).toEqual(['Far in Siebel']);
    await world.isQuiet();

    await rules({ futureDays: 60 });
    await world.sync();
    expect(await subjects(ana)).toEqual(['Far in Outlook', 'Far in Siebel']);
    expect(await described(ana)).toEqual(['Far in Outlook', 'Far in Siebel']);
    await world.isQuiet();
  });
});
