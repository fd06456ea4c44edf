import type { Frame, Locator, Page } from 'playwright-core';
import type { TestBrowser } from './browser.ts';
import { call } from './call.ts';
import type { Actor, World } from './world.ts';

/** The Outlook stand-in as a person sees it, with the product of the same world behind its add-in. */
export type OutlookPage = Readonly<{
  page: Page;
  folder: (name: 'Calendar' | 'People' | 'Tasks' | 'Mail') => Promise<void>;
  /** Opens an item of the list by its name. */
  open: (name: string) => Promise<void>;
  /** Opens the form of a new item and fills it in by its labels. */
  create: (button: string, fields: Readonly<Record<string, string>>) => Promise<void>;
  press: (button: string) => Promise<void>;
  categorise: (category: string) => Promise<void>;
  /** What add-ins say about the open item. */
  info: Locator;
  /** What Siebel holds of the open item. */
  siebel: Locator;
  pane: () => Promise<Frame>;
}>;

type Options = Readonly<{ world: World; browser: TestBrowser; actor: Actor; language?: string }>;

export async function openOutlook({
  world,
  browser,
  actor,
  language = 'en-US',
}: Options): Promise<OutlookPage> {
  await call(`${world.sandboxUrl}/outlook/product`, { method: 'POST', body: { url: world.apiUrl } });
  const page = await browser.page();
  await page.goto(`${world.sandboxUrl}/outlook#${actor.mailbox}|${language}`);
  const items = page.getByRole('region', { name: 'Items' });
  const item = page.getByRole('region', { name: 'Open item' });
  const press = async (button: string): Promise<void> =>
    item.getByRole('button', { name: button, exact: true }).click();
  return {
    page,
    press,
    folder: async (name) => page.getByRole('navigation').getByRole('button', { name }).click(),
    open: async (name) => items.getByRole('button', { name }).click(),
    create: async (button, fields) => {
      await items.getByRole('button', { name: button }).click();
      for (const [label, value] of Object.entries(fields)) await item.getByLabel(label).fill(value);
    },
    categorise: async (category) => {
      await item.getByText('Categorise').click();
      await item.getByLabel(category, { exact: true }).check();
    },
    info: page.getByRole('status', { name: 'Information bar' }),
    siebel: page.getByRole('region', { name: 'In Siebel' }),
    pane: async () => {
      const handle = await page.locator('iframe[title="Siebel task pane"]').elementHandle();
      const frame = await handle?.contentFrame();
      if (!frame) throw new Error('The stand-in shows no pane.');
      return frame;
    },
  };
}
