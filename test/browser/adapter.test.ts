import { join } from 'node:path';
import { build } from 'vite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Outlook, Sight, Theme } from '../../addin/office/port.ts';
import { useBrowser } from '../support/browser.ts';
import { openOutlook, type OutlookPage } from '../support/outlook-page.ts';
import { useWorld } from '../support/world.ts';

declare global {
  // oxlint-disable-next-line no-var, vars-on-top -- only a var is a property of the window
  var adapter: { createOutlook: () => Outlook };
  // oxlint-disable-next-line no-var, vars-on-top -- as above
  var seen: Sight[];
  // oxlint-disable-next-line no-var, vars-on-top -- as above
  var themes: Theme[];
}

/** The adapter alone, as a script for a page that has office.js. */
async function adapterScript(): Promise<string> {
  const entry = join(import.meta.dirname, '..', '..', 'addin', 'office', 'outlook.ts');
  const lib = { entry, formats: ['iife' as const], name: 'adapter' };
  const result = await build({ configFile: false, logLevel: 'warn', build: { lib, write: false } });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const code = outputs.map((one) => (one.type === 'chunk' ? one.code : '')).join('');
  return `${code};globalThis.adapter = adapter;`;
}

describe('the adapter on the real office.js', { timeout: 90_000 }, () => {
  const world = useWorld();
  const browser = useBrowser();
  let script = '';
  beforeAll(async () => {
    script = await adapterScript();
  }, 60_000);

  /** Everything the adapter shows in the pane's frame from now on. */
  async function following(outlook: OutlookPage) {
    const pane = await outlook.pane();
    await pane.waitForFunction(() => typeof Office !== 'undefined' && Boolean(Office.context?.mailbox));
    // Not a script tag: the pane's own policy allows none.
    await pane.evaluate(script);
    await pane.evaluate(() => {
      globalThis.seen = [];
      globalThis.adapter.createOutlook().follow((sight) => globalThis.seen.push(sight));
    });
    const last = () => pane.evaluate(() => globalThis.seen.at(-1) ?? null);
    return { pane, last };
  }

  test('follows appointments, mails and "nothing", each as a plain snapshot', async () => {
    const [ana, bruno] = [await world.person('Ana'), await world.person('Bruno')];
    await ana.calendar.add({
      subject: 'Meeting of Ana',
      start: { dateTime: '2026-11-24T09:00:00', timeZone: 'UTC' },
      end: { dateTime: '2026-11-24T10:00:00', timeZone: 'UTC' },
      attendees: [{ emailAddress: { address: bruno.mailbox }, type: 'required' }],
    });
    const outlook = await openOutlook({ world, browser, actor: bruno });
    const { last } = await following(outlook);
    expect(await last()).toMatchObject({ state: 'none' });

    await outlook.create('New appointment', { Subject: 'My own' });
    await expect.poll(last).toMatchObject({ state: 'open', item: { mode: 'compose', itemId: null } });
    const draft = await last();
    await outlook.press('Save');
    await outlook.folder('Mail');
    await expect.poll(last).toMatchObject({ state: 'none' });
    await outlook.open('Numbers for Thursday');
    await expect.poll(last).toMatchObject({
      item: { type: 'message', mode: 'read', people: [{ address: bruno.mailbox }], isMeetingMail: false },
    });

    await outlook.folder('Calendar');
    await outlook.open('My own');
    await expect.poll(last).toMatchObject({ item: { mode: 'compose', subject: 'My own' } });
    const own = await last();
    expect(own?.state === 'open' ? own.item.itemId : null).toMatch(/^[\w=-]+$/);
    expect(own?.generation).toBeGreaterThan(draft?.generation ?? 0);
    expect(browser.strays()).toEqual([]);
  });

  test('reads a guest’s copy with organizer, people and time', async () => {
    const [ana, bruno] = [await world.person('Ana'), await world.person('Bruno')];
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await ana.calendar.add({
      subject: 'Invited',
      start: { dateTime: `${tomorrow}T09:00:00`, timeZone: 'UTC' },
      end: { dateTime: `${tomorrow}T10:00:00`, timeZone: 'UTC' },
      attendees: [{ emailAddress: { address: bruno.mailbox, name: 'Bruno' }, type: 'required' }],
    });
    const outlook = await openOutlook({ world, browser, actor: bruno });
    const { last } = await following(outlook);
    await outlook.open('Invited');
    await expect.poll(last).toMatchObject({
      state: 'open',
      item: {
        type: 'appointment',
        mode: 'read',
        start: `${tomorrow}T09:00:00.000Z`,
        from: { address: ana.mailbox },
        people: [{ address: bruno.mailbox }],
      },
    });
    expect(browser.strays()).toEqual([]);
  });

  test('knows the client, hints categories that exist, and says so where it cannot', async () => {
    const actor = await world.person('Clara');
    await world.sync();
    await actor.calendar.graph('POST', '/outlook/masterCategories', {
      displayName: 'Blue',
      color: 'preset0',
    });
    const outlook = await openOutlook({ world, browser, actor });
    const { pane } = await following(outlook);
    await outlook.create('New appointment', { Subject: 'Hinted' });
    await outlook.press('Save');
    await outlook.page.getByRole('button', { name: 'Hinted' }).waitFor();
    const said = await pane.evaluate(async () => {
      const here = globalThis.adapter.createOutlook();
      const hints = [await here.hintCategory('Blue', true), await here.hintCategory('Unheard of', true)];
      await here.notify('x'.repeat(200));
      const { address } = here.mailbox;
      here.openLink('about:blank#record');
      return { hints, address, language: here.language, capabilities: here.capabilities };
    });
    expect(said).toMatchObject({
      hints: [true, false],
      address: actor.mailbox,
      language: 'en-US',
      capabilities: {
        client: 'OutlookWebApp',
        platform: 'OfficeOnline',
        mailboxSet: '1.15',
        categories: true,
        nestedSignIn: true,
      },
    });
    expect((await actor.calendar.event('Hinted')).categories).toEqual(['Blue']);
    expect((await outlook.info.innerText()).length).toBe(150);
    expect(browser.strays()).toEqual([]);
  });

  test('follows Outlook’s own theme', async () => {
    const actor = await world.person('Dora');
    const outlook = await openOutlook({ world, browser, actor });
    const { pane } = await following(outlook);
    await pane.evaluate(() => {
      globalThis.themes = [];
      globalThis.adapter.createOutlook().followTheme((theme) => globalThis.themes.push(theme));
    });
    // Outlook tells the first who listens at once; here that is the pane itself.
    const theme = () => pane.evaluate(() => globalThis.themes.at(-1) ?? null);
    await outlook.page.getByLabel('Outlook theme').selectOption('Dark');
    await expect.poll(theme).toBe('dark');
    await outlook.page.getByLabel('Outlook theme').selectOption('Light');
    await expect.poll(theme).toBe('light');
    expect(browser.strays()).toEqual([]);
  });
});
