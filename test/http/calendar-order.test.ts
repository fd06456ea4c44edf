/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Appointment } from '../../shared/appointment.ts';
import { allDay, anAppointment, aSeries, slotAt } from '../support/appointments.ts';
import { addItem } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';
import { inStep } from './in-step.ts';

const api = withApi();
const copy: Appointment['copy'] = { isOrganizer: true, isOnlineMeeting: false, isCancelled: false };

beforeAll(async () => {
  const personId = await api().map('ANA');
  await api().db.updateTable('person').set({ time_zone: 'Europe/Berlin' }).execute();
  const items: Readonly<Record<string, Appointment>> = {
    past: anAppointment({ timeSlot: slotAt('2026-06-09T09:00:00') }),
    running: anAppointment({ timeSlot: slotAt('2026-06-16T11:30:00') }),
    // Every Wednesday since the 10th.
    weekly: aSeries(),
    later: anAppointment({ timeSlot: slotAt('2026-06-18T08:00:00') }),
    wholeDay: anAppointment({ timeSlot: allDay('2026-06-16') }),
    farOff: anAppointment({ timeSlot: slotAt('2027-06-18T08:00:00') }),
  };
  for (const [subject, item] of Object.entries(items)) {
    const sighting = addItem(api().sides, 'ana@example.com', {
      ref: `event-${subject}`,
      isMarked: true,
      item: { ...item, subject, copy },
    });
    await inStep(api(), { personId, sighting, siebelRef: `Appointment/1-${subject}` });
  }
});

type Row = Readonly<{ label: string; when: string }>;
const list = async (query: string) => {
  const answer = await api().as('ANA')('GET', `/api/items?domain=appointment&filter=on&${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json as { items: Row[]; next: string | null };
};
const names = async (query: string) => (await list(query)).items.map(({ label }) => label);

describe('my calendar', () => {
  test('is whole, the latest first, unless a time is named', async () => {
    expect(await names('')).toEqual(['farOff', 'later', 'running', 'wholeDay', 'weekly', 'past']);
  });

  test('begins with what goes on or comes next, a series where it comes next', async () => {
    const { items } = await list('from=2026-06-16T10:00:00Z');
    expect(items.map(({ label, when }) => [label, when])).toEqual([
      ['wholeDay', '2026-06-16'],
      ['running', '2026-06-16T11:30:00'],
      ['weekly', '2026-06-17T09:00:00'],
      ['later', '2026-06-18T08:00:00'],
      ['farOff', '2027-06-18T08:00:00'],
    ]);
    expect(await names('from=2026-06-17')).toEqual(['weekly', 'later', 'farOff']);
  });

  test('can be turned over page by page', async () => {
    const seen: string[] = [];
    let after = '';
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await list(`from=2026-06-16T10:00:00Z&limit=1${after}`);
      seen.push(...page.items.map(({ label }) => label));
      if (page.next === null) break;
      after = `&after=${page.next}`;
    }
    expect(seen).toEqual(['wholeDay', 'running', 'weekly', 'later', 'farOff']);
  });

  test('leads back to what was, the last first', async () => {
    expect(await names('before=2026-06-16T09:31:00Z')).toEqual(['running', 'wholeDay', 'weekly', 'past']);
    expect(await names('before=2026-06-10')).toEqual(['past']);
  });

  test('takes no time it cannot mean', async () => {
    const ana = api().as('ANA');
    for (const query of [
      'domain=appointment&from=2026-02-30',
      'domain=appointment&from=soon',
      'domain=appointment&from=2026-02-01&before=2026-02-01',
      'domain=task&from=2026-02-01',
    ]) {
      expectProblem(await ana('GET', `/api/items?${query}`), 400, 'invalid-request');
    }
  });
});
