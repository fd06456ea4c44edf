import { beforeAll, describe, expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { builtAddin } from '../support/built-addin.ts';
import { openPane } from '../support/pane.ts';
import { useWorld, type World } from '../support/world.ts';

/** What the product has asked either side so far; the page of Outlook's stand-in asks as `/me`. */
async function asked(world: World): Promise<readonly string[]> {
  const { requests } = (await world.desk('GET', '/requests')).json as {
    requests: { side: string; method: string; route: string; count: number }[];
  };
  return requests
    .filter(({ side, route }) => side !== 'entra' && !route.includes('/me/'))
    .map(({ side, method, route, count }) => `${side} ${method} ${route} ${count}`);
}

describe('the task pane while nothing happens', { timeout: 60_000 }, () => {
  const world = useWorld({ webhooks: true });
  const browser = useBrowser();
  beforeAll(builtAddin, 60_000);

  test('asks one cheap question a second, and shows a change in Siebel as soon as it is synced', async () => {
    const actor = await world.person('Ines');
    await actor.outlook.add({
      givenName: 'Maria',
      surname: 'Lopez',
      companyName: 'Lopez & Hijos',
      categories: ['Siebel Contact'],
    });
    await world.sync();
    const pane = await openPane({ world, browser, actor });
    const seen: string[] = [];
    pane.page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.startsWith('/api/')) seen.push(`${response.status()} ${pathname}`);
    });
    await pane.tab('Contacts');
    await pane.frame.getByText('In Siebel', { exact: true }).waitFor();
    // Until what opening the pane asked for is answered, and the last news are in.
    await expect.poll(() => seen.slice(-3).join(), { timeout: 20_000 }).toBe(idle(3));

    const [from, before] = [seen.length, await asked(world)];
    await expect.poll(() => seen.length - from, { timeout: 10_000 }).toBeGreaterThanOrEqual(4);
    expect(seen.slice(from).join()).toBe(idle(seen.length - from));
    expect(await asked(world)).toEqual(before);

    const [row] = await actor.siebel.contacts("[Last Name]='Lopez'");
    await actor.siebel.change(row?.Id ?? '', { 'Last Name': 'Lopez-Vega' });
    await world.sync();
    await pane.frame.getByText('Maria Lopez-Vega').waitFor({ timeout: 2_000 });
    expect(browser.strays()).toEqual([]);
  });
});

function idle(count: number): string {
  return Array.from({ length: count }, () => '304 /api/me').join();
}
