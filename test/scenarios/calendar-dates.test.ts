import { describe, expect, test } from 'vitest';
import { at, inDays, planned, type OutlookEvent } from '../support/calendar.ts';
import { watchPost } from '../support/mails.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

const year = Temporal.Now.plainDateISO('UTC').year + 1;

describe('dates, zones and lengths', () => {
  const world = useWorld();
  putRulesBack(world);
  watchPost(world);

  /** Whole days as Graph takes them. */
  const wholeDays = (first: string, after: string, timeZone: string) => ({
    isAllDay: true,
    start: { dateTime: `${first}T00:00:00`, timeZone },
    end: { dateTime: `${after}T00:00:00`, timeZone },
  });
  /** The same in Siebel: what spans midnights, in the zone of who writes. */
  const spanning = (first: string, after: string) => ({
    Planned: planned(first, '00:00', '00:00').Planned,
    'Planned Completion': planned(after, '00:00', '00:00').Planned,
  });
  const datesOf = ({ isAllDay, start, end }: OutlookEvent) => ({
    isAllDay,
    start: start.dateTime.slice(0, 16),
    end: end.dateTime.slice(0, 16),
  });

  /** Siebel's profile eight hours behind Greenwich, the mailbox thirteen hours ahead of it. */
  async function farApart(): Promise<Actor> {
    const ana = await world.person('Ana', { timeZone: 'Etc/GMT+8', mapped: false });
    const answer = await ana.calendar.graph('PATCH', '/mailboxSettings', { timeZone: 'Tonga Standard Time' });
    expect(answer.status, answer.text).toBe(200);
    await world.map(ana);
    await world.sync();
    return ana;
  }

  test('all-day from 1 to 3 June in Outlook far in the east is 1 to 3 June in Siebel far in the west, and stays so', async () => {
    const ana = await farApart();
    const { id } = await ana.calendar.add({
      subject: 'Fair',
      ...wholeDays(`${year}-06-01`, `${year}-06-04`, 'Tonga Standard Time'),
    });
    await world.sync();
    const row = await ana.activities.one('Fair');
    expect(row).toMatchObject(spanning(`${year}-06-01`, `${year}-06-04`));
    const before = datesOf(await ana.calendar.event('Fair'));

    await ana.activities.change(row.Id, { MeetingLocation: 'Hall 3' });
    await world.sync();
    const after = await ana.calendar.event('Fair');
    expect(after.location.displayName).toBe('Hall 3');
    expect(datesOf(after)).toEqual(before);
    await ana.calendar.change(id, { subject: 'Spring fair' });
    await world.sync();
    expect(await ana.activities.read(row.Id)).toMatchObject({
      Description: 'Spring fair',
      ...spanning(`${year}-06-01`, `${year}-06-04`),
    });
    await world.isQuiet();
  });

  test('all-day in Siebel in the west is the same dates in Outlook in the east, and moved there it moves by days', async () => {
    const ana = await farApart();
    const id = await ana.activities.plan('Offsite', spanning(`${year}-06-01`, `${year}-06-04`));
    await world.sync();
    const event = await ana.calendar.event('Offsite');
    expect(datesOf(event)).toEqual({
      isAllDay: true,
      start: `${year}-06-01T00:00`,
      end: `${year}-06-04T00:00`,
    });
    await ana.calendar.change(event.id, wholeDays(`${year}-06-08`, `${year}-06-09`, 'Tonga Standard Time'));
    await world.sync();
    expect(await ana.activities.read(id)).toMatchObject(spanning(`${year}-06-08`, `${year}-06-09`));
    await world.isQuiet();

    await ana.activities.change(id, planned(`${year}-06-08`, '10:00', '11:00'));
    await world.sync();
    expect(await ana.calendar.event('Offsite')).toMatchObject({ isAllDay: false });
    await world.isQuiet();
  });

  test('a time is the same instant on both sides, however far apart their clocks are', async () => {
    const ana = await farApart();
    await ana.calendar.add({
      subject: 'Call',
      ...at(`${year}-03-02`, '07:00', '07:30', 'Tonga Standard Time'),
    });
    await world.sync();
    // 07:00 at UTC+13 is 10:00 of the day before at UTC−8.
    const row = await ana.activities.one('Call');
    expect(row).toMatchObject(planned(`${year}-03-01`, '10:00', '10:30'));
    await world.isQuiet();
  });

  test('an event of years is one activity of years, and one without length comes back without length', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({
      subject: 'Decade',
      start: { dateTime: '2024-01-15T08:00:00', timeZone: 'Europe/Berlin' },
      end: { dateTime: '2033-12-31T17:00:00', timeZone: 'Europe/Berlin' },
    });
    const instant = await ana.calendar.add({ subject: 'Instant', ...at(inDays(4), '12:00', '12:00') });
    await world.sync();
    expect(await ana.activities.one('Decade')).toMatchObject({
      Planned: '01/15/2024 08:00:00',
      'Planned Completion': '12/31/2033 17:00:00',
    });
    const row = await ana.activities.one('Instant');
    expect(row['Planned']).toBe(planned(inDays(4), '12:00', '12:00').Planned);
    await world.isQuiet();
    await ana.activities.change(row.Id, { MeetingLocation: 'Gate' });
    await world.sync();
    const after = await ana.calendar.event('Instant');
    expect(after.location.displayName).toBe('Gate');
    expect({ start: after.start, end: after.end }).toEqual({ start: instant.start, end: instant.end });
    await world.isQuiet();
  });

  test('nine in Berlin before and after the clocks change, made on either side', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    for (const [month, name] of [
      ['01', 'Winter'],
      ['07', 'Summer'],
    ] as const) {
      await ana.calendar.add({ subject: name, ...at(`${year}-${month}-15`, '09:00', '10:00') });
      await ana.activities.plan(`${name} in Siebel`, planned(`${year}-${month}-16`, '09:00', '10:00'));
    }
    await world.sync();
    for (const [month, hour, name] of [
      ['01', '08', 'Winter'],
      ['07', '07', 'Summer'],
    ] as const) {
      expect(await ana.activities.one(name)).toMatchObject(planned(`${year}-${month}-15`, '09:00', '10:00'));
      const event = await ana.calendar.event(`${name} in Siebel`);
      expect(event.start.dateTime.slice(0, 16)).toBe(`${year}-${month}-16T${hour}:00`);
    }
    await world.isQuiet();
  });

  test('a whole day becomes an hour and a whole day again, on both sides', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({
      subject: 'Elastic',
      ...wholeDays(inDays(5), inDays(6), 'Europe/Berlin'),
    });
    await world.sync();
    const row = await ana.activities.one('Elastic');
    await ana.calendar.change(id, { isAllDay: false, ...at(inDays(5), '15:00', '16:00') });
    await world.sync();
    expect(await ana.activities.read(row.Id)).toMatchObject(planned(inDays(5), '15:00', '16:00'));
    await ana.activities.change(row.Id, spanning(inDays(7), inDays(9)));
    await world.sync();
    expect(datesOf(await ana.calendar.event('Elastic'))).toEqual({
      isAllDay: true,
      start: `${inDays(7)}T00:00`,
      end: `${inDays(9)}T00:00`,
    });
    await world.isQuiet();
  });
});
