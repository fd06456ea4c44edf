import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseReport } from './embedded-postgres.ts';
import { freePort } from './free-port.ts';

export type EmbeddedDatabase = Readonly<{ url: string; stop: () => Promise<void> }>;

const database = 'siebel_sync';

/**
 * A real PostgreSQL from npm, in a folder of its own, for machines that have none. It listens on loopback only. Started as
 * root it runs as the system user `postgres`, since PostgreSQL refuses to run as root. Throws when it does not start.
 */
export async function startEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  const databaseDir = resolve(folder);
  const port = await freePort();
  const child = fork(
    join(import.meta.dirname, 'embedded-postgres.ts'),
    [databaseDir, String(port), database],
    { detached: true, execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] },
  );
  const ended = once(child, 'exit');
  const stop = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  const report = await Promise.race([reportOf(child), ended.then(() => null)]);
  if (report?.ready) {
    return { url: `postgresql://postgres:postgres@127.0.0.1:${port}/${database}`, stop };
  }
  await stop();
  throw new Error(adviceOn(databaseDir, report?.reason ?? 'its process ended without a word.'));
}

/** Whether a PostgreSQL works on this folder, as the file with its process id says. */
export function isDatabaseRunning(folder: string): boolean {
  const file = join(folder, 'postmaster.pid');
  const [pid = ''] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  if (!/^\d+$/.test(pid)) return false;
  try {
    return process.kill(Number(pid), 0);
  } catch (error) {
    // Somebody else's process cannot be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function reportOf(child: ReturnType<typeof fork>): Promise<DatabaseReport> {
  const [report]: unknown[] = await once(child, 'message');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the only message embedded-postgres.ts ever sends
  return report as DatabaseReport;
}

function adviceOn(databaseDir: string, reason: string): string {
  const what = `The PostgreSQL in ${databaseDir} does not start.`;
  if (reason.includes('postmaster.pid'))
    return `${what} It is running already, from another \`npm start\` in this folder; stop that one first.`;
  const advice = '`npm start -- --reset` begins anew; DATABASE_URL names a PostgreSQL of your own instead.';
  return `${what} ${advice} It says: ${reason.replaceAll(/\s+/g, ' ')}`;
}
