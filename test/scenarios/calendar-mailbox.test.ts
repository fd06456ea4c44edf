import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { behave, inParallel, look, putRulesBack, statusOf } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('what happens to a mailbox with a calendar', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const { planOne } = agendaOf(world);

  test('a moved mailbox has new ids: events and tasks are followed, nothing is deleted, made twice or mailed', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await inParallel(12, async (n) => {
      await ana.activities.plan(`Moved ${n}`, planned(inDays(n), '09:00', '10:00'));
      await ana.activities.todo(`Moved task ${n}`);
    });
    await ana.calendar.add({
      subject: 'Moved meeting',
      ...at(inDays(4), '13:00', '14:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await world.sync();
    await post.sinceThen();

    expect((await world.desk('POST', `/mailboxes/${ana.mailbox}/new-ids`)).status).toBe(200);
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(13);
    expect((await ana.calendar.tasks()).length).toBe(12);
    expect((await world.activities.all(`[Primary Owned By]="${ana.login}"`)).length).toBe(25);
    await world.isQuiet();

    await ana.calendar.change((await ana.calendar.event('Moved 3')).id, {
      location: { displayName: 'Room 3' },
    });
    await ana.activities.change((await world.activities.one('Moved task 4')).Id, { Priority: '2-High' });
    await world.sync();
    expect(await world.activities.one('Moved 3')).toMatchObject({ MeetingLocation: 'Room 3' });
    expect((await ana.calendar.task('Moved task 4'))['importance']).toBe('high');
    await world.isQuiet();
  });

  test('an appointment put back from Deleted Items before the next look stays in step', async () => {
    const { ana, id } = await planOne('Back at once');
    const copy = await ana.calendar.event('Back at once');
    await ana.calendar.remove(copy.id);
    const restored = await world.desk('POST', `/mailboxes/${ana.mailbox}/restore`, { id: copy.id });
    expect(restored.status, restored.text).toBe(200);
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect(await ana.activities.read(id)).not.toBeNull();
    await world.isQuiet();
  });

  test('an appointment put back after its activity was deleted is one activity again', async () => {
    const { ana, id } = await planOne('Back later');
    const copy = await ana.calendar.event('Back later');
    await ana.calendar.remove(copy.id);
    await world.sync();
    expect(await ana.activities.read(id)).toBe(null);
    await world.desk('POST', `/mailboxes/${ana.mailbox}/restore`, { id: copy.id });
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(1);
    expect(await world.activities.one('Back later')).toMatchObject({ 'Primary Owned By': ana.login });
    await world.isQuiet();
  });

  test('an appointment put back whose activity was left alone is in step with that activity again', async () => {
    await world.policy((policy) =>
      Object.assign(policy.domains.appointment, { deletions: { inSiebel: false, inExchange: true } }),
    );
    const { ana, id } = await planOne('Left alone');
    const copy = await ana.calendar.event('Left alone');
    await ana.calendar.remove(copy.id);
    await world.sync();
    await world.desk('POST', `/mailboxes/${ana.mailbox}/restore`, { id: copy.id });
    await world.sync();
    await ana.activities.change(id, { MeetingLocation: 'Room 1' });
    await world.sync();
    expect((await world.activities.one('Left alone')).Id).toBe(id);
    expect((await ana.calendar.event('Left alone')).location.displayName).toBe('Room 1');
    await world.isQuiet();
  });

  test('an appointment moved to the archive is no deletion', async () => {
    const { ana, id } = await planOne('Archived');
    const copy = await ana.calendar.event('Archived');
    const archived = await world.desk('POST', `/mailboxes/${ana.mailbox}/archive`, { id: copy.id });
    expect(archived.status, archived.text).toBe(200);
    expect((await world.sync()).written.siebel).toBe(0);
    expect(await ana.activities.read(id)).not.toBeNull();
    await world.isQuiet();
  });

  test('a copy pasted in Outlook is an appointment of its own', async () => {
    const { ana, id } = await planOne('Pasted');
    const { subject, start, end } = await ana.calendar.event('Pasted');
    const pasted = await ana.calendar.add({ subject, start, end });
    await world.sync();
    const rows = await world.activities.all('[Description]="Pasted"');
    expect(rows.length).toBe(2);
    await ana.calendar.remove(pasted.id);
    await world.sync();
    expect((await world.activities.one('Pasted')).Id).toBe(id);
    expect((await ana.calendar.events()).length).toBe(1);
    await world.isQuiet();
  });

  test('a mailbox that is not to be reached loses nothing in Siebel, and catches up', async () => {
    const { ana, id } = await planOne('Out of reach');
    await behave(world, { 'graph.mailboxNotEnabled': ana.mailbox });
    await ana.activities.change(id, { MeetingLocation: 'Room 1' });
    await look(world, { seconds: 2 });
    expect((await statusOf(world, ana)).state).toBe('failing');
    expect(await ana.activities.read(id)).not.toBeNull();
    await behave(world, { 'graph.mailboxNotEnabled': '' });
    await world.sync();
    expect((await ana.calendar.event('Out of reach')).location.displayName).toBe('Room 1');
    expect((await statusOf(world, ana)).state).toBe('inStep');
    await world.isQuiet();
  });
});
