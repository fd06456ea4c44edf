import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { normalItem } from '../../server/core/fields/item.ts';
import type { Appointment } from '../../shared/appointment.ts';
import { occurrenceDates } from '../../shared/occurrences.ts';
import type { Task } from '../../shared/task.ts';
import {
  aMeeting,
  anAppointment,
  appointments,
  aSeries,
  aTask,
  firstDayOf,
  tasks,
} from '../support/appointments.ts';

describe('appointments and tasks made at random', () => {
  test('are written as both sides agree to write them', () => {
    const isWritten = (one: Appointment | Task) => {
      expect(normalItem(one)).toEqual(one);
    };
    fc.assert(fc.property(appointments(), isWritten));
    fc.assert(fc.property(tasks(), isWritten));
    [anAppointment(), aMeeting(), aSeries(), aTask()].forEach(isWritten);
  });

  test('are of every make', () => {
    const makes = {
      'all-day': 0,
      private: 0,
      'with attendees': 0,
      declined: 0,
      'organised by an outsider': 0,
      series: 0,
      'with exceptions': 0,
      'with a huge body': 0,
    } satisfies Record<string, number>;
    for (const one of fc.sample(appointments(), { numRuns: 1_000, seed: 1 })) {
      makes['all-day'] += Number(one.timeSlot?.isAllDay);
      makes.private += Number(one.isPrivate);
      makes['with attendees'] += Number(one.attendees.length > 0);
      makes.declined += Number(one.attendees.some(({ response }) => response === 'declined'));
      makes['organised by an outsider'] += Number(one.organizer?.login === null);
      makes.series += Number(one.recurrence !== null);
      makes['with exceptions'] += Number(Object.keys(one.exceptions).length > 0);
      makes['with a huge body'] += Number((one.body ?? '').length > 1_000_000);
    }
    expect(Object.entries(makes).filter(([, count]) => count < 3)).toEqual([]);
  });

  test('series begin with their first occurrence, and exceptions are of days the rule names', () => {
    fc.assert(
      fc.property(appointments(), (one) => {
        expect(one.recurrence !== null || Object.keys(one.exceptions).length === 0).toBe(true);
        if (one.recurrence === null) return;
        const first = firstDayOf(one);
        const window = { from: first, to: '9999-12-31', limit: 20 };
        const named = occurrenceDates(one.recurrence, first, window);
        expect(named[0]).toBe(first);
        expect(named).toEqual(expect.arrayContaining(Object.keys(one.exceptions)));
      }),
    );
  });
});
