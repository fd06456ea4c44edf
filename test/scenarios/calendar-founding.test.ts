import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { useWorld } from '../support/world.ts';

describe('appointments and tasks, as they were founded', () => {
  const world = useWorld();

  test('a meeting made in Outlook is in Siebel with its employees, once, and whoever deletes it leaves it', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const chen = await world.person('Chen');
    const dora = await world.person('Dora');
    await world.sync();
    const before = (await world.outbox()).length;

    await ana.calendar.add({
      subject: 'Kick-off',
      ...at(inDays(7), '09:00', '10:00'),
      ...inviting(bruno.mailbox, chen.mailbox, dora.mailbox),
    });
    await world.sync();

    const activity = await world.activities.one('Kick-off');
    expect(activity['Display']).toBe('Calendar and Activities');
    expect(activity['Primary Owned By']).toBe(ana.login);
    expect(await world.activities.employees(activity.Id)).toEqual(
      [ana.login, bruno.login, chen.login, dora.login].toSorted(),
    );
    const mails = (await world.outbox()).slice(before);
    expect(mails.flatMap((mail) => mail.to).toSorted()).toEqual(
      [bruno.mailbox, chen.mailbox, dora.mailbox].toSorted(),
    );
    expect(mails.every((mail) => mail.kind === 'invitation')).toBe(true);
    await world.isQuiet();

    await bruno.calendar.remove((await bruno.calendar.event('Kick-off')).id);
    await world.sync();

    expect(await world.activities.employees(activity.Id)).toEqual(
      [ana.login, chen.login, dora.login].toSorted(),
    );
    expect((await ana.calendar.event('Kick-off')).attendees.length).toBe(3);
    expect((await chen.calendar.events()).length).toBe(1);
    expect(await bruno.calendar.events()).toEqual([]);
    expect((await world.outbox()).length).toBe(before + mails.length);
    await world.isQuiet();
  });

  test('a task made in Outlook is a To Do activity, and its description changed in Siebel shows in Outlook', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.addTask({ title: 'Call Maria', body: { content: 'first', contentType: 'text' } });
    await world.sync();

    const activity = await ana.activities.one('Call Maria');
    expect(activity['Display']).toBe('To Do and Activities');
    expect(activity['Primary Owned By']).toBe(ana.login);
    expect(activity['Comment']).toBe('first');

    await ana.activities.change(activity.Id, { Description: 'Call Maria Lopez', Comment: 'second' });
    await world.sync();
    const task = await ana.calendar.task('Call Maria Lopez');
    expect((task['body'] as { content: string }).content).toContain('second');
    await world.isQuiet();
  });

  test('an appointment planned in Siebel is in Outlook, and what is changed there comes back', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Dentist', planned(inDays(3), '14:00', '15:00'));
    await world.sync();

    const event = await ana.calendar.event('Dentist');
    expect(event.categories).toEqual(['Siebel Calendar']);
    await ana.calendar.change(event.id, { subject: 'Dentist, upstairs', ...at(inDays(4), '16:00', '16:30') });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({
      Description: 'Dentist, upstairs',
      ...planned(inDays(4), '16:00', '16:30'),
    });
    await world.isQuiet();
  });

  test('a meeting planned in Siebel invites the colleagues, and nobody else', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const maria = await ana.siebel.addContact({
      'First Name': 'Maria',
      'Last Name': 'Outside',
      'Email Address': 'maria@outside.example',
    });
    await world.sync();
    const before = (await world.outbox()).length;
    const id = await ana.activities.plan('Pricing', planned(inDays(5), '11:00', '12:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await ana.activities.link(id, 'Contact', maria);
    await world.sync();

    const event = await ana.calendar.event('Pricing');
    expect(event.attendees.map((one) => one.emailAddress.address)).toEqual([bruno.mailbox]);
    const copy = await bruno.calendar.event('Pricing');
    expect({ uid: copy.iCalUId, isOrganizer: copy.isOrganizer }).toEqual({
      uid: event.iCalUId,
      isOrganizer: false,
    });
    const mails = (await world.outbox()).slice(before);
    expect(mails.map(({ kind, to }) => ({ kind, to }))).toEqual([
      { kind: 'invitation', to: [bruno.mailbox] },
    ]);
    await world.isQuiet();
  });

  test('an appointment deleted by its owner is deleted on the other side', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Lunch', planned(inDays(3), '12:00', '13:00'));
    await ana.calendar.add({ subject: 'Walk', ...at(inDays(3), '13:00', '14:00') });
    await world.sync();
    const walk = await ana.activities.one('Walk');

    await ana.calendar.remove((await ana.calendar.event('Lunch')).id);
    await ana.activities.remove(walk.Id);
    await world.sync();

    expect(await ana.activities.read(id)).toBe(null);
    expect(await ana.calendar.events()).toEqual([]);
    await world.isQuiet();
  });
});
