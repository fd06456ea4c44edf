import { sql } from 'kysely';
import type { domains, Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';

/** What has been done in one domain, in the numbers people ask for. */
export type DomainReport = Readonly<{
  adopted: number;
  createdInSiebel: number;
  createdInOutlook: number;
  updated: number;
  removed: number;
  proposed: number;
  conflicts: number;
  /** Outlook items the first loads left alone, by reason. */
  skipped: Readonly<Record<string, number>>;
}>;

/** What has been done since an entry of the journal. */
export type Report = Readonly<{
  domains: Readonly<Record<Domain, DomainReport>>;
  parked: readonly Readonly<{ reason: string; count: number }>[];
}>;

type Done = Readonly<
  { domain: Domain } & Record<'adopted' | 'siebel' | 'outlook' | 'updated' | 'removed', string>
>;
type Asked = Readonly<{ domain: Domain } & Record<'proposed' | 'conflicts', string>>;
type Skipped = Readonly<{ domain: Domain; why: string; count: string }>;

export async function reportSince(db: Db, journalId: string): Promise<Report> {
  const done = await sql<Done>`
    select domain, count(*) filter (where step like 'adopt%') as adopted,
      count(*) filter (where step like '%siebel create%' and wrote_siebel > 0) as siebel,
      count(*) filter (where step like '%exchange create%') as outlook,
      count(*) filter (where step like '%update%') as updated,
      count(*) filter (where step like '%remove%') as removed
    from journal where id > ${journalId}::bigint group by domain`.execute(db);
  const asked = await sql<Asked>`
    select domain, count(*) filter (where kind = 'match') as proposed,
      count(*) filter (where kind = 'conflict') as conflicts
    from question where status = 'open' group by domain`.execute(db);
  const skipped = await sql<Skipped>`
    select left_alone.key as domain, reason.key as why, sum(reason.value::integer) as count
    from person, jsonb_each(person.skipped) left_alone, jsonb_each_text(left_alone.value) reason
    where person.state <> 'removed' group by 1, 2 having sum(reason.value::integer) > 0
    order by 3 desc`.execute(db);
  const parked = await sql<{ reason: string; count: string }>`
    select reason, count(*) as count from parked where status = 'open' group by reason order by count(*) desc limit 20`.execute(
    db,
  );
  const rows = { done: done.rows, asked: asked.rows, skipped: skipped.rows };
  return {
    domains: {
      contact: reportOf('contact', rows),
      appointment: reportOf('appointment', rows),
      task: reportOf('task', rows),
    } satisfies Record<(typeof domains)[number], DomainReport>,
    parked: parked.rows.map((row) => ({ reason: row.reason, count: Number(row.count) })),
  };
}

type Rows = Readonly<{ done: readonly Done[]; asked: readonly Asked[]; skipped: readonly Skipped[] }>;

function reportOf(domain: Domain, rows: Rows): DomainReport {
  const done = rows.done.find((row) => row.domain === domain);
  const asked = rows.asked.find((row) => row.domain === domain);
  return {
    adopted: Number(done?.adopted ?? 0),
    createdInSiebel: Number(done?.siebel ?? 0),
    createdInOutlook: Number(done?.outlook ?? 0),
    updated: Number(done?.updated ?? 0),
    removed: Number(done?.removed ?? 0),
    proposed: Number(asked?.proposed ?? 0),
    conflicts: Number(asked?.conflicts ?? 0),
    skipped: Object.fromEntries(
      rows.skipped.filter((row) => row.domain === domain).map(({ why, count }) => [why, Number(count)]),
    ),
  };
}
