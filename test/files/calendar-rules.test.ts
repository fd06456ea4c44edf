import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, test } from 'vitest';
import { occurrenceDates } from '../../shared/occurrences.ts';
import { readCalendarFile } from '../../server/files/calendar/read-calendar.ts';

/** Every rule as a program writes it, with the start it belongs to; what the standard makes of it is the measure. */
const read = (start: string, rules: readonly string[], prodid = 'Google Inc') => {
  const zone = start.length === 8 ? ';VALUE=DATE' : ';TZID=Europe/Berlin';
  const lines = [
    'BEGIN:VCALENDAR',
    `PRODID:-//${prodid}//EN`,
    'BEGIN:VEVENT',
    `DTSTART${zone}:${start}`,
    ...rules,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  const bytes = Buffer.from(lines.join('\r\n'));
  return readCalendarFile({ name: 'x.ics', bytes, zone: 'Europe/Berlin', today: '2026-11-22' });
};
const dayOf = (start: string) => `${start.slice(0, 4)}-${start.slice(4, 6)}-${start.slice(6, 8)}`;
const until = '2028-11-21';

/** The days of a rule by the standard, the start among them whether or not the rule names it. */
function standardDays(start: string, rule: string): readonly string[] {
  const wall = start.length === 8 ? `${start}T000000` : start;
  const time = Temporal.PlainDateTime.from(`${dayOf(start)}T${wall.slice(9, 11)}:${wall.slice(11, 13)}:00`);
  const dtstart = time.toZonedDateTime('Europe/Berlin');
  const iterator = new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart, includeDtstart: true });
  const end = Temporal.PlainDate.from(until).add({ days: 1 }).toZonedDateTime('Europe/Berlin');
  return iterator.between(dtstart, end, true).map((day) => day.toPlainDate().toString());
}

/** The days of everything that was read of an event, series and single events together. */
function readDays(start: string, rules: readonly string[], prodid?: string): readonly string[] {
  const { appointments } = read(start, rules, prodid);
  return appointments
    .flatMap(({ appointment: { timeSlot, recurrence, exceptions } }) => {
      const first = timeSlot?.start.slice(0, 10) ?? '';
      if (recurrence === null) return [first];
      const days = occurrenceDates(recurrence, first, { from: first, to: until, limit: 5000 });
      return days.filter((day) => !(day in exceptions));
    })
    .sort();
}

const kindOf = (start: string, rule: string, prodid?: string) => {
  const found = read(start, [`RRULE:${rule}`], prodid).appointments;
  const series = found.filter(({ appointment }) => appointment.recurrence !== null);
  return series[0]?.appointment.recurrence?.pattern.type ?? 'single events';
};

const timed = '20261102T090000';

