import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { fieldRule, rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('what the policy lets through of appointments', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);
  const rules = rulesFor(world, 'appointment');
  const { described, planOne, subjects } = agendaOf(world);

  async function agreed(subject: string) {
    const { ana, id } = await planOne(subject);
    return { ana, id, event: await ana.calendar.event(subject) };
  }

  test('export only: Siebel reaches Outlook, nothing goes back, and a deleted copy comes back', async () => {
    const { ana, id, event } = await agreed('Exported');
    await rules({ level: 'export-only' });
    await ana.calendar.change(event.id, { location: { displayName: 'Mine' } });
    await ana.calendar.add({ subject: 'Own', ...at(inDays(3), '11:00', '12:00') });
    await ana.activities.change(id, { Description: 'Exported again' });
    await world.sync();
    expect(await described(ana)).toEqual(['Exported again']);
    expect(await subjects(ana)).toEqual(['Exported again', 'Own']);
    expect(await ana.activities.read(id)).toMatchObject({ MeetingLocation: '' });
    await world.isQuiet();

    await ana.calendar.remove((await ana.calendar.event('Exported again')).id);
    await world.sync();
    expect(await described(ana)).toEqual(['Exported again']);
    expect(await subjects(ana)).toEqual(['Exported again', 'Own']);
    await world.isQuiet();

    await rules({ level: 'full' });
    await world.sync();
    expect(await described(ana)).toEqual(['Exported again', 'Own']);
    await world.isQuiet();
  });

  test('import only: Outlook reaches Siebel, and nothing comes back', async () => {
    const { ana, id, event } = await agreed('Imported');
    await rules({ level: 'import-only' });
    await ana.calendar.change(event.id, { location: { displayName: 'Room 2' } });
    await ana.activities.change(id, { Description: 'Siebel’s word' });
    await ana.activities.plan('Siebel’s own', planned(inDays(4), '09:00', '10:00'));
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({
      MeetingLocation: 'Room 2',
      Description: 'Siebel’s word',
    });
    expect(await subjects(ana)).toEqual(['Imported']);
    await world.isQuiet();

    await rules({ level: 'full' });
    await world.sync();
    expect(await subjects(ana)).toEqual(['Siebel’s own', 'Siebel’s word']);
    await world.isQuiet();
  });

  test('none: nothing moves and nothing is lost; switched on again, everything catches up', async () => {
    const { ana, id, event } = await agreed('Resting');
    await rules({ level: 'none' });
    await ana.calendar.change(event.id, { location: { displayName: 'Room 3' } });
    await ana.calendar.add({ subject: 'Meanwhile in Outlook', ...at(inDays(3), '11:00', '12:00') });
    await ana.activities.change(id, { Priority: '2-High' });
    await ana.activities.plan('Meanwhile in Siebel', planned(inDays(4), '09:00', '10:00'));
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    const refused = await world.apiAs(ana, 'PUT', `/api/marks/appointment/${event.id}`);
    expect(refused.status).toBeGreaterThanOrEqual(400);

    await rules({ level: 'full' });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({ MeetingLocation: 'Room 3' });
    expect(await ana.calendar.event('Resting')).toMatchObject({ importance: 'high' });
    const all = ['Meanwhile in Outlook', 'Meanwhile in Siebel', 'Resting'];
    expect(await described(ana)).toEqual(all);
    expect(await subjects(ana)).toEqual(all);
    await world.isQuiet();
  });

  test('a field that is switched off stays as it is on each side, and one with a direction goes that way only', async () => {
    const { ana, id, event } = await agreed('Directed');
    await fieldRule(world, { domain: 'appointment', field: 'location', rule: { enabled: false } });
    await fieldRule(world, { domain: 'appointment', field: 'subject', rule: { direction: 'to-siebel' } });
    await ana.calendar.change(event.id, { subject: 'From Outlook', location: { displayName: 'Here' } });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({ Description: 'From Outlook', MeetingLocation: '' });
    await ana.activities.change(id, { Description: 'From Siebel', MeetingLocation: 'There' });
    await world.sync();
    expect(await ana.calendar.event('From Outlook')).toMatchObject({ location: { displayName: 'Here' } });
    await world.isQuiet();
  });

  test('where deletions are not allowed, what is deleted on one side stays on the other', async () => {
    await rules({ deletions: { inSiebel: false, inExchange: false } });
    const { ana, event } = await agreed('Kept in Siebel');
    const other = await ana.activities.plan('Kept in Outlook', planned(inDays(4), '09:00', '10:00'));
    await world.sync();
    await ana.calendar.remove(event.id);
    await ana.activities.remove(other);
    await world.sync();
    expect(await described(ana)).toEqual(['Kept in Siebel']);
    expect(await subjects(ana)).toEqual(['Kept in Outlook']);
    await world.isQuiet();
  });
});
