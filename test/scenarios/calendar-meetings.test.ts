import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('meetings', () => {
  const world = useWorld();
  putRulesBack(world);

  const mailsSince = async (before: number) =>
    (await world.outbox()).slice(before).map(({ kind, to }) => ({ kind, to: to.toSorted() }));
  const sent = async () => (await world.outbox()).length;

  test('a guest who joins the sync later finds the one activity and the one item, and nobody is mailed', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno', { mapped: false });
    await world.sync();
    await ana.calendar.add({
      subject: 'Roadmap',
      ...at(inDays(9), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await world.sync();
    const before = await sent();

    await world.map(bruno);
    await world.sync();

    const activity = await world.activities.one('Roadmap');
    expect(await world.activities.employees(activity.Id)).toEqual([ana.login, bruno.login].toSorted());
    expect((await bruno.calendar.events()).length).toBe(1);
    expect((await ana.calendar.events()).length).toBe(1);
    expect(await mailsSince(before)).toEqual([]);
    await world.isQuiet();
  });

  test('a guest who stops syncing and then deletes her copy cancels nothing for the others', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'Handover',
      ...at(inDays(6), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await world.sync();
    const before = await sent();

    const copy = await bruno.calendar.event('Handover');
    expect((await world.apiAs(bruno, 'DELETE', `/api/marks/appointment/${copy.id}`)).status).toBe(202);
    await world.sync();
    await bruno.calendar.remove(copy.id);
    await world.sync();

    expect((await ana.calendar.event('Handover')).attendees.length).toBe(1);
    expect((await world.activities.one('Handover'))['Primary Owned By']).toBe(ana.login);
    expect(await mailsSince(before)).toEqual([]);
    await world.isQuiet();
  });

  test('three colleagues at the meeting of somebody outside are three participants of one activity', async () => {
    const people = [
      await world.person('Ana'),
      await world.person('Bruno'),
      await world.person('Chen'),
    ] as const;
    await world.sync();
    const [ana] = people;
    const invited = await world.desk('POST', `/mailboxes/${ana.mailbox}/invitations`, {
      organizer: { address: 'boss@outside.example', name: 'Olga Outside' },
      event: {
        subject: 'Supplier day',
        ...at(inDays(8), '13:00', '15:00'),
        ...inviting(...people.map(({ mailbox }) => mailbox)),
      },
    });
    expect(invited.status, invited.text).toBe(201);
    const before = await sent();
    await world.sync();

    const activity = await world.activities.one('Supplier day');
    expect(await world.activities.employees(activity.Id)).toEqual(
      people.map(({ login }) => login).toSorted(),
    );
    for (const person of people) expect((await person.calendar.events()).length).toBe(1);
    expect(await mailsSince(before)).toEqual([]);
    await world.isQuiet();
  });

  test('a guest taken off in Siebel is taken off in Outlook, and only that guest hears of it', async () => {
    const { ana, bruno, chen, id } = await planWithColleagues('Audit');
    const before = await sent();
    await ana.activities.unlink(id, 'Employee', bruno.employeeId);
    await world.sync();

    expect((await ana.calendar.event('Audit')).attendees.map((one) => one.emailAddress.address)).toEqual([
      chen.mailbox,
    ]);
    expect(await bruno.calendar.events()).toEqual([]);
    expect((await chen.calendar.events()).length).toBe(1);
    expect(await mailsSince(before)).toEqual([{ kind: 'cancellation', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });

  test('who accepted has still accepted after Siebel changed the meeting, and no reply is no acceptance', async () => {
    const { ana, bruno, id } = await planWithColleagues('Review');
    await bruno.calendar.respond((await bruno.calendar.event('Review')).id, 'accept');
    await world.sync();
    await ana.activities.change(id, { Priority: '2-High', Alarm: 'Y', 'Appt Alarm Time Min': '30' });
    await world.sync();

    const answers = (await ana.calendar.event('Review')).attendees.map(({ status }) => status.response);
    expect(answers.toSorted()).toEqual(['accepted', 'none']);
    expect((await world.activities.employees(id)).length).toBe(3);
    await world.isQuiet();
  });

  test('a guest who declines leaves the activity, and nobody else does', async () => {
    const { ana, bruno, chen, id } = await planWithColleagues('Town hall');
    await chen.calendar.respond((await chen.calendar.event('Town hall')).id, 'decline');
    await world.sync();

    expect(await world.activities.employees(id)).toEqual([ana.login, bruno.login].toSorted());
    expect((await bruno.calendar.events()).length).toBe(1);
    expect((await ana.calendar.event('Town hall')).attendees.length).toBe(2);
    await world.isQuiet();
  });

  test('a new place reaches colleagues by one update; with a guest from outside it waits until the policy lets it', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject: 'Inside',
      ...at(inDays(4), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await ana.calendar.add({
      subject: 'Outside',
      ...at(inDays(4), '11:00', '12:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await world.sync();
    const before = await sent();
    for (const subject of ['Inside', 'Outside']) {
      const { Id } = await ana.activities.one(subject);
      await ana.activities.change(Id, { MeetingLocation: 'Room 7', Alarm: 'Y', 'Appt Alarm Time Min': '45' });
    }
    await world.sync();

    expect((await ana.calendar.event('Inside')).location.displayName).toBe('Room 7');
    expect((await bruno.calendar.event('Inside')).location.displayName).toBe('Room 7');
    const outside = await ana.calendar.event('Outside');
    expect(outside.location.displayName).toBe('');
    expect(outside['reminderMinutesBeforeStart']).toBe(45);
    expect(await mailsSince(before)).toEqual([{ kind: 'update', to: [bruno.mailbox] }]);
    await world.isQuiet();

    await world.policy((policy) => void (policy['guestMail'] = 'always'));
    await world.sync();
    expect((await ana.calendar.event('Outside')).location.displayName).toBe('Room 7');
    expect((await mailsSince(before)).at(-1)).toEqual({
      kind: 'update',
      to: [bruno.mailbox, 'guest@outside.example'].toSorted(),
    });
    await world.isQuiet();
  });

  test('where nobody may be mailed, everybody has the meeting in the calendar all the same', async () => {
    await world.policy((policy) => void (policy['guestMail'] = 'never'));
    const before = await sent();
    const { ana, bruno, chen } = await planWithColleagues('Quiet hour');
    for (const person of [ana, bruno, chen]) expect((await person.calendar.events()).length).toBe(1);
    expect(await mailsSince(before)).toEqual([]);
    await world.isQuiet();
  });

  test('an owner who hands the meeting over loses it where nobody else is invited', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const id = await ana.activities.plan('Site visit', planned(inDays(5), '08:00', '09:00'));
    await world.sync();
    await world.activities.change(id, { 'Primary Owned By': bruno.login });
    await world.sync();

    expect(await ana.calendar.events()).toEqual([]);
    expect((await bruno.calendar.event('Site visit')).isOrganizer).toBe(true);
    await world.isQuiet();
  });

  test('an appointment that becomes a task moves from the calendar to To Do, and back', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Prepare offer', planned(inDays(5), '08:00', '09:00'));
    await world.sync();
    await ana.activities.change(id, { Display: 'To Do and Activities' });
    await world.sync();
    expect(await ana.calendar.events()).toEqual([]);
    expect((await ana.calendar.tasks()).map(({ title }) => title)).toEqual(['Prepare offer']);

    await ana.activities.change(id, { Display: 'Calendar and Activities' });
    await world.sync();
    expect(await ana.calendar.tasks()).toEqual([]);
    expect((await ana.calendar.event('Prepare offer')).isOrganizer).toBe(true);
    await world.isQuiet();
  });

  test('a guest known by another address is the same person', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno', { mapped: false });
    await world.desk('POST', `/mailboxes/${bruno.mailbox}/aliases`, ['bruno.the.great@example.com']);
    await world.map(bruno);
    await world.sync();
    await ana.calendar.add({
      subject: 'Alias',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting('Bruno.The.Great@example.com'),
    });
    await world.sync();
    const { Id } = await world.activities.one('Alias');
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    await world.isQuiet();
  });

  async function planWithColleagues(
    description: string,
  ): Promise<{ ana: Actor; bruno: Actor; chen: Actor; id: string }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const chen = await world.person('Chen');
    await world.sync();
    const id = await ana.activities.plan(description, planned(inDays(5), '11:00', '12:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await ana.activities.link(id, 'Employee', chen.employeeId);
    await world.sync();
    return { ana, bruno, chen, id };
  }
});
