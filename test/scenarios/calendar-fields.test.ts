import { describe, expect, test } from 'vitest';
import { at, inDays, inviting, planned } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { rulesFor } from '../support/rules.ts';
import { behave, putRulesBack } from '../support/scenes.ts';
import { useWorld } from '../support/world.ts';

describe('what is carried of an appointment', () => {
  const world = useWorld();
  putRulesBack(world);
  const post = watchPost(world);
  const rules = rulesFor(world, 'appointment');

  async function agreed(subject: string, more: Record<string, unknown> = {}) {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({ subject, ...at(inDays(3), '09:00', '10:00'), ...more });
    await world.sync();
    const activity = await ana.activities.one(subject);
    return { ana, id, activityId: activity.Id, activity };
  }

  test('everything both sides know travels both ways', async () => {
    const { ana, id, activityId, activity } = await agreed('Everything', {
      body: { contentType: 'text', content: 'first line\r\nsecond line' },
      location: { displayName: 'Room 1' },
      importance: 'low',
      isReminderOn: true,
      reminderMinutesBeforeStart: 20,
      showAs: 'oof',
    });
    expect(activity).toMatchObject({
      Type: 'Appointment',
      Comment: 'first line\nsecond line',
      MeetingLocation: 'Room 1',
      Priority: '4-Low',
      Alarm: 'Y',
      'Appt Alarm Time Min': '20',
      'Primary Owned By': ana.login,
      ...planned(inDays(3), '09:00', '10:00'),
    });
    await ana.activities.change(activityId, {
      Description: 'Everything else',
      Comment: 'third line',
      MeetingLocation: 'Room 2',
      Priority: '1-ASAP',
      Alarm: 'N',
      ...planned(inDays(4), '14:00', '14:45'),
    });
    await world.sync();
    const event = await ana.calendar.event('Everything else');
    expect(event).toMatchObject({
      id,
      location: { displayName: 'Room 2' },
      importance: 'high',
      isReminderOn: false,
      showAs: 'oof',
    });
    expect(event.body.content.trim()).toBe('third line');
    expect(Temporal.PlainDateTime.from(event.start.dateTime).toZonedDateTime('UTC').toInstant()).toEqual(
      Temporal.PlainDateTime.from(`${inDays(4)}T14:00`)
        .toZonedDateTime('Europe/Berlin')
        .toInstant(),
    );
    await world.isQuiet();
  });

  test('Siebel changes the place and Outlook the reminder between two looks: both survive', async () => {
    const { ana, id, activityId } = await agreed('Both');
    await ana.activities.change(activityId, { MeetingLocation: 'Room 9' });
    await ana.calendar.change(id, { isReminderOn: true, reminderMinutesBeforeStart: 55 });
    await world.sync();
    expect(await ana.calendar.event('Both')).toMatchObject({
      location: { displayName: 'Room 9' },
      reminderMinutesBeforeStart: 55,
    });
    expect(await ana.activities.read(activityId)).toMatchObject({
      MeetingLocation: 'Room 9',
      'Appt Alarm Time Min': '55',
    });
    await world.isQuiet();
  });

  test('both sides set the same new title: no conflict and no write', async () => {
    const { ana, id, activityId } = await agreed('Old title');
    await ana.activities.change(activityId, { Description: 'New title' });
    await ana.calendar.change(id, { subject: 'New title' });
    expect((await world.sync()).written).toEqual({ siebel: 0, exchange: 0 });
    expect((await world.apiAs(ana, 'GET', '/api/conflicts')).json).toMatchObject({ items: [] });
    await world.isQuiet();
  });

  test('the same field changed on both sides: the side the policy names wins, and the other value is kept', async () => {
    const { ana, id, activityId } = await agreed('Contested');
    await ana.activities.change(activityId, { MeetingLocation: 'Siebel’s room' });
    await ana.calendar.change(id, { location: { displayName: 'Outlook’s room' } });
    await world.sync();
    expect(await ana.calendar.event('Contested')).toMatchObject({
      location: { displayName: 'Siebel’s room' },
    });
    const { items } = (await world.api('GET', `/api/admin/journal?mailbox=${ana.mailbox}`)).json as {
      items: { lost: unknown[] }[];
    };
    expect(items.flatMap(({ lost }) => lost)).toContainEqual({
      field: 'location',
      side: 'exchange',
      value: 'Outlook’s room',
    });
    await world.isQuiet();

    await rules({ conflictWinner: 'exchange' });
    await ana.activities.change(activityId, { MeetingLocation: 'Siebel’s other room' });
    await ana.calendar.change(id, { location: { displayName: 'Outlook’s other room' } });
    await world.sync();
    expect(await ana.activities.read(activityId)).toMatchObject({ MeetingLocation: 'Outlook’s other room' });
    await world.isQuiet();
  });

  test('what the sides rewrite while they store it is read once, and then there is silence', async () => {
    await behave(world, { 'graph.trimsText': true, 'siebel.trimTexts': true });
    const { ana, id, activityId } = await agreed('Blanks around', {
      body: {
        contentType: 'html',
        content: '<p>Dear&nbsp;Ana,</p><ul><li>one</li><li>two &amp; three</li></ul><p>  </p>',
      },
      location: { displayName: 'Room 5' },
    });
    expect((await ana.activities.read(activityId))?.['Comment']).toContain('two & three');
    await world.isQuiet();
    await ana.activities.change(activityId, { MeetingLocation: 'Room 6 ' });
    await world.sync();
    expect((await ana.calendar.event('Blanks around')).location.displayName.trim()).toBe('Room 6');
    await world.isQuiet();
    await ana.calendar.change(id, { subject: '  Blanks within  ' });
    await world.sync();
    expect((await ana.activities.read(activityId))?.['Description']?.trim()).toBe('Blanks within');
    await world.isQuiet();
    await behave(world, { 'graph.trimsText': false, 'siebel.trimTexts': false });
  });

  test('a body of a megabyte is cut in Siebel, stays whole in Outlook, and stops nothing', async () => {
    const long = `<html><body>${'<p>All work and no play makes a long body.</p>'.repeat(23_000)}</body></html>`;
    const { ana, id, activityId } = await agreed('Megabyte', {
      body: { contentType: 'html', content: long },
    });
    const comment = (await ana.activities.read(activityId))?.['Comment'] ?? '';
    expect(comment).toMatch(/^All work and no play/);
    expect(comment.length).toBeLessThanOrEqual(1500);
    await world.isQuiet();

    await ana.activities.change(activityId, { MeetingLocation: 'Library' });
    await world.sync();
    const event = await ana.calendar.event('Megabyte');
    expect(event.location.displayName).toBe('Library');
    expect(event.body.content.length).toBeGreaterThan(500_000);
    await ana.calendar.change(id, { subject: 'Megabytes' });
    await world.sync();
    expect(await ana.activities.read(activityId)).toMatchObject({ Description: 'Megabytes' });
    await world.isQuiet();
  });

  test('a place emptied on one side is emptied on the other, and what is not mapped is untouched', async () => {
    const { ana, id, activityId } = await agreed('Emptied', {
      location: { displayName: 'Room 1' },
      body: { contentType: 'text', content: 'words' },
      categories: ['Blue'],
      showAs: 'free',
    });
    await ana.calendar.change(id, { location: { displayName: '' } });
    await world.sync();
    expect(await ana.activities.read(activityId)).toMatchObject({ MeetingLocation: '', Comment: 'words' });
    await ana.activities.change(activityId, { Comment: '' });
    await world.sync();
    const event = await ana.calendar.event('Emptied');
    expect(event.body.content.trim()).toBe('');
    expect(event).toMatchObject({ showAs: 'free' });
    expect(event.categories).toContain('Blue');
    await world.isQuiet();
  });

  test('1-ASAP stays 1-ASAP when the title is changed in Outlook, where it shows as high', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const id = await ana.activities.plan('Urgent', {
      ...planned(inDays(3), '09:00', '10:00'),
      Priority: '1-ASAP',
      Status: 'Acknowledged',
    });
    await world.sync();
    const event = await ana.calendar.event('Urgent');
    expect(event['importance']).toBe('high');
    await ana.calendar.change(event.id, { subject: 'Very urgent' });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({
      Description: 'Very urgent',
      Priority: '1-ASAP',
      Status: 'Acknowledged',
    });
    await ana.calendar.change(event.id, { importance: 'low' });
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject({ Priority: '4-Low' });
    await world.isQuiet();
  });

  test('the body of an online meeting is edited three times in Siebel: the join link in Outlook is identical', async () => {
    const { ana, id, activityId } = await agreed('Online', {
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      ...inviting('guest@outside.example'),
    });
    expect((await post.sinceThen()).map(({ kind }) => kind)).toEqual(['invitation']);
    const before = await ana.calendar.event('Online');
    expect(before['isOnlineMeeting']).toBe(true);
    for (const words of ['one', 'two', 'three']) {
      await ana.activities.change(activityId, { Comment: words });
      await world.sync();
    }
    const after = await ana.calendar.event('Online');
    expect(after['onlineMeeting']).toEqual(before['onlineMeeting']);
    expect(after.body.content).toBe(before.body.content);
    expect(after.id).toBe(id);
    await world.isQuiet();
  });

  test('a copy pasted in Outlook is an item of its own, and two that look equal stay two', async () => {
    const { ana, activityId } = await agreed('Twice');
    await ana.calendar.add({ subject: 'Twice', ...at(inDays(3), '09:00', '10:00') });
    await world.sync();
    const rows = await ana.activities.all('[Description]="Twice"');
    expect(rows.length).toBe(2);
    await ana.activities.change(activityId, { MeetingLocation: 'Only here' });
    await world.sync();
    const places = (await ana.calendar.events()).map(({ location }) => location.displayName).toSorted();
    expect(places).toEqual(['', 'Only here']);
    await world.isQuiet();
  });
});
