import { describe, expect, test } from 'vitest';
import { readSettings, withSandbox, type Settings } from '../../server/config.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const real = {
  DATABASE_URL: 'postgresql://sync:topsecret@db.example.com/sync',
  SIEBEL_URL: 'https://siebel.example.com/siebel/v1.0/',
  SIEBEL_USER: 'SYNC',
  SIEBEL_PASSWORD: 'topsecret',
  ENTRA_TENANT_ID: '11111111-2222-3333-4444-555555555555',
  ENTRA_CLIENT_ID: 'the-client',
  ENTRA_CLIENT_SECRET: 'topsecret',
  SECRETS_KEY: key,
};

function settings(env: Record<string, string>): Settings {
  const reading = readSettings(env);
  if ('problems' in reading) throw new Error(reading.problems.join('\n'));
  return reading.settings;
}

function problems(env: Record<string, string>): string {
  const reading = readSettings(env);
  return 'problems' in reading ? reading.problems.join('\n') : '';
}

describe('settings', () => {
  test('that are all missing mean the sandbox, with its known sign-in', () => {
    expect(settings({})).toMatchObject({
      isSandbox: true,
      databaseUrl: null,
      port: 3000,
      publicUrl: 'http://localhost:3000',
      siebel: {
        url: 'http://localhost:4000/siebel/v1.0',
        auth: { scheme: 'basic', user: 'SADMIN', password: 'SADMIN' },
        timeZone: 'UTC',
        concurrency: 4,
      },
      graph: { url: 'http://localhost:4000/graph/v1.0' },
      entra: {
        authority: 'http://localhost:4000/entra',
        tenantId: '00000000-0000-0000-0000-0000000005eb',
        apiAudience: 'api://00000000-0000-0000-0000-00000000c11e',
      },
      syncIntervalMs: 300_000,
      taskIntervalMs: 10_000,
      webhookUrl: 'http://localhost:3000/webhooks/graph',
      secretsKey: null,
      logLevel: 'info',
    });
  });

  test('follow one another: the port makes the address, the address the webhook', () => {
    expect(settings({ PORT: '8080' }).webhookUrl).toBe('http://localhost:8080/webhooks/graph');
    expect(settings({ PUBLIC_URL: 'https://sync.example.com/' }).webhookUrl).toBe(
      'https://sync.example.com/webhooks/graph',
    );
    expect(settings({ WEBHOOK_URL: 'off' }).webhookUrl).toBeNull();
    expect(settings({ SANDBOX_PORT: '4567' }).graph.url).toBe('http://localhost:4567/graph/v1.0');
  });

  test('of real systems have their defaults', () => {
    expect(settings(real)).toMatchObject({
      isSandbox: false,
      siebel: {
        url: 'https://siebel.example.com/siebel/v1.0',
        auth: { scheme: 'basic', user: 'SYNC' },
        nestedChildren: 'auto',
      },
      graph: { url: 'https://graph.microsoft.com/v1.0' },
      entra: {
        authority: 'https://login.microsoftonline.com',
        apiAudience: 'api://the-client',
        addinClientId: null,
      },
      secretsKey: key,
    });
  });

  const wrong: Readonly<Record<string, [Record<string, string>, RegExp]>> = {
    'a port that is a word': [{ PORT: 'http' }, /PORT is "http": expected a whole number from 1 to 65535/],
    'an interval of no time': [{ SYNC_INTERVAL_SECONDS: '0' }, /SYNC_INTERVAL_SECONDS is "0"/],
    'a zone nobody knows': [
      { SIEBEL_TIME_ZONE: 'Mars/Olympus' },
      /SIEBEL_TIME_ZONE is "Mars\/Olympus".*Europe\/Berlin/,
    ],
    'a log level nobody knows': [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL is "loud": expected one of fatal, error/],
    'an address that is none': [
      { PUBLIC_URL: 'sync.example.com' },
      /PUBLIC_URL is "sync\.example\.com": expected an address/,
    ],
    'a way to sign in nobody knows': [
      { ...real, SIEBEL_AUTH: 'magic' },
      /SIEBEL_AUTH is "magic": expected one of basic, bearer/,
    ],
    'Siebel without a user': [
      { ...real, SIEBEL_USER: '' },
      /SIEBEL_USER is missing.*because SIEBEL_AUTH is basic/,
    ],
    'a bearer without a token': [{ ...real, SIEBEL_AUTH: 'bearer' }, /SIEBEL_TOKEN is missing/],
    'client credentials without their address': [
      { ...real, SIEBEL_AUTH: 'client-credentials' },
      /SIEBEL_TOKEN_URL is missing/,
    ],
    'Microsoft 365 without Siebel': [{ ENTRA_TENANT_ID: 'x' }, /SIEBEL_URL is missing/],
    'Siebel without Microsoft 365': [{ SIEBEL_URL: real.SIEBEL_URL }, /ENTRA_TENANT_ID is missing/],
    'no secret and no certificate': [
      { ...real, ENTRA_CLIENT_SECRET: '' },
      /ENTRA_CLIENT_SECRET is missing.*ENTRA_CERTIFICATE_PATH/,
    ],
    'both a secret and a certificate': [{ ...real, ENTRA_CERTIFICATE_PATH: '/x.pem' }, /both set/],
    'no key for secrets': [{ ...real, SECRETS_KEY: '' }, /SECRETS_KEY is missing.*openssl rand/],
    'a key for secrets that is too short': [{ ...real, SECRETS_KEY: 'c2hvcnQ=' }, /SECRETS_KEY is not a key/],
    'a database of another kind': [
      { ...real, DATABASE_URL: 'mysql://u:topsecret@h/d' },
      /DATABASE_URL is no PostgreSQL address/,
    ],
    'a view mode of a component we do not use': [
      { ...real, SIEBEL_VIEW_MODES: '{"Asset":"All"}' },
      /SIEBEL_VIEW_MODES.*keys Contact, Employee, Account/,
    ],
  };
  for (const [name, [env, expected]] of Object.entries(wrong)) {
    test(`with ${name} are named with what was expected, and no secret is repeated`, () => {
      const said = problems(env);
      expect(said).toMatch(expected);
      expect(said).not.toContain('topsecret');
    });
  }

  test('that are wrong are all named at once', () => {
    expect(problems({ PORT: 'x', LOG_LEVEL: 'y', SANDBOX_PORT: 'z' }).split('\n')).toHaveLength(3);
  });

  test('of a running sandbox replace the default ones', () => {
    const joined = withSandbox(settings({}), {
      databaseUrl: 'postgresql://127.0.0.1:5555/x',
      sandboxUrl: 'http://localhost:4999',
      port: 3999,
      secretsKey: key,
    });
    expect(joined).toMatchObject({
      databaseUrl: 'postgresql://127.0.0.1:5555/x',
      secretsKey: key,
      siebel: {
        url: 'http://localhost:4999/siebel/v1.0',
        recordUrl: 'http://localhost:4999/siebel/v1.0/data/{component}/{component}/{id}',
      },
      graph: { url: 'http://localhost:4999/graph/v1.0' },
      entra: { authority: 'http://localhost:4999/entra' },
    });
  });
});
