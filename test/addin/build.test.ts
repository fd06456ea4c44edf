import { mkdtemp, readFile, readdir, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildAddin, isStale, refuseWhatIsTooLarge, type Built } from '../../addin/build.ts';
import { surroundings, validateManifest } from '../../addin/validate-manifest.ts';

const deployment = {
  publicUrl: 'https://sync.example.com',
  addinId: null,
  authority: 'https://login.microsoftonline.com',
};
let folder = '';
let built: readonly Built[] = [];

beforeAll(async () => {
  process.env['NODE_ENV'] = 'production';
  folder = join(await mkdtemp(join(tmpdir(), 'addin-')), 'dist');
  built = await buildAddin(folder, deployment);
});

afterAll(async () => {
  process.env['NODE_ENV'] = 'test';
  await rm(join(folder, '..'), { recursive: true, force: true });
});

describe('the built add-in', () => {
  test('has every page the manifest and the sign-in lead to, with Microsoft’s office.js before our script', async () => {
    expect(built.map(({ page }) => page).sort()).toEqual(['command', 'pane', 'sign-in']);
    for (const page of ['command', 'pane', 'sign-in']) {
      const html = await readFile(join(folder, page, 'index.html'), 'utf8');
      const scripts = [...html.matchAll(/<script[^>]* src="([^"]*)"/g)].map(([, src = '']) => src);
      expect(scripts[0]).toBe('https://appsforoffice.microsoft.com/lib/1/hosted/office.js');
      expect(scripts.length).toBe(2);
      // Relative, so that it is found under any PUBLIC_URL, and named after its content, so that it may be kept for good.
      expect(scripts[1]).toMatch(/^\.\.\/assets\/[\w-]+-[\w-]{8}\.js$/);
      await stat(join(folder, page, scripts[1] ?? ''));
    }
  });

  test('loads at most 200 KB of script before a page runs', () => {
    for (const { initialBytes } of built) expect(initialBytes).toBeLessThanOrEqual(200 * 1024);
  });

  test('has its scripts packed, its icons, and a manifest Outlook takes', async () => {
    const files = await readdir(join(folder, 'assets'));
    for (const file of files.filter((name) => name.endsWith('.js')))
      expect(files).toEqual(expect.arrayContaining([`${file}.br`, `${file}.gz`]));
    const icons = await readdir(join(folder, 'icons'));
    expect(icons).toContain('icon-128.png');
    expect(icons).not.toContain('icon.svg');
    const manifest = await readFile(join(folder, 'manifest.xml'), 'utf8');
    expect(validateManifest(manifest, surroundings())).toEqual([]);
  });

  test('holds nothing of the tests’ React, whose warnings cost people time', async () => {
    const files = (await readdir(join(folder, 'assets'))).filter((name) => name.endsWith('.js'));
    const texts = await Promise.all(files.map((name) => readFile(join(folder, 'assets', name), 'utf8')));
    expect(texts.join('')).not.toContain('Download the React DevTools');
  });

  test('is built again when a source is newer, and only then', async () => {
    expect(await isStale(folder)).toBe(false);
    expect(await isStale(join(folder, 'nowhere'))).toBe(true);
    await utimes(join(folder, 'pane', 'index.html'), 0, 0);
    expect(await isStale(folder)).toBe(true);
  });
});

test('a page that loads too much before it runs is not built', () => {
  expect(() => refuseWhatIsTooLarge([{ page: 'pane', initialBytes: 201 * 1024 }], [])).toThrow(
    'The page pane loads 201 KB of script before it runs, 200 KB at most',
  );
});
