import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { lay, look, onlyParked, parked, putRulesBack, statusOf, userIdOf } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('a calendar or an item that refuses', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test('429 with Retry-After: only that mailbox waits, and shows until when; a guest’s copy goes on', async () => {
    const { ana, bruno, id } = await meeting('Throttled');
    await lay(world, {
      side: 'graph',
      path: `users/${await userIdOf(world, bruno)}/`,
      kind: 'status',
      status: 429,
      retryAfterSeconds: 4,
    });
    const before = Date.now();
    await bruno.activities.plan('Own of Bruno', planned(inDays(2), '09:00', '10:00'));
    await ana.activities.change(id, { MeetingLocation: 'Room 7' });
    await look(world, { seconds: 2 });
    expect((await ana.calendar.event('Throttled')).location.displayName).toBe('Room 7');
    expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
    const status = await statusOf(world, bruno);
    expect(status).toMatchObject({ state: 'failing', error: expect.stringContaining('wait') });
    expect(Date.parse(status.retryAt ?? '') - before).toBeGreaterThan(3_000);

    await world.desk('DELETE', '/faults');
    await world.sync();
    await bruno.calendar.event('Own of Bruno');
    expect((await bruno.calendar.event('Throttled')).location.displayName).toBe('Room 7');
    expect(await statusOf(world, bruno)).toMatchObject({ state: 'inStep', error: null });
    expect(await post.sinceThen()).toEqual([{ kind: 'update', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });

  test('while the organiser’s mailbox waits, guests are given no copy besides the invitation to come', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await lay(world, {
      side: 'graph',
      method: 'POST',
      path: `users/${await userIdOf(world, ana)}/`,
      kind: 'status',
      status: 429,
      retryAfterSeconds: 3,
    });
    const id = await ana.activities.plan('Waiting', planned(inDays(2), '09:00', '10:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await look(world);
    expect(await bruno.calendar.events()).toEqual([]);
    expect((await statusOf(world, bruno)).state).toBe('inStep');
    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await bruno.calendar.events()).map(({ isOrganizer }) => isOrganizer)).toEqual([false]);
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });

  test.each([401, 403])(
    'consent is revoked (%i): nothing is deleted, it shows, edits flow afterwards',
    async (status) => {
      const { ana, bruno, id } = await meeting(`Consent ${status}`);
      await ana.activities.todo(`Consent task ${status}`);
      await world.sync();
      await lay(world, { side: 'graph', path: '/users/', kind: 'status', status });
      await ana.activities.change(id, { MeetingLocation: 'Room 7' });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      for (const actor of [ana, bruno]) {
        const seen = await statusOf(world, actor);
        expect(seen.state).toBe('failing');
        expect(seen.error).toMatch(/consent|permissions/);
      }
      expect(await world.activities.employees(id)).toEqual([ana.login, bruno.login].toSorted());

      await world.desk('DELETE', '/faults');
      await bruno.calendar.respond((await bruno.calendar.event(`Consent ${status}`)).id, 'accept');
      await ana.calendar.changeTask((await ana.calendar.task(`Consent task ${status}`)).id, {
        importance: 'high',
      });
      await post.sinceThen();
      await world.sync();
      expect((await bruno.calendar.event(`Consent ${status}`)).location.displayName).toBe('Room 7');
      expect((await world.activities.one(`Consent task ${status}`))['Priority']).toBe('2-High');
      expect(await post.sinceThen()).toEqual([{ kind: 'update', to: [bruno.mailbox] }]);
      expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
      await world.isQuiet();
    },
  );

  test.each([401, 403])(
    'the Siebel password is revoked (%i): nothing is deleted, it shows, edits flow afterwards',
    async (status) => {
      const { ana, bruno, id } = await meeting(`Password ${status}`);
      await lay(world, { side: 'siebel', path: 'data/', kind: 'status', status });
      const event = await ana.calendar.event(`Password ${status}`);
      await ana.calendar.change(event.id, { importance: 'high' });
      await ana.calendar.addTask({ title: `Queued ${status}` });
      expect((await look(world)).written).toEqual({ siebel: 0, exchange: 0 });
      for (const actor of [ana, bruno])
        expect(await statusOf(world, actor)).toMatchObject({
          state: 'failing',
          error: expect.stringContaining('Siebel'),
        });
      expect((await bruno.calendar.events()).length).toBe(1);

      await world.desk('DELETE', '/faults');
      await world.sync();
      expect(await world.activities.read(id)).toMatchObject({ Priority: '2-High' });
      await world.activities.one(`Queued ${status}`);
      expect(await statusOf(world, ana)).toMatchObject({ state: 'inStep', error: null });
      expect(await parked(world, null)).toEqual([]);
      await world.isQuiet();
    },
  );

  test('an activity Siebel will not take is parked with a reason, everything else stays current, and goes once it is mended', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await world.desk('POST', '/behaviour', { 'siebel.requiredDescription': true });
    const nameless = await ana.calendar.add({ subject: '', ...at(inDays(3), '09:00', '10:00') });
    await ana.calendar.add({ subject: 'Beside it', ...at(inDays(3), '11:00', '12:00') });
    await ana.calendar.addTask({ title: 'Beside it too' });
    await world.sync();
    const row = await onlyParked(world, ana);
    expect(row).toMatchObject({ kind: 'refused' });
    expect(row.reason).toMatch(/Description|subject/i);
    await world.activities.one('Beside it');
    await world.activities.one('Beside it too');
    await world.isQuiet();

    await ana.calendar.change(nameless.id, { subject: 'Mended' });
    await world.sync();
    await world.activities.one('Mended');
    expect(await parked(world, ana)).toEqual([]);
    await world.desk('POST', '/behaviour', { 'siebel.requiredDescription': false });
    await world.isQuiet();
  });

  test('what Siebel refuses of one meeting parks that meeting, whoever attends it', async () => {
    const { ana, bruno } = await meeting('Well');
    await lay(world, { side: 'siebel', method: 'POST', path: 'data/Action', kind: 'status', status: 400 });
    await ana.calendar.add({
      subject: 'Refused',
      ...at(inDays(3), '13:00', '14:00'),
      ...inviting(bruno.mailbox),
    });
    await post.sinceThen();
    await world.sync();
    const row = await onlyParked(world, ana);
    expect(row.kind).toBe('refused');
    expect((await bruno.calendar.events()).length).toBe(2);
    expect(await world.activities.all('[Description]="Refused"')).toEqual([]);
    await world.desk('DELETE', '/faults');
    await ana.calendar.change((await ana.calendar.event('Refused')).id, { importance: 'high' });
    await world.sync();
    const { Id } = await world.activities.one('Refused');
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  /** A meeting of Ana's with Bruno. */
  async function meeting(subject: string): Promise<{ ana: Actor; bruno: Actor; id: string }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({ subject, ...at(inDays(4), '09:00', '10:00'), ...inviting(bruno.mailbox) });
    await world.sync();
    await post.sinceThen();
    return { ana, bruno, id: (await world.activities.one(subject)).Id };
  }
});
