import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { expectToBeReachable, expectToFit, openPane, type Pane } from '../support/pane.ts';
import { useWorld, type Actor } from '../support/world.ts';

const at = (day: string, hour: string) => ({ dateTime: `${day}T${hour}:00:00`, timeZone: 'Europe/Berlin' });

describe('the look of the task pane', { timeout: 60_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();
  let actor: Actor;
  beforeAll(async () => {
    await world.policy(({ domains }) => Object.assign(domains.contact, { conflictWinner: 'ask' }));
    actor = await world.person('Paula');
    const colleague = await world.person('Petra');
    await world.sync();
    for (const [givenName, surname, jobTitle, companyName] of [
      ['Maria', 'Lopez', 'Buyer', 'Lopez & Hijos'],
      ['Otto', 'Ohm', 'Engineer', 'Ohm Elektrik'],
      ['Salma', 'Haddad', 'Director', 'Haddad Trading'],
    ] as const) {
      await actor.outlook.add({
        givenName,
        surname,
        jobTitle,
        companyName,
        categories: surname === 'Ohm' ? [] : ['Siebel Contact'],
      });
    }
    await actor.calendar.add({
      subject: 'Plant tour',
      start: at('2027-03-01', '09'),
      end: at('2027-03-01', '10'),
      attendees: [
        { type: 'required', emailAddress: { address: colleague.mailbox, name: 'Petra Tester' } },
        { type: 'required', emailAddress: { address: 'guest@elsewhere.example', name: 'Guest' } },
      ],
      categories: ['Siebel Calendar'],
    });
    await world.sync();
    const [row] = await actor.siebel.contacts("[Last Name]='Lopez'");
    await actor.siebel.change(row?.Id ?? '', { 'Job Title': 'Head of purchasing' });
    const { id } = await actor.outlook.contact('Maria', 'Lopez');
    await actor.outlook.change(id, { jobTitle: 'Purchasing' });
    await world.sync();
  });

  /** Every part of the pane, one after the other, with something in it. */
  async function everyPart(pane: Pane, look: (name: string) => Promise<void>): Promise<void> {
    const { frame, outlook } = pane;
    await outlook.folder('Mail');
    await outlook.open('Numbers for Thursday');
    await frame.locator('.person-facts .badge').first().waitFor();
    await frame.locator('.people button').first().click();
    await frame.locator('form').waitFor();
    await look('message');
    await frame.getByRole('tab').nth(2).click();
    await frame.locator('.row-open').first().click();
    await frame.locator('.standing').waitFor();
    await frame.locator('summary').first().click();
    await look('item');
    await frame.getByRole('tab').nth(1).click();
    await frame.getByRole('row').nth(2).waitFor();
    await frame.getByRole('checkbox').nth(1).check();
    await look('contacts');
    for (const [index, name] of ['questions', 'settings', 'diagnostics'].entries()) {
      await frame.locator('.menu-button').click();
      await frame.getByRole('menuitem').nth(index).click();
      await frame.getByRole('heading', { level: 1 }).waitFor();
      if (name === 'questions') await frame.getByRole('radio').first().waitFor();
      await look(name);
    }
  }

  test.each(['light', 'dark', 'forced colours'] as const)(
    'axe finds nothing at 320 pixels in %s, and nothing is cut off',
    async (theme) => {
      const pane = await openPane({ world, browser, actor });
      await pane.narrow();
      if (theme === 'forced colours') await pane.page.emulateMedia({ forcedColors: 'active' });
      if (theme === 'dark') await pane.page.getByLabel('Outlook theme').selectOption({ label: 'Dark' });
      await everyPart(pane, async (name) => {
        expect(await pane.findings(), name).toEqual([]);
        await expectToFit(pane);
        if (theme === 'light' || (theme === 'dark' && name === 'item')) {
          await pane.picture(theme === 'light' ? `pane-${name}` : `pane-${name}-dark`);
        }
      });
      expect(browser.strays()).toEqual([]);
    },
  );

  // 1280 by 1024 pixels, zoomed to 400 %, are 320 by 256.
  test('at 400 % zoom everything is there, within reach and without sideways scrolling', async () => {
    const pane = await openPane({ world, browser, actor });
    await pane.narrow(320, 256);
    const size = await pane.frame.locator('body').evaluate(() => [innerWidth, innerHeight]);
    expect(size).toEqual([320, 256]);
    await everyPart(pane, async (name) => {
      expect(await pane.findings(), name).toEqual([]);
      await expectToFit(pane);
      await expectToBeReachable(pane);
    });
    expect(browser.strays()).toEqual([]);
  });

  test('at 400 % zoom the keyboard leads to the primary action, and to where it can be seen', async () => {
    const pane = await openPane({ world, browser, actor });
    await pane.narrow(320, 256);
    const { frame, page } = pane;
    await pane.tab('Contacts');
    await frame.getByRole('button', { name: 'Open Otto Ohm' }).click();
    const primary = frame.locator('.deeds button').first();
    await primary.waitFor();
    const isFocused = () => primary.evaluate((element) => element === document.activeElement);
    for (let presses = 0; presses < 10 && !(await isFocused()); presses += 1)
      await page.keyboard.press('Tab');
    expect(await isFocused()).toBe(true);
    const { top, bottom } = await primary.evaluate((element) => {
      const box = element.getBoundingClientRect();
      return { top: box.top, bottom: box.bottom };
    });
    expect(top).toBeGreaterThanOrEqual(0);
    expect(bottom).toBeLessThanOrEqual(256);
    await page.keyboard.press('Enter');
    await frame.getByText('Waiting', { exact: true }).or(frame.getByText('In Siebel since')).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test.each(['de-DE', 'fr-FR', 'ar-SA'])('everything fits in %s', async (language) => {
    const pane = await openPane({ world, browser, actor, language });
    await pane.narrow();
    await everyPart(pane, async (name) => {
      await expectToFit(pane);
      if (language === 'ar-SA' && name === 'contacts') await pane.picture('pane-contacts-arabic');
    });
    expect(await pane.frame.locator('html').getAttribute('dir')).toBe(language === 'ar-SA' ? 'rtl' : 'ltr');
    expect(browser.strays()).toEqual([]);
  });
});
