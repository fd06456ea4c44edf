import { expect, test } from 'vitest';
import { emptyAppointment } from '../../shared/appointment.ts';
import { emptyTask } from '../../shared/task.ts';
import { CalendarFileError, readCalendarFile } from '../../server/files/calendar/read-calendar.ts';
import { outlookFromAppointment } from '../../server/files/calendar/outlook-event.ts';
import { outlookFromTask } from '../../server/files/calendar/outlook-task.ts';
import { appleExport, googleExport, outlookExport } from './calendar-exports.ts';

const read = (text: string | Uint8Array, zone = 'Europe/Berlin') => {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return readCalendarFile({ name: 'me.ics', bytes, zone, today: '2026-11-22' });
};
const appointments = (text: string, zone?: string) =>
  read(text, zone).appointments.map((one) => one.appointment);
const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:x', ...lines, 'END:VEVENT'];

test('Outlook: a weekly meeting with a moved and two cancelled occurrences is one series', () => {
  const [series, holiday, monthEnd, ...more] = appointments(outlookExport);
  const zone = 'Europe/Berlin';
  expect(series).toEqual({
    ...emptyAppointment,
    subject: 'Jour fixe',
    body: 'Punkte:\n- Angebot, Stand\n- Termine',
    location: 'Besprechung; Raum 4',
    timeSlot: { isAllDay: false, start: '2026-10-26T09:00:00', end: '2026-10-26T10:00:00', zone },
    showAs: 'busy',
    importance: 'high',
    reminderMinutesBeforeStart: 15,
    categories: ['Kunde', 'Wichtig'],
    organizer: { address: 'ana.alvarez@northwind.example', name: 'Alvarez, Ana', login: null },
    attendees: [
      {
        address: 'bruno@northwind.example',
        name: 'bruno@northwind.example',
        login: null,
        type: 'optional',
        response: 'none',
      },
      {
        address: 'maria.lopez@customer.example',
        name: 'Lopez, Maria',
        login: null,
        type: 'required',
        response: 'none',
      },
      { address: 'room4@northwind.example', name: 'Room 4', login: null, type: 'resource', response: 'none' },
    ],
    recurrence: {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
      range: { type: 'numbered', numberOfOccurrences: 10 },
    },
    exceptions: {
      '2026-11-02': {
        isCancelled: false,
        subject: 'Jour fixe (verschoben)',
        body: null,
        location: 'Besprechung; Raum 5',
        timeSlot: { isAllDay: false, start: '2026-11-03T11:00:00', end: '2026-11-03T12:00:00', zone },
      },
      '2026-11-09': { isCancelled: true },
      '2026-11-16': { isCancelled: true },
    },
  });
  expect(holiday).toMatchObject({
    isPrivate: true,
    showAs: 'oof',
    importance: 'normal',
    timeSlot: { isAllDay: true, start: '2026-12-24', end: '2026-12-26' },
  });
  // Outlook means the last day of shorter months.
  expect(monthEnd).toMatchObject({
    recurrence: { pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 } },
  });
  expect(more).toEqual([]);
});

test('Outlook: a task keeps its days, its status and its reminder', () => {
  expect(read(outlookExport).tasks.map(({ task }) => task)).toEqual([
    {
      ...emptyTask,
      subject: 'Angebot schreiben',
      status: 'inProgress',
      importance: 'high',
      startDate: '2026-11-20',
      dueDate: '2026-11-30',
      percentComplete: 50,
      reminder: '2026-11-29T08:00:00Z',
    },
  ]);
});

test('Google: single events are in UTC, and alarms that write e-mails are none', () => {
  const [review] = appointments(googleExport);
  expect(review).toMatchObject({
    subject: 'Review 📈',
    body: 'Agenda at https://docs.example/agenda?x=1\nBring <b>figures</b>',
    location: null,
    timeSlot: { isAllDay: false, start: '2026-11-02T14:00:00', end: '2026-11-02T15:00:00', zone: 'UTC' },
    reminderMinutesBeforeStart: 10,
    organizer: { address: 'bruno@gmail.example', name: 'Bruno Boss' },
    attendees: [{ address: 'ana.alvarez@gmail.example', response: 'declined' }],
  });
});

