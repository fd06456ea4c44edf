import { describe, expect, test } from 'vitest';
import type { Page, Route } from 'playwright-core';
import { useBrowser } from '../support/browser.ts';
import { call } from '../support/call.ts';
import { openOnContact, openPane } from '../support/pane.ts';
import { useWorld } from '../support/world.ts';

/** Everything but what the browser itself says about answers that are no success. */
const problem = (route: Route, status: number, code: string) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ type: 'x', title: 'x', status, detail: 'x', code }),
  });

describe('the task pane, when something is missing', { timeout: 60_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();
  const answering = (status: number, code: string) => (page: Page) =>
    page.route('**/api/me', (route) => problem(route, status, code));

  test('belongs into Outlook, and says so elsewhere', async () => {
    await call(`${world.sandboxUrl}/outlook/product`, { method: 'POST', body: { url: world.apiUrl } });
    const page = await browser.page();
    await page.goto(`${world.sandboxUrl}/pane/index.html`);
    await page.getByText('This page belongs into Outlook').waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('says that Outlook did not answer when its library cannot be loaded', async () => {
    const page = await browser.page();
    await page.route(/office(\.debug)?\.js/, (route) => route.abort());
    await page.goto(`${world.sandboxUrl}/pane/index.html`);
    await page.getByText('Outlook did not answer').waitFor();
    await page.getByRole('button', { name: 'Try again' }).waitFor();
  });

  test('is not set up for somebody without a Siebel login', async () => {
    const actor = await world.person('Gus', { mapped: false });
    const { frame } = await openPane({ world, browser, actor });
    await frame.getByText('Your mailbox is not set up yet').waitFor();
    await frame.getByText(actor.mailbox).waitFor();
    await frame.getByRole('button', { name: 'Copy a note for the administrator' }).click();
    expect(browser.strays()).toEqual([]);
  });

  test('says when sync is switched off, and comes back when it is switched on', async () => {
    const actor = await world.person('Hal');
    await world.sync();
    const mapping = { mailbox: actor.mailbox, siebelLogin: actor.login };
    await world.api('PUT', `/api/admin/people/${actor.mailbox}`, { ...mapping, enabled: false });
    const { frame } = await openPane({ world, browser, actor });
    await frame.getByText('Sync is switched off for you').waitFor();
    await world.api('PUT', `/api/admin/people/${actor.mailbox}`, { ...mapping, enabled: true });
    await frame.getByText('Nothing is open').waitFor({ timeout: 10_000 });
    expect(browser.strays()).toEqual([]);
  });

  test.each([
    ['no permission', 403, 'scope-missing', 'You may not use Siebel Sync here'],
    ['a server that is too old', 404, 'not-found', 'The server is older than this pane'],
    ['a bug of the server', 500, 'internal-error', 'That did not work'],
  ])('%s has words and one action', async (_name, status, code, said) => {
    const actor = await world.person('Ida');
    const { frame } = await openPane({ world, browser, actor, before: answering(status, code) });
    await frame.getByText(said).waitFor();
    expect(await frame.getByRole('button').count()).toBe(1);
  });

  test('signed out: signs in again by a click', async () => {
    const actor = await world.person('Jan');
    let isSignedOut = true;
    const before = (page: Page) =>
      page.route('**/sandbox/token', async (route) => {
        const { for: what } = route.request().postDataJSON() as { for: string };
        await (isSignedOut && what === 'api' ? route.fulfill({ status: 401, body: '{}' }) : route.fallback());
      });
    const { frame } = await openPane({ world, browser, actor, before });
    await frame.getByText('Sign in to go on').waitFor();
    isSignedOut = false;
    await frame.getByRole('button', { name: 'Sign in' }).click();
    await frame.getByText('Nothing is open').waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('offline: keeps what it shows, takes a mark back, and goes on by itself', async () => {
    const { pane, mark } = await openOnContact({ world, browser });
    await pane.page.route('**/api/**', (route) => route.abort());
    await mark.click();
    await pane.frame.getByText('The server cannot be reached.').first().waitFor({ state: 'attached' });
    await pane.frame.getByRole('switch', { checked: false }).waitFor();
    await pane.frame.getByText('Siebel Sync cannot be reached').waitFor();
    await pane.frame.getByRole('row', { name: /Nina Novak/ }).waitFor();
    await pane.page.unroute('**/api/**');
    await pane.frame
      .getByText('Siebel Sync cannot be reached')
      .waitFor({ state: 'detached', timeout: 15_000 });
    await mark.click();
    await pane.frame.getByText('In Siebel', { exact: true }).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('lists that are empty, or that nothing fits, say what to do', async () => {
    const actor = await world.person('Lea');
    await actor.outlook.add({ givenName: 'Otto', surname: 'Ohm' });
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    await pane.tab('Tasks');
    await pane.frame.getByText('No tasks').waitFor();
    await pane.tab('Contacts');
    await pane.frame.getByRole('row', { name: /Otto Ohm/ }).waitFor();
    await pane.frame.getByRole('searchbox').fill('nobody');
    await pane.frame.getByText('Nothing fits').waitFor();
    await pane.frame.getByRole('button', { name: 'Show everything' }).click();
    await pane.frame.getByRole('row', { name: /Otto Ohm/ }).waitFor();
    await pane.frame.getByRole('button', { name: 'Needs attention' }).click();
    await pane.frame.getByText('Nothing fits').waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('a private item cannot be synced, and names with scripts in them run nothing', async () => {
    const actor = await world.person('Max');
    const day = '2027-03-01';
    await actor.calendar.add({
      subject: '<img src=x onerror="alert(1)">',
      sensitivity: 'private',
      start: { dateTime: `${day}T09:00:00`, timeZone: 'Europe/Berlin' },
      end: { dateTime: `${day}T10:00:00`, timeZone: 'Europe/Berlin' },
    });
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    await pane.tab('Calendar');
    await pane.frame.getByRole('button', { name: /^Open/ }).click();
    await pane.frame.getByText('Can’t be synced').waitFor();
    await pane.frame.getByText('It is private, and private items stay in Outlook.').waitFor();
    await pane.frame.getByRole('heading', { name: '<img src=x onerror="alert(1)">' }).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('the calendar begins with what comes next, and leads back to what was', async () => {
    const actor = await world.person('Mila');
    const inHours = (hours: number) => ({
      dateTime: new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 19),
      timeZone: 'UTC',
    });
    for (const [subject, hours] of [
      ['Next year', 9_000],
      ['Yesterday', -24],
      ['Tomorrow', 24],
      ['Right now', -1],
    ] as const) {
      await actor.calendar.add({ subject, start: inHours(hours), end: inHours(hours + 2) });
    }
    await actor.calendar.add({
      subject: 'Every day',
      start: inHours(-24 * 14 + 2),
      end: inHours(-24 * 14 + 3),
      recurrence: {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'noEnd', startDate: inHours(-24 * 14 + 2).dateTime.slice(0, 10) },
      },
    });
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    const labels = () => pane.frame.locator('.row-label').allTextContents();
    await pane.tab('Calendar');
    await pane.frame.getByRole('row').first().waitFor();
    expect(await labels()).toEqual(['Right now', 'Every day', 'Tomorrow', 'Next year']);
    await pane.frame.getByRole('button', { name: 'Earlier' }).click();
    await expect.poll(labels).toEqual(['Right now', 'Yesterday', 'Every day']);
    await pane.frame.getByRole('button', { name: 'Synced', exact: true }).click();
    await expect.poll(labels).toEqual(['Right now', 'Yesterday', 'Every day']);
    await pane.frame.getByRole('button', { name: 'Earlier' }).click();
    await expect.poll(labels).toEqual(['Right now', 'Every day', 'Tomorrow', 'Next year']);
    expect(browser.strays()).toEqual([]);
  });

  test('many are marked with one action; the server is lost on the way, and nothing is lost with it', async () => {
    const actor = await world.person('Nora');
    for (let count = 1; count <= 12; count += 1) {
      await actor.outlook.add({ givenName: 'Person', surname: `Number${count}` });
    }
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    await pane.tab('Contacts');
    await pane.frame.getByRole('button', { name: 'Select all shown' }).click();
    await pane.frame.getByText('12 selected').waitFor();
    let passed = 0;
    await pane.page.route('**/api/marks/**', (route) => {
      passed += 1;
      return passed > 4 ? route.abort() : route.fallback();
    });
    const bulk = pane.frame.locator('.bulk');
    await bulk.getByRole('button', { name: 'Sync to Siebel' }).click();
    await bulk.getByText('The server was lost. Done: 4 of 12.').waitFor();
    await bulk.getByText('8 selected').waitFor();
    await pane.page.unroute('**/api/marks/**');
    await bulk.getByRole('button', { name: 'Sync to Siebel' }).click();
    await bulk.getByText('Done: 8.').waitFor();
    await expect
      .poll(async () => (await actor.siebel.contacts("[First Name]='Person'")).length, { timeout: 15_000 })
      .toBe(12);
    expect(browser.strays()).toEqual([]);
  });
});
