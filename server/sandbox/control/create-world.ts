import type { Keys } from '../entra/keys.ts';
import type { Person, Switches, World } from '../world.ts';
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
  let random = createRandom(seed);
  // Ids draw from a source of their own, so that the number of tokens asked for does not move any other choice.
  let idRandom = createRandom(seed + 1);
  const switches = createSwitches();
  const faults = createFaults(createRandom(seed + 2));
  const counts = createCounts();
  const people = createPeople();
  const outbox = createOutbox();
  const latency = { ...noLatency };
  let lastNumber = 0;
  return {
    now: clock.now,
    advance: clock.advance,
    nextNumber: () => (lastNumber += 1),
    random: () => random(),
    uuid: () => uuidFrom(idRandom),
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
      // Not the same choices again: ids made of them would meet those that are kept.
      random = createRandom(seed + saved.lastNumber + 3);
      idRandom = createRandom(seed + saved.lastNumber + 4);
      clock.advance(saved.aheadMs / 1000);
      for (const person of saved.people) people.add(person);
      setDeclared(switches, saved.switches);
    },
    reset: () => {
      for (const part of [clock, switches]) part.reset();
      for (const part of [faults, counts, people, outbox]) part.clear();
      Object.assign(latency, noLatency);
    },
  };
}

const noLatency = { graphMs: 0, siebelMs: 0 };

/** A switch of an older version may be gone; what is not declared any more is not set. */
function setDeclared(switches: Switches, saved: SavedWorld['switches']): void {
  const declared = switches.all();
  for (const [name, value] of Object.entries(saved)) {
    if (typeof declared[name]?.value === typeof value) switches.set(name, value);
  }
}
