import { beforeEach, describe, expect, test } from 'vitest';
import type { OccurrenceException, TimeSlot } from '../../shared/appointment.ts';
import { objectFrom } from '../../server/connectors/graph/wire.ts';
import { aSeries, allDay, attendeesOf, guest, slotAt, weekly } from '../support/appointments.ts';
import { appointmentIn, calendarOf, nowIn } from './calendar-world.ts';
import { useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();
const calendar = calendarOf(world);
beforeEach(calendar.reset);

/** Mondays at nine in Berlin, over the change of clocks on 28 March. */
const mondays = aSeries({
  subject: 'Weekly',
  body: 'Agenda',
  location: 'Ulm',
  timeSlot: slotAt('2027-03-15T09:00:00'),
  recurrence: weekly(['monday'], { type: 'numbered', numberOfOccurrences: 10 }),
});

const changed = (
  timeSlot: TimeSlot,
  more: Readonly<{ subject?: string }> = {},
): OccurrenceException & { isCancelled: false } => ({
  isCancelled: false,
  subject: 'Weekly',
  body: 'Agenda',
  location: 'Ulm',
  timeSlot,
  ...more,
});
const cancelled: OccurrenceException = { isCancelled: true };

/** A move, a cancellation and another title. */
const exceptions = {
  '2027-03-29': changed(slotAt('2027-03-30T09:00:00')),
  '2027-04-12': cancelled,
  '2027-04-26': changed(slotAt('2027-04-26T09:00:00'), { subject: 'Review' }),
};

describe('a series', () => {
  test('is made with its exceptions, and reads as it was written', async () => {
    const now = await calendar.created({ ...mondays, exceptions });
    expect(now.item).toMatchObject({
      recurrence: mondays.recurrence,
      timeSlot: mondays.timeSlot,
      exceptions,
    });
    expect(appointmentIn(now).exceptions).toEqual(exceptions);
    expect(await calendar.seen(now.ref)).toEqual(now);
  });

  test('keeps its hour on both sides of the change of clocks', async () => {
    const { ref } = await calendar.created(mondays);
    const view = await world.hand(
      world.ana,
      'GET',
      `/events/${ref}/instances?startDateTime=2027-03-20T00:00:00Z&endDateTime=2027-04-01T00:00:00Z`,
    );
    const starts = (Array.isArray(view['value']) ? view['value'] : []).map(
      (row) => objectFrom(objectFrom(row)?.['start'])?.['dateTime'],
    );
    expect(starts).toEqual(['2027-03-22T08:00:00.0000000', '2027-03-29T07:00:00.0000000']);
  });

  test('of whole days has exceptions by its days', async () => {
    const timeSlot = allDay('2027-03-15');
    const days = { '2027-03-29': changed(allDay('2027-03-30')), '2027-04-05': cancelled };
    const now = await calendar.created({ ...mondays, timeSlot, exceptions: days });
    expect(now.item).toMatchObject({ timeSlot });
    expect(appointmentIn(now).exceptions).toEqual(days);
  });

  test.each<[string, NonNullable<(typeof mondays)['recurrence']>]>([
    ['every third day', { pattern: { type: 'daily', interval: 3 }, range: { type: 'noEnd' } }],
    [
      'every second Monday and Thursday',
      {
        pattern: {
          type: 'weekly',
          interval: 2,
          daysOfWeek: ['monday', 'thursday'],
          firstDayOfWeek: 'monday',
        },
        range: { type: 'numbered', numberOfOccurrences: 20 },
      },
    ],
    [
      'the 15th of every month',
      {
        pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 15 },
        range: { type: 'endDate', endDate: '2028-01-01' },
      },
    ],
    [
      'the third Monday of every second month',
      {
        pattern: { type: 'relativeMonthly', interval: 2, daysOfWeek: ['monday'], index: 'third' },
        range: { type: 'noEnd' },
      },
    ],
    [
      'every 15 March',
      {
        pattern: { type: 'absoluteYearly', interval: 1, month: 3, dayOfMonth: 15 },
        range: { type: 'noEnd' },
      },
    ],
    [
      'the third Monday of March',
      {
        pattern: {
          type: 'relativeYearly',
          interval: 1,
          month: 3,
          daysOfWeek: ['monday'],
          index: 'third',
        },
        range: { type: 'numbered', numberOfOccurrences: 3 },
      },
    ],
  ])('%s goes there and comes back', async (_name, recurrence) => {
    expect((await calendar.created({ ...mondays, recurrence })).item).toMatchObject({ recurrence });
  });

  test('becomes a single appointment, and a single one a series', async () => {
    const now = await calendar.created(mondays);
    const single = nowIn(await calendar.write(now, { recurrence: null }));
    expect(single.item).toMatchObject({ recurrence: null, exceptions: {}, timeSlot: mondays.timeSlot });
    const again = nowIn(await calendar.write(single, { recurrence: mondays.recurrence }));
    expect(again.item).toMatchObject({ recurrence: mondays.recurrence });
  });
});

