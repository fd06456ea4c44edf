import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import type { TimeSlot } from '../../shared/appointment.ts';
import type { Recurrence } from '../../shared/recurrence.ts';
import { attendeesToWrite } from '../../server/connectors/graph/calendar/attendees.ts';
import { textFromBody } from '../../server/connectors/graph/calendar/body.ts';
import {
  cursorFrom,
  cursorText,
  isDue,
  windowAround,
} from '../../server/connectors/graph/calendar/cursor.ts';
import { appointmentFromGraph, graphFromAppointment } from '../../server/connectors/graph/calendar/event.ts';
import {
  graphFromRecurrence,
  recurrenceFromGraph,
} from '../../server/connectors/graph/calendar/recurrence.ts';
import { graphFromSlot } from '../../server/connectors/graph/calendar/time-slot.ts';
import { graphFromIana, ianaFromGraph } from '../../server/connectors/graph/zones.ts';
import {
  allDay,
  anAppointment,
  attendeesOf,
  guest,
  recurrences,
  slotAt,
  weekly,
} from '../support/appointments.ts';
import { ana } from './graph-fixture.ts';

const read = (row: Readonly<Record<string, unknown>>) =>
  appointmentFromGraph({ id: 'x', type: 'singleInstance', ...row }, ana);
const utc = (dateTime: string) => ({ dateTime: `${dateTime}.0000000`, timeZone: 'UTC' });

