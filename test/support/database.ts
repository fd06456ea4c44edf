import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { openDb, type Db } from '../../server/store/db.ts';
import { databaseAt, run } from './global-setup.ts';
import { useStarted } from './use-started.ts';

type TestDatabase = Readonly<{ url: string; close: () => Promise<void> }>;

/** A new database with the schema and nothing in it; `close` drops it, whoever is still connected. */
export async function freshDatabase(): Promise<TestDatabase> {
  const server = inject('databaseServer');
  const name = `siebel_sync_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name} template ${inject('templateDatabase')}`);
  return {
    url: databaseAt(server, name),
    close: () => run(server, `drop database if exists ${name} with (force)`),
  };
}

/** The same, with connections to it. */
export async function openFreshDb(poolSize = 4): Promise<Readonly<{ db: Db; close: () => Promise<void> }>> {
  const database = await freshDatabase();
  const db = openDb(database.url, { poolSize });
  return {
    db,
    close: async () => {
      await db.destroy();
      await database.close();
    },
  };
}

/** A database of its own for a file of tests. */
export function useDatabase(poolSize?: number): () => Db {
  const opened = useStarted(() => openFreshDb(poolSize));
  return () => opened().db;
}
