import type { Selectable } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import { pageOf, type Page } from './page.ts';
import type { JournalTable } from './schema.ts';

export type JournalEntryRow = Omit<Selectable<JournalTable>, 'replay'> & Readonly<{ mailbox: string | null }>;

export type JournalFilter = Readonly<{
  personId: string | null;
  domain: Domain | null;
  recordId: string | null;
  /** Refs of either side; an empty list asks for none of them, null does not ask. */
  refs: readonly string[] | null;
  since: Temporal.Instant | null;
  after: string | null;
  limit: number;
}>;

const columns = [
  'journal.id',
  'journal.at',
  'journal.person_id',
  'journal.record_id',
  'journal.link_id',
  'journal.domain',
  'journal.siebel_ref',
  'journal.exchange_ref',
  'journal.cause',
  'journal.verdict',
  'journal.step',
  'journal.why',
  'journal.reasons',
  'journal.before',
  'journal.after',
  'journal.lost',
  'journal.wrote_siebel',
  'journal.wrote_exchange',
  'person.mailbox',
] as const;

/** What was done, the newest first. */
export async function listJournal(db: Db, filter: JournalFilter): Promise<Page<JournalEntryRow>> {
  let query = db
    .selectFrom('journal')
    .leftJoin('person', 'person.id', 'journal.person_id')
    .select(columns)
    .orderBy('journal.id', 'desc')
    .limit(filter.limit + 1);
  if (filter.personId !== null) query = query.where('journal.person_id', '=', filter.personId);
  if (filter.domain !== null) query = query.where('journal.domain', '=', filter.domain);
  if (filter.recordId !== null) query = query.where('journal.record_id', '=', filter.recordId);
  if (filter.since !== null) query = query.where('journal.at', '>=', filter.since.toString());
  if (filter.after !== null) query = query.where('journal.id', '<', filter.after);
  if (filter.refs !== null) {
    const refs = [...filter.refs];
    query = query.where((eb) =>
      eb.or([eb(eb.ref('journal.exchange_ref'), 'in', refs), eb(eb.ref('journal.siebel_ref'), 'in', refs)]),
    );
  }
  return pageOf(await query.execute(), filter.limit, (row) => row.id);
}
