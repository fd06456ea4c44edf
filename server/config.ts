import { existsSync, readFileSync } from 'node:fs';
import type { LevelWithSilent } from 'pino';
import type { Deployment } from '../addin/manifest.ts';
import { outlookFrom, type OutlookSettings } from './outlook-settings.ts';
import { addinFrom, deploymentFrom, type AddinSettings } from './addin-settings.ts';
import { siebelAuthFrom, siebelFrom, type SiebelAccess } from './siebel-settings.ts';
import { createSettingReader, type Env, type SettingReader } from './setting-reader.ts';

/** Everything the program can be told from outside; the table of settings in README.md says what each one means. */
export type Settings = Readonly<{
  /** Nothing names a real Siebel or a real Microsoft 365: the stand-ins answer. */
  isSandbox: boolean;
  /** Null: the embedded PostgreSQL under `./data/postgres`. */
  databaseUrl: string | null;
  port: number;
  /** No slash at the end, as all addresses here. */
  publicUrl: string;
  siebel: SiebelAccess;
  graph: GraphAccess;
  entra: EntraAccess;
  addin: AddinSettings;
  syncIntervalMs: number;
  /** How often task lists are asked, of which Exchange tells nothing by itself. */
  taskIntervalMs: number;
  /** Null: Graph is not asked for change notifications. */
  webhookUrl: string | null;
  /** 32 bytes in base64. Null only in a sandbox whose key has not been made yet. */
  secretsKey: string | null;
  logLevel: LevelWithSilent;
}>;

type GraphAccess = OutlookSettings & Readonly<{ url: string }>;

type EntraAccess = Readonly<{
  authority: string;
  tenantId: string;
  clientId: string;
  /** One of the two: a secret, or the path of a PEM file with the private key and the certificate. */
  clientSecret: string | null;
  certificatePath: string | null;
  /** Besides the client id itself, which is what tokens of version 2.0 carry. */
  apiAudience: string;
  /** The only application whose tokens are taken (`azp`); null: any the tenant lets call us. */
  addinClientId: string | null;
}>;

export type SettingsReading = Readonly<{ settings: Settings }> | Readonly<{ problems: readonly string[] }>;

/** People who try the sandbox watch; a company's mailboxes are asked once a minute. */
function taskIntervalFrom(read: SettingReader, isSandbox: boolean): number {
  const fallback = isSandbox && !read.has('SYNC_INTERVAL_SECONDS') ? 10 : 60;
  return read.integer('TASK_INTERVAL_SECONDS', { fallback, least: 1, most: 86_400 }) * 1000;
}

/** What `npm start` tells the commands and further workers about the sandbox it runs; kept in `./data/sandbox.json`. */
export type RunningSandbox = Readonly<{
  databaseUrl: string;
  sandboxUrl: string;
  port: number;
  secretsKey: string;
}>;

const sandboxFile = 'data/sandbox.json';
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Reads the settings from an environment: all of them, or everything that is wrong with them. */
export function readSettings(env: Env): SettingsReading {
  const read = createSettingReader(env);
  const isSandbox = !read.has('SIEBEL_URL') && !read.has('ENTRA_TENANT_ID') && !read.has('GRAPH_URL');
  const port = read.integer('PORT', { fallback: 3000, least: 1, most: 65_535 });
  const publicUrl = read.url('PUBLIC_URL', `http://localhost:${port}`);
  const sandboxPort = read.integer('SANDBOX_PORT', { fallback: 4000, least: 1, most: 65_535 });
  const settings: Settings = {
    isSandbox,
    databaseUrl: databaseUrlFrom(read),
    port,
    publicUrl,
    ...(isSandbox ? accessToSandbox(`http://localhost:${sandboxPort}`, read) : accessToReal(read)),
    addin: addinFrom(read),
    syncIntervalMs: read.integer('SYNC_INTERVAL_SECONDS', { fallback: 300, least: 1, most: 86_400 }) * 1000,
    taskIntervalMs: taskIntervalFrom(read, isSandbox),
    webhookUrl:
      read.text('WEBHOOK_URL') === 'off' ? null : read.url('WEBHOOK_URL', `${publicUrl}/webhooks/graph`),
    secretsKey: secretsKeyFrom(read, isSandbox),
    logLevel: read.choice('LOG_LEVEL', logLevels, 'info'),
  };
  return read.problems.length === 0 ? { settings } : { problems: read.problems };
}

/**
 * What `npm run build` reads of the environment and `.env`; ends the process with code 2 when something is wrong with it. What
 * is built is for people: a NODE_ENV left over from tests would pack the libraries' slow halves.
 */
export function deploymentOrExit(): Deployment {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.env['NODE_ENV'] = 'production';
  const read = createSettingReader(process.env);
  const deployment = deploymentFrom(read);
  if (read.problems.length === 0) return deployment;
  for (const problem of read.problems) console.error(problem);
  return process.exit(2);
}

/**
 * The settings of this process: the environment, beneath it `.env`. With `joinSandbox` a process without settings finds the
 * sandbox that `npm start` runs in the same folder; what the environment names explicitly still wins.
 */
export function loadSettings(options: { joinSandbox: boolean }): SettingsReading {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const reading = readSettings(process.env);
  if (!options.joinSandbox || !('settings' in reading) || !reading.settings.isSandbox) return reading;
  const running = runningSandbox();
  return running === null ? reading : { settings: joined(reading.settings, running) };
}

/** The same, for programs that cannot go on without: says what is wrong and ends the process with code 2. */
export function settingsOrExit(options: { joinSandbox: boolean }): Settings {
  const reading = loadSettings(options);
  if ('settings' in reading) return reading.settings;
  for (const problem of reading.problems) console.error(problem);
  console.error('Put the settings into the environment or into .env; README.md lists them all.');
  return process.exit(2);
}

