import { describe, expect, test } from 'vitest';
import { at, inDays, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { decide, inParallel, onlyParked, parked, putRulesBack, statusOf } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('the brake of calendars and tasks', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test(
    '60 % of a calendar deleted in Outlook is held, and carried out once an administrator approves',
    { timeout: 30_000 },
    async () => {
      const { ana, bruno } = await withCalendar('Approved');
      await removeSome(ana, 'Approved', 24);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await rowsOf('Approved')).length).toBe(40);
      expect((await statusOf(world, ana)).state).toBe('held');
      expect((await statusOf(world, bruno)).state).toBe('inStep');
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'deletions', planned: 24 });

      await decide(world, row, 'retry');
      await world.sync();
      expect((await rowsOf('Approved')).length).toBe(16);
      expect((await ana.calendar.events()).length).toBe(16);
      expect((await statusOf(world, ana)).state).toBe('inStep');
      await world.isQuiet();
    },
  );

  test('what an administrator rejects comes back into the calendar', { timeout: 30_000 }, async () => {
    const { ana } = await withCalendar('Rejected');
    const before = await calendarOf(ana);
    await removeSome(ana, 'Rejected', 24);
    await world.sync();
    await decide(world, await onlyParked(world, ana), 'reject');
    await world.sync();

    expect(await calendarOf(ana)).toEqual(before);
    expect((await rowsOf('Rejected')).length).toBe(40);
    expect(await parked(world, ana)).toEqual([]);
    expect((await statusOf(world, ana)).state).toBe('inStep');
    await world.isQuiet();
  });

  test('while the calendar is held, edits of what is left go on', { timeout: 30_000 }, async () => {
    const { ana } = await withCalendar('Meanwhile');
    await removeSome(ana, 'Meanwhile', 24);
    await world.sync();
    const [left] = await ana.calendar.events();
    await ana.calendar.change(left?.id ?? '', { location: { displayName: 'Room 9' } });
    await world.sync();
    expect((await rowsOf('Meanwhile')).filter((row) => row['MeetingLocation'] === 'Room 9').length).toBe(1);
    expect((await rowsOf('Meanwhile')).length).toBe(40);
    await decide(world, await onlyParked(world, ana), 'retry');
    await world.sync();
    expect((await rowsOf('Meanwhile')).length).toBe(16);
    await world.isQuiet();
  });

  test(
    'a calendar emptied in Siebel is held in Outlook, and made again in Siebel on rejection',
    { timeout: 30_000 },
    async () => {
      const { ana } = await withCalendar('Purged');
      for (const { Id } of await rowsOf('Purged')) await world.activities.remove(Id);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      expect((await ana.calendar.events()).length).toBe(40);
      expect(await onlyParked(world, ana)).toMatchObject({ what: 'deletions', planned: 40 });

      await decide(world, await onlyParked(world, ana), 'reject');
      await world.sync();
      expect((await rowsOf('Purged')).length).toBe(40);
      expect((await ana.calendar.events()).length).toBe(40);
      await world.isQuiet();
    },
  );

  test(
    'a calendar rewritten by more than half is held, and put back on rejection',
    { timeout: 30_000 },
    async () => {
      const { ana } = await withCalendar('Rewritten');
      const events = await ana.calendar.events();
      for (const { id } of events.slice(0, 21))
        await ana.calendar.change(id, { location: { displayName: 'Mistake' } });
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'updates', planned: 21 });
      await decide(world, row, 'reject');
      await world.sync();
      const places = (await ana.calendar.events()).map(({ location }) => location.displayName);
      expect(new Set(places)).toEqual(new Set(['']));
      expect(await world.activities.all('[MeetingLocation]="Mistake"')).toEqual([]);
      await world.isQuiet();
    },
  );

  test(
    'tasks are held by a guard of their own, and a handful is never held',
    { timeout: 30_000 },
    async () => {
      const ana = await world.person('Ana');
      await inParallel(20, (n) => ana.activities.todo('Chore', { 'Short Comment': `${n}` }));
      await world.sync();
      const tasks = await ana.calendar.tasks();
      for (const { id } of tasks.slice(0, 9)) await ana.calendar.removeTask(id);
      await world.sync();
      expect((await rowsOf('Chore')).length).toBe(11);
      for (const { id } of tasks.slice(9)) await ana.calendar.removeTask(id);
      expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'deletions' });
      await decide(world, row, 'reject');
      await world.sync();
      expect((await rowsOf('Chore')).length).toBe(11);
      expect((await ana.calendar.tasks()).length).toBe(11);
      await world.isQuiet();
    },
  );

  test(
    'more mails than the guard allows are held; approved, each guest gets one',
    { timeout: 30_000 },
    async () => {
      const { ana, bruno } = await withInvitations('Mailing');
      expect(await ana.calendar.events()).toEqual([]);
      expect(await post.sinceThen()).toEqual([]);
      const row = await onlyParked(world, ana);
      expect(row).toMatchObject({ what: 'mails', planned: 20 });

      await decide(world, row, 'retry');
      await world.sync();
      const invitation = { kind: 'invitation', to: [bruno.mailbox] };
      expect(await post.sinceThen()).toEqual(Array.from({ length: 20 }, () => invitation));
      expect((await bruno.calendar.events()).length).toBe(20);
      await world.isQuiet();
    },
  );

  test(
    'mails that are rejected are never sent; everybody has the meetings all the same',
    { timeout: 30_000 },
    async () => {
      const { ana, bruno } = await withInvitations('Silent');
      await decide(world, await onlyParked(world, ana), 'reject');
      await world.sync();
      expect((await ana.calendar.events()).length).toBe(20);
      expect((await bruno.calendar.events()).length).toBe(20);
      expect(await post.sinceThen()).toEqual([]);
      await world.isQuiet();
    },
  );

  const rowsOf = (description: string) => world.activities.all(`[Description]="${description}"`);

  const calendarOf = async (actor: Actor) =>
    (await actor.calendar.events()).map(({ subject, start }) => `${subject} ${start.dateTime}`).toSorted();

  /** Forty appointments of Ana's in Siebel, and one of Bruno's. */
  async function withCalendar(description: string): Promise<{ ana: Actor; bruno: Actor }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await inParallel(40, (n) => ana.activities.plan(description, planned(inDays(n - 5), '09:00', '10:00')));
    await bruno.calendar.add({ subject: `Own ${description}`, ...at(inDays(1), '09:00', '10:00') });
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(40);
    return { ana, bruno };
  }

  async function removeSome(actor: Actor, subject: string, count: number): Promise<void> {
    const events = (await actor.calendar.events()).filter((one) => one.subject === subject);
    await inParallel(count, (n) => actor.calendar.remove(events[n]?.id ?? ''));
  }

  /** Twenty meetings of Ana's with Bruno, planned in Siebel between two looks. */
  async function withInvitations(description: string): Promise<{ ana: Actor; bruno: Actor }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await inParallel(20, async (n) => {
      const id = await ana.activities.plan(description, planned(inDays(n + 2), '09:00', '10:00'));
      await ana.activities.link(id, 'Employee', bruno.employeeId);
    });
    await world.sync();
    return { ana, bruno };
  }
});
