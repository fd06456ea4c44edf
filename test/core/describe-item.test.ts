import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { emptyContact } from '../../shared/contact.ts';
import { describeItem, describeValue, labelOfField, titleOf } from '../../shared/describe-item.ts';
import {
  aMeeting,
  anAppointment,
  aSeries,
  aTask,
  allDay,
  attendeesOf,
  colleague,
  guest,
  slotAt,
} from '../support/appointments.ts';

describe('a value in words', () => {
  test('tells times with their zone, and whole days without one, to the last day', () => {
    expect(describeValue(slotAt('2026-06-10T09:00:00'))).toBe('10 June 2026, 09:00 to 10:00 (Europe/Berlin)');
    expect(describeValue(slotAt('2026-06-10T23:30:00', { zone: 'UTC' }))).toBe(
      '10 June 2026, 23:30 to 11 June 2026, 00:30 (UTC)',
    );
    expect(describeValue(allDay('2026-06-01', 3))).toBe('1 June 2026 to 3 June 2026, all day');
    expect(describeValue(allDay('2026-12-31'))).toBe('31 December 2026, all day');
  });

  test('never shows an answer that was not given', () => {
    const people = [...attendeesOf([colleague('BRUNO')], 'accepted'), ...attendeesOf([guest('a@x.example')])];
    expect(describeValue(people)).toBe('Bruno (accepted), a@x.example (no answer)');
    const room = { ...guest('room@x.example', 'Oslo'), type: 'resource', response: 'none' } as const;
    expect(describeValue([room])).toBe('Oslo (resource, no answer)');
  });

  test('is null for what is blank', () => {
    for (const blank of [null, '', []]) expect(describeValue(blank)).toBe(null);
    expect(describeValue(['Friends', 'Oslo'])).toBe('Friends, Oslo');
    expect([describeValue(15), describeValue(true), describeValue('high')]).toEqual(['15', 'yes', 'high']);
  });
});

describe('an item in words', () => {
  test('has the fields that hold something, its occurrences and the organisation’s own fields among them', () => {
    const series = aSeries({ exceptions: { '2026-06-24': { isCancelled: true } } });
    expect([...describeItem(series)]).toEqual([
      ['subject', 'Sales weekly'],
      ['timeSlot', '10 June 2026, 09:00 to 10:00 (Europe/Berlin)'],
      ['showAs', 'busy'],
      ['importance', 'normal'],
      ['reminderMinutesBeforeStart', '15'],
      ['organizer', 'Ana'],
      ['recurrence', 'every Wednesday'],
      ['occurrence.2026-06-24', 'cancelled'],
    ]);
    const contact = {
      ...emptyContact,
      lastName: 'Ohm',
      isPrivate: true,
      custom: { hobby: 'Chess', shoe: null },
    };
    expect([...describeItem(contact)]).toEqual([
      ['lastName', 'Ohm'],
      ['isPrivate', 'yes'],
      ['custom.hobby', 'Chess'],
    ]);
  });

  test('tells dates and words of ours as people write them', () => {
    expect([...describeItem(aTask())]).toEqual([
      ['subject', 'Send the quotation'],
      ['status', 'not started'],
      ['importance', 'normal'],
      ['dueDate', '12 June 2026'],
    ]);
  });

  test('names fields as people do', () => {
    expect(
      ['timeSlot', 'dueDate', 'custom.hobby', 'occurrence.2026-06-24', 'email1'].map(labelOfField),
    ).toEqual(['time', 'due date', 'hobby', 'occurrence of 24 June 2026', 'email 1']);
  });

  test('is called by its subject, or by whatever a contact has', () => {
    expect([aMeeting(), aTask(), anAppointment({ subject: null })].map(titleOf)).toEqual([
      'Project kick-off',
      'Send the quotation',
      '(no subject)',
    ]);
    const names = [
      { firstName: 'Otto', lastName: 'Ohm' },
      { company: 'Acme' },
      { email1: 'o@x.example' },
      {},
    ];
    expect(names.map((name) => titleOf({ ...emptyContact, ...name }))).toEqual([
      'Otto Ohm',
      'Acme',
      'o@x.example',
      '(no name)',
    ]);
  });

  test('can be told of any slot', () => {
    const starts = fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 5000 }), (start, minutes) => {
        const slot = slotAt(start.toISOString().slice(0, 19), { minutes, zone: 'UTC' });
        expect(describeValue(slot)).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d to .*\d\d:\d\d \(UTC\)$/);
      }),
    );
  });
});
