import { fc } from '../support/property.ts';
import { beforeEach, expect, test } from 'vitest';
import type { Appointment } from '../../shared/appointment.ts';
import { fieldsOf, sameValue, valueOf } from '../../server/core/fields/item.ts';
import { appointments } from '../support/appointments.ts';
import { appointmentIn, calendarOf, nowIn } from './calendar-world.ts';
import { useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();
const calendar = calendarOf(world);
beforeEach(calendar.reset);

/** Appointments of every make, as a mailbox of Ana's may hold them: she organises, and nobody has answered yet. */
const samples = (seed: number, count: number): readonly Appointment[] =>
  fc.sample(appointments(), { seed, numRuns: count }).map((one) => ({
    ...one,
    showAs: one.showAs === 'unknown' ? 'busy' : one.showAs,
    attendees: one.attendees
      .filter(({ address }) => address !== 'ana@example.com')
      .map((attendee) => ({ ...attendee, login: null, response: 'none' })),
  }));

/** What differs beyond spelling; whose meeting it is says Exchange. */
const differences = (wanted: Appointment, stored: Appointment) =>
  fieldsOf(wanted)
    .filter((field) => field !== 'organizer' && field !== 'activityType')
    .filter((field) => !sameValue(field, valueOf(wanted, field), valueOf(stored, field)))
    .map((field) => [field, valueOf(wanted, field), valueOf(stored, field)]);

test('whatever is made comes back as it was, and a write answers what a fresh read gives', async () => {
  for (const item of samples(1, 80)) {
    const now = await calendar.created(item);
    expect(differences(item, appointmentIn(now))).toEqual([]);
    expect(await calendar.seen(now.ref)).toEqual(now);
  }
}, 60_000);

test('any appointment or series may become any other, its own exceptions aside', async () => {
  const [first, ...others] = samples(2, 60);
  if (first === undefined) throw new Error('There are no samples.');
  let now = await calendar.created(first);
  for (const {
    exceptions: _exceptions,
    copy: _copy,
    activityType: _type,
    organizer: _who,
    ...item
  } of others) {
    const written = nowIn(await calendar.write(now, item));
    const stored = { ...appointmentIn(written), exceptions: {} };
    expect(differences({ ...stored, ...item }, stored)).toEqual([]);
    const { stamp: _stamp, ...answered } = written;
    expect(await calendar.seen(now.ref)).toMatchObject(answered);
    now = written;
  }
}, 60_000);
