/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { expect, it } from 'vitest';
import { emptyAppointment, type Appointment, type Attendee } from '../../shared/appointment.ts';
import type { Recurrence } from '../../shared/recurrence.ts';
import type { CreateRequest, Stamp } from '../../server/connectors/connector.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld();

const day = (number: number) => Temporal.PlainDate.from('2026-01-05').add({ days: number }).toString();
const slotOn = (date: string) =>
  ({ isAllDay: false, start: `${date}T09:00:00`, end: `${date}T10:00:00`, zone: 'UTC' }) as const;
const request = (number: number, item: Partial<Appointment>): CreateRequest => ({
  holder: world().ana,
  stamp: `load-${number}` as Stamp,
  kind: 'appointment',
  ownerIfUnknown: null,
  item: {
    ...emptyAppointment,
    subject: `Event ${number}`,
    timeSlot: slotOn(day(number % 500)),
    organizer: { address: world().ana.mailbox, name: null, login: null },
    ...item,
  },
});
const guests = (meeting: number): readonly Attendee[] =>
  Array.from({ length: 10 }, (_, index) => ({
    address: `guest${meeting * 10 + index}@elsewhere.example`,
    name: null,
    login: null,
    type: 'required',
    response: 'none',
  }));
const rules: readonly Recurrence['pattern'][] = [
  { type: 'daily', interval: 1 },
  { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
  { type: 'weekly', interval: 2, daysOfWeek: ['monday', 'thursday'], firstDayOfWeek: 'monday' },
  { type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' },
  { type: 'absoluteMonthly', interval: 1, dayOfMonth: 5 },
];

it('a calendar of two thousand events and fifty series comes in by less than ninety requests', async () => {
  const singles = Array.from({ length: 2000 }, (_, number) => request(number, {}));
  const series = Array.from({ length: 50 }, (_, number) => {
    const pattern = rules[number % rules.length];
    if (pattern === undefined) throw new Error('There is no such rule.');
    const recurrence = { pattern, range: { type: 'noEnd' } } as const;
    const attendees = number < 30 ? guests(number) : [];
    return request(2000 + number, { recurrence, timeSlot: slotOn(day(0)), attendees });
  });
  const all = [...singles, ...series];
  await world().requests();
  const answers = [];
  for (let at = 0; at < all.length; at += 200)
    answers.push(...(await world().connector.create(all.slice(at, at + 200))));
  const requests = await world().requests();
  expect(answers.filter(({ outcome }) => outcome !== 'done')).toEqual([]);
  expect(requests).toBeLessThanOrEqual(90);
  const [page] = await world().connector.census([
    { login: world().ana.login, kinds: ['appointment'], from: {}, offset: 0 },
  ]);
  expect(page?.answer === 'page' && page.total).toBe(2050);
}, 60_000);

it('a poll with nothing new takes few requests', async () => {
  const [start] = await world().connector.changes([feed(null)]);
  const [first] = await world().connector.changes([feed(start?.answer === 'changes' ? start.next : null)]);
  await world().requests();
  const [second] = await world().connector.changes([feed(first?.answer === 'changes' ? first.next : null)]);
  expect(second).toMatchObject({ answer: 'changes', rows: [] });
  expect(await world().requests()).toBeLessThanOrEqual(4);
});

const feed = (cursor: string | null) =>
  ({ domain: 'appointment', holder: null, feed: 'activities', cursor }) as const;
