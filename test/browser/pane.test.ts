import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { openPane } from '../support/pane.ts';
import { useWorld, type Actor, type World } from '../support/world.ts';

const tomorrow = (hour: number) => {
  const day = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return { dateTime: `${day}T${String(hour).padStart(2, '0')}:00:00`, timeZone: 'Europe/Berlin' };
};
const appointment = (subject: string, more: Record<string, unknown> = {}) => ({
  subject,
  start: tomorrow(9),
  end: tomorrow(10),
  ...more,
});

/** A contact that both sides changed in the same field, so that its owner is asked. */
async function contested(world: World, actor: Actor): Promise<string> {
  const { id } = await actor.outlook.add({
    givenName: 'Maria',
    surname: 'Lopez',
    jobTitle: 'Buyer',
    emailAddresses: [{ address: 'maria@lopez.example', name: 'Maria Lopez' }],
    categories: ['Siebel Contact'],
  });
  await world.sync();
  const [row] = await actor.siebel.contacts("[Last Name]='Lopez'");
  if (row === undefined) throw new Error('Siebel has no Lopez.');
  await actor.siebel.change(row.Id, { 'Job Title': 'Head of purchasing' });
  await actor.outlook.change(id, { jobTitle: 'Purchasing' });
  await world.sync();
  return row.Id;
}

