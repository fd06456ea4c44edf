import { expect, test } from 'vitest';
import { anAppointment, aSeries, slotAt, weekly } from '../support/appointments.ts';
import { creation, useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();
const from = '2027-03-10T08:30:00Z';

const page = async (limit: number, after: string | null = null, search: string | null = null) => {
  const answer = await world.exchange.browse({
    domain: 'appointment',
    holder: world.ana,
    search,
    after,
    limit,
    time: { from },
  });
  if ('kind' in answer) throw new Error(answer.reason);
  return answer;
};
const subjects = (sightings: readonly { item: unknown }[]) =>
  sightings.map(({ item }) => Reflect.get(Object(item), 'subject') as unknown);

test('what comes is listed soonest first, a series once and where it comes next', async () => {
  const slots = { Over: '2027-03-10T07:00:00', Running: '2027-03-10T09:00:00', Soon: '2027-03-12T09:00:00' };
  const items = [
    ...Object.entries(slots).map(([subject, start]) => anAppointment({ subject, timeSlot: slotAt(start) })),
    aSeries({
      subject: 'Weekly',
      timeSlot: slotAt('2027-01-07T09:00:00'),
      recurrence: weekly(['thursday']),
    }),
    anAppointment({ subject: 'Far', timeSlot: slotAt('2027-11-02T09:00:00') }),
    aSeries({
      subject: 'Far series',
      timeSlot: slotAt('2027-12-02T09:00:00'),
      recurrence: weekly(['thursday']),
    }),
  ];
  await world.exchange.create(items.map((item, index) => creation(world.ana, item, `coming-${index}`)));

  const all = await page(10);
  expect(subjects(all.sightings)).toEqual(['Running', 'Weekly', 'Soon', 'Far', 'Far series']);
  expect(all.next).toBeNull();
  const [, series] = all.sightings;
  expect(series?.item).toMatchObject({
    timeSlot: slotAt('2027-01-07T09:00:00'),
    recurrence: { pattern: { type: 'weekly' } },
  });
  expect(series && all.comes?.get(series.ref)).toEqual(slotAt('2027-03-11T09:00:00'));

  expect(subjects((await page(10, null, 'far')).sightings)).toEqual(['Far', 'Far series']);

  const turned: unknown[] = [];
  let after: string | null = null;
  do {
    const { sightings, next } = await page(2, after);
    turned.push(...subjects(sightings));
    after = next;
  } while (after !== null);
  expect([...new Set(turned)]).toEqual(['Running', 'Weekly', 'Soon', 'Far', 'Far series']);

  const before = await world.exchange.browse({
    domain: 'appointment',
    holder: world.ana,
    search: null,
    after: null,
    limit: 10,
    time: { before: from },
  });
  expect(subjects('kind' in before ? [] : before.sightings)).toEqual(['Running', 'Over', 'Weekly']);
});
