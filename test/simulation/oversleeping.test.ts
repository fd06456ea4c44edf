import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { leaseMs } from '../../server/engine/lease.ts';
import type { Db } from '../../server/store/db.ts';
import { useDatabase } from '../support/database.ts';
import {
  forgetAll,
  lookEverywhere,
  openMemoryWorld,
  workOff,
  type MemoryWorld,
} from '../support/memory-world.ts';
import { canonLogins, changeCanon, foundCanon, pictureOf } from './canon.ts';
import { mortalEngine } from './dying.ts';

/** What one worker writes and another must not touch afterwards. */
const tables = ['siebel_record', 'link', 'snapshot', 'cue', 'journal', 'question', 'parked', 'person'];

describe('a worker that sleeps longer than its lease', () => {
  const db = useDatabase();

  type Play = Readonly<{
    world: MemoryWorld;
    calls: readonly string[];
    written: Readonly<Record<'before' | 'after', string>> | null;
  }>;

  /** The story of the crash points; the worker of the watched phase falls asleep at a call, and another does the work. */
  async function play(phase: 'first load' | 'day', asleepAt: number | null): Promise<Play> {
    await forgetAll(db());
    const world = await openMemoryWorld(db(), canonLogins);
    foundCanon(world);
    if (phase === 'day') {
      await lookEverywhere(world);
      await workOff(world, world.engine());
      changeCanon(world);
    }
    let before: string | null = null;
    const sleeper = mortalEngine(world, null, async (call) => {
      if (call !== asleepAt) return;
      world.clock.pass({ milliseconds: leaseMs + 1 });
      await workOff(world, world.engine());
      before = await written(db());
    });
    await lookEverywhere(world);
    await workOff(world, sleeper.engine);
    const after = await written(db());
    return { world, calls: sleeper.calls, written: before === null ? null : { before, after } };
  }

  for (const phase of ['first load', 'day'] as const) {
    test(`${phase}: at any call of a side, nothing of what it does afterwards is kept, and the world is the same`, async () => {
      const { world, calls } = await play(phase, null);
      const picture = pictureOf(world);
      for (const [index, name] of calls.entries()) {
        const played = await play(phase, index + 1);
        expect(pictureOf(played.world), `${name} ${index + 1}`).toEqual(picture);
        expect(played.written?.after, `${name} ${index + 1}`).toBe(played.written?.before);
      }
    }, 480_000);
  }
});

async function written(db: Db): Promise<string> {
  const rows = await Promise.all(
    tables.map((table) =>
      sql<{
        rows: unknown;
      }>`select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text) as rows from ${sql.table(table)} t`.execute(
        db,
      ),
    ),
  );
  return JSON.stringify(
    rows.map((table, index) => [tables[index], table.rows[0]?.rows]),
    null,
    1,
  );
}