describe('recurrences', () => {
  const echo = { month: 0, dayOfMonth: 0, daysOfWeek: [], firstDayOfWeek: 'sunday', index: 'first' };
  const range = { startDate: '2026-03-02', recurrenceTimeZone: 'UTC', numberOfOccurrences: 0 };
  const cases: readonly (readonly [string, Record<string, unknown>, Recurrence['pattern']])[] = [
    ['daily', { type: 'daily', interval: 3 }, { type: 'daily', interval: 3 }],
    [
      'weekly',
      { type: 'weekly', interval: 2, daysOfWeek: ['thursday', 'tuesday'], firstDayOfWeek: 'monday' },
      { type: 'weekly', interval: 2, daysOfWeek: ['tuesday', 'thursday'], firstDayOfWeek: 'monday' },
    ],
    [
      'absoluteMonthly',
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
      { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 },
    ],
    [
      'relativeMonthly',
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
      { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
    ],
    [
      'absoluteYearly',
      { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
      { type: 'absoluteYearly', interval: 1, month: 2, dayOfMonth: 29 },
    ],
    [
      'relativeYearly',
      { type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
      { type: 'relativeYearly', interval: 1, month: 11, daysOfWeek: ['thursday'], index: 'fourth' },
    ],
  ];
  test.each(cases)('the full echo of a %s pattern says no more than it means', (_name, pattern, expected) => {
    const noEnd = { ...range, type: 'noEnd', endDate: '0001-01-01' };
    expect(recurrenceFromGraph({ pattern: { ...echo, ...pattern }, range: noEnd })).toEqual({
      pattern: expected,
      range: { type: 'noEnd' },
    });
  });
  test('the three ranges', () => {
    const pattern = { ...echo, type: 'daily', interval: 1 };
    const rangeOf = (more: object) => recurrenceFromGraph({ pattern, range: { ...range, ...more } })?.range;
    expect(rangeOf({ type: 'noEnd', endDate: '0001-01-01' })).toEqual({ type: 'noEnd' });
    expect(rangeOf({ type: 'endDate', endDate: '2026-12-31' })).toEqual({
      type: 'endDate',
      endDate: '2026-12-31',
    });
    expect(rangeOf({ type: 'numbered', numberOfOccurrences: 20, endDate: '0001-01-01' })).toEqual({
      type: 'numbered',
      numberOfOccurrences: 20,
    });
  });
  test('every rule of ours comes back as it went', () => {
    fc.assert(
      fc.property(recurrences(), (recurrence) => {
        const sent = graphFromRecurrence(recurrence, { startDate: '2026-06-10', timeZone: 'UTC' });
        expect(recurrenceFromGraph(sent)).toEqual(inOrder(recurrence));
      }),
    );
  });
  test('what nobody knows is no rule', () => {
    expect(recurrenceFromGraph(null)).toBeNull();
    expect(recurrenceFromGraph({ pattern: { type: 'hourly' }, range: { type: 'noEnd' } })).toBeNull();
    expect(recurrenceFromGraph({ pattern: { type: 'weekly' }, range: { type: 'noEnd' } })).toBeNull();
  });
  test('a rule begins on the day of the first occurrence and goes with it', () => {
    const series = anAppointment({
      timeSlot: slotAt('2026-06-10T09:00:00'),
      recurrence: weekly(['wednesday']),
    });
    expect(graphFromAppointment(['timeSlot'], series)).toMatchObject({
      start: { dateTime: '2026-06-10T09:00:00', timeZone: 'W. Europe Standard Time' },
      recurrence: { range: { startDate: '2026-06-10', recurrenceTimeZone: 'W. Europe Standard Time' } },
    });
  });
});

/** Days of a week are a set; Exchange lists them in its own order. */
function inOrder(recurrence: Recurrence): Recurrence {
  const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  const { pattern, range } = recurrence;
  if (!('daysOfWeek' in pattern)) return recurrence;
  const daysOfWeek = [...new Set(pattern.daysOfWeek)].sort(
    (one, other) => week.indexOf(one) - week.indexOf(other),
  );
  return { pattern: { ...pattern, daysOfWeek }, range };
}

describe('times', () => {
  const slotOf = (row: Readonly<Record<string, unknown>>): TimeSlot | null => read(row).timeSlot;
  test('an event keeps its hour on both sides of the change of clocks', () => {
    const zone = { originalStartTimeZone: 'W. Europe Standard Time' };
    const winter = slotOf({ ...zone, start: utc('2026-03-28T08:00:00'), end: utc('2026-03-28T09:00:00') });
    const summer = slotOf({ ...zone, start: utc('2026-03-30T07:00:00'), end: utc('2026-03-30T08:00:00') });
    expect(winter).toMatchObject({ start: '2026-03-28T09:00:00', zone: 'Europe/Berlin' });
    expect(summer).toMatchObject({ start: '2026-03-30T09:00:00', zone: 'Europe/Berlin' });
  });
  test('the hour that comes twice is told in UTC', () => {
    const row = {
      originalStartTimeZone: 'Europe/Berlin',
      start: utc('2026-10-25T01:30:00'),
      end: utc('2026-10-25T02:30:00'),
    };
    expect(slotOf(row)).toEqual({
      isAllDay: false,
      start: '2026-10-25T01:30:00',
      end: '2026-10-25T02:30:00',
      zone: 'UTC',
    });
  });
  test('a zone nobody knows is told in that of the mailbox, at the same instant', () => {
    const row = {
      originalStartTimeZone: 'tzone://Microsoft/Custom',
      start: utc('2026-01-01T08:00:00'),
      end: utc('2026-01-01T08:00:00'),
    };
    expect(slotOf(row)).toMatchObject({ start: '2026-01-01T09:00:00', end: '2026-01-01T09:00:00' });
  });
  test.each(['UTC', 'W. Europe Standard Time', 'Samoa Standard Time'])(
    'an all-day event is dates, whatever zone it comes in: %s',
    (timeZone) => {
      const at = (day: string) => ({ dateTime: `${day}T00:00:00.0000000`, timeZone });
      const row = { isAllDay: true, start: at('2026-06-01'), end: at('2026-06-03') };
      expect(slotOf(row)).toEqual(allDay('2026-06-01', 2));
    },
  );
  test('all-day events are written as midnights of one zone', () => {
    expect(graphFromSlot(allDay('2026-06-01'), false)).toEqual({
      start: { dateTime: '2026-06-01T00:00:00', timeZone: 'UTC' },
      end: { dateTime: '2026-06-02T00:00:00', timeZone: 'UTC' },
    });
  });
  test('an hour that comes twice is written in UTC, unless a series keeps it', () => {
    const slot = {
      isAllDay: false,
      start: '2026-10-25T02:30:00',
      end: '2026-10-25T04:00:00',
      zone: 'Europe/Berlin',
    } as const;
    expect(graphFromSlot(slot, false)).toEqual({
      start: { dateTime: '2026-10-25T00:30:00', timeZone: 'UTC' },
      end: { dateTime: '2026-10-25T03:00:00', timeZone: 'UTC' },
    });
    expect(graphFromSlot(slot, true).start).toEqual({
      dateTime: '2026-10-25T02:30:00',
      timeZone: 'W. Europe Standard Time',
    });
  });
  test('every zone Exchange knows has an IANA name, the one of the mailbox first', () => {
    expect(ianaFromGraph('W. Europe Standard Time', 'Europe/Vienna')).toBe('Europe/Vienna');
    expect(ianaFromGraph('W. Europe Standard Time', 'America/New_York')).toBe('Europe/Berlin');
    expect(ianaFromGraph('tzone://Microsoft/Utc', null)).toBe('UTC');
    expect(ianaFromGraph('America/Santiago', null)).toBe('America/Santiago');
    expect(ianaFromGraph('Customized Time Zone', null)).toBeNull();
    expect(['Europe/Kyiv', 'Asia/Kolkata', 'Etc/UTC', 'Pacific/Auckland'].map(graphFromIana)).toEqual([
      'FLE Standard Time',
      'India Standard Time',
      'UTC',
      'New Zealand Standard Time',
    ]);
  });
});

describe('exceptions of a series', () => {
  const series = {
    type: 'seriesMaster',
    subject: 'Weekly',
    body: { contentType: 'text', content: 'Agenda' },
    start: utc('2026-03-16T08:00:00'),
    end: utc('2026-03-16T09:00:00'),
    recurrence: graphFromRecurrence(weekly(['monday']), {
      startDate: '2026-03-16',
      timeZone: 'W. Europe Standard Time',
    }),
  };
  const occurrence = (originalStart: string, start: string, end: string, more: object = {}) => ({
    id: originalStart,
    type: 'exception',
    seriesMasterId: 'x',
    originalStart,
    subject: series.subject,
    body: series.body,
    start: utc(start),
    end: utc(end),
    ...more,
  });

  test('are told by the day they have by the rule, over the change of clocks', () => {
    const exceptionOccurrences = [
      occurrence('2026-03-30T07:00:00Z', '2026-03-31T07:00:00', '2026-03-31T08:00:00'),
      occurrence('2026-04-06T07:00:00Z', '2026-04-06T07:00:00', '2026-04-06T08:00:00'),
    ];
    const cancelledOccurrences = ['OID.A.B=.2026-04-13'];
    expect(read({ ...series, exceptionOccurrences, cancelledOccurrences }).exceptions).toEqual({
      '2026-03-30': {
        isCancelled: false,
        subject: 'Weekly',
        body: 'Agenda',
        location: null,
        timeSlot: slotAt('2026-03-31T09:00:00'),
      },
      '2026-04-13': { isCancelled: true },
    });
  });
  test('of an all-day series belong to a day of its own zone', () => {
    const day = (date: string) => ({ dateTime: `${date}T00:00:00.0000000`, timeZone: 'UTC' });
    const row = {
      ...series,
      isAllDay: true,
      start: day('2026-03-16'),
      end: day('2026-03-17'),
      exceptionOccurrences: [
        {
          ...occurrence('2026-03-22T23:00:00Z', '', '', { subject: 'Off' }),
          isAllDay: true,
          start: day('2026-03-23'),
          end: day('2026-03-24'),
        },
      ],
    };
    expect(read(row).exceptions).toMatchObject({
      '2026-03-23': { subject: 'Off', timeSlot: allDay('2026-03-23') },
    });
  });
});

describe('texts', () => {
  test('bodies are plain and tidy, whatever they come as', () => {
    expect(textFromBody({ contentType: 'text', content: '\r\n\r\nA \r\nB\r\n\r\n' })).toBe('A\nB');
    expect(textFromBody({ contentType: 'html', content: '<p>A &amp; B</p><p>C</p>' })).toBe('A & B\n\nC');
    expect(textFromBody({ contentType: 'text', content: ' \r\n' })).toBeNull();
    expect(textFromBody(null)).toBeNull();
  });
  test('a body of a megabyte is read as fast as any', () => {
    const content = `${' '.repeat(1_000_000)}x`;
    expect(textFromBody({ contentType: 'text', content })).toHaveLength(1_000_001);
  });
});

describe('attendees', () => {
  const entry = (address: string | undefined, response = 'none', more: object = {}) => ({
    type: 'required',
    status: { response, time: '2026-01-01T00:00:00Z' },
    emailAddress: { name: 'Somebody', ...(address === undefined ? {} : { address }) },
    ...more,
  });
  const present = [
    entry('Bruno@example.com', 'accepted'),
    entry(undefined),
    entry('chen@example.com', 'declined'),
    entry('room@example.com', 'none', { type: 'resource' }),
  ];
  const before = {
    ...anAppointment(),
    attendees: [
      ...attendeesOf([guest('bruno@example.com')]),
      ...attendeesOf([guest('chen@example.com')], 'declined'),
    ],
  };

  test('are everybody but the organizer, once, by address', () => {
    const row = {
      organizer: { emailAddress: { name: 'Ana', address: 'Ana@Example.com' } },
      attendees: [...present, entry('bruno@EXAMPLE.com'), entry('ana@example.com')],
    };
    const { organizer, attendees } = read(row);
    expect(organizer).toEqual({ address: 'ana@example.com', name: 'Ana', login: null });
    expect(attendees.map(({ address, type, response }) => [address, type, response])).toEqual([
      ['bruno@example.com', 'required', 'accepted'],
      ['chen@example.com', 'required', 'declined'],
      ['room@example.com', 'resource', 'none'],
    ]);
  });
  test('who is neither added nor dropped stays as they are, without the answer they gave', () => {
    const wanted = attendeesOf([guest('maria@customer.example', 'Maria')]);
    const { status: _status, ...nameless } = entry(undefined);
    expect(attendeesToWrite(present, before, wanted)).toEqual([
      nameless,
      { type: 'required', emailAddress: { name: 'Somebody', address: 'chen@example.com' } },
      { type: 'resource', emailAddress: { name: 'Somebody', address: 'room@example.com' } },
      { type: 'required', emailAddress: { name: 'Maria', address: 'maria@customer.example' } },
    ]);
  });
  test('a person known by the login is the same under another address', () => {
    const known = { ...before, attendees: attendeesOf([{ ...guest('bruno@example.com'), login: 'BRUNO' }]) };
    const wanted = attendeesOf([{ ...guest('bruno.boss@example.com'), login: 'BRUNO' }]);
    expect(attendeesToWrite(present, known, wanted)).toBeNull();
  });
  test('nothing is sent where nobody comes or goes', () => {
    expect(attendeesToWrite(present, before, attendeesOf([guest('bruno@example.com')]))).toBeNull();
  });
});

describe('the window of changes', () => {
  const settings = { pastDays: 365, futureDays: 730, deletedEvents: 'translate' } as const;
  const today = Temporal.PlainDate.from('2026-11-22');

  test('is a year back and two ahead, and due anew when a third of it is used up', () => {
    const window = windowAround(today, settings);
    expect(window).toEqual({ start: '2025-11-22', end: '2028-11-21' });
    expect(isDue(window, today.add({ days: 243 }), settings)).toBe(false);
    expect(isDue(window, today.add({ days: 244 }), settings)).toBe(true);
  });
  test('is never longer than Exchange takes, and is never due at once', () => {
    const wide = { ...settings, pastDays: 1500, futureDays: 1500 };
    const window = windowAround(today, wide);
    const days = Temporal.PlainDate.from(window.start).until(window.end, { largestUnit: 'days' }).days;
    expect(days).toBe(1825);
    expect(isDue(window, today, wide)).toBe(false);
  });
  test('travels in the cursor with the link, and nothing else is taken for one', () => {
    const cursor = { link: 'https://graph/delta', window: windowAround(today, settings), calendar: 'A' };
    expect(cursorFrom(cursorText(cursor))).toEqual(cursor);
    expect(['', '{', '{}', 'https://graph/delta', '{"link":"x"}', '[]'].map(cursorFrom)).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});
