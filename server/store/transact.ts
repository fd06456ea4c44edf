import type { Db } from './db.ts';

const circular = new Set(['40P01', '40001']);
const tries = 5;

/**
 * Runs work in one transaction, and again from the start when PostgreSQL broke a circle of waiting by ending it. The work
 * must touch nothing but the database.
 */
export async function transact<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (attempt === tries || typeof code !== 'string' || !circular.has(code)) throw error;
    }
  }
}
