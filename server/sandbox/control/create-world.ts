import type { Keys } from '../entra/keys.ts';
import type { World } from '../world.ts';
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
