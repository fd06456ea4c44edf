import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import type { Db } from '../../server/store/db.ts';
import { savePolicy } from '../../server/store/policy.ts';
import { useDatabase } from '../support/database.ts';
import { forgetAll, openMemoryWorld } from '../support/memory-world.ts';
import { doSomething, officeOf, wrongsOf } from './people-at-work.ts';
import { policyAbout, withoutGuards } from './policies.ts';
import { chanceFrom } from './random.ts';
import { clearUp, storm, unrest } from './storm.ts';
import { mishapsOf, skyOf } from './weather.ts';

const logins = ['ANA', 'BRUNO'];

describe('histories in bad weather', () => {
  const db = useDatabase();

  /** `SEED=n` lives one history again, `SEEDS=n` that many. */
  const first = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] ? 1 : 40));
  const seeds = Array.from({ length: count }, (_, index) => first + index);

  test(
    `nothing is lost or made twice, and everything comes to rest: seeds ${first} to ${first + count - 1}`,
    async () => {
      expect(await brokenOf(seeds)).toEqual([]);
    },
    20_000 + count * 4_000,
  );

  for (const { seed, once } of onceBroken) {
    test(`seed ${seed}, in which ${once}`, async () => {
      expect(await brokenOf([seed])).toEqual([]);
    });
  }

  async function brokenOf(all: readonly number[]): Promise<readonly string[]> {
    const broken: string[] = [];
    for (const seed of all) {
      const wrongs = await live(db(), seed).catch((error: unknown) => [String(error)]);
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
  const document = withoutGuards(policyAbout(['contact'], defaultPolicy));
  await savePolicy(db, { document, at: world.clock.now(), by: 'test' });
  const office = officeOf(world, chance, logins);
  await storm(world, sky, (isUnderWay) => doSomething(office, isUnderWay));
  await clearUp(world, sky);
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