/** The settings of a sandbox that runs at a known address with a known database. */
export function withSandbox(settings: Settings, running: RunningSandbox): Settings {
  const { siebel, graph, entra } = accessToSandbox(running.sandboxUrl, createSettingReader({}));
  return {
    ...settings,
    databaseUrl: running.databaseUrl,
    secretsKey: running.secretsKey,
    siebel: { ...settings.siebel, url: siebel.url, recordUrl: siebel.recordUrl },
    graph: { ...settings.graph, url: graph.url },
    entra: { ...entra, addinClientId: settings.entra.addinClientId },
  };
}

function joined(settings: Settings, running: RunningSandbox): Settings {
  const databaseUrl = settings.databaseUrl ?? running.databaseUrl;
  const { PORT: port, PUBLIC_URL: address, WEBHOOK_URL: webhook } = process.env;
  const here = { port: running.port, publicUrl: `http://localhost:${running.port}` };
  return {
    ...withSandbox(settings, { ...running, databaseUrl }),
    ...(port || address ? {} : here),
    ...(port || address || webhook ? {} : { webhookUrl: `${here.publicUrl}/webhooks/graph` }),
  };
}

function runningSandbox(): RunningSandbox | null {
  if (!existsSync(sandboxFile)) return null;
  const written: unknown = JSON.parse(readFileSync(sandboxFile, 'utf8'));
  if (isRunningSandbox(written)) return written;
  throw new Error(
    `${sandboxFile} is not what \`npm start\` writes there; stop it, delete the file and start again.`,
  );
}

function isRunningSandbox(value: unknown): value is RunningSandbox {
  if (typeof value !== 'object' || value === null || !('port' in value) || typeof value.port !== 'number')
    return false;
  const texts: Record<string, unknown> = { ...value };
  return ['databaseUrl', 'sandboxUrl', 'secretsKey'].every((key) => typeof texts[key] === 'string');
}

type Access = Pick<Settings, 'siebel' | 'graph' | 'entra'>;

/** The stand-ins' sign-in is part of what they promise; see README.md, "The sandbox". */
function accessToSandbox(origin: string, read: SettingReader): Access {
  const url = `${origin}/siebel/v1.0`;
  const clientId = '00000000-0000-0000-0000-00000000c11e';
  return {
    siebel: { ...siebelFrom(read, url), auth: { scheme: 'basic', user: 'SADMIN', password: 'SADMIN' } },
    graph: { url: `${origin}/graph/v1.0`, ...outlookFrom(read) },
    entra: {
      authority: `${origin}/entra`,
      tenantId: '00000000-0000-0000-0000-0000000005eb',
      clientId,
      clientSecret: 'sandbox',
      certificatePath: null,
      apiAudience: `api://${clientId}`,
      addinClientId: read.text('ADDIN_CLIENT_ID'),
    },
  };
}

function accessToReal(read: SettingReader): Access {
  const url = read.url('SIEBEL_URL', null);
  return {
    siebel: { ...siebelFrom(read, url), auth: siebelAuthFrom(read) },
    graph: { url: read.url('GRAPH_URL', 'https://graph.microsoft.com/v1.0'), ...outlookFrom(read) },
    entra: entraFrom(read),
  };
}

function entraFrom(read: SettingReader): EntraAccess {
  const clientId = read.required('ENTRA_CLIENT_ID', 'the application (client) id of the app registration');
  return {
    authority: read.url('ENTRA_AUTHORITY', 'https://login.microsoftonline.com'),
    tenantId: read.required('ENTRA_TENANT_ID', 'the id of the Microsoft Entra tenant'),
    clientId,
    ...credentialFrom(read),
    apiAudience: read.text('ENTRA_API_AUDIENCE') ?? `api://${clientId}`,
    addinClientId: read.text('ADDIN_CLIENT_ID'),
  };
}

function credentialFrom(read: SettingReader): Pick<EntraAccess, 'clientSecret' | 'certificatePath'> {
  const path = read.text('ENTRA_CERTIFICATE_PATH');
  if (path === null) {
    const expected = 'a client secret of the app registration, or ENTRA_CERTIFICATE_PATH instead';
    return { clientSecret: read.required('ENTRA_CLIENT_SECRET', expected), certificatePath: null };
  }
  if (read.has('ENTRA_CLIENT_SECRET')) {
    read.complain(
      'ENTRA_CLIENT_SECRET and ENTRA_CERTIFICATE_PATH are both set: expected one of them, the certificate if you can.',
    );
  }
  return { clientSecret: null, certificatePath: path };
}

function databaseUrlFrom(read: SettingReader): string | null {
  const value = read.text('DATABASE_URL');
  const protocol = value === null ? null : (URL.parse(value)?.protocol ?? 'none');
  if (protocol !== null && protocol !== 'postgres:' && protocol !== 'postgresql:') {
    // The value is not repeated: it may hold a password.
    read.complain(
      'DATABASE_URL is no PostgreSQL address: expected postgresql://user:password@host:5432/database.',
    );
  }
  return value;
}

function secretsKeyFrom(read: SettingReader, isSandbox: boolean): string | null {
  const expected = '32 bytes in base64, for example from: openssl rand -base64 32';
  const value = isSandbox ? read.text('SECRETS_KEY') : read.required('SECRETS_KEY', expected);
  const isKey = value !== null && /^[A-Za-z0-9+/]{43}=$/.test(value);
  if (value && !isKey) read.complain(`SECRETS_KEY is not a key: expected ${expected}.`);
  return value || null;
}