test('Google: a series ends in its own zone, over the change of the clocks', () => {
  const [, standUp] = appointments(googleExport);
  expect(standUp).toMatchObject({
    timeSlot: { start: '2026-10-28T09:30:00', zone: 'America/New_York' },
    recurrence: {
      pattern: { type: 'weekly', daysOfWeek: ['monday', 'wednesday', 'friday'], firstDayOfWeek: 'sunday' },
      range: { type: 'endDate', endDate: '2026-12-02' },
    },
    exceptions: {
      '2026-11-04': { isCancelled: false, timeSlot: { start: '2026-11-04T14:00:00' } },
      '2026-11-27': { isCancelled: true },
    },
  });
});

test('Google: the 31st leaves shorter months out, which Outlook cannot, so its days are single events', () => {
  const { appointments, remarks } = read(googleExport);
  const days = appointments
    .filter(({ appointment }) => appointment.subject === 'The 31st')
    .map(({ appointment }) => appointment.timeSlot?.start);
  expect(days.slice(0, 4)).toEqual(['2026-11-01', '2026-12-31', '2027-01-31', '2027-03-31']);
  expect(days.at(-1)).toBe('2028-10-31');
  expect(remarks).toMatchObject([
    { reason: expect.stringMatching(/single events, those between 2025-11-22/) },
  ]);
});

test('Apple: further dates are single events, cancelled occurrences are left out, place holders ring nobody', () => {
  const [series, extra, lunch] = appointments(appleExport);
  expect(series).toMatchObject({
    subject: 'Book club',
    body: 'https://club.example/books',
    location: 'Plaza Mayor, Madrid',
    reminderMinutesBeforeStart: 60,
    recurrence: {
      pattern: { type: 'relativeMonthly', interval: 1, daysOfWeek: ['tuesday'], index: 'second' },
      range: { type: 'noEnd' },
    },
    exceptions: {
      '2026-11-10': { subject: 'Book club, late', timeSlot: { start: '2026-11-10T20:00:00' } },
      '2026-12-08': { isCancelled: true },
    },
  });
  expect(extra).toMatchObject({
    recurrence: null,
    timeSlot: { start: '2026-11-20T18:00:00', end: '2026-11-20T19:00:00', zone: 'Europe/Madrid' },
  });
  expect(lunch?.timeSlot).toEqual({
    isAllDay: false,
    start: '2026-11-10T12:00:00',
    end: '2026-11-10T13:30:00',
    zone: 'Europe/Berlin',
  });
});

test('Apple: a completed task knows the day on which it was completed, in the zone of the mailbox', () => {
  expect(read(appleExport, 'Europe/Madrid').tasks.map(({ task }) => task)).toMatchObject([
    { status: 'completed', completedDate: '2026-11-16', dueDate: '2026-11-10', percentComplete: 100 },
  ]);
});

const custom = (tzid: string, month: number, standard: string, daylight: string) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  `DTSTART:16010101T030000`,
  `TZOFFSETFROM:${daylight}`,
  `TZOFFSETTO:${standard}`,
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  `DTSTART:16010101T020000`,
  `TZOFFSETFROM:${standard}`,
  `TZOFFSETTO:${daylight}`,
  `RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=${month}`,
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

