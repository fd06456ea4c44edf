import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import { leaseMs } from '../../server/engine/lease.ts';
import { openDb, type Db } from '../../server/store/db.ts';
import { savePolicy } from '../../server/store/policy.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { forgetAll, lookEverywhere, openMemoryWorld, workOff, workOnce, type MemoryWorld } from '../support/memory-world.ts';
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

  const from = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] ? 1 : 100));
  test('a hundred histories', async () => {
    const broken: string[] = [];
    for (let seed = from; seed < from + count; seed += 1) {
      const wrongs = await live(db, seed).catch((error: unknown) => [error instanceof Error ? (error.stack ?? '').slice(0, 900) : String(error)]);
      if (wrongs.length > 0) broken.push(`seed ${seed}: ${wrongs.join('; ')}`);
    }
    expect(broken).toEqual([]);
  }, 600_000);
});

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
  if (process.env['TRACE']) {
    const { sql } = await import('kysely');
    const links = await sql<Record<string, unknown>>`select link.id, link.person_id, link.state, link.closed_why, link.ref, siebel_record.id as record, siebel_record.ref as sref, siebel_record.stamp, is_listed, needs_look, link.created_at from link join siebel_record on siebel_record.id = link.record_id order by link.id`.execute(db);
    console.log('DUMP', links.rows.map((row) => JSON.stringify(row)).join('\n'));
    const journal = await sql<Record<string, unknown>>`select at, link_id, siebel_ref, exchange_ref, step, why, lost from journal order by id`.execute(db);
    console.log('JOURNAL', journal.rows.map((row) => JSON.stringify(row)).join('\n'));
    console.log('SIDES', [...world.sides.rows.siebel.all(), ...world.sides.rows.exchange.all()].map((row) => JSON.stringify(row, (_, v) => v ?? undefined)).join('\n'));
  }
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
  sky.weather = { failing: chance.pick([0, 0.1, 0.3]), dying: chance.pick([0, 0.1]), meddling: chance.pick([0, 0.2, 0.5]) };
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
  const guards = { ...defaultPolicy.guards, deletions: { contact: off, appointment, task }, creates: off, updates: off };
  await savePolicy(db, { document: { ...defaultPolicy, guards }, at: clock.now(), by: 'test' });
}