describe('an occurrence', () => {
  test('is moved, cancelled and renamed, and the others stay as they are', async () => {
    const now = await calendar.created(mondays);
    const written = nowIn(await calendar.write(now, { exceptions }));
    expect(appointmentIn(written).exceptions).toEqual(exceptions);
    expect(written.version).not.toBe(now.version);
    expect(await calendar.seen(now.ref)).toMatchObject({ item: written.item, version: written.version });
  });

  test('that was changed goes back to what the rule says; a cancelled one cannot', async () => {
    const now = await calendar.created({ ...mondays, exceptions });
    const answer = await calendar.write(now, { exceptions: {} });
    expect(answer).toMatchObject({ notes: [{ field: 'occurrence.2027-04-12', what: 'notHeld' }] });
    expect(appointmentIn(nowIn(answer)).exceptions).toEqual({ '2027-04-12': cancelled });
  });

  test('may not pass the one after it, which is said in a sentence', async () => {
    const now = await calendar.created(mondays);
    const far = { '2027-03-29': changed(slotAt('2027-04-07T09:00:00')) };
    expect(await calendar.write(now, { exceptions: far })).toMatchObject({
      outcome: 'refused',
      field: 'occurrence.2027-03-29',
      reason: expect.stringMatching(/move no further/),
    });
    expect(appointmentIn(await calendar.seen(now.ref)).exceptions).toEqual({});
  });

  test('on a day the rule does not have is noted and left', async () => {
    const now = await calendar.created(mondays);
    const odd = { '2027-03-30': cancelled, '2027-03-31': changed(slotAt('2027-03-31T09:00:00')) };
    const answer = await calendar.write(now, { exceptions: odd });
    expect(answer).toMatchObject({ outcome: 'done', notes: [{ field: 'occurrence.2027-03-31' }] });
  });

  test('stays an exception when the series moves to another hour', async () => {
    const now = await calendar.created({ ...mondays, exceptions });
    const timeSlot = slotAt('2027-03-15T10:00:00');
    const kept = nowIn(await calendar.write(now, { timeSlot }));
    expect(kept.item).toMatchObject({ timeSlot, recurrence: mondays.recurrence });
    expect(appointmentIn(kept).exceptions).toEqual(exceptions);
  });

  test('that somebody changed in Outlook shows with its series, which has another version', async () => {
    const now = await calendar.created(mondays);
    const { next } = await calendar.changes(null);
    const view = await world.hand(
      world.ana,
      'GET',
      `/events/${now.ref}/instances?startDateTime=2027-03-28T00:00:00Z&endDateTime=2027-04-01T00:00:00Z`,
    );
    const [row] = Array.isArray(view['value']) ? view['value'] : [];
    await world.hand(world.ana, 'PATCH', `/events/${String(objectFrom(row)?.['id'])}`, {
      subject: 'By hand',
    });
    const seen = await calendar.seen(now.ref);
    expect(seen.version).not.toBe(now.version);
    expect(appointmentIn(seen).exceptions).toMatchObject({ '2027-03-29': { subject: 'By hand' } });
    const { rows } = await calendar.changes(next);
    expect(rows).toMatchObject([{ change: 'seen', ref: now.ref, version: seen.version }]);
    expect(await calendar.write(now, { subject: 'Too late' })).toEqual({ outcome: 'stale' });
  });

  test('of a meeting mails its guests once, and the others nobody', async () => {
    const meeting = { ...mondays, attendees: attendeesOf([guest('maria@customer.example')]) };
    const now = await calendar.created(meeting);
    expect(await calendar.mails()).toEqual(['invitation maria@customer.example']);
    const own = nowIn(await calendar.write(now, { categories: ['Golf'], reminderMinutesBeforeStart: 5 }));
    expect(await calendar.mails()).toEqual([]);
    await calendar.write(own, { exceptions });
    expect((await calendar.mails()).toSorted()).toEqual([
      'cancellation maria@customer.example',
      'update maria@customer.example',
      'update maria@customer.example',
    ]);
  });
});

test("a guest's copy of an all-day series, which names no zone, has its exceptions on the same days", async () => {
  await world.desk('POST', '/behaviour', { 'graph.blankRecurrenceZones': true });
  const midnight = (day: string) => ({ dateTime: `${day}T00:00:00`, timeZone: 'W. Europe Standard Time' });
  const { id } = await world.hand(world.ana, 'POST', '/events', {
    subject: 'Duty',
    isAllDay: true,
    start: midnight('2027-03-15'),
    end: midnight('2027-03-16'),
    attendees: [{ type: 'required', emailAddress: { address: 'bruno@example.com' } }],
    recurrence: {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
      range: { type: 'noEnd', startDate: '2027-03-15' },
    },
  });
  const own = await calendar.seen(id);
  const days = { '2027-03-29': changed(allDay('2027-03-30'), { subject: 'Duty' }), '2027-04-05': cancelled };
  await calendar.write(own, { exceptions: days });
  const [found] = await world.exchange.find([
    { by: 'uid', domain: 'appointment', holder: world.bruno, uid: own.uid ?? '' },
  ]);
  if (found?.answer !== 'found') throw new Error(JSON.stringify(found));
  for (const copy of [await calendar.seen(id), ...found.sightings]) {
    expect(copy.item).toMatchObject({ timeSlot: allDay('2027-03-15') });
    expect(Object.keys(appointmentIn(copy).exceptions)).toEqual(['2027-03-29', '2027-04-05']);
  }
  expect(found.sightings).toHaveLength(1);
});

test('whoever points at an occurrence means its series', async () => {
  const now = await calendar.created(mondays);
  const view = await world.hand(
    world.ana,
    'GET',
    `/events/${now.ref}/instances?startDateTime=2027-03-28T00:00:00Z&endDateTime=2027-04-01T00:00:00Z`,
  );
  const [row] = Array.isArray(view['value']) ? view['value'] : [];
  const ids = [String(objectFrom(row)?.['id']), now.ref];
  expect(await world.exchange.immutableIds(world.ana, 'appointment', ids)).toEqual([now.ref, now.ref]);
});