test.each([
  ['Europe/Lisbon', 'Europe/Lisbon'],
  ['/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['/mozilla.org/20050126_1/Europe/Rome', 'Europe/Rome'],
  ['Pacific Standard Time', 'America/Los_Angeles'],
  ['Romance Standard Time', 'Europe/Paris'],
  ['"India Standard Time"', 'Asia/Kolkata'],
])('the zone %s is %s', (name, zone) => {
  const [one] = appointments(calendar(...event(`DTSTART;TZID=${name}:20261101T090000`)));
  const found = one?.timeSlot?.isAllDay === false ? one.timeSlot.zone : '';
  expect(sameZone(found, zone)).toBe(true);
});

/** India's zone is told by its old or its new name. */
function sameZone(one: string, other: string): boolean {
  const at = Temporal.Instant.from('2026-11-22T12:00:00Z');
  return at.toZonedDateTimeISO(one).toPlainDateTime().equals(at.toZonedDateTimeISO(other).toPlainDateTime());
}

test('a zone of the file that is known nowhere by its name is recognised by its rules', () => {
  const name = '(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien';
  const start = `DTSTART;TZID=${name}:20260701T090000`;
  const { appointments: found, remarks } = read(
    calendar(...custom(name, 3, '+0100', '+0200'), ...event(start)),
  );
  expect(found[0]?.appointment.timeSlot).toMatchObject({
    start: '2026-07-01T09:00:00',
    zone: 'Europe/Berlin',
  });
  expect(remarks).toEqual([]);
});

test('a zone with rules of its own keeps the instant and is reported', () => {
  const text = calendar(
    ...custom('Customized Time Zone', 5, '+0545', '+0645'),
    ...event(
      'DTSTART;TZID=Customized Time Zone:20260701T120000',
      'DTEND;TZID=Customized Time Zone:20260701T130000',
    ),
  );
  const { appointments: found, remarks } = read(text);
  expect(found[0]?.appointment.timeSlot).toEqual({
    isAllDay: false,
    start: '2026-07-01T07:15:00',
    end: '2026-07-01T08:15:00',
    zone: 'Europe/Berlin',
  });
  expect(remarks).toMatchObject([{ line: 18, reason: expect.stringContaining('"Customized Time Zone"') }]);
});

test('an unknown zone without a definition is taken for the zone of the mailbox, and reported', () => {
  const { appointments: found, remarks } = read(
    calendar(...event('DTSTART;TZID=Mars/Olympus:20261101T090000')),
  );
  expect(found[0]?.appointment.timeSlot).toMatchObject({
    start: '2026-11-01T09:00:00',
    zone: 'Europe/Berlin',
  });
  expect(remarks).toMatchObject([{ reason: expect.stringContaining('"Mars/Olympus" is not known') }]);
});

test('what cannot be read is reported by line, and the rest is read', () => {
  const text = calendar(
    ...event('SUMMARY:no start'),
    'BEGIN:VEVENT',
    'UID:bad',
    'DTSTART:tomorrow',
    'END:VEVENT',
    'BEGIN:VJOURNAL',
    'SUMMARY:Dear diary',
    'END:VJOURNAL',
    'BEGIN:VEVENT',
    'UID:cut',
    'DTSTART:20261101T090000Z',
    'BEGIN:VEVENT',
    'UID:good',
    'DTSTART:20261101T090000Z',
    'DTEND:20261101T080000Z',
    'DESCRIPTION:a line',
    'that was never folded',
    'SUMMARY:Good',
    'END:VEVENT',
  );
  const { appointments: found, problems, remarks } = read(text);
  expect(found).toMatchObject([
    {
      line: 17,
      appointment: {
        subject: 'Good',
        body: 'a line\nthat was never folded',
        timeSlot: { start: '2026-11-01T09:00:00', end: '2026-11-01T09:00:00' },
      },
    },
  ]);
  expect(problems).toEqual([
    { line: 3, reason: 'The event has no start (DTSTART).' },
    { line: 7, reason: 'The start of the event (DTSTART) cannot be read.' },
    { line: 11, reason: "A VJOURNAL has no place in a mailbox's calendar or tasks." },
    { line: 14, reason: 'BEGIN:VEVENT has no END:VEVENT; the file may be cut off.' },
  ]);
  expect(remarks).toEqual([{ line: 17, reason: 'The event ends before it begins; its end was left out.' }]);
});

test('a file that ends in the middle of an event keeps the events before', () => {
  const { appointments: found, problems } = read(
    googleExport.slice(0, googleExport.indexOf('SUMMARY:Stand-up')),
  );
  expect(found).toHaveLength(1);
  expect(problems).toMatchObject([{ reason: expect.stringContaining('BEGIN:VEVENT has no END:VEVENT') }]);
});

test('a file that is no calendar is refused in words', () => {
  expect(() => read('First Name,Last Name\nAna,Lopez')).toThrow(CalendarFileError);
  expect(() => read('')).toThrow(/holds no calendar/);
  expect(() => read(Buffer.from('PK\u0003\u0004 calendar.ics'))).toThrow(/unpack it/);
});

test('an empty calendar holds nothing', () => {
  expect(read(calendar())).toMatchObject({ appointments: [], tasks: [], problems: [], remarks: [] });
});

test('files in other encodings are read', () => {
  const text = calendar(...event('DTSTART;VALUE=DATE:20261101', 'SUMMARY:Büro für Übermüdete'));
  for (const bytes of [
    Buffer.from(text, 'latin1'),
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    Buffer.from(text),
  ])
    expect(read(bytes).appointments[0]?.appointment.subject).toBe('Büro für Übermüdete');
});

test('an occurrence without its series is a single event', () => {
  const text = calendar(
    ...event('DTSTART:20261101T090000Z', 'RECURRENCE-ID:20261101T080000Z', 'SUMMARY:Alone'),
  );
  expect(appointments(text)).toMatchObject([{ subject: 'Alone', recurrence: null }]);
});

test('nobody is invited: who takes part is said in the text', () => {
  const [series] = appointments(outlookExport);
  if (series === undefined) throw new Error('Nothing was read.');
  const { body, changes, zone } = outlookFromAppointment(series);
  expect(JSON.stringify([body, changes])).not.toMatch(/"(?:attendees|organizer)"/);
  expect(body).toMatchObject({
    subject: 'Jour fixe',
    body: {
      contentType: 'text',
      content:
        'Punkte:\r\n- Angebot, Stand\r\n- Termine\r\n\r\nOrganizer: Alvarez, Ana <ana.alvarez@northwind.example>\r\nAttendees:\r\n- bruno@northwind.example\r\n- Lopez, Maria <maria.lopez@customer.example>\r\n- Room 4 <room4@northwind.example>',
    },
    start: { dateTime: '2026-10-26T09:00:00', timeZone: 'Europe/Berlin' },
    recurrence: { range: { type: 'numbered', numberOfOccurrences: 10, startDate: '2026-10-26' } },
  });
  expect(zone).toBe('Europe/Berlin');
  expect(changes).toMatchObject([
    {
      day: '2026-11-02',
      patch: { subject: 'Jour fixe (verschoben)', end: { dateTime: '2026-11-03T12:00:00' } },
    },
    { day: '2026-11-09', patch: null },
    { day: '2026-11-16', patch: null },
  ]);
});

test('a task is what To Do takes', () => {
  const task = {
    ...emptyTask,
    subject: 'Water',
    dueDate: '2026-11-24',
    reminder: '2026-11-24T08:00:00Z',
    recurrence: { pattern: { type: 'daily', interval: 2 }, range: { type: 'noEnd' } },
  } as const;
  expect(outlookFromTask(task)).toEqual({
    title: 'Water',
    body: { contentType: 'text', content: '' },
    status: 'notStarted',
    importance: 'normal',
    categories: [],
    dueDateTime: { dateTime: '2026-11-24T00:00:00', timeZone: 'UTC' },
    isReminderOn: true,
    reminderDateTime: { dateTime: '2026-11-24T08:00:00', timeZone: 'UTC' },
    recurrence: {
      pattern: { type: 'daily', interval: 2 },
      range: { type: 'noEnd', startDate: '2026-11-24' },
    },
  });
});
