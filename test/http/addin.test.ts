/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addinFor } from '../../server/addin.ts';
import { createApp } from '../../server/app.ts';
import { readSettings, type Settings } from '../../server/config.ts';
import { freePort } from '../../server/free-port.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();

/** A built add-in of three small files, and apps that serve it. */
let folder = '';
const apps: FastifyInstance[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'addin-'));
  for (const name of ['pane', 'assets', 'icons']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'pane', 'index.html'), '<!doctype html><title>Siebel</title>');
  await writeFile(join(folder, 'assets', 'pane-abc.js'), 'start()');
  await writeFile(join(folder, 'assets', 'pane-abc.js.gz'), 'packed');
  await writeFile(join(folder, 'icons', 'icon-16.png'), 'png');
});

afterAll(async () => {
  for (const app of apps) await app.close();
  await rm(folder, { recursive: true, force: true });
});

async function serving(more: Partial<Settings> = {}, from = folder): Promise<FastifyInstance> {
  const settings = { ...api().context.settings, ...more };
  const app = await createApp({ ...api().context, settings }, { ...addinFor(settings), folder: from });
  apps.push(app);
  return app;
}

const policyOf = (headers: Readonly<Record<string, unknown>>, directive: string): string =>
  String(headers['content-security-policy'])
    .split(';')
    .find((part) => part.startsWith(`${directive} `)) ?? '';

describe('the add-in’s pages', () => {
  test('may be shown by Outlook, wherever it runs, and by nobody else', async () => {
    const { statusCode, headers, body } = await (await serving()).inject('/pane/index.html');
    expect(statusCode).toBe(200);
    expect(body).toContain('<title>Siebel</title>');
    const ancestors = policyOf(headers, 'frame-ancestors');
    for (const outlook of [
      'outlook.office.com',
      'outlook.office365.com',
      'outlook.live.com',
      'outlook.cloud.microsoft',
    ])
      expect(ancestors).toContain(`https://${outlook}`);
    expect(ancestors).not.toContain('localhost');
    expect(headers).not.toHaveProperty('x-frame-options');
  });

  test('are asked for anew, leak nothing, and load scripts from us and Microsoft only', async () => {
    const { headers } = await (await serving()).inject('/pane/index.html');
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'unsafe-none',
    });
    expect(headers['strict-transport-security']).toContain('max-age=');
    expect(policyOf(headers, 'script-src')).toBe(
      "script-src 'self' https://appsforoffice.microsoft.com https://ajax.aspnetcdn.com",
    );
    expect(policyOf(headers, 'connect-src')).toContain(api().authority.url);
    expect(policyOf(headers, 'default-src')).toBe("default-src 'none'");
  });

  test('are shown where FRAME_ANCESTORS says, and in the sandbox by its Outlook', async () => {
    const named = readSettings({ FRAME_ANCESTORS: 'https://mail.example.com' });
    if (!('settings' in named)) throw new Error(named.problems.join());
    const { headers } = await (await serving({ addin: named.settings.addin })).inject('/pane/index.html');
    expect(policyOf(headers, 'frame-ancestors')).toBe("frame-ancestors 'self' https://mail.example.com");
    const graph = { ...named.settings.graph, url: 'http://localhost:4000/graph/v1.0' };
    const sandbox = await (await serving({ isSandbox: true, graph })).inject('/pane/index.html');
    expect(policyOf(sandbox.headers, 'frame-ancestors')).toContain(' http://localhost:4000');
  });

  test('are not shown where a setting is wrong; the setting is named', () => {
    const wrong = readSettings({ FRAME_ANCESTORS: 'https://mail.example.com; *', ADDIN_ID: 'siebel' });
    const problems = 'problems' in wrong ? wrong.problems.join(' ') : '';
    expect(problems).toContain('FRAME_ANCESTORS has https://mail.example.com; *');
    expect(problems).toContain('ADDIN_ID is "siebel"');
  });

  test('without https promise no https', async () => {
    const { headers } = await (
      await serving({ publicUrl: 'http://localhost:3000' })
    ).inject('/pane/index.html');
    expect(headers).not.toHaveProperty('strict-transport-security');
  });

  test('say what to do when they were not built, and nothing else is there', async () => {
    const app = await serving({}, join(folder, 'nowhere'));
    const { statusCode, body, headers } = await app.inject('/pane/index.html');
    expect(statusCode).toBe(503);
    expect(headers['content-type']).toContain('text/html');
    expect(body).toContain('npm run build');
    expect((await app.inject('/assets/pane-abc.js')).statusCode).toBe(404);
    expect((await app.inject('/pane')).headers['location']).toBe('/pane/index.html');
  });
});

