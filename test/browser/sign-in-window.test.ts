import type { BrowserContext, Page, Route } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { builtAddin } from '../support/built-addin.ts';
import { call } from '../support/call.ts';
import { useWorld, type Actor, type World } from '../support/world.ts';

/**
 * office.js opens windows at https alone, and MSAL knows Entra by its own address. So the browser is told that Outlook, the
 * product and Entra are where they would be; behind those addresses the world of this file answers.
 */
const outlookUrl = 'https://outlook.localhost';
const entraUrl = 'https://login.microsoftonline.com';

async function placeOnTheWeb(context: BrowserContext, world: World): Promise<void> {
  const behind = async (route: Route, url: string) => route.fetch({ url, maxRedirects: 0 });
  await context.route(`${outlookUrl}/**`, async (route) => {
    const asked = route.request().url();
    const response = await behind(route, asked.replace(outlookUrl, world.sandboxUrl));
    const headers = { ...response.headers() };
    const policy = headers['content-security-policy'];
    // As the product's own policy names its authority, which here is at Entra's address.
    if (policy !== undefined)
      headers['content-security-policy'] = `${policy}; connect-src 'self' ${entraUrl}`;
    if (!asked.endsWith('/addin/settings.json')) return route.fulfill({ response, headers });
    const settings = (await response.json()) as { authority: string };
    const authority = settings.authority.replace(/^.*\/entra/, entraUrl);
    return route.fulfill({ response, json: { ...settings, authority } });
  });
  await context.route(`${entraUrl}/**`, async (route) => {
    const asked = route.request().url();
    const response = await behind(route, asked.replace(entraUrl, `${world.sandboxUrl}/entra`));
    const { location } = response.headers();
    if (location === undefined) return route.fulfill({ response });
    // Where a redirect leads no route is asked; a page that goes there comes to the same.
    const body = `<script>location.replace(${JSON.stringify(location)})</script>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
}

describe('signing in where Outlook brings no sign-in of its own', { timeout: 60_000 }, () => {
  const world = useWorld();
  const browser = useBrowser();
  let actor: Actor;
  beforeAll(builtAddin, 60_000);
  beforeAll(async () => {
    actor = await world.person('Wanda');
    await actor.outlook.add({ givenName: 'Maria', surname: 'Lopez', categories: ['Siebel Contact'] });
    await world.sync();
    await call(`${world.sandboxUrl}/outlook/product`, { method: 'POST', body: { url: world.apiUrl } });
  });

  let contexts: readonly BrowserContext[] = [];
  // What is still asked for behind the addresses when a window goes is nobody's loss.
  afterEach(async () => {
    for (const context of contexts) await context.unrouteAll({ behavior: 'ignoreErrors' });
    contexts = [];
  });

  async function openOlderOutlook(): Promise<Page> {
    const page = await browser.page();
    contexts = [...contexts, page.context()];
    await page.addInitScript(() => localStorage.setItem('siebel-sync.welcomed', 'yes'));
    await placeOnTheWeb(page.context(), world);
    await page.goto(`${outlookUrl}/outlook#${actor.mailbox}|en-US|window`);
    return page;
  }

  test('a click opens a window, choosing the account there signs the pane in', async () => {
    const page = await openOlderOutlook();
    const pane = page.frameLocator('iframe[title="Siebel task pane"]');
    await pane.getByText('Sign in to go on').waitFor();
    const opened = page.waitForEvent('popup');
    await pane.getByRole('button', { name: 'Sign in' }).click();
    const entra = await opened;
    await entra.getByRole('heading', { name: 'Sign in to the sandbox' }).waitFor();
    const closed = entra.waitForEvent('close');
    await entra.getByRole('link', { name: actor.mailbox }).click();
    await closed;
    await pane.getByRole('tab', { name: 'Contacts' }).click();
    await pane.getByRole('row', { name: /Maria Lopez/ }).waitFor();
    expect(browser.strays()).toEqual([]);
  });

  test('a window that is closed signs nobody in, and the next one does', async () => {
    const page = await openOlderOutlook();
    const pane = page.frameLocator('iframe[title="Siebel task pane"]');
    const click = async (): Promise<Page> => {
      const opened = page.waitForEvent('popup');
      await pane.getByRole('button', { name: 'Sign in' }).click();
      const entra = await opened;
      await entra.getByRole('heading', { name: 'Sign in to the sandbox' }).waitFor();
      return entra;
    };
    await (await click()).close();
    // office.js looks once a second whether the window is still there.
    await page.waitForTimeout(2_500);
    await pane.getByText('Sign in to go on').waitFor();
    await (await click()).getByRole('link', { name: actor.mailbox }).click();
    await pane.getByText('Nothing is open').waitFor();
    expect(browser.strays()).toEqual([]);
  });
});
