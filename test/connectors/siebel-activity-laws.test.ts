/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { fc } from '../support/property.ts';
import { expect, it } from 'vitest';
import { appointmentFields } from '../../shared/appointment.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import { taskFields } from '../../shared/task.ts';
import type { FieldName } from '../../server/core/step.ts';
import type { Sighting, Stamp, WriteAnswer } from '../../server/connectors/connector.ts';
import { appointments, tasks } from '../support/appointments.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld({
  ANA: 'America/New_York',
  BRUNO: 'Australia/Lord_Howe',
  CHEN: 'Europe/Berlin',
});
let number = 0;

const runs = { numRuns: 40, seed: 20_261_122, endOnFailure: true };

it('appointments of every make are read as their create and their update said', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(appointments(), appointments()), { minLength: 1, maxLength: 4 }),
      (pairs) => holds(pairs),
    ),
    runs,
  );
}, 60_000);

it('tasks of every make are read as their create and their update said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(tasks(), tasks()), { minLength: 1, maxLength: 4 }), (pairs) =>
      holds(pairs),
    ),
    runs,
  );
}, 60_000);

/** Whatever is written, a fresh read gives what the write answered, and writing it once more changes nothing. */
async function holds(pairs: readonly (readonly [Item, Item])[]): Promise<void> {
  const made = await world().connector.create(
    pairs.map(([item]) => {
      number += 1;
      const kind = isAppointment(item) ? 'appointment' : 'task';
      return {
        holder: world().ana,
        stamp: `law-${number}` as Stamp,
        kind,
        item,
        ownerIfUnknown: world().ana.login,
      };
    }),
  );
  const first = made.flatMap((answer, index) => nowIn(answer, pairs[index]?.[0]));
  await expectRead(first);
  const updates = first.map(({ now }, index) => updateOf(now, pairs[index]?.[1] ?? now.item));
  const written = await world().connector.update(updates);
  const second = written.flatMap((answer, index) => nowIn(answer, updates[index]?.item));
  await expectRead(second);
  await world().requests();
  const again = second.map(({ now }) => updateOf(now, now.item));
  const idle = await world().connector.update(again);
  expect(idle.map((answer) => nowIn(answer, null)[0]?.now)).toEqual(second.map(({ now }) => now));
}

type Seen = Readonly<{ now: Sighting; known: Item | null }>;

function nowIn(answer: WriteAnswer, known: Item | null | undefined): readonly Seen[] {
  if (answer.outcome === 'refused') return [];
  if (answer.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
  return [{ now: answer.now, known: known ?? null }];
}

async function expectRead(seen: readonly Seen[]): Promise<void> {
  const looks = await world().connector.read(
    seen.map(({ now, known }) => ({
      domain: isAppointment(now.item) ? ('appointment' as const) : ('task' as const),
      holder: null,
      ref: now.ref,
      known,
    })),
  );
  expect(looks.map((look) => (look.look === 'found' ? look.sighting : look))).toEqual(
    seen.map(({ now }) => now),
  );
}

function updateOf(seen: Sighting, item: Item) {
  return {
    holder: world().ana,
    ref: seen.ref,
    version: seen.version,
    fields: isAppointment(item) ? [...appointmentFields, ...occurrencesOf(seen.item, item)] : [...taskFields],
    item,
    before: seen.item,
    mark: null,
    kind: seen.kind,
    list: { add: [], drop: [] },
  };
}

function occurrencesOf(...items: readonly Item[]): readonly FieldName[] {
  const days = items.flatMap((item) => (isAppointment(item) ? Object.keys(item.exceptions) : []));
  return [...new Set(days)].map((day) => `occurrence.${day}` as const);
}
