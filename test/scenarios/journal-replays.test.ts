import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import { replaysOf } from '../simulation/replays.ts';
import { at, inDays, inviting } from '../support/calendar.ts';
import { useWorld } from '../support/world.ts';

describe('the journal', () => {
  const world = useWorld();

  const everyEntry = () => world.context().db.selectFrom('journal').select('replay').execute();

  test('holds all that a decision was made from: deciding it again gives the same plan', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    const id = await ana.siebel.addContact({
      'First Name': 'Rita',
      'Last Name': 'Replay',
      'Job Title': 'Buyer',
    });
    await world.siebel.list(id, [ana.employeeId, bruno.employeeId]);
    await world.sync();
    const copy = await ana.outlook.contact('Rita', 'Replay');
    await ana.outlook.change(copy.id, { jobTitle: 'Outlook title', mobilePhone: '555 0120' });
    await ana.siebel.change(id, { 'Job Title': 'Siebel title' });
    await world.sync();
    await ana.outlook.remove((await ana.outlook.contact('Rita', 'Replay')).id);
    await world.sync();

    const entries = await everyEntry();
    expect(entries.length).toBeGreaterThanOrEqual(5);
    expect(replaysOf(entries, defaultPolicy)).toEqual([]);
    await world.isQuiet();
  });

  test('so it does for a meeting, with whom it was with and whom the policy let be mailed', async () => {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    await world.sync();
    const before = (await everyEntry()).length;
    await ana.calendar.add({
      subject: 'Replayed',
      ...at(inDays(5), '09:00', '10:00'),
      ...inviting(bruno.mailbox, 'guest@outside.example'),
    });
    await world.sync();
    const { Id } = await ana.activities.one('Replayed');
    await ana.activities.change(Id, { MeetingLocation: 'Room 9', Alarm: 'Y', 'Appt Alarm Time Min': '20' });
    await world.sync();
    await bruno.calendar.remove((await bruno.calendar.event('Replayed')).id);
    await world.sync();

    const entries = await everyEntry();
    expect(entries.length).toBeGreaterThanOrEqual(before + 4);
    expect(replaysOf(entries, defaultPolicy)).toEqual([]);
    await world.isQuiet();
  });
});
