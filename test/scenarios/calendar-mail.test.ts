import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

const guest = 'guest@outside.example';

describe('who is mailed', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const appointments = rulesFor(world, 'appointment');
  const kinds = (change: Record<string, string>) =>
    appointments({
      guestMailKinds: { invitation: 'allow', update: 'allow', cancellation: 'allow', ...change },
    });

  test(
    'a weekly series with ten exceptions and eight guests: category, reminder and the CRM link mail nobody',
    { timeout: 30_000 },
    async () => {
      const ana = await world.person('Ana');
      const bruno = await world.person('Bruno');
      await world.sync();
      const guests = Array.from({ length: 7 }, (_, n) => `guest${n}@outside.example`);
      const { id } = await ana.calendar.add({
        subject: 'Steering',
        ...at(inDays(7), '09:00', '10:00'),
        ...inviting(bruno.mailbox, ...guests),
        recurrence: {
          pattern: { type: 'daily', interval: 1 },
          range: { type: 'numbered', startDate: inDays(7), numberOfOccurrences: 20 },
        },
      });
      const instances = await ana.calendar.instances(id, inDays(6), inDays(40));
      for (const [n, one] of instances.slice(0, 10).entries())
        await ana.calendar.change(one.id, { location: { displayName: `Room ${n}` } });
      await world.sync();
      await post.sinceThen();
      await world.isQuiet();

      await ana.calendar.change(id, { categories: ['Blue'], reminderMinutesBeforeStart: 30 });
      await world.sync();
      const account = await ana.siebel.addAccount('Steering Ltd');
      const rows = await world.activities.all('[Description]="Steering"');
      const main = rows.find((row) => row['Repeating'] === 'Y');
      await ana.activities.change(main?.Id ?? '', { 'Account Id': account, 'Appt Alarm Time Min': '45' });
      await world.sync();
      const event = await ana.calendar.event('Steering');
      expect(event['reminderMinutesBeforeStart']).toBe(45);
      expect(event.attendees.length).toBe(8);
      expect((await ana.calendar.instances(id, inDays(6), inDays(40))).length).toBe(20);
      expect(await post.sinceThen()).toEqual([]);
      await world.isQuiet();
    },
  );

  test('invitations that are put off: colleagues have the meeting meanwhile, a guest from outside is invited once it may be', async () => {
    await kinds({ invitation: 'defer' });
    await world.policy((policy) => void (policy['guestMail'] = 'always'));
    const { ana, bruno, id } = await planWith('Put off');
    const maria = await ana.siebel.addContact({
      'First Name': 'Maria',
      'Last Name': 'Put Off',
      'Email Address': guest,
    });
    await ana.activities.link(id, 'Contact', maria);
    await world.sync();
    expect((await ana.calendar.event('Put off')).attendees).toEqual([]);
    expect((await bruno.calendar.events()).length).toBe(1);
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();

    await kinds({});
    await world.sync();
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [guest] }]);
    expect((await bruno.calendar.events()).length).toBe(1);
    await world.isQuiet();
  });

  test('invitations that are forbidden: everybody has the meeting, nobody is ever mailed', async () => {
    await kinds({ invitation: 'forbid' });
    const { ana, bruno, id } = await planWith('Forbidden');
    expect((await ana.calendar.event('Forbidden')).attendees).toEqual([]);
    expect((await bruno.calendar.events()).length).toBe(1);
    await kinds({});
    await ana.activities.change(id, { MeetingLocation: 'Room 7' });
    await world.sync();
    expect((await bruno.calendar.event('Forbidden')).location.displayName).toBe('Room 7');
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('updates that are forbidden stay in Siebel; what nobody sees is written all the same', async () => {
    const { ana, bruno, id } = await planWith('Unmoved');
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await kinds({ update: 'forbid' });
    await ana.activities.change(id, {
      ...planned(inDays(6), '15:00', '16:00'),
      'Appt Alarm Time Min': '45',
      Alarm: 'Y',
    });
    await world.sync();
    const event = await ana.calendar.event('Unmoved');
    expect(event.start.dateTime.slice(0, 10)).toBe(inDays(5));
    expect(event['reminderMinutesBeforeStart']).toBe(45);
    expect(await ana.activities.read(id)).toMatchObject(planned(inDays(6), '15:00', '16:00'));
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('updates that are put off are told once they may be, in one mail', async () => {
    const { ana, bruno, id } = await planWith('Later');
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await kinds({ update: 'defer' });
    await ana.activities.change(id, { MeetingLocation: 'Room 1' });
    await world.sync();
    await ana.activities.change(id, { MeetingLocation: 'Room 2', Description: 'Later, renamed' });
    await world.sync();
    expect((await ana.calendar.event('Later')).location.displayName).toBe('');
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();

    await kinds({});
    await world.sync();
    expect((await bruno.calendar.event('Later, renamed')).location.displayName).toBe('Room 2');
    expect(await post.sinceThen()).toEqual([{ kind: 'update', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });

  test('a meeting with colleagues that is deleted in Siebel is cancelled in Outlook by one mail', async () => {
    const { ana, bruno, id } = await planWith('Cancelled');
    await post.sinceThen();
    await ana.activities.remove(id);
    await world.sync();
    expect(await ana.calendar.events()).toEqual([]);
    expect(await bruno.calendar.events()).toEqual([]);
    expect(await post.sinceThen()).toEqual([{ kind: 'cancellation', to: [bruno.mailbox] }]);
    await world.isQuiet();
  });

  test('a meeting with a guest from outside that is deleted in Siebel stays until the policy lets it be cancelled', async () => {
    const { ana, bruno, id } = await meetWith('With outside', guest);
    await ana.activities.remove(id);
    await world.sync();
    expect((await ana.calendar.event('With outside')).attendees.length).toBe(2);
    expect((await bruno.calendar.events()).length).toBe(1);
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();

    await world.policy((policy) => void (policy['guestMail'] = 'always'));
    await world.sync();
    expect(await ana.calendar.events()).toEqual([]);
    expect(await bruno.calendar.events()).toEqual([]);
    expect(await post.sinceThen()).toEqual([{ kind: 'cancellation', to: [bruno.mailbox, guest].toSorted() }]);
    await world.isQuiet();
  });

  test('cancellations that are forbidden: the meeting stays in Outlook as its owner’s own', async () => {
    await kinds({ cancellation: 'forbid' });
    const { ana, bruno, id } = await meetWith('Kept');
    await ana.activities.remove(id);
    await world.sync();
    expect((await ana.calendar.event('Kept')).attendees.length).toBe(1);
    expect((await bruno.calendar.events()).length).toBe(1);
    await world.sync();
    expect(await world.activities.all('[Description]="Kept"')).toEqual([]);
    await world.isQuiet();
  });

  test('a past meeting that is deleted or moved in Siebel mails nobody', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    for (const subject of ['Past deleted', 'Past moved'])
      await ana.calendar.add({ subject, ...at(inDays(-4), '09:00', '10:00'), ...inviting(bruno.mailbox) });
    await world.sync();
    await post.sinceThen();
    await ana.activities.remove((await world.activities.one('Past deleted')).Id);
    await ana.activities.change((await world.activities.one('Past moved')).Id, { MeetingLocation: 'Room 1' });
    await world.sync();
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('a meeting planned in Siebel for the past is in the calendars, and nobody is invited to it', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const id = await ana.activities.plan('Yesterday', planned(inDays(-2), '11:00', '12:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    expect((await ana.calendar.events()).length).toBe(1);
    expect((await bruno.calendar.events()).length).toBe(1);
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  async function planWith(description: string): Promise<{ ana: Actor; bruno: Actor; id: string }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const id = await ana.activities.plan(description, planned(inDays(5), '11:00', '12:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    return { ana, bruno, id };
  }

  async function meetWith(
    subject: string,
    ...others: string[]
  ): Promise<{ ana: Actor; bruno: Actor; id: string }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    await ana.calendar.add({
      subject,
      ...at(inDays(5), '11:00', '12:00'),
      ...inviting(bruno.mailbox, ...others),
    });
    await world.sync();
    await post.sinceThen();
    return { ana, bruno, id: (await world.activities.one(subject)).Id };
  }
});
