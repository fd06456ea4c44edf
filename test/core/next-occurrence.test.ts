import { describe, expect, test } from 'vitest';
import { nextStart } from '../../server/core/next-occurrence.ts';
import { allDay, anAppointment, aSeries, slotAt } from '../support/appointments.ts';

const berlin = 'Europe/Berlin';
const at = (wall: string) => Temporal.PlainDateTime.from(wall).toZonedDateTime(berlin).toInstant();

describe('what comes next', () => {
  test('is an appointment until it is over', () => {
    const item = anAppointment({ timeSlot: slotAt('2026-06-10T09:00:00') });
    expect(nextStart(item, at('2026-06-10T09:59:00'), berlin)).toBe('2026-06-10T09:00:00');
    expect(nextStart(item, at('2026-06-10T10:01:00'), berlin)).toBeNull();
  });

  test('is today for what takes the whole day', () => {
    const item = anAppointment({ timeSlot: allDay('2026-06-10', 2) });
    expect(nextStart(item, at('2026-06-11T23:00:00'), berlin)).toBe('2026-06-10');
    expect(nextStart(item, at('2026-06-12T00:01:00'), berlin)).toBeNull();
  });

  test('of a series is its occurrence that goes on or comes, whenever it began', () => {
    const series = aSeries();
    expect(nextStart(series, at('2026-06-01T09:00:00'), berlin)).toBe('2026-06-10T09:00:00');
    expect(nextStart(series, at('2031-01-07T12:00:00'), berlin)).toBe('2031-01-08T09:00:00');
    expect(nextStart(series, at('2031-01-08T09:30:00'), berlin)).toBe('2031-01-08T09:00:00');
    expect(nextStart(series, at('2031-01-08T10:30:00'), berlin)).toBe('2031-01-15T09:00:00');
  });

  test('of a series passes over what was called off and goes to where it was moved', () => {
    const moved = { isCancelled: false, subject: null, body: null, location: null } as const;
    const series = aSeries({
      exceptions: {
        '2026-06-17': { isCancelled: true },
        '2026-06-24': { ...moved, timeSlot: slotAt('2026-06-23T15:00:00') },
      },
    });
    expect(nextStart(series, at('2026-06-11T00:00:00'), berlin)).toBe('2026-06-23T15:00:00');
    expect(nextStart(series, at('2026-06-23T17:00:00'), berlin)).toBe('2026-07-01T09:00:00');
  });

  test('of a series that has ended is nothing', () => {
    const { recurrence } = aSeries();
    const ended = aSeries({
      recurrence: recurrence && { ...recurrence, range: { type: 'endDate', endDate: '2026-06-30' } },
    });
    expect(nextStart(ended, at('2026-07-01T00:00:00'), berlin)).toBeNull();
  });
});
