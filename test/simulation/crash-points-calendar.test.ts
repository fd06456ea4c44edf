import { describe, expect, test } from 'vitest';
import { useDatabase } from '../support/database.ts';
import { calendarLogins, changeCalendars, foundCalendars } from './calendar-canon.ts';
import { brokenPoints, phases, type Story } from './crash-points.ts';

const calendars: Story = {
  logins: calendarLogins,
  about: ['appointment', 'task'],
  found: foundCalendars,
  change: changeCalendars,
};

describe('a crash among meetings and tasks', () => {
  const db = useDatabase();

  for (const phase of phases) {
    test(`${phase}: leaves the same end at every call of a side, no twins, and no mail twice`, async () => {
      const isCall = ({ at }: Readonly<{ at: string }>) => at !== 'statement';
      expect(await brokenPoints({ db: db(), story: calendars, phase }, isCall)).toEqual([]);
    }, 480_000);
  }
});
