import { describe, expect, test } from 'vitest';
import { behave, putRulesBack, shared } from '../support/scenes.ts';
import { useWorld, type Actor } from '../support/world.ts';

describe('change notifications', () => {
  const world = useWorld({ webhooks: true });
  putRulesBack(world);
  const soon = { timeout: 3_000, interval: 50 };

  test('an edit in Outlook is in Siebel and in the other mailboxes within three seconds, without anybody asking', async () => {
    const { ana, bruno, id } = await pair('Quick');
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Quick')).id, { jobTitle: 'Buyer' });
    await expect
      .poll(
        async () => [
          (await world.siebel.contact(id))?.['Job Title'],
          (await bruno.outlook.contact('Maria', 'Quick'))['jobTitle'],
        ],
        soon,
      )
      .toEqual(['Buyer', 'Buyer']);
    await comesToRest();
  });

  test('a contact marked in Outlook, and one deleted there, reach Siebel the same way', async () => {
    const { ana, bruno, id } = await pair('Quickly');
    await ana.outlook.add({ givenName: 'Otto', surname: 'Quickly', categories: ['Siebel Contact'] });
    await ana.outlook.remove((await ana.outlook.contact('Maria', 'Quickly')).id);
    await expect
      .poll(async () => (await world.siebel.contacts('[Last Name]="Quickly"')).length, soon)
      .toBe(2);
    await expect.poll(() => world.siebel.members(id), soon).toEqual([bruno.login]);
    await comesToRest();
  });

  test('notifications that come twice and in any order, and once more later, change nothing', async () => {
    await behave(world, { 'graph.duplicateNotifications': true, 'graph.shuffledNotifications': true });
    const { ana, bruno, id } = await pair('Twice');
    const copy = await ana.outlook.contact('Maria', 'Twice');
    for (const jobTitle of ['One', 'Two', 'Three']) await ana.outlook.change(copy.id, { jobTitle });
    await expect.poll(async () => (await world.siebel.contact(id))?.['Job Title'], soon).toBe('Three');
    await behave(world, { 'graph.duplicateNotifications': false, 'graph.shuffledNotifications': false });
    expect((await world.desk('POST', '/notifications/replay')).status).toBe(200);
    await comesToRest();
    expect(await bruno.outlook.contact('Maria', 'Twice')).toMatchObject({ jobTitle: 'Three' });
  });

  test('a notification that never comes is made up for by the next look', async () => {
    const { ana, id } = await pair('Missing');
    await behave(world, { 'graph.notificationLoss': 1 });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Missing')).id, { jobTitle: 'Unheard' });
    await world.sync();
    await behave(world, { 'graph.notificationLoss': 0 });
    expect(await world.siebel.contact(id)).toMatchObject({ 'Job Title': 'Unheard' });
    await comesToRest();
  });

  test('word that notifications were missed is a reason to look', async () => {
    const { ana, id } = await pair('Missed');
    await behave(world, { 'graph.missedInstead': true });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Missed')).id, {
      jobTitle: 'Told otherwise',
    });
    await expect
      .poll(async () => (await world.siebel.contact(id))?.['Job Title'], soon)
      .toBe('Told otherwise');
    await behave(world, { 'graph.missedInstead': false });
    await comesToRest();
  });

  test('a subscription the service has ended is made anew', async () => {
    const { ana, id } = await pair('Ended');
    await behave(world, { 'graph.subscriptionRemoved': true });
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Ended')).id, { jobTitle: 'Last word' });
    await expect.poll(async () => (await world.siebel.contact(id))?.['Job Title'], soon).toBe('Last word');
    await behave(world, { 'graph.subscriptionRemoved': false });
    await comesToRest();
    await ana.outlook.change((await ana.outlook.contact('Maria', 'Ended')).id, { jobTitle: 'First word' });
    await expect.poll(async () => (await world.siebel.contact(id))?.['Job Title'], soon).toBe('First word');
    await comesToRest();
  });

  /** What was seen in Outlook or Siebel may not have been written down yet; the look after that finds nothing to do. */
  async function comesToRest(): Promise<void> {
    await world.sync();
    await world.isQuiet();
  }

  async function pair(lastName: string): Promise<{ ana: Actor; bruno: Actor; id: string }> {
    const ana = await world.person('Ana');
    const bruno = await world.person('Bruno');
    return { ana, bruno, id: await shared(world, [ana, bruno], { 'Last Name': lastName }) };
  }
});