const held: readonly (readonly [string, string, string])[] = [
  ['daily', timed, 'FREQ=DAILY'],
  ['daily', timed, 'FREQ=DAILY;INTERVAL=3;COUNT=20'],
  ['daily', timed, 'FREQ=DAILY;UNTIL=20261120T080000Z'],
  ['daily', timed, 'FREQ=DAILY;UNTIL=20261120T075959Z'],
  ['daily', '20261102', 'FREQ=DAILY;UNTIL=20261120'],
  ['daily', timed, 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0;COUNT=4'],
  ['weekly', timed, 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR'],
  ['weekly', timed, 'FREQ=DAILY;COUNT=7;BYDAY=SA,SU'],
  ['weekly', timed, 'FREQ=WEEKLY'],
  ['weekly', timed, 'FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=12'],
  ['weekly', timed, 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO'],
  ['weekly', timed, 'FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=SU,MO'],
  ['weekly', timed, 'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270101T000000Z'],
  ['weekly', '20261102', 'FREQ=WEEKLY;INTERVAL=4'],
  ['weekly', timed, 'FREQ=MONTHLY;BYDAY=MO'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;BYMONTHDAY=2;COUNT=6'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['absoluteMonthly', timed, 'FREQ=MONTHLY;INTERVAL=12'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=1MO'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=8'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=3'],
  ['relativeMonthly', timed, 'FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=22,23,24,25,26,27,28'],
  ['absoluteYearly', timed, 'FREQ=YEARLY'],
  ['absoluteYearly', timed, 'FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=2'],
  ['absoluteYearly', '20261224', 'FREQ=YEARLY;COUNT=2'],
  ['absoluteYearly', timed, 'FREQ=MONTHLY;BYMONTH=3;BYMONTHDAY=10'],
  ['absoluteYearly', timed, 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1'],
  ['relativeYearly', timed, 'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH'],
  ['relativeYearly', timed, 'FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1'],
  ['relativeYearly', timed, 'FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=-1SU'],
];

describe('rules Outlook has a pattern for', () => {
  test.each(held)('a %s series from %s: %s', (kind, start, rule) => {
    expect(kindOf(start, rule)).toBe(kind);
    expect(readDays(start, [`RRULE:${rule}`])).toEqual(standardDays(start, rule));
  });
});

const beyond: readonly (readonly [string, string])[] = [
  [timed, 'FREQ=HOURLY;INTERVAL=6;COUNT=9'],
  [timed, 'FREQ=MINUTELY;INTERVAL=90;COUNT=4'],
  [timed, 'FREQ=DAILY;BYHOUR=9,15;COUNT=6'],
  [timed, 'FREQ=DAILY;BYMONTH=1;BYDAY=MO'],
  [timed, 'FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU'],
  [timed, 'FREQ=MONTHLY;BYMONTHDAY=31'],
  [timed, 'FREQ=MONTHLY;BYMONTHDAY=1,15'],
  [timed, 'FREQ=MONTHLY;BYMONTHDAY=-2'],
  [timed, 'FREQ=MONTHLY;BYDAY=1MO,3MO'],
  [timed, 'FREQ=MONTHLY;BYDAY=5MO'],
  [timed, 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13'],
  [timed, 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1'],
  [timed, 'FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=1'],
  [timed, 'FREQ=YEARLY;BYDAY=20MO'],
  [timed, 'FREQ=YEARLY;BYYEARDAY=100'],
  [timed, 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'],
  ['20240229', 'FREQ=YEARLY'],
];

describe('rules Outlook has no pattern for', () => {
  test.each(beyond)('single events from %s: %s', (start, rule) => {
    expect(kindOf(start, rule)).toBe('single events');
    const wanted = standardDays(start, rule).filter((day) => day >= '2025-11-22');
    expect(readDays(start, [`RRULE:${rule}`])).toEqual(wanted);
    expect(read(start, [`RRULE:${rule}`]).remarks).toMatchObject([
      { line: 3, reason: expect.stringContaining('single events') },
    ]);
  });

  test('two rules of one event', () => {
    const rules = ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=5;COUNT=2'];
    expect(readDays(timed, rules)).toEqual([
      '2026-11-02',
      '2026-11-05',
      '2026-11-09',
      '2026-11-16',
      '2026-12-05',
    ]);
  });

  test('a rule of exceptions, which the standard has given up', () => {
    const rules = ['RRULE:FREQ=DAILY;COUNT=5', 'EXRULE:FREQ=DAILY;INTERVAL=2'];
    expect(readDays(timed, rules)).toEqual(['2026-11-03', '2026-11-05']);
  });

  test('an endless rule gives the events around today, and no more than a calendar can bear', () => {
    const { appointments } = read('20100101T000000', ['RRULE:FREQ=MINUTELY']);
    expect(appointments).toHaveLength(400);
    expect(appointments[0]?.appointment.timeSlot?.start).toBe('2025-11-22T00:00:00');
  });

  test('days to leave out and changed occurrences are kept to the hour', () => {
    const { appointments } = read(timed, [
      'RRULE:FREQ=HOURLY;COUNT=4',
      'EXDATE;TZID=Europe/Berlin:20261102T100000',
    ]);
    expect(appointments.map(({ appointment }) => appointment.timeSlot?.start.slice(11, 13))).toEqual([
      '09',
      '11',
      '12',
    ]);
  });
});

test('Outlook means the last day of a month that is too short, on the 29th of February too', () => {
  const outlook = 'Microsoft Corporation//Outlook 16.0 MIMEDIR';
  expect(kindOf('20261031T090000', 'FREQ=MONTHLY;BYMONTHDAY=31', outlook)).toBe('absoluteMonthly');
  expect(kindOf('20240229', 'FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2', outlook)).toBe('absoluteYearly');
});

test('a start that its rule does not name is an event of its own before the series', () => {
  const { appointments } = read('20261103T090000', ['RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3']);
  expect(appointments).toMatchObject([
    { appointment: { recurrence: null, timeSlot: { start: '2026-11-03T09:00:00' } } },
    {
      appointment: {
        timeSlot: { start: '2026-11-09T09:00:00' },
        recurrence: { range: { type: 'numbered', numberOfOccurrences: 2 } },
      },
    },
  ]);
});

test.each([
  ['FREQ=DAILY;UNTIL=20261001T000000Z', /ends before it repeats/],
  ['FREQ=WEEKLY;UNTIL=nonsense', /end of its recurrence cannot be read/],
  ['FREQ=SOMETIMES', /cannot be read/],
  ['FREQ=WEEKLY;BYDAY=XX', /cannot be read/],
  ['FREQ=DAILY;INTERVAL=0', /cannot be read/],
])('a series with the rule %s is a single event, and reported', (rule, reason) => {
  const { appointments, remarks } = read(timed, [`RRULE:${rule}`]);
  expect(appointments).toMatchObject([{ appointment: { recurrence: null } }]);
  expect(remarks[0]?.reason).toMatch(reason);
});

test('a long count ends on the day of the last occurrence, for Exchange counts to 999', () => {
  const { appointments } = read(timed, ['RRULE:FREQ=DAILY;COUNT=1000']);
  expect(appointments[0]?.appointment.recurrence?.range).toEqual({ type: 'endDate', endDate: '2029-07-28' });
});
