import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { live } from './calendar-storms.ts';

describe('calendars and task lists in bad weather', () => {
  const db = useDatabase();

  /** `SEED=n` lives one history again, `SEEDS=n` that many. */
  const first = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['SEEDS'] ?? (process.env['SEED'] ? 1 : 24));

  test(
    `nothing is lost, shown or mailed that must not be, and everything comes to rest: seeds ${first} to ${first + count - 1}`,
    async () => {
      const broken: string[] = [];
      for (let seed = first; seed < first + count; seed += 1) {
        const wrongs = await live(db(), seed).catch((error: unknown) => [String(error)]);
        if (wrongs.length > 0) broken.push(`seed ${seed}: ${wrongs.join('; ')}`);
      }
      expect(broken).toEqual([]);
    },
    20_000 + count * 5_000,
  );
});