describe('the task pane', { timeout: 60_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();
  beforeAll(() =>
    world.policy(({ domains }) => {
      Object.assign(domains.contact, { conflictWinner: 'ask' });
      Object.assign(domains.appointment, { requireCategory: true });
      Object.assign(domains.task, { requireCategory: true });
    }),
  );

  test('greets once, then marks the open appointment, shows it in Siebel, and stops again', async () => {
    const actor = await world.person('Ana');
    await actor.calendar.add(appointment('Plant tour'));
    await world.sync();
    const pane = await openPane({ world, browser, actor, isGreeted: false });
    const { frame, outlook } = pane;
    await frame.getByRole('heading', { name: 'Outlook and Siebel, kept the same' }).waitFor();
    await frame.getByRole('button', { name: 'Get started' }).click();
    await frame.getByText('Nothing is open').waitFor();
    await outlook.open('Plant tour');
    await frame.getByText('Why not?').waitFor();
    await frame.getByText('It lacks the category').waitFor();
    await frame.getByRole('button', { name: 'Sync to Siebel' }).click();
    await frame.getByText('Waiting', { exact: true }).waitFor({ timeout: 500 });
    await frame.getByText('In Siebel since').waitFor({ timeout: 6_000 });
    await frame.getByText('Siebel Calendar', { exact: true }).first().waitFor();
    await outlook.siebel.getByRole('cell', { name: 'Plant tour' }).waitFor();
    await pane.wholePicture('outlook');
    await frame.getByRole('button', { name: 'Stop syncing' }).click();
    await frame.getByText('Not synced').waitFor();
    await frame.getByText('You stopped syncing it.').waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('shows a category given in Outlook, in its colour', async () => {
    const actor = await world.person('Bea');
    const event = await actor.calendar.add(appointment('Price talks'));
    await world.sync();
    const { frame, outlook } = await openPane({ world, browser, actor });
    await outlook.open('Price talks');
    await frame.getByText('Not synced').waitFor();
    await actor.calendar.change(event.id, { categories: ['Siebel Calendar'] });
    await frame.getByText('In Siebel since').waitFor({ timeout: 10_000 });
    const badge = frame.locator('.badge-painted', { hasText: 'Siebel Calendar' });
    expect(await badge.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      'rgb(157, 183, 232)',
    );
    expect(browser.strays()).toEqual([]);
  });

  test('two panes at once show the same, and the menu closes as it opened', async () => {
    const actor = await world.person('Bo');
    await actor.outlook.add({ givenName: 'Nina', surname: 'Novak' });
    await world.sync();
    const [one, two] = [await openPane({ world, browser, actor }), await openPane({ world, browser, actor })];
    for (const pane of [one, two]) {
      await pane.tab('Contacts');
      await pane.frame.getByRole('switch', { name: /Nina Novak/, checked: false }).waitFor();
    }
    await one.frame.getByRole('switch', { name: /Nina Novak/ }).click();
    await two.frame.getByRole('switch', { name: /Nina Novak/, checked: true }).waitFor({ timeout: 8_000 });
    await two.frame.getByText('In Siebel', { exact: true }).waitFor();
    await two.frame.locator('.menu-button').click();
    await two.frame.getByRole('menu').waitFor();
    await two.page.keyboard.press('Escape');
    await two.frame.locator('.menu-button:focus').waitFor();
    expect(await two.frame.getByRole('menu').count()).toBe(0);
    expect(browser.strays()).toEqual([]);
  });

  test('says who of the guests Siebel knows, how it repeats, and opens the record', async () => {
    const actor = await world.person('Cleo');
    const colleague = await world.person('Cem');
    await world.sync();
    await actor.calendar.add(
      appointment('Weekly review', {
        categories: ['Siebel Calendar'],
        attendees: [colleague.mailbox, 'guest@elsewhere.example'].map((address) => ({
          emailAddress: { address, name: address.split('@')[0] },
          type: 'required',
        })),
        recurrence: {
          pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
          range: { type: 'numbered', startDate: tomorrow(9).dateTime.slice(0, 10), numberOfOccurrences: 3 },
        },
      }),
    );
    await world.sync();
    const { frame, outlook, page } = await openPane({ world, browser, actor });
    await page
      .getByRole('button', { name: /Weekly review/ })
      .first()
      .waitFor();
    await page
      .getByRole('button', { name: /Weekly review/ })
      .first()
      .click();
    await frame.getByText('Employee in Siebel').waitFor();
    await frame.getByText('Not in Siebel').waitFor();
    await frame.getByRole('heading', { name: 'Repeats' }).waitFor();
    await frame.getByText('History').click();
    expect(await outlook.siebel.count()).toBe(1);
    expect(browser.strays()).toEqual([]);
  });

  test('finds the people of a mail and makes a contact of one', async () => {
    const actor = await world.person('Dora');
    await world.person('Dirk');
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    await pane.outlook.folder('Mail');
    await pane.outlook.open('Numbers for Thursday');
    await pane.frame.getByText('Not in your contacts').waitFor();
    await pane.frame.getByRole('button', { name: /New contact for/ }).click();
    await pane.frame.getByLabel('First name').fill('Dirk');
    await pane.frame.getByLabel('Last name').fill('Dorn');
    await pane.frame.getByLabel('Company').fill('Dorn & Co');
    await pane.frame.getByRole('button', { name: 'Create and sync' }).click();
    await pane.frame.getByText('In your contacts').waitFor();
    await pane.frame.getByRole('switch', { checked: true }).waitFor();
    await expect
      .poll(async () => (await actor.siebel.contacts("[Last Name]='Dorn'")).length, { timeout: 10_000 })
      .toBe(1);
    await pane.frame.getByText('In Siebel since').waitFor();
    expect(await actor.outlook.contact('Dirk', 'Dorn')).toMatchObject({ companyName: 'Dorn & Co' });
    expect(browser.strays()).toEqual([]);
  });

  test('asks what both sides changed, remembers the choice, and takes the last answer back', async () => {
    const actor = await world.person('Emma');
    const row = await contested(world, actor);
    const pane = await openPane({ world, browser, actor });
    await pane.frame.getByRole('button', { name: 'More, 1 open questions' }).waitFor();
    await pane.menu('Questions');
    const form = pane.frame.getByRole('region', { name: 'Maria Lopez' });
    await form.getByText('Head of purchasing').waitFor();
    await form.getByRole('radio', { name: /Siebel/ }).check();
    await form.getByText('Remember this choice').click();
    await form.getByRole('button', { name: 'Use these' }).click();
    await pane.frame.getByText('No open questions').waitFor();
    await pane.frame.getByRole('button', { name: 'Undo' }).click();
    await form.getByText('As you chose last time.').waitFor();
    await form.getByRole('radio', { name: /Outlook/ }).check();
    await form.getByRole('button', { name: 'Use these' }).click();
    await pane.tab('This item');
    await expect
      .poll(async () => (await actor.siebel.contact(row))?.['Job Title'], { timeout: 10_000 })
      .toBe('Purchasing');
    await pane.menu('Questions');
    await pane.frame.getByRole('button', { name: 'Undo' }).click();
    await pane.frame.getByText('Maria Lopez: the answer was already carried out.').first().waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('takes an answer back that was sent and not carried out yet', async () => {
    const actor = await world.person('Elsa');
    const row = await contested(world, actor);
    const pane = await openPane({ world, browser, actor });
    await pane.menu('Questions');
    const form = pane.frame.getByRole('region', { name: 'Maria Lopez' });
    await form.getByRole('radio', { name: /Outlook/ }).check();
    // Siebel takes nothing for now, so that the answer has to wait.
    await world.desk('POST', '/faults', [
      { side: 'siebel', method: 'PUT', path: 'Contact', kind: 'status', status: 503 },
    ]);
    await form.getByRole('button', { name: 'Use these' }).click();
    await pane.tab('This item');
    const waiting = async () => {
      const { cues } = (await world.api('GET', '/api/admin/status')).json as { cues: { waiting: number } };
      return cues.waiting;
    };
    await expect.poll(waiting, { timeout: 10_000 }).toBeGreaterThan(0);
    await pane.menu('Questions');
    await pane.frame.getByRole('button', { name: 'Undo' }).click();
    await form.getByRole('radio', { name: /Outlook/ }).waitFor();
    await world.desk('DELETE', '/faults');
    await world.sync();
    expect((await actor.siebel.contact(row))?.['Job Title']).toBe('Head of purchasing');
    expect(browser.strays()).toEqual([]);
  });

  test('is worked by keyboard alone: an appointment is marked, a question answered', async () => {
    const actor = await world.person('Finn');
    const row = await contested(world, actor);
    await actor.calendar.add(appointment('Site visit'));
    await world.sync();
    const { frame, page } = await openPane({ world, browser, actor });
    const press = (...keys: string[]) =>
      keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
    /** Goes on pressing a key until what it should lead to has the focus. */
    const reach = async (key: string, selector: string): Promise<void> => {
      for (let presses = 0; presses < 20; presses += 1) {
        await press(key);
        if ((await frame.locator(`${selector}:focus`).count()) > 0) return;
      }
      throw new Error(`${key} never leads to ${selector}.`);
    };
    await frame.getByRole('tab', { name: 'This item' }).focus();
    await press('ArrowRight', 'ArrowRight', 'Enter');
    await frame.getByRole('row').first().waitFor();
    await reach('Tab', '[role=row]');
    await press('Enter');
    await frame.getByText('Why not?').waitFor();
    await reach('Tab', '.deeds button');
    await press('Enter');
    await frame.getByText('In Siebel since').waitFor({ timeout: 8_000 });
    await reach('Shift+Tab', '.menu-button');
    await press('Enter');
    await frame.getByRole('menuitem', { name: /Questions/ }).waitFor();
    await press('Enter');
    await frame.getByRole('radio').first().waitFor();
    await reach('Tab', 'input[type=radio]');
    await press('Space', 'ArrowRight');
    await reach('Tab', '.question > button');
    await press('Enter');
    await frame.getByText('No open questions').waitFor();
    await frame.locator('.notice button:focus').waitFor();
    await press('Enter');
    await expect
      .poll(async () => (await actor.siebel.contact(row))?.['Job Title'], { timeout: 15_000 })
      .toBe('Purchasing');
    expect(browser.strays()).toEqual([]);
  });
});