describe('what the pages load', () => {
  test('is kept for good when its name is made from its content, and comes packed', async () => {
    const app = await serving();
    const plain = await app.inject('/assets/pane-abc.js');
    expect(plain.body).toBe('start()');
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const packed = await app.inject({ url: '/assets/pane-abc.js', headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers).toMatchObject({
      'content-encoding': 'gzip',
      vary: expect.stringMatching(/accept-encoding/i),
    });
    expect(packed.headers['content-type']).toContain('javascript');
  });

  test('are icons any site may show and keep for a day', async () => {
    const { headers } = await (await serving()).inject('/icons/icon-16.png');
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=86400',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  test('lies nowhere else on the machine', async () => {
    const app = await serving();
    for (const url of ['/assets/..%2fpane%2findex.html', '/icons/..%2fpane%2findex.html', '/assets/'])
      expect((await app.inject(url)).body).not.toMatch(/start\(\)|<title>/);
    expectProblem(await api().call('GET', '/assets/none.js'), 404, 'not-found');
  });

  test('are the settings of the sign-in, and no secret', async () => {
    const { json, text } = await api().call('GET', '/addin/settings.json');
    const { entra } = api().context.settings;
    expect(json).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      authority: `${entra.authority}/${entra.tenantId}`,
      clientId: entra.addinClientId ?? entra.clientId,
      scope: `${entra.apiAudience}/access_as_user`,
      isSandbox: false,
    });
    expect(text).not.toContain(entra.clientSecret);
  });
});

describe('the set-up page', () => {
  test('shows the finished manifest of this server, to download and to copy', async () => {
    const page = await api().call('GET', '/setup');
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.text).toContain('&quot;https://sync.example.com/pane/index.html&quot;');
    expect(page.text).not.toContain('localhost:3000');
    const manifest = await api().call('GET', '/manifest.xml');
    expect(manifest.headers['content-disposition']).toBe('attachment; filename="manifest.xml"');
    expect(manifest.text).toContain('"https://sync.example.com/pane/index.html"');
  });

  test('says what to enter, every permission with its reason, and how to roll out', async () => {
    const { text } = await api().call('GET', '/setup');
    const { clientId, tenantId } = api().context.settings.entra;
    for (const said of [
      clientId,
      tenantId,
      'brk-multihub://sync.example.com',
      'https://sync.example.com/sign-in/index.html',
      'Contacts.ReadWrite',
      'Calendars.ReadWrite',
      'Tasks.ReadWrite.All',
      'MailboxSettings.ReadWrite',
      'User.Read.All',
      'access_as_user',
      'aka.ms/olksideload',
      'Integrated apps',
      '24 hours',
      'https://sync.example.com/manifest.xml',
    ])
      expect(text).toContain(said);
    const consent = /id="consent" href="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(URL.parse(consent)?.pathname).toBe(`/${tenantId}/v2.0/adminconsent`);
    expect(URL.parse(consent)?.searchParams.get('redirect_uri')).toBe('https://sync.example.com/setup');
  });

  test('runs its own script and nothing that is put into it', async () => {
    const settings = { ...api().context.settings, publicUrl: 'https://sync.example.com/<script>x</script>' };
    const { body, headers } = await (await serving(settings)).inject('/setup');
    expect(body.match(/<script>/g)).toHaveLength(1);
    expect(policyOf(headers, 'script-src')).toMatch(/^script-src 'sha256-[\w+/]+='$/);
    expect(policyOf(headers, 'frame-ancestors')).toBe("frame-ancestors 'none'");
  });

  test('looks whether the address leads here, and says what to do when it does not', async () => {
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const app = await serving({ publicUrl, webhookUrl: null });
    const checks = async () => {
      const { body } = await app.inject('/setup/checks');
      return JSON.parse(body) as { check: string; status: string; message: string; advice: string | null }[];
    };
    await app.listen({ port, host: '127.0.0.1' });
    const found = await checks();
    expect(found.find(({ check }) => check === 'add-in')).toMatchObject({ status: 'ok' });
    expect(found.find(({ check }) => check === 'address')).toMatchObject({
      status: 'warning',
      message: expect.stringContaining('https only'),
    });
    expect(found.map(({ check }) => check)).toEqual(expect.arrayContaining(['sign-in', 'notifications']));
    const gone = await serving({ publicUrl: 'http://127.0.0.1:9', webhookUrl: null });
    const { body } = await gone.inject('/setup/checks');
    expect(body).toContain('http://127.0.0.1:9 does not lead to this service');
    expect(body).toContain('Let PUBLIC_URL lead to this service');
  });
});
