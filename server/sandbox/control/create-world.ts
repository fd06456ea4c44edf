import type { Keys } from '../entra/keys.ts';
import type { Person, World } from '../world.ts';
import { createClock } from './clock.ts';
import { createCounts, type CountRow } from './counts.ts';
import { createFaults } from './faults.ts';
import { createOutbox, createPeople } from './people.ts';
import { createRandom, uuidFrom } from './random.ts';
import { createSwitches } from './switches.ts';

/** The world with the levers only the control desk may pull. */
export type ControlledWorld = World &
  Readonly<{
    faults: ReturnType<typeof createFaults>;
    counts: ReturnType<typeof createCounts> & { all: () => readonly CountRow[] };
    /** Clock, switches, faults, counts, latency, people and outbox back to the start; numbers are never reused. */
    reset: () => void;
    /** What must outlive a restart, as plain data. */
    saved: () => SavedWorld;
    restore: (saved: SavedWorld) => void;
  }>;

export type SavedWorld = Readonly<{
  lastNumber: number;
  aheadMs: number;
  people: readonly Person[];
  switches: Readonly<Record<string, boolean | number | string>>;
}>;

/** `seed` decides every random choice; `keys` sign and verify the sandbox's tokens. */
export function createWorld(seed: number, keys: Keys): ControlledWorld {
  const clock = createClock();
  const random = createRandom(seed);
  const switches = createSwitches();
  const faults = createFaults(random);
  const counts = createCounts();
  const people = createPeople();
  const outbox = createOutbox();
  const latency = { graphMs: 0, siebelMs: 0 };
  let lastNumber = 0;
  return {
    now: clock.now,
    advance: clock.advance,
    nextNumber: () => (lastNumber += 1),
    random,
    uuid: () => uuidFrom(random),
    switches,
    faults,
    counts,
    latency,
    people,
    outbox,
    verifyToken: (token) => keys.verify(token, clock.now()),
    saved: () => ({
      lastNumber,
      aheadMs: clock.aheadMs(),
      people: people.all(),
      switches: Object.fromEntries(Object.entries(switches.all()).map(([name, { value }]) => [name, value])),
    }),
    restore: (saved) => {
      lastNumber = saved.lastNumber;
      clock.advance(saved.aheadMs / 1000);
      for (const person of saved.people) people.add(person);
      // A switch of an older version may be gone; what is not declared any more is not set.
      const declared = switches.all();
      for (const [name, value] of Object.entries(saved.switches)) {
        if (typeof declared[name]?.value === typeof value) switches.set(name, value);
      }
    },
    reset: () => {
      clock.reset();
      switches.reset();
      faults.clear();
      counts.clear();
      people.clear();
      outbox.clear();
      latency.graphMs = 0;
      latency.siebelMs = 0;
    },
  };
}
