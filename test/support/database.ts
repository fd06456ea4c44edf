import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { databaseAt, run } from './global-setup.ts';

export type TestDatabase = Readonly<{ url: string; close: () => Promise<void> }>;

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
