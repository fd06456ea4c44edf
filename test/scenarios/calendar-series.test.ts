import { describe, expect, test } from 'vitest';
import { at, inDays, planned, type OutlookEvent } from '../support/calendar.ts';
import { putRulesBack } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('series', () => {
  const world = useWorld();
  putRulesBack(world);

  /** Hours until the series gets its next days. */
  const hoursToNextDays = async (iCalUId: string): Promise<number> => {
    const { db } = world.context();
    const record = db.selectFrom('siebel_record').select('roll_at').where('uid', '=', iCalUId);
    const { roll_at } = await record.executeTakeFirstOrThrow();
    return roll_at === null ? 0 : Temporal.Now.instant().until(roll_at).total('hours');
  };
  const planOf = async (description: string) =>
    (await world.activities.all(`[Description]="${description}"`))
      .map((row) => row['Planned'] ?? '')
      .toSorted();
  const monday = () => {
    const today = Temporal.Now.plainDateISO('UTC').add({ days: 7 });
    return today.subtract({ days: today.dayOfWeek - 1 }).toString();
  };
  const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();
  const daysOf = (instances: readonly OutlookEvent[]) =>
    instances.map(({ start }) => start.dateTime.slice(0, 16)).toSorted();

  async function weekly(ana: Actor, subject: string, more: Record<string, unknown> = {}) {
    return ana.calendar.add({
      subject,
      ...at(monday(), '09:00', '10:00'),
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
        range: { type: 'numbered', startDate: monday(), numberOfOccurrences: 8 },
      },
      ...more,
    });
  }

  test('a weekly series is one repeating activity in Siebel, and the rule in Outlook stays as it was', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const event = await weekly(ana, 'Jour fixe');
    await world.sync();

    const activity = await world.activities.one('Jour fixe');
    expect(activity).toMatchObject({ Repeating: 'Y', 'Repeating Type': 'Weekly' });
    expect((await ana.calendar.event('Jour fixe'))['recurrence']).toEqual(event['recurrence']);
    await ana.activities.change(activity.Id, { Priority: '2-High' });
    await world.sync();
    const after = await ana.calendar.event('Jour fixe');
    expect(after['recurrence']).toEqual(event['recurrence']);
    expect(after['importance']).toBe('high');
    await world.isQuiet();
  });

  test('one occurrence is moved, one deleted, one renamed: exactly those three differ, on both sides', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await weekly(ana, 'Standup');
    await world.sync();
    const instances = await ana.calendar.instances(id, monday(), later(monday(), 70));
    const [, , third, , fifth, , seventh] = instances.toSorted((a, b) =>
      a.start.dateTime < b.start.dateTime ? -1 : 1,
    );
    await ana.calendar.change(third?.id ?? '', at(later(monday(), 15), '09:00', '10:00'));
    await ana.calendar.remove(fifth?.id ?? '');
    await ana.calendar.change(seventh?.id ?? '', { subject: 'Standup with cake' });
    await world.sync();

    const main = (await world.activities.all('[Description]="Standup"')).find(
      (row) => row['Repeating'] === 'Y',
    );
    expect((await world.activities.exceptions(main?.Id ?? '')).length).toBe(3);
    const moved = (await world.activities.all('[Description]="Standup"')).filter(
      (row) => row['Repeating'] !== 'Y',
    );
    expect(moved.length).toBe(1);
    expect((await planOf('Standup with cake')).length).toBe(1);
    const after = await ana.calendar.instances(id, monday(), later(monday(), 70));
    expect(after.length).toBe(7);
    await world.isQuiet();
  });

  test('a rule Siebel cannot repeat is single activities, each at its right time, over the change of the clocks', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.calendar.add({
      subject: 'Every other week',
      ...at(monday(), '09:00', '10:00'),
      recurrence: {
        pattern: {
          type: 'weekly',
          interval: 2,
          daysOfWeek: ['tuesday', 'thursday'],
          firstDayOfWeek: 'monday',
        },
        range: { type: 'numbered', startDate: later(monday(), 1), numberOfOccurrences: 20 },
      },
      start: { dateTime: `${later(monday(), 1)}T09:00:00`, timeZone: 'Europe/Berlin' },
      end: { dateTime: `${later(monday(), 1)}T10:00:00`, timeZone: 'Europe/Berlin' },
    });
    const event = await ana.calendar.event('Every other week');
    await world.sync();

    const own = (await ana.activities.all('[Description]="Every other week"')).map(
      (row) => row['Planned'] ?? '',
    );
    expect(own.length).toBe(20);
    expect(own.every((planned) => planned.endsWith(' 09:00:00'))).toBe(true);
    expect((await ana.calendar.event('Every other week'))['recurrence']).toEqual(event['recurrence']);
    await world.isQuiet();
  });

  test('a daily series without end is kept within a window, and its next days come in time', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id, iCalUId } = await ana.calendar.add({
      subject: 'Every third day',
      ...at(inDays(1), '18:00', '18:30'),
      recurrence: {
        pattern: { type: 'daily', interval: 3 },
        range: { type: 'noEnd', startDate: inDays(1) },
      },
    });
    await world.sync();
    const count = (await planOf('Every third day')).length;
    expect(count).toBeGreaterThanOrEqual(19);
    expect(count).toBeLessThanOrEqual(21);

    await ana.calendar.change(id, { location: { displayName: 'Gym' } });
    await world.sync();
    const { json } = await world.apiAs(ana, 'GET', `/api/items/appointment/${id}`);
    expect(json).toMatchObject({ notes: [{ field: 'recurrence', what: 'notHeld' }] });
    expect(await hoursToNextDays(iCalUId)).toBeGreaterThan(0);
    await world.isQuiet();
  });

  test('an occurrence deleted in Siebel is deleted in Outlook, and no other', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    const { id } = await ana.calendar.add({
      subject: 'Swim',
      ...at(inDays(2), '07:00', '08:00'),
      recurrence: {
        pattern: { type: 'daily', interval: 2 },
        range: { type: 'numbered', startDate: inDays(2), numberOfOccurrences: 6 },
      },
    });
    await world.sync();
    const rows = await ana.activities.all('[Description]="Swim"');
    expect(rows.length).toBe(6);
    const [, second] = rows.toSorted((a, b) => ((a['Planned'] ?? '') < (b['Planned'] ?? '') ? -1 : 1));
    await ana.activities.remove(second?.Id ?? '');
    await world.sync();

    const left = await ana.calendar.instances(id, inDays(1), inDays(20));
    expect(left.length).toBe(5);
    expect(daysOf(left).some((day) => day.startsWith(inDays(4)))).toBe(false);
    await world.isQuiet();
  });

  test('a series planned in Siebel repeats in Outlook at the same hour of the day', async () => {
    const ana = await world.person('Ana');
    await world.sync();
    await ana.activities.plan('Backup', {
      ...planned(inDays(3), '09:00', '09:30'),
      Repeating: 'Y',
      'Repeating Type': 'Monthly',
    });
    await world.sync();
    const event = await ana.calendar.event('Backup');
    expect(event['recurrence']).toMatchObject({
      pattern: { type: 'absoluteMonthly', interval: 1 },
      range: { type: 'noEnd' },
    });
    const zoned = await ana.calendar.graph(
      'GET',
      `/events/${event.id}/instances?startDateTime=${inDays(0)}&endDateTime=${inDays(360)}&$top=20`,
    );
    const times = (zoned.json as { value: OutlookEvent[] }).value.map(({ start }) =>
      Temporal.PlainDateTime.from(start.dateTime)
        .toZonedDateTime('UTC')
        .withTimeZone('Europe/Berlin')
        .toPlainTime()
        .toString(),
    );
    expect(new Set(times)).toEqual(new Set(['09:00:00']));
    await world.isQuiet();
  });
});
