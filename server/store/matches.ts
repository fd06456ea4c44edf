import { sql } from 'kysely';
import type { Domain } from '../../shared/domain.ts';
import type { Ref } from '../core/snapshot.ts';
import type { Db } from './db.ts';

export type DoubtfulMatch = Readonly<{
  id: string;
  domain: Domain;
  personId: string;
  exchangeRef: Ref;
  label: string;
  candidates: readonly Readonly<{ ref: string; label: string; detail: string }>[];
  at: string;
}>;

/** Asks a person once which Siebel record an Outlook item is. */
export async function askMatches(db: Db, matches: readonly DoubtfulMatch[]): Promise<void> {
  for (const match of matches) {
    await sql`
      insert into question (id, kind, person_id, domain, exchange_ref, candidates, label, status, asked_at)
      values (${match.id}, 'match', ${match.personId}, ${match.domain}, ${match.exchangeRef},
        ${JSON.stringify(match.candidates)}::jsonb, ${match.label}, 'open', ${match.at}::timestamptz)
      on conflict (person_id, exchange_ref) where status = 'open' and kind = 'match' do nothing`.execute(db);
  }
}

export type MatchQuestion = Readonly<{
  id: string;
  exchange_ref: string | null;
  candidates: readonly Readonly<{ ref: string }>[];
  status: 'open' | 'answered' | 'void';
  answer: unknown;
}>;

/** Questions of a person that are open, and those just answered whose answer has not been carried out. */
export async function matchQuestions(db: Db, personId: string): Promise<readonly MatchQuestion[]> {
  return db
    .selectFrom('question')
    .select(['id', 'exchange_ref', 'candidates', 'status', 'answer'])
    .where('person_id', '=', personId)
    .where('kind', '=', 'match')
    .where('status', 'in', ['open', 'answered'])
    .execute();
}

/** `person ref` of the Siebel records open questions are about: nobody gets a copy of them before the answer. */
export async function openMatches(db: Db, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('question')
    .select(['person_id', 'candidates'])
    .where('kind', '=', 'match')
    .where('status', '=', 'open')
    .where('person_id', 'in', [...personIds])
    .execute();
  return new Set(
    rows.flatMap((row) => row.candidates.map((candidate) => `${row.person_id} ${candidate.ref}`)),
  );
}

/** Outlook items of a person about which "leave it" or another answer was given: they are not asked about again. */
export async function closeMatches(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('question')
    .set({ status: 'void' })
    .where('id', 'in', [...ids])
    .execute();
}
