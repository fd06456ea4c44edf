import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { decide, onlyParked, parked, putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('calendars nobody would wish for', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);

  test(
    'a meeting with 500 attendees is one activity; its guests stay in Outlook',
    { timeout: 30_000 },
    async () => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      const guests = Array.from({ length: 499 }, (_, n) => `guest${n}@outside.example`);
      await ana.calendar.add({
        subject: 'Town hall',
        ...at(inDays(3), '09:00', '10:00'),
        ...inviting(bruno.mailbox, ...guests),
      });
      await post.sinceThen();
      await world.sync();
      const { Id } = await world.activities.one('Town hall');
      expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
      await ana.activities.change(Id, { Alarm: 'Y', 'Appt Alarm Time Min': '45' });
      await world.sync();
      expect((await ana.calendar.event('Town hall')).attendees.length).toBe(500);
      expect(await post.sinceThen()).toEqual([]);
      await world.isQuiet();
    },
  );

  test('an attendee without an address is kept in Outlook, and left out of Siebel', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const invited = await world.desk('POST', `/mailboxes/${ana.mailbox}/invitations`, {
      organizer: { address: 'boss@outside.example', name: 'Olga Outside' },
      event: {
        subject: 'Nameless guest',
        ...at(inDays(3), '09:00', '10:00'),
        attendees: [
          { emailAddress: { name: 'Meeting room on the left' }, type: 'resource' },
          { emailAddress: { address: ana.mailbox, name: 'Ana' }, type: 'required' },
        ],
      },
    });
    expect(invited.status, invited.text).toBe(201);
    await world.sync();
    const { Id } = await world.activities.one('Nameless guest');
    expect(await world.activities.employees(Id)).toEqual([ana.login]);
    await ana.activities.change(Id, { Priority: '2-High' });
    await world.sync();
    expect((await ana.calendar.event('Nameless guest')).attendees.length).toBe(2);
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('an invitation in a time zone of the sender’s own making is on time', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const invited = await world.desk('POST', `/mailboxes/${ana.mailbox}/invitations`, {
      organizer: { address: 'boss@outside.example', name: 'Olga Outside' },
      event: {
        subject: 'Odd zone',
        ...at(inDays(5), '13:00', '14:00', 'UTC'),
        originalStartTimeZone: 'tzone://Microsoft/Custom',
        ...inviting(ana.mailbox),
      },
    });
    expect(invited.status, invited.text).toBe(201);
    await world.sync();
    expect(await world.activities.one('Odd zone')).toMatchObject(planned(inDays(5), '13:00', '14:00'));
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('events that take no time, and years, keep their times on both sides', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({ subject: 'No time', ...at(inDays(3), '09:00', '09:00', 'UTC') });
    await ana.calendar.add({
      subject: 'Years',
      start: { dateTime: `${inDays(3)}T09:00:00`, timeZone: 'UTC' },
      end: { dateTime: `${inDays(1500)}T09:00:00`, timeZone: 'UTC' },
    });
    await world.sync();
    for (const subject of ['No time', 'Years']) {
      const { Id } = await world.activities.one(subject);
      const before = await ana.calendar.event(subject);
      await ana.activities.change(Id, { Priority: '2-High' });
      await world.sync();
      const after = await ana.calendar.event(subject);
      expect(after['importance']).toBe('high');
      expect([after.start, after.end]).toEqual([before.start, before.end]);
    }
    expect(await world.activities.one('Years')).toMatchObject({
      'Planned Completion': planned(inDays(1500), '09:00', '09:00').Planned,
    });
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('a series of Siebel that ends before it starts is parked with a sentence, and goes once it ends later', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const [year, month, day] = inDays(-30).split('-');
    await ana.activities.plan('Backwards', {
      ...planned(inDays(3), '09:00', '10:00'),
      Repeating: 'Y',
      'Repeating Type': 'Weekly',
      'Repeating Expires': `${month}/${day}/${year}`,
    });
    await ana.activities.plan('Beside it', planned(inDays(3), '11:00', '12:00'));
    await world.sync();
    await ana.calendar.event('Beside it');
    const row = await onlyParked(world, ana);
    expect(row.reason).toMatch(/ends before it starts/);
    await world.isQuiet();

    const { Id } = await world.activities.one('Backwards');
    await ana.activities.change(Id, {
      'Repeating Expires': planned(inDays(30), '00', '00').Planned.slice(0, 10),
    });
    await world.sync();
    await ana.calendar.event('Backwards');
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('an occurrence moved in Siebel across its neighbour is parked with a sentence, and goes once it is moved back', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({
      subject: 'Crossing',
      ...at(inDays(2), '09:00', '10:00'),
      recurrence: {
        pattern: { type: 'daily', interval: 3 },
        range: { type: 'numbered', startDate: inDays(2), numberOfOccurrences: 4 },
      },
    });
    await world.sync();
    const rows = (await ana.activities.all('[Description]="Crossing"')).toSorted((a, b) =>
      (a['Planned'] ?? '') < (b['Planned'] ?? '') ? -1 : 1,
    );
    const second = rows.find((row) => row['Planned'] === planned(inDays(5), '09:00', '10:00').Planned);
    await ana.activities.change(second?.Id ?? '', planned(inDays(9), '09:00', '10:00'));
    await ana.calendar.add({ subject: 'Beside the crossing', ...at(inDays(5), '15:00', '16:00') });
    await world.sync();
    await world.activities.one('Beside the crossing');
    const row = await onlyParked(world, ana);
    expect(row.reason).toMatch(/occurrence/i);
    expect((await ana.calendar.instances(id, inDays(0), inDays(30))).length).toBe(4);
    await world.isQuiet();

    await ana.activities.change(second?.Id ?? '', planned(inDays(5), '11:00', '12:00'));
    await world.sync();
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
  });

  test('an appointment of an owner who has left is parked with a reason, stops nobody else, and goes once they are back', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await world.desk('POST', '/behaviour', { 'siebel.activeOwners': true });
    const left = await world.siebel.request('PUT', `Employee/Employee/${ana.employeeId}`, {
      'Employment Status': 'Terminated',
    });
    expect(left.status, left.text).toBe(200);
    await ana.calendar.add({
      subject: 'Farewell',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    await bruno.calendar.add({ subject: 'Own of Bruno', ...at(inDays(3), '11:00', '12:00') });
    await post.sinceThen();
    await world.sync();
    await world.activities.one('Own of Bruno');
    expect((await onlyParked(world, ana)).reason).toMatch(/left|organizer/);
    expect((await bruno.calendar.events()).length).toBe(2);
    await world.isQuiet();

    await world.siebel.request('PUT', `Employee/Employee/${ana.employeeId}`, {
      'Employment Status': 'Active',
    });
    await decide(world, await onlyParked(world, ana), 'retry');
    await world.sync();
    const { Id } = await world.activities.one('Farewell');
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    expect(await parked(world, ana)).toEqual([]);
    await world.isQuiet();
    await world.desk('POST', '/behaviour', { 'siebel.activeOwners': false });
  });
});
