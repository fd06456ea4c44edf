import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { QuestionRow } from './questions-view.ts';

/**
 * Takes an answer back that nothing has been done about, so that the question is open again. False when it is too late: a look
 * has been taken since, or is being taken. The cue is locked first, as whoever answers does: no worker begins meanwhile.
 */
export async function takeBackAnswer(db: Db, question: QuestionRow, now: Temporal.Instant): Promise<boolean> {
  if (await isAtWork(db, question, now)) return false;
  const isUndone =
    question.kind === 'conflict' ? await undecide(db, question) : await isUnbegun(db, question);
  if (!isUndone) return false;
  const row = await db
    .updateTable('question')
    .set({ status: 'open', answer: JSON.stringify(null), answered_at: null })
    .where('id', '=', question.id)
    .where('status', '=', 'answered')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

async function isAtWork(db: Db, question: QuestionRow, now: Temporal.Instant): Promise<boolean> {
  const { person_id, record_id } = question;
  const cue = await db
    .selectFrom('cue')
    .select('lease_until')
    .where('key', '=', record_id === null ? `mailbox:${person_id}` : `turn:${record_id}`)
    .forUpdate()
    .executeTakeFirst();
  const until = cue?.lease_until ?? null;
  return until !== null && Temporal.Instant.compare(Temporal.Instant.from(until), now) >= 0;
}

/** A turn that has carried a decision out takes it off the Link; one that could not leaves it there. */
async function undecide(db: Db, question: QuestionRow): Promise<boolean> {
  const { id, link_id } = question;
  if (link_id === null) return false;
  const link = await db
    .selectFrom('link')
    .select('decisions')
    .where('id', '=', link_id)
    .forUpdate()
    .executeTakeFirst();
  const chosen = Object.entries(choicesOf(question));
  const decided = new Map(Object.entries(link?.decisions ?? {}));
  if (chosen.length === 0 || chosen.some(([field, side]) => decided.get(field) !== side)) return false;
  const again = await db
    .selectFrom('question')
    .select('id')
    .where('link_id', '=', link_id)
    .where('status', '=', 'open')
    .where('id', '<>', id)
    .executeTakeFirst();
  if (again !== undefined) return false;
  for (const [field] of chosen) decided.delete(field);
  await db
    .updateTable('link')
    .set({ decisions: JSON.stringify(Object.fromEntries(decided)) })
    .where('id', '=', link_id)
    .execute();
  return true;
}

function choicesOf({ answer }: QuestionRow): Readonly<Record<string, unknown>> {
  const choices: unknown =
    typeof answer === 'object' && answer !== null && 'choices' in answer ? answer.choices : null;
  return typeof choices === 'object' && choices !== null ? { ...choices } : {};
}

/** A doubtful match is carried out by a Link to what was chosen, and asked anew by another question. */
async function isUnbegun(db: Db, { id, person_id, exchange_ref }: QuestionRow): Promise<boolean> {
  const begun = await db
    .selectFrom('link')
    .select('id')
    .where('person_id', '=', person_id)
    .where(sql<boolean>`ref = ${exchange_ref}`)
    .where('state', '=', 'open')
    .executeTakeFirst();
  const again = await db
    .selectFrom('question')
    .select('id')
    .where('person_id', '=', person_id)
    .where('exchange_ref', '=', exchange_ref)
    .where('status', '=', 'open')
    .where('id', '<>', id)
    .executeTakeFirst();
  return begun === undefined && again === undefined;
}
