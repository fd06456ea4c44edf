import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDb, type Db } from '../../server/store/db.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { canonLogins, changeCanon, foundCanon } from './canon.ts';
import { brokenPoints, phases, type Story } from './crash-points.ts';

const contacts: Story = { logins: canonLogins, about: ['contact'], found: foundCanon, change: changeCanon };

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

  for (const phase of phases) {
    test(`${phase}: at every call of a side and at every statement of the database`, async () => {
      expect(await brokenPoints({ db, story: contacts, phase })).toEqual([]);
    }, 480_000);
  }
});
