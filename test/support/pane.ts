import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import type { FrameLocator, Page } from 'playwright-core';
import type { TestBrowser } from './browser.ts';
import { openOutlook, type OutlookPage } from './outlook-page.ts';
import type { Actor, World } from './world.ts';

/** The task pane as a person sees it, in the Outlook stand-in. */
export type Pane = Readonly<{
  outlook: OutlookPage;
  page: Page;
  frame: FrameLocator;
  /** Opens a part of the pane by the word on its tab or in its menu. */
  tab: (name: string) => Promise<void>;
  menu: (name: string) => Promise<void>;
  /** Makes the pane as wide as the narrowest Outlook does, and as high as is said. */
  narrow: (width?: number, height?: number) => Promise<void>;
  /** What axe finds in the pane; empty when it is well. */
  findings: () => Promise<readonly unknown[]>;
  /** A picture of the pane alone for the README, and one of all of Outlook's stand-in. */
  picture: (name: string) => Promise<void>;
  wholePicture: (name: string) => Promise<void>;
}>;

type Options = Readonly<{
  world: World;
  browser: TestBrowser;
  actor: Actor;
  language?: string;
  /** Changes the page before anything is loaded. */
  before?: (page: Page) => Promise<unknown>;
  isGreeted?: boolean;
}>;

const pictures = join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const paneFrame = 'iframe[title="Siebel task pane"]';

export async function openPane(options: Options): Promise<Pane> {
  const { world, browser, actor, language = 'en-US', before, isGreeted = true } = options;
  const greeted: TestBrowser = {
    ...browser,
    page: async (given) => {
      const page = await browser.page(given);
      if (isGreeted) {
        await page.addInitScript(() => localStorage.setItem('siebel-sync.welcomed', 'yes'));
      }
      await before?.(page);
      return page;
    },
  };
  const outlook = await openOutlook({ world, browser: greeted, actor, language });
  const { page } = outlook;
  const frame = page.frameLocator(paneFrame);
  return {
    outlook,
    page,
    frame,
    tab: async (name) => frame.getByRole('tab', { name }).click(),
    menu: async (name) => {
      await frame.locator('.menu-button').click();
      await frame.getByRole('menuitem', { name }).click();
    },
    narrow: async (width = 320, height) => {
      const size = { width: `${width}px`, ...(height === undefined ? {} : { maxHeight: `${height}px` }) };
      await page.locator(paneFrame).evaluate((element, style) => {
        if (element instanceof HTMLElement) Object.assign(element.style, { flex: '1', ...style });
      }, size);
    },
    findings: async () => {
      const { violations } = await new AxeBuilder({ page }).include(paneFrame).analyze();
      return violations.map(({ id, nodes }) => [
        id,
        nodes.slice(0, 2).map(({ html, failureSummary }) => [html, failureSummary]),
      ]);
    },
    picture: (name) =>
      drawn(name, (path) => page.locator(paneFrame).screenshot({ path, animations: 'disabled' })),
    wholePicture: (name) => drawn(name, (path) => page.screenshot({ path, animations: 'disabled' })),
  };
}

/** The pane of somebody with one contact in Outlook that is not in Siebel, and the switch that sends it there. */
export async function openOnContact({ world, browser }: Pick<Options, 'world' | 'browser'>) {
  const actor = await world.person('Kim');
  await actor.outlook.add({ givenName: 'Nina', surname: 'Novak' });
  await world.sync();
  const pane = await openPane({ world, browser, actor });
  await pane.tab('Contacts');
  const mark = pane.frame.getByRole('switch', { name: 'Sync Nina Novak to Siebel' });
  await mark.waitFor();
  return { pane, mark };
}

/** Pictures show times, so every run would change them: they are drawn when they are missing, and all anew with PICTURES=1. */
async function drawn(name: string, draw: (path: string) => Promise<unknown>): Promise<void> {
  const path = join(pictures, `${name}.png`);
  if (!existsSync(path) || process.env['PICTURES'] === '1') await draw(path);
}

/** Nothing of the pane reaches beyond its edge: no sideways scrolling, no cut-off words. */
export async function expectToFit(pane: Pane): Promise<void> {
  const overflow = await pane.frame.locator('body').evaluate((body) => {
    const page = body.ownerDocument.documentElement;
    return page.scrollWidth - page.clientWidth;
  });
  expect(overflow).toBeLessThanOrEqual(0);
}

/** Whatever can have the focus comes into view with it, as a whole if there is room: nothing hides behind an edge. */
export async function expectToBeReachable(pane: Pane): Promise<void> {
  const hidden = await pane.frame.locator('body').evaluate((body) => {
    const { innerWidth, innerHeight } = window;
    const names: string[] = [];
    for (const element of body.querySelectorAll<HTMLElement>(
      'button, input, summary, a[href], [tabindex="0"]',
    )) {
      if (!element.checkVisibility() || element.matches(':disabled, [tabindex="-1"]')) continue;
      element.focus();
      const { top, bottom, left, right, height } = element.getBoundingClientRect();
      const isHigh = top >= -1 && (bottom <= innerHeight + 1 || height > innerHeight);
      if (isHigh && left >= -1 && right <= innerWidth + 1) continue;
      names.push(
        `${element.outerHTML.slice(0, 120)} at ${[left, top, right, bottom].map(Math.round).join()}`,
      );
    }
    return names;
  });
  expect(hidden).toEqual([]);
}
