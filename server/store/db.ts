import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import * as contacts from './migrations/0001-contacts.ts';
import type { Tables } from './schema.ts';

/** A connection pool or a transaction: every function of the store takes one first. */
export type Db = Kysely<Tables>;

const timestamptz = 1184;
const date = 1082;

/** Opens a pool. Instants come as ISO 8601 in UTC, dates as `YYYY-MM-DD`, so that no zone of this machine interferes. */
export function openDb(databaseUrl: string, options: { poolSize: number }): Db {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === timestamptz ? instantFromPg : oid === date ? asWritten : pg.types.getTypeParser(oid, format),
  };
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.poolSize,
    types,
    application_name: 'siebel-sync',
  });
  // An idle connection that breaks is replaced at the next query, which then reports what is wrong.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}

/** Brings the schema up to date; several processes may call it at once, one works and the others wait. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ '0001-contacts': contacts }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

function instantFromPg(text: string): string {
  return Temporal.Instant.from(text).toString();
}

function asWritten(text: string): string {
  return text;
}
