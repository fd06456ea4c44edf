import { fc } from '../support/property.ts';
import { expect, test } from 'vitest';
import { CalendarFileError, readCalendarFile } from '../../server/files/calendar/read-calendar.ts';
import { outlookFromAppointment } from '../../server/files/calendar/outlook-event.ts';
import { appleExport, googleExport, outlookExport } from './calendar-exports.ts';

const today = '2026-11-22';
const read = (text: string) =>
  readCalendarFile({ name: 'me.ics', bytes: Buffer.from(text), zone: 'Europe/Berlin', today });
const exports = fc.constantFrom(outlookExport, googleExport, appleExport);
const words = fc.constantFrom(
  'BEGIN:VEVENT',
  'END:VEVENT',
  'END:VTIMEZONE',
  'DTSTART:99999999T999999',
  'DTSTART;VALUE=DATE:00010101',
  'DTEND:40000101T000000Z',
  'DURATION:P99999999999D',
  'RRULE:FREQ=DAILY;COUNT=100000000',
  'RRULE:FREQ=SECONDLY;INTERVAL=0',
  'RRULE:FREQ=MONTHLY;BYDAY=-9XX',
  'EXDATE:nonsense',
  'RECURRENCE-ID:20260101T000000Z',
  'TRIGGER:-P1Y',
  'ATTENDEE:nobody',
  'TZID:',
  ':::',
  ' folded onto whatever stood before',
  '"',
);

/** A person's file may be cut off, mixed up or written by anything: it is read or refused in words, and nothing else. */
function isReadOrRefused(text: string): void {
  try {
    const { appointments, problems, remarks } = read(text);
    for (const { appointment } of appointments) outlookFromAppointment(appointment);
    const lines = text.split(/\r\n|\n|\r/).length;
    for (const { line, reason } of [...problems, ...remarks]) {
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(lines);
      expect(reason).toMatch(/\.$/);
    }
  } catch (error) {
    expect(error).toBeInstanceOf(CalendarFileError);
  }
}

test('a file that ends anywhere is read as far as it goes', () => {
  fc.assert(
    fc.property(exports, fc.double({ min: 0, max: 1, noNaN: true }), (text, part) =>
      isReadOrRefused(text.slice(0, Math.floor(text.length * part))),
    ),
  );
});

test('lines that are lost, doubled or out of place cost nothing but themselves', () => {
  fc.assert(
    fc.property(exports, fc.array(fc.tuple(fc.nat(400), words), { maxLength: 6 }), (text, mishaps) => {
      const lines = text.split('\r\n');
      for (const [at, word] of mishaps) lines.splice(at % lines.length, at % 3 === 0 ? 1 : 0, word);
      isReadOrRefused(lines.join('\r\n'));
    }),
  );
});

test('values of anything are taken for what they are', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('DTSTART', 'RRULE', 'DTEND', 'EXDATE', 'ATTENDEE', 'TRIGGER'),
      fc.string(),
      (name, value) =>
        isReadOrRefused(
          [
            'BEGIN:VCALENDAR',
            'BEGIN:VEVENT',
            `DTSTART:20261101T090000Z`,
            `${name}:${value}`,
            'END:VEVENT',
            'END:VCALENDAR',
          ].join('\r\n'),
        ),
    ),
  );
});

test('a large calendar is read in a few seconds at most', () => {
  const event = (index: number) =>
    [
      'BEGIN:VEVENT',
      `UID:${index}`,
      'DTSTART;TZID=Europe/Berlin:20261101T090000',
      'RRULE:FREQ=WEEKLY',
      'END:VEVENT',
    ].join('\r\n');
  const many = Array.from({ length: 5000 }, (_, index) => event(index));
  const { appointments, problems } = read(['BEGIN:VCALENDAR', ...many, 'END:VCALENDAR'].join('\r\n'));
  expect(appointments).toHaveLength(5000);
  expect(problems).toEqual([]);
});
