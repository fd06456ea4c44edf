import { describe, expect, test } from 'vitest';
import { at, inDays, planned } from '../support/calendar.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('the activity type filter', () => {
  const world = useWorld();
  putRulesBack(world);

  test('only what carries an activity type as its category goes to Siebel, with that type, and types come back as categories', async () => {
    const ana = await world.person('Ana');
    await world.policy((policy) => {
      policy['activityTypeFilter'] = { enabled: true, default: null };
    });
    await world.sync();
    await ana.calendar.add({ subject: 'Private life', ...at(inDays(3), '09:00', '10:00') });
    const show = await ana.calendar.add({
      subject: 'Show the product',
      categories: ['Presentation', 'Green'],
      ...at(inDays(3), '11:00', '12:00'),
    });
    const planId = await ana.activities.plan('Talk it over', {
      Type: 'Call',
      ...planned(inDays(4), '09:00', '10:00'),
    });
    await world.sync();

    expect(await ana.activities.all('[Description]="Private life"')).toEqual([]);
    const shown = await ana.activities.one('Show the product');
    expect(shown['Type']).toBe('Presentation');
    expect((await ana.calendar.event('Talk it over')).categories.toSorted()).toEqual([
      'Call',
      'Siebel Calendar',
    ]);
    await world.isQuiet();

    await ana.activities.change(shown.Id, { Type: 'Demonstration' });
    await ana.calendar.change((await ana.calendar.event('Talk it over')).id, {
      categories: ['Siebel Calendar', 'Meeting'],
    });
    await world.sync();
    expect((await ana.calendar.event('Show the product')).categories.toSorted()).toEqual([
      'Demonstration',
      'Green',
    ]);
    expect((await ana.activities.read(planId))?.['Type']).toBe('Meeting');
    expect(show.subject).toBe('Show the product');
    await world.isQuiet();
  });

  test('with a default type, what has no category goes along under it', async () => {
    const ana = await world.person('Ana');
    await world.policy((policy) => {
      policy['activityTypeFilter'] = { enabled: true, default: 'Research' };
    });
    await world.sync();
    await ana.calendar.addTask({ title: 'Read the report' });
    await world.sync();
    expect((await ana.activities.one('Read the report'))['Type']).toBe('Research');
    await world.isQuiet();
  });
});
