/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doctor } from '../../server/cli/doctor.ts';
import { readSettings, type Settings } from '../../server/config.ts';
import { createHttp, type Http } from '../../server/connectors/http.ts';
import type { Finding } from '../../server/connectors/connector.ts';
import { withDesk } from './desk.ts';

const desk = withDesk();
let server: Server;
let http: Http;
/** What the servers say the time is. */
let date = '';

beforeAll(async () => {
  http = createHttp({ concurrency: 4, timeoutMs: 5_000, clock: { now: () => Date.now() } });
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const token = url.searchParams.get('validationToken');
    const isJson = url.pathname.endsWith('openid-configuration');
    response.writeHead(200, {
      'content-type': isJson ? 'application/json' : 'text/plain',
      ...(date ? { date } : {}),
    });
    response.end(isJson ? '{"jwks_uri":"http://localhost/keys"}' : (token ?? ''));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(async () => {
  await http.close();
  await new Promise((done) => server.close(done));
});

function settingsHere(more: Partial<Settings> = {}): Settings {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { settings } = desk().context;
  return {
    ...settings,
    databaseUrl: 'postgresql://127.0.0.1/x',
    siebel: { ...settings.siebel, url },
    graph: { ...settings.graph, url },
    entra: { ...settings.entra, authority: url },
    webhookUrl: `${url}/webhooks/graph`,
    ...more,
  };
}

async function examine(settings: Settings): Promise<{ code: number; findings: readonly Finding[] }> {
  desk().clear();
  const open = async () => ({ ...desk().context, settings, close: async () => undefined });
  const code = await doctor({ reading: { settings }, open, http, terminal: desk().terminal });
  return { code, findings: (desk().json[0] as { findings: readonly Finding[] }).findings };
}

describe('doctor', () => {
  test('finds everything well and says what it looked at', async () => {
    const { code, findings } = await examine(settingsHere());
    expect(code, JSON.stringify(findings)).toBe(0);
    expect(new Set(findings.map(({ check }) => check))).toEqual(
      new Set(['settings', 'database', 'Siebel', 'Microsoft Graph', 'sign-in', 'clock', 'notifications']),
    );
    expect(desk().lines.join('\n')).not.toMatch(/SADMIN|sandbox secret/);
  });

  test('names wrong settings and goes no further', async () => {
    desk().clear();
    const reading = readSettings({ PORT: 'x', LOG_LEVEL: 'y' });
    const open = () => Promise.reject(new Error('nothing to open'));
    expect(await doctor({ reading, open, http, terminal: desk().terminal })).toBe(1);
    expect(desk().lines.join('\n')).toMatch(/FAILED {2}settings: PORT is "x"[\s\S]*What to do/);
  });

  test('says what to do about a database that does not answer', async () => {
    desk().clear();
    const open = () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:5432'));
    expect(
      await doctor({ reading: { settings: settingsHere() }, open, http, terminal: desk().terminal }),
    ).toBe(1);
    expect(desk().lines.join('\n')).toMatch(/FAILED {2}database: .*ECONNREFUSED[\s\S]*DATABASE_URL/);
  });

  test('warns of a clock that disagrees, and of a webhook that leads elsewhere', async () => {
    date = new Date(Date.now() - 120_000).toUTCString();
    const { code, findings } = await examine(
      settingsHere({ webhookUrl: 'http://127.0.0.1:9/webhooks/graph' }),
    );
    date = '';
    expect(code).toBe(1);
    const clocks = findings.filter(({ check }) => check === 'clock');
    expect(clocks.map(({ status }) => status)).toEqual(['warning']);
    expect(clocks[0]?.message).toMatch(/The clock of the sign-in service is 1\d\d s behind ours/);
    expect(findings.at(-1)).toMatchObject({
      check: 'notifications',
      status: 'failed',
      advice: expect.stringContaining('WEBHOOK_URL=off'),
    });
  });

  test('knows that polling alone needs no webhook, and that Graph wants https', async () => {
    expect((await examine(settingsHere({ webhookUrl: null }))).findings.at(-1)).toMatchObject({
      status: 'ok',
    });
    expect((await examine(settingsHere({ isSandbox: false }))).findings.at(-1)).toMatchObject({
      status: 'warning',
    });
  });
});
