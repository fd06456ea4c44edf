import type { Selectable } from 'kysely';
import type { Side } from '../../shared/domain.ts';
import type { Db } from './db.ts';
import { pageOf, type Page } from './page.ts';
import type { QuestionTable } from './schema.ts';

export type QuestionRow = Selectable<QuestionTable>;

/** A person's open questions, the oldest first. Ids are ordered by time, to the millisecond. */
export async function listQuestions(
  db: Db,
  ask: { personId: string; after: string | null; limit: number },
): Promise<Page<QuestionRow>> {
  const rows = await db
    .selectFrom('question')
    .selectAll()
    .where('person_id', '=', ask.personId)
    .where('status', '=', 'open')
    .where('id', '>', ask.after ?? '')
    .orderBy('id')
    .limit(ask.limit + 1)
    .execute();
  return pageOf(rows, ask.limit, (row) => row.id);
}

/** A question by its id, if it is that person's own. */
export async function questionOf(db: Db, personId: string, id: string): Promise<QuestionRow | null> {
  const row = await db
    .selectFrom('question')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row ?? null;
}

/** Open doubtful matches of these Outlook items, by ref. */
export async function openMatches(
  db: Db,
  personId: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, QuestionRow>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('question')
    .selectAll()
    .where('person_id', '=', personId)
    .where('kind', '=', 'match')
    .where('status', '=', 'open')
    .where('exchange_ref', 'in', [...refs])
    .execute();
  return new Map(
    rows.flatMap((row) => (row.exchange_ref === null ? [] : [[row.exchange_ref, row] as const])),
  );
}

export async function questionsOfLink(db: Db, linkId: string): Promise<readonly QuestionRow[]> {
  return db
    .selectFrom('question')
    .selectAll()
    .where('link_id', '=', linkId)
    .where('status', '=', 'open')
    .execute();
}

export type Answer = Readonly<{
  question: QuestionRow;
  answer: Readonly<{ choices: Readonly<Record<string, Side>> }> | Readonly<{ candidate: string }>;
  at: Temporal.Instant;
}>;

/**
 * Keeps a person's answer; choices also go to the Link, where the next turn reads them. Answers false when somebody
 * answered, or the question was withdrawn, in between.
 */
export async function answerQuestion(db: Db, { question, answer, at }: Answer): Promise<boolean> {
  const row = await db
    .updateTable('question')
    .set({ status: 'answered', answer: JSON.stringify(answer), answered_at: at.toString() })
    .where('id', '=', question.id)
    .where('status', '=', 'open')
    .returning('id')
    .executeTakeFirst();
  if (!row) return false;
  if (question.link_id !== null && 'choices' in answer) {
    const link = await db
      .selectFrom('link')
      .select('decisions')
      .where('id', '=', question.link_id)
      .forUpdate()
      .executeTakeFirst();
    await db
      .updateTable('link')
      .set({ decisions: JSON.stringify({ ...link?.decisions, ...answer.choices }), needs_look: true })
      .where('id', '=', question.link_id)
      .execute();
  }
  return true;
}
