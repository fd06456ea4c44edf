import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leaseMs } from '../../server/engine/lease.ts';
import { openDb, type Db } from '../../server/store/db.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import {
  forgetAll,
  lookEverywhere,
  openMemoryWorld,
  workOff,
  type MemoryWorld,
} from '../support/memory-world.ts';
import { canonLogins, changeCanon, foundCanon, pictureOf } from './canon.ts';
import { mortalEngine, type DeathPoint, type Mortal } from './dying.ts';

describe('a crash at any point is safe', () => {
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

  /** The whole story; the process of the phase that is watched dies at the point. */
  async function play(phase: Phase, point: DeathPoint | null, isHurried = false): Promise<Played> {
    await forgetAll(db);
    const world = await openMemoryWorld(db, canonLogins);
    foundCanon(world);
    let watched = mortalEngine(world, phase === 'first load' ? point : null);
    await goThrough(world, watched, isHurried);
    if (phase === 'first load') return { world, watched };
    changeCanon(world);
    watched = mortalEngine(world, point);
    await goThrough(world, watched, isHurried);
    return { world, watched };
  }

  for (const phase of ['first load', 'day'] as const) {
    test(`${phase}: at every call of a side and at every statement of the database`, async () => {
      const whole = await play(phase, null);
      const picture = pictureOf(whole.world);
      const broken: string[] = [];
      for (const point of pointsOf(whole.watched)) {
        for (const isHurried of point.at === 'unseen' ? [false, true] : [false]) {
          const wrong = await wrongAt(phase, picture, { point, isHurried });
          if (wrong !== null)
            broken.push(`${nameOf(point, whole.watched)}${isHurried ? ', hurried' : ''}: ${wrong}`);
        }
      }
      expect(broken).toEqual([]);
    }, 120_000);
  }

  type Death = Readonly<{ point: DeathPoint; isHurried: boolean }>;

  async function wrongAt(
    phase: Phase,
    picture: Picture,
    { point, isHurried }: Death,
  ): Promise<string | null> {
    try {
      const { world } = await play(phase, point, isHurried);
      await isQuiet(world);
      return differenceOf(picture, pictureOf(world));
    } catch (error) {
      return String(error);
    }
  }
});

type Phase = 'first load' | 'day';
type Picture = ReturnType<typeof pictureOf>;
type Played = Readonly<{ world: MemoryWorld; watched: Mortal }>;

/**
 * A process looks at everything; if it dies, another one takes over, when the leases have run out. A hurried one first looks
 * at everything again, while the turns that were under way are still leased.
 */
async function goThrough(world: MemoryWorld, { engine, isDead }: Mortal, isHurried: boolean): Promise<void> {
  await lookEverywhere(world);
  try {
    await workOff(world, engine);
  } catch (error) {
    if (!isDead()) throw error;
  }
  if (!isDead()) return;
  if (isHurried) await lookEverywhere(world);
  else world.clock.pass({ milliseconds: leaseMs + 1 });
  await workOff(world, world.engine());
}

function nameOf({ at, call }: DeathPoint, { calls }: Mortal): string {
  return at === 'statement' ? `statement ${call}` : `${at}, call ${call}, ${calls[call - 1] ?? ''}`;
}

function pointsOf({ calls, statements }: Mortal): DeathPoint[] {
  const at = ['before', 'unseen', 'seen'] as const;
  return [
    ...calls.flatMap((_, index) => at.map((where) => ({ at: where, call: index + 1 }))),
    ...Array.from({ length: statements() }, (_, index) => ({ at: 'statement' as const, call: index + 1 })),
  ];
}

/** A further look at everybody writes nothing. */
async function isQuiet(world: MemoryWorld): Promise<void> {
  const before = pictureOf(world);
  const { siebel, exchange } = world.sides.rows;
  const events = [siebel.events().length, exchange.events().length];
  await lookEverywhere(world);
  await workOff(world, world.engine());
  expect([siebel.events().length, exchange.events().length]).toEqual(events);
  expect(pictureOf(world)).toEqual(before);
}

function differenceOf(expected: Picture, found: Picture): string | null {
  const lines = (['siebel', 'outlook'] as const).flatMap((side) => [
    ...minus(expected[side], found[side]).map((line) => `  - ${side} ${line}`),
    ...minus(found[side], expected[side]).map((line) => `  + ${side} ${line}`),
  ]);
  return lines.length === 0 ? null : `\n${lines.join('\n')}`;
}

function minus(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
