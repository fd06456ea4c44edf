import { describe, expect, test } from 'vitest';
import { agendaOf } from '../support/agenda.ts';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('private meetings with colleagues', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const rules = rulesFor(world, 'appointment');
  const { ownedBy } = agendaOf(world);

  async function pair(): Promise<readonly [Actor, Actor]> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    return [ana, bruno];
  }

  test('by default a private meeting is in no Siebel calendar, neither through its organizer nor through its guests', async () => {
    const [ana, bruno] = await pair();
    await ana.calendar.add({
      subject: 'Reorganisation',
      sensitivity: 'private',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await world.sync();
    await bruno.calendar.respond((await bruno.calendar.event('Reorganisation')).id, 'accept');
    await post.sinceThen();
    await world.sync();
    expect(await world.activities.all('[Description]="Reorganisation"')).toEqual([]);
    expect([...(await ownedBy(ana)), ...(await ownedBy(bruno))]).toEqual([]);
    await world.isQuiet();
  });

  test('a colleague who makes the own copy private hides nothing from the others, and what is written there stays there', async () => {
    await world.policy((policy) => void (policy['guestMail'] = 'never'));
    const [ana, bruno] = await pair();
    const id = await ana.activities.plan('Price talks', planned(inDays(5), '08:00', '09:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    const copy = await bruno.calendar.event('Price talks');
    expect(copy.isOrganizer).toBe(true);

    await bruno.calendar.change(copy.id, {
      sensitivity: 'private',
      body: { contentType: 'text', content: 'I am not going' },
    });
    await world.sync();
    expect(await world.activities.read(id)).toMatchObject({
      Description: 'Price talks',
      Comment: '',
      Private: 'N',
    });
    expect((await ana.calendar.event('Price talks')).body.content).toBe('');

    await ana.activities.change(id, { MeetingLocation: 'Room 4' });
    await world.sync();
    expect(await bruno.calendar.event('Price talks')).toMatchObject({
      location: { displayName: 'Room 4' },
      body: { content: expect.stringContaining('I am not going') as string },
      sensitivity: 'private',
    });
    expect(await post.sinceThen()).toEqual([]);
    await world.isQuiet();
  });

  test('made private later, Siebel forgets what it is about and who comes; the guests keep it and hear nothing from us', async () => {
    const [ana, bruno] = await pair();
    const { id } = await ana.calendar.add({
      subject: 'Budget',
      body: { contentType: 'text', content: 'cuts' },
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await post.sinceThen();
    await world.sync();
    const { Id } = await ana.activities.one('Budget');
    expect((await world.activities.employees(Id)).length).toBe(2);

    await ana.calendar.change(id, { sensitivity: 'private' });
    await post.sinceThen();
    await world.sync();
    expect(await world.activities.read(Id)).toMatchObject({
      Description: 'Private appointment',
      Comment: '',
      Private: 'Y',
    });
    expect(await world.activities.employees(Id)).toEqual([ana.login]);
    expect((await bruno.calendar.events()).length).toBe(1);
    expect((await ana.calendar.event('Budget')).attendees.length).toBe(2);
    await world.isQuiet();

    await ana.calendar.change(id, { sensitivity: 'normal' });
    await post.sinceThen();
    await world.sync();
    expect(await world.activities.read(Id)).toMatchObject({ Description: 'Budget', Comment: 'cuts' });
    expect(await world.activities.employees(Id)).toEqual([ana.login, bruno.login].toSorted());
    expect((await bruno.calendar.events()).length).toBe(1);
    expect((await ana.calendar.event('Budget')).attendees.length).toBe(2);
    await world.isQuiet();
  });

  test('a meeting made private in Siebel keeps the guests it has in Outlook, and mails nobody', async () => {
    const [ana, bruno] = await pair();
    const id = await ana.activities.plan('Contract', planned(inDays(4), '09:00', '10:00'));
    await ana.activities.link(id, 'Employee', bruno.employeeId);
    await world.sync();
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await ana.activities.change(id, { Private: 'Y' });
    await world.sync();
    expect(await ana.calendar.event('Contract')).toMatchObject({ sensitivity: 'private' });
    expect(await world.activities.read(id)).toMatchObject({ Description: 'Contract', Private: 'Y' });
    expect((await ana.calendar.event('Contract')).attendees.length).toBe(1);
    await world.isQuiet();
  });

  test('carried, a private meeting is its organizer’s in Siebel, and its guests have it in Outlook only', async () => {
    await rules({ privateItems: 'carry' });
    const [ana, bruno] = await pair();
    await ana.calendar.add({
      subject: 'Succession',
      sensitivity: 'private',
      ...at(inDays(3), '09:00', '10:00'),
      ...inviting(bruno.mailbox),
    });
    expect(await post.sinceThen()).toEqual([{ kind: 'invitation', to: [bruno.mailbox] }]);
    await world.sync();
    const { Id } = await world.activities.one('Succession');
    expect(await world.activities.read(Id)).toMatchObject({ 'Primary Owned By': ana.login, Private: 'Y' });
    expect((await bruno.calendar.events()).length).toBe(1);
    await world.isQuiet();
  });

  test('a private appointment that was left alone goes to Siebel once it is not private, or once the policy carries it', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({
      subject: 'Opened',
      sensitivity: 'private',
      ...at(inDays(3), '09:00', '10:00'),
    });
    await ana.calendar.add({
      subject: 'Hidden',
      sensitivity: 'private',
      ...at(inDays(3), '11:00', '12:00'),
    });
    await world.sync();
    expect(await ownedBy(ana)).toEqual([]);
    await ana.calendar.change(id, { sensitivity: 'normal' });
    await world.sync();
    expect((await ownedBy(ana)).map((row) => row['Description'])).toEqual(['Opened']);
    await world.isQuiet();

    await rules({ privateItems: 'mask' });
    await world.sync();
    const names = (await ownedBy(ana)).map((row) => row['Description'] ?? '');
    expect(names.toSorted()).toEqual(['Opened', 'Private appointment']);
    await world.isQuiet();

    await rules({ privateItems: 'carry' });
    await ana.calendar.change((await ana.calendar.event('Hidden')).id, { location: { displayName: 'Home' } });
    await world.sync();
    expect(await ana.activities.one('Hidden')).toMatchObject({ MeetingLocation: 'Home', Private: 'Y' });
    await world.isQuiet();
  });
});
