import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('a deletion against an edit', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const { planOne } = agendaOf(world);
  const appointments = rulesFor(world, 'appointment');
  const tasks = rulesFor(world, 'task');

  test('an appointment deleted in Outlook and edited in Siebel lives as it was edited, and says why', async () => {
    const { ana, id } = await planOne('Edited in Siebel');
    await ana.calendar.remove((await ana.calendar.event('Edited in Siebel')).id);
    await ana.activities.change(id, { MeetingLocation: 'Room 4' });
    await world.sync();
    const event = await ana.calendar.event('Edited in Siebel');
    expect(event.location.displayName).toBe('Room 4');
    expect(await ana.activities.read(id)).toMatchObject({ MeetingLocation: 'Room 4' });
    expect(await whyOf(ana, 'appointment', event.id)).toMatch(/edited|deleted/i);
    await world.isQuiet();
  });

  test('an appointment deleted in Siebel and edited in Outlook lives as it was edited', async () => {
    const { ana, id } = await planOne('Edited in Outlook');
    const { id: eventId } = await ana.calendar.event('Edited in Outlook');
    await ana.calendar.change(eventId, { location: { displayName: 'Room 5' } });
    await ana.activities.remove(id);
    await world.sync();
    expect((await ana.calendar.event('Edited in Outlook')).id).toBe(eventId);
    const row = await world.activities.one('Edited in Outlook');
    expect(row).toMatchObject({ MeetingLocation: 'Room 5', 'Primary Owned By': ana.login });
    expect(await whyOf(ana, 'appointment', eventId)).toMatch(/edited|deleted/i);
    await world.isQuiet();
  });

  test('a task deleted on one side and edited on the other lives as it was edited', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.activities.todo('Left');
    await ana.activities.todo('Right');
    await world.sync();
    await ana.calendar.removeTask((await ana.calendar.task('Left')).id);
    await ana.activities.change((await world.activities.one('Left')).Id, { Priority: '2-High' });
    await ana.activities.remove((await world.activities.one('Right')).Id);
    await ana.calendar.changeTask((await ana.calendar.task('Right')).id, { importance: 'high' });
    await world.sync();
    for (const title of ['Left', 'Right']) {
      expect((await ana.calendar.task(title))['importance']).toBe('high');
      expect((await world.activities.one(title))['Priority']).toBe('2-High');
    }
    await world.isQuiet();
  });

  test('where the policy says that deletions win, they do, both ways and in both domains', async () => {
    await appointments({ editAgainstDelete: 'delete-wins' });
    await tasks({ editAgainstDelete: 'delete-wins' });
    const ana = await world.person('Ana');
    await world.sync();
    for (const name of ['Left', 'Right']) {
      await ana.activities.plan(`${name} wins`, planned(inDays(3), '09:00', '10:00'));
      await ana.activities.todo(`${name} task wins`);
    }
    await world.sync();
    await ana.calendar.remove((await ana.calendar.event('Left wins')).id);
    await ana.activities.change((await world.activities.one('Left wins')).Id, { Priority: '2-High' });
    await ana.calendar.removeTask((await ana.calendar.task('Left task wins')).id);
    await ana.activities.change((await world.activities.one('Left task wins')).Id, { Priority: '2-High' });
    await ana.activities.remove((await world.activities.one('Right wins')).Id);
    await ana.calendar.change((await ana.calendar.event('Right wins')).id, { importance: 'high' });
    await ana.activities.remove((await world.activities.one('Right task wins')).Id);
    await ana.calendar.changeTask((await ana.calendar.task('Right task wins')).id, { importance: 'high' });
    await world.sync();
    expect(await ana.calendar.events()).toEqual([]);
    expect(await ana.calendar.tasks()).toEqual([]);
    for (const name of ['Left wins', 'Right wins', 'Left task wins', 'Right task wins'])
      expect(await world.activities.all(`[Description]="${name}"`)).toEqual([]);
    await world.isQuiet();
  });

  test('where deletions may not reach a side, the other one keeps its item', async () => {
    await appointments({ deletions: { inSiebel: false, inExchange: false } });
    await tasks({ deletions: { inSiebel: false, inExchange: false } });
    const ana = await world.person('Ana');
    await world.sync();
    for (const name of ['Stays in Siebel', 'Stays in Outlook']) {
      await ana.activities.plan(name, planned(inDays(3), '09:00', '10:00'));
      await ana.activities.todo(`${name} too`);
    }
    await world.sync();
    await ana.calendar.remove((await ana.calendar.event('Stays in Siebel')).id);
    await ana.calendar.removeTask((await ana.calendar.task('Stays in Siebel too')).id);
    await ana.activities.remove((await world.activities.one('Stays in Outlook')).Id);
    await ana.activities.remove((await world.activities.one('Stays in Outlook too')).Id);
    await world.sync();
    await world.activities.one('Stays in Siebel');
    await world.activities.one('Stays in Siebel too');
    expect((await ana.calendar.events()).map(({ subject }) => subject)).toEqual(['Stays in Outlook']);
    expect((await ana.calendar.tasks()).map(({ title }) => title)).toEqual(['Stays in Outlook too']);
    await world.isQuiet();
  });

  test('gone on both sides is forgotten', async () => {
    const { ana, id } = await planOne('Gone');
    await ana.calendar.remove((await ana.calendar.event('Gone')).id);
    await ana.activities.remove(id);
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await ana.calendar.events()).toEqual([]);
    await world.isQuiet();
  });

  test('a guest who deletes a meeting that is edited meanwhile leaves it, and the edit reaches the others', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const chen = await world.person('Chen');
    await world.sync();
    await ana.calendar.add({
      subject: 'Crossing',
      ...at(inDays(5), '09:00', '10:00'),
      ...inviting(bruno.mailbox, chen.mailbox),
    });
    await world.sync();
    await post.sinceThen();
    const { Id } = await world.activities.one('Crossing');
    await bruno.calendar.remove((await bruno.calendar.event('Crossing')).id);
    await ana.activities.change(Id, { MeetingLocation: 'Room 6' });
    await world.sync();
    expect((await chen.calendar.event('Crossing')).location.displayName).toBe('Room 6');
    expect(await bruno.calendar.events()).toEqual([]);
    expect(await world.activities.employees(Id)).toEqual([ana.login, chen.login].toSorted());
    const mails = await post.sinceThen();
    expect(mails.map(({ kind }) => kind)).toEqual(['update']);
    await world.isQuiet();
  });

  test('an organiser who cancels a meeting that is edited in Siebel meanwhile has it back without mailing anybody', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'Called off',
      ...at(inDays(5), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await world.sync();
    await post.sinceThen();
    const { Id } = await world.activities.one('Called off');
    await ana.calendar.remove((await ana.calendar.event('Called off')).id);
    await ana.activities.change(Id, { MeetingLocation: 'Room 6' });
    const [cancelled] = await post.sinceThen();
    expect(cancelled?.kind).toBe('cancellation');
    await world.sync();
    expect((await ana.calendar.event('Called off')).location.displayName).toBe('Room 6');
    const outside = (await post.sinceThen()).filter(({ to }) => to.includes('guest@outside.example'));
    expect(outside).toEqual([]);
    await world.isQuiet();
  });

  async function whyOf(actor: Actor, domain: string, id: string): Promise<string> {
    const answer = await world.apiAs(actor, 'GET', `/api/items/${domain}/${id}`);
    expect(answer.status, answer.text).toBe(200);
    return JSON.stringify(answer.json);
  }
});
