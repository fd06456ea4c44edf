import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import { leaseMs } from '../../server/engine/lease.ts';
import { openDb, type Db } from '../../server/store/db.ts';
import { savePolicy } from '../../server/store/policy.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import {
  forgetAll,
  lookEverywhere,
  openMemoryWorld,
  workOff,
  workOnce,
  type MemoryWorld,
} from '../support/memory-world.ts';
import { Death } from './dying.ts';
import { doSomething, officeOf, wrongsOf, type Office } from './people-at-work.ts';
import { chanceFrom } from './random.ts';
import { calm, mishapsOf, processIn, skyOf, type Sky } from './weather.ts';

const logins = ['ANA', 'BRUNO'];
const lanes = ['siebel', 'mailbox', 'turn'] as const;

describe('histories in bad weather', () => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await freshDatabase();
    db = openDb(database.url, { poolSize: 4 });
  });
  afterAll(async () => {
    await db.destroy();
    await database.close();
  });

  /** `SEED=n` lives one history again, `SEEDS=n` that many. */
  const first = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] ? 1 : 100));
  const seeds = Array.from({ length: count }, (_, index) => first + index);

  test(
    `nothing is lost or made twice, and everything comes to rest: seeds ${first} to ${first + count - 1}`,
    async () => {
      expect(await brokenOf(seeds)).toEqual([]);
    },
    20_000 + count * 1_000,
  );

  for (const { seed, once } of onceBroken) {
    test(`seed ${seed}, in which ${once}`, async () => {
      expect(await brokenOf([seed])).toEqual([]);
    });
  }

  async function brokenOf(all: readonly number[]): Promise<readonly string[]> {
    const broken: string[] = [];
    for (const seed of all) {
      const wrongs = await live(db, seed).catch((error: unknown) => [String(error)]);
      if (wrongs.length > 0) broken.push(`seed ${seed}: ${wrongs.join('; ')}`);
    }
    return broken;
  }
});

/** Histories that went wrong when they were first lived, and what it was. */
const onceBroken = [
  { seed: 133, once: 'two sweeps linked one Outlook item to two records' },
  { seed: 262, once: 'a copy made again was taken for a stranger' },
  { seed: 379, once: 'a person who could not be put on a list counted as one who had left it' },
  { seed: 450, once: 'a worker created after another had taken over' },
  { seed: 489, once: 'a worker whose lease had run out made a second copy' },
  { seed: 1118, once: 'a sweep that was overtaken left an old sight behind' },
  { seed: 1126, once: 'a sight older than the last wish hid an edit' },
];

async function live(db: Db, seed: number): Promise<readonly string[]> {
  await forgetAll(db);
  const chance = chanceFrom(seed);
  const sky = skyOf(chance);
  const mishap = mishapsOf(sky);
  const world = await openMemoryWorld(db, logins, { siebel: { mishap }, exchange: { mishap } });
  await switchGuardsOff(world);
  const office = officeOf(world, chance, logins);
  await storm(world, sky, office);
  sky.weather = calm;
  world.clock.pass({ milliseconds: leaseMs + 1 });
  for (let round = 0; round < 2; round += 1) {
    await lookEverywhere(world);
    await workOff(world, processIn(world, sky));
  }
  const named = await namedIn(db);
  return [...wrongsOf(office, named), ...(await unrest(world, sky))];
}

/**
 * Values the journal names as replaced. After a lost answer our own write looks like somebody's edit, so that the next edit
 * may count as one of two; it is never lost without being named.
 */
async function namedIn(db: Db): Promise<string> {
  const rows = await db.selectFrom('journal').select('lost').execute();
  return JSON.stringify(rows);
}

async function storm(world: MemoryWorld, sky: Sky, office: Office): Promise<void> {
  const { chance } = sky;
  sky.weather = {
    failing: chance.pick([0, 0.1, 0.3]),
    dying: chance.pick([0, 0.1]),
    meddling: chance.pick([0, 0.2, 0.5]),
  };
  let others = processIn(world, sky);
  sky.meddle = async (mayOversleep) => {
    if (chance.is(0.6)) return doSomething(office, true);
    if (mayOversleep && chance.is(0.3)) world.clock.pass({ milliseconds: leaseMs + 1 });
    if (chance.is(0.5)) await lookEverywhere(world);
    others = await workSome(world, sky, others);
  };
  let engine = processIn(world, sky);
  for (let round = 0; round < 8; round += 1) {
    for (let deeds = chance.below(4); deeds > 0; deeds -= 1) doSomething(office, false);
    await lookEverywhere(world);
    for (let pieces = chance.below(8); pieces > 0; pieces -= 1) engine = await workSome(world, sky, engine);
    world.clock.pass({ seconds: chance.below(90) });
  }
}

/** A piece of work; if the process dies of it, another one is started. */
async function workSome(world: MemoryWorld, sky: Sky, engine: ReturnType<typeof processIn>) {
  try {
    await workOnce(world, engine, sky.chance.pick(lanes));
    return engine;
  } catch (error) {
    if (!(error instanceof Death)) throw error;
    return processIn(world, sky);
  }
}

async function unrest(world: MemoryWorld, sky: Sky): Promise<readonly string[]> {
  const { siebel, exchange } = world.sides.rows;
  const events = siebel.events().length + exchange.events().length;
  await lookEverywhere(world);
  await workOff(world, processIn(world, sky));
  const more = siebel.events().length + exchange.events().length - events;
  return more === 0 ? [] : [`${more} writes at rest`];
}

async function switchGuardsOff({ db, clock }: MemoryWorld): Promise<void> {
  const off = { count: null, percent: null };
  const { appointment, task } = defaultPolicy.guards.deletions;
  const guards = {
    ...defaultPolicy.guards,
    deletions: { contact: off, appointment, task },
    creates: off,
    updates: off,
  };
  await savePolicy(db, { document: { ...defaultPolicy, guards }, at: clock.now(), by: 'test' });
}
