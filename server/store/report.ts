import { sql } from 'kysely';
import type { Db } from './db.ts';

/** What has been done since an entry of the journal, in the numbers people ask for. */
export type Report = Readonly<{
  adopted: number;
  createdInSiebel: number;
  createdInOutlook: number;
  updated: number;
  removed: number;
  proposed: number;
  conflicts: number;
  /** Outlook contacts the first loads left alone. */
  skippedPrivate: number;
  skippedUncategorised: number;
  parked: readonly Readonly<{ reason: string; count: number }>[];
}>;

export async function reportSince(db: Db, journalId: string): Promise<Report> {
  const rows = await sql<Record<'adopted' | 'siebel' | 'outlook' | 'updated' | 'removed', string>>`
    select count(*) filter (where step like 'adopt%') as adopted,
      count(*) filter (where step like '%siebel create%' and wrote_siebel > 0) as siebel,
      count(*) filter (where step like '%exchange create%') as outlook,
      count(*) filter (where step like '%update%') as updated,
      count(*) filter (where step like '%remove%') as removed
    from journal where id > ${journalId}::bigint`.execute(db);
  const questions = await sql<Record<'proposed' | 'conflicts', string>>`
    select count(*) filter (where kind = 'match') as proposed, count(*) filter (where kind = 'conflict') as conflicts
    from question where status = 'open'`.execute(db);
  const skipped = await sql<Record<'hidden' | 'uncategorised', string | null>>`
    select sum((skipped->>'private')::integer) as hidden, sum((skipped->>'uncategorised')::integer) as uncategorised
    from person where state <> 'removed'`.execute(db);
  const parked = await sql<{ reason: string; count: string }>`
    select reason, count(*) as count from parked where status = 'open' group by reason order by count(*) desc limit 20`.execute(
    db,
  );
  const done = rows.rows[0];
  const asked = questions.rows[0];
  const left = skipped.rows[0];
  return {
    adopted: Number(done?.adopted ?? 0),
    createdInSiebel: Number(done?.siebel ?? 0),
    createdInOutlook: Number(done?.outlook ?? 0),
    updated: Number(done?.updated ?? 0),
    removed: Number(done?.removed ?? 0),
    proposed: Number(asked?.proposed ?? 0),
    conflicts: Number(asked?.conflicts ?? 0),
    skippedPrivate: Number(left?.hidden ?? 0),
    skippedUncategorised: Number(left?.uncategorised ?? 0),
    parked: parked.rows.map((row) => ({ reason: row.reason, count: Number(row.count) })),
  };
}
