import { sql } from 'kysely';
import { leaveCues } from './cues.ts';
import type { Db } from './db.ts';

/** Cues the series whose next occurrences Siebel is to be given by now. */
export async function rollSeries(db: Db, now: Temporal.Instant): Promise<void> {
  const due = await sql<{ id: string }>`
    select id from siebel_record where roll_at <= ${now.toString()}::timestamptz limit 500`.execute(db);
  const cues = due.rows.map(({ id }) => ({
    kind: 'turn' as const,
    personId: null,
    recordId: id,
    cause: 'change' as const,
  }));
  await leaveCues(db, cues, now);
}
