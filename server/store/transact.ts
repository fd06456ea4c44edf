import type { Db } from './db.ts';
import { isTwin } from './twins.ts';

const circular = new Set(['40P01', '40001']);
const tries = 5;

/**
 * Runs work in one transaction, and again from the start when PostgreSQL broke a circle of waiting by ending it, or when
 * somebody else wrote the same row a moment before. The work must touch nothing but the database.
 */
export async function transact<Result>(db: Db, work: (db: Db) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      const isCircular = typeof code === 'string' && circular.has(code);
      if (attempt === tries || !(isCircular || isTwin(error))) throw error;
    }
  }
}
