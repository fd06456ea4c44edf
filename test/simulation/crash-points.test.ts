import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { canonLogins, changeCanon, foundCanon } from './canon.ts';
import { brokenPoints, phases, type Story } from './crash-points.ts';

const contacts: Story = { logins: canonLogins, about: ['contact'], found: foundCanon, change: changeCanon };

describe('a crash at any point is safe', () => {
  const db = useDatabase();

  for (const phase of phases) {
    test(`${phase}: at every call of a side and at every statement of the database`, async () => {
      expect(await brokenPoints({ db: db(), story: contacts, phase })).toEqual([]);
    }, 480_000);
  }
});
