import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('activity types and the categories that name them', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const filter = (rule: { enabled: boolean; default: string | null }) =>
    world.policy((policy) => void Object.assign(policy, { activityTypeFilter: rule }));
  const { ownedBy } = agendaOf(world);
  const typesOf = async (actor: Actor) =>
    Object.fromEntries((await ownedBy(actor)).map((row) => [row['Description'], row['Type']]));

  test('where the filter is on without a default, only what has a category that names a type goes to Siebel', async () => {
    await filter({ enabled: true, default: null });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Untyped', ...at(inDays(3), '09:00', '10:00'), categories: ['Blue'] });
    await ana.calendar.add({
      subject: 'Typed',
      ...at(inDays(3), '11:00', '12:00'),
      categories: ['Blue', 'demonstration'],
    });
    await ana.calendar.addTask({ title: 'Untyped task' });
    await ana.calendar.addTask({ title: 'Typed task', categories: ['Research'] });
    await world.sync();
    expect(await typesOf(ana)).toEqual({ Typed: 'Demonstration', 'Typed task': 'Research' });
    await world.isQuiet();
  });

  test('with a default, everything goes: the type of the category, else the default one', async () => {
    await filter({ enabled: true, default: 'Meeting' });
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'Usual', ...at(inDays(3), '09:00', '10:00') });
    const typed = await ana.calendar.add({
      subject: 'Typed',
      ...at(inDays(3), '11:00', '12:00'),
      categories: ['Demonstration'],
    });
    await world.sync();
    expect(await typesOf(ana)).toEqual({ Usual: 'Meeting', Typed: 'Demonstration' });
    await world.isQuiet();

    await ana.calendar.change(typed.id, { categories: ['Blue', 'Presentation'] });
    await world.sync();
    expect((await typesOf(ana))['Typed']).toBe('Presentation');
    await world.isQuiet();
  });

  test('a type set in Siebel is a category in Outlook, beside those of its owner', async () => {
    await filter({ enabled: true, default: null });
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Show', {
      ...planned(inDays(4), '09:00', '10:00'),
      Type: 'Demonstration',
    });
    await world.sync();
    const event = await ana.calendar.event('Show');
    expect(event.categories.toSorted()).toEqual(['Demonstration', 'Siebel Calendar']);
    await ana.calendar.change(event.id, { categories: [...event.categories, 'Blue'] });
    await world.sync();
    await ana.activities.change(id, { Type: 'Presentation' });
    await world.sync();
    expect((await ana.calendar.event('Show')).categories.toSorted()).toEqual([
      'Blue',
      'Presentation',
      'Siebel Calendar',
    ]);
    await world.isQuiet();
  });

  test('where the filter is off, categories say nothing of types and types nothing of categories', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({
      subject: 'Plain',
      ...at(inDays(3), '09:00', '10:00'),
      categories: ['Demonstration'],
    });
    await ana.activities.plan('Shown', { ...planned(inDays(4), '09:00', '10:00'), Type: 'Presentation' });
    await world.sync();
    expect(await typesOf(ana)).toEqual({ Plain: 'Appointment', Shown: 'Presentation' });
    const event = await ana.calendar.event('Shown');
    expect(event.categories).toEqual(['Siebel Calendar']);
    await ana.calendar.change(event.id, { subject: 'Shown again' });
    await world.sync();
    expect(await typesOf(ana)).toEqual({ Plain: 'Appointment', 'Shown again': 'Presentation' });
    await world.isQuiet();
  });
});
