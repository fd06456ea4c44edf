import { expect, test } from 'vitest';
import { startIn } from '../../shared/start-in.ts';
import { allDay, slotAt } from '../support/appointments.ts';

test('an appointment begins by the clocks of its reader, a whole day on its date', () => {
  const early = slotAt('2026-11-27T09:30:00', { zone: 'Asia/Shanghai' });
  expect(startIn(early, 'Europe/Lisbon')).toBe('2026-11-27T01:30:00');
  expect(startIn(early, 'America/New_York')).toBe('2026-11-26T20:30:00');
  expect(startIn(early, 'Asia/Shanghai')).toBe('2026-11-27T09:30:00');
  expect(startIn(allDay('2026-06-01', 2), 'Pacific/Auckland')).toBe('2026-06-01');
});
