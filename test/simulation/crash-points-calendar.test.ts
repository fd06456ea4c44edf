import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../server/store/db.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { calendarLogins, changeCalendars, foundCalendars } from './calendar-canon.ts';
import { brokenPoints, phases, type Story } from './crash-points.ts';

const calendars: Story = {
  logins: calendarLogins,
  about: ['appointment', 'task'],
  found: foundCalendars,
  change: changeCalendars,
};

describe('a crash among meetings and tasks', () => {
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

  for (const phase of phases) {
    test(`${phase}: leaves the same end at every call of a side, no twins, and no mail twice`, async () => {
      const isCall = ({ at }: Readonly<{ at: string }>) => at !== 'statement';
      expect(await brokenPoints({ db, story: calendars, phase }, isCall)).toEqual([]);
    }, 480_000);
  }
});
