import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../server/embedded-database.ts';
import { databaseAt, run } from '../support/global-setup.ts';
import { cpuSecondsWithChildren } from './process.ts';

export type Postgres = Readonly<{
  /** Makes an empty database and answers its address. */
  fresh: () => Promise<string>;
  /** Of the whole server; NaN where it is not ours. */
  cpuSeconds: () => number;
  stop: () => Promise<void>;
}>;

/** The PostgreSQL that DATABASE_URL names, or one of its own in a folder that is thrown away. */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env['DATABASE_URL'];
  const folder = await mkdtemp(join(tmpdir(), 'siebel-sync-bench-'));
  // As root the server runs as the user `postgres`, who has to get through to its folder.
  await chmod(folder, 0o755);
  const own = given ? null : await startEmbeddedDatabase(join(folder, 'data'));
  const url = given ?? own?.url ?? '';
  const pid = own ? Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]) : 0;
  const made: string[] = [];
  return {
    fresh: async () => {
      const name = `siebel_sync_bench_${process.pid}_${made.length}`;
      await run(url, `create database ${name}`);
      made.push(name);
      return databaseAt(url, name);
    },
    cpuSeconds: () => (pid === 0 ? Number.NaN : cpuSecondsWithChildren(pid)),
    stop: async () => {
      for (const name of made) await run(url, `drop database if exists ${name} with (force)`);
      await own?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Rows = Readonly<Record<string, number>>;

/** A connection reports what it wrote at the latest when it has been idle for ten seconds. */
const reportedAfterMs = 10_500;

/** Rows inserted, updated and deleted so far, by table. */
export async function rowsWritten(databaseUrl: string): Promise<Rows> {
  await new Promise((done) => setTimeout(done, reportedAfterMs));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ relname: string; written: string }>(
    'select relname, n_tup_ins + n_tup_upd + n_tup_del as written from pg_stat_user_tables',
  );
  await client.end();
  return Object.fromEntries(rows.map(({ relname, written }) => [relname, Number(written)]));
}

export function rowsBetween(before: Rows, after: Rows): Rows {
  const changed = Object.entries(after).map(
    ([table, count]) => [table, count - (before[table] ?? 0)] as const,
  );
  return Object.fromEntries(changed.filter(([, count]) => count !== 0));
}
