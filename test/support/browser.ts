import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { builtAddin } from './built-addin.ts';
import { useStarted } from './use-started.ts';

export type TestBrowser = Readonly<{
  /** A page with storage of its own. It reaches this machine only; asking for anything else fails its test. */
  page: (options?: BrowserContextOptions) => Promise<Page>;
  /** What the last page asked of other machines, and what it threw; a clean test leaves nothing. */
  strays: () => readonly string[];
}>;

/**
 * One real Chromium for a file of tests, the one CHROMIUM_PATH names or the one of the npm package, and the add-in as it is
 * shipped.
 */
export function useBrowser(): TestBrowser {
  const browser = useStarted(async () => {
    await builtAddin();
    return launch();
  }, 180_000);
  const strays: string[] = [];
  return {
    page: async (options = {}) => {
      strays.length = 0;
      const context = await browser().newContext({ viewport: { width: 1440, height: 900 }, ...options });
      await context.route(
        (url) => url.hostname !== 'localhost' && url.hostname !== '127.0.0.1',
        async (route) => {
          strays.push(`asked for ${route.request().url()}`);
          await route.abort();
        },
      );
      const page = await context.newPage();
      page.on('pageerror', (error) => strays.push(`threw ${error.stack}`));
      return page;
    },
    strays: () => strays,
  };
}

async function launch(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'];
  if (given !== undefined && !existsSync(given)) {
    throw new Error(`CHROMIUM_PATH is "${given}", and there is no such file.`);
  }
  // The package's own list is for machines with one process for everything; these are what a container needs.
  const isRoot = process.getuid?.() === 0;
  const args = ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])];
  return chromium.launch({
    executablePath: given ?? (await sparticuz.executablePath()),
    args,
    headless: true,
  });
}
