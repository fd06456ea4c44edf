import { isDeepStrictEqual } from 'node:util';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  IdParams,
  PageQuery,
  Problem,
  QuestionAnswer,
  QuestionAnswered,
  QuestionList,
  type Question,
} from '../../shared/api.ts';
import { describeField, labelOfField } from '../../shared/describe-item.ts';
import type { Side } from '../../shared/domain.ts';
import type { Context } from '../context.ts';
import { outlookIdOf } from '../holder.ts';
import { leaveCues, type NewCue } from '../store/cues.ts';
import type { Db } from '../store/db.ts';
import {
  answerQuestion,
  listQuestions,
  questionOf,
  type Answer,
  type QuestionRow,
} from '../store/questions-view.ts';
import { takeBackAnswer } from '../store/take-back.ts';
import { openedCursor, pageSize, sealedCursor } from './cursor.ts';
import { signedIn } from './openapi.ts';
import { personOfCaller } from './person.ts';
import { problem, type ProblemError } from './problem.ts';

/**
 * `GET /conflicts`: my open questions, conflicts and doubtful matches alike. `POST /conflicts/{id}`: the answer. `DELETE
 * /conflicts/{id}`: takes the answer back while nothing has been done about it.
 */
export function questionRoutes(context: Context): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/conflicts',
      { schema: { ...signedIn, querystring: PageQuery, response: { 200: QuestionList, default: Problem } } },
      async (request) => {
        const { after, limit = pageSize } = request.query;
        const { id } = await personOfCaller(context, request);
        const page = await listQuestions(context.db, { personId: id, after: openedCursor(after), limit });
        return { items: page.items.map(questionView), next: sealedCursor(page.next) };
      },
    );
    app.post(
      '/conflicts/:id',
      {
        schema: {
          ...signedIn,
          params: IdParams,
          body: QuestionAnswer,
          response: { 202: QuestionAnswered, default: Problem },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const person = await personOfCaller(context, request);
        const question = await questionNamed(context.db, person.id, id);
        const answer =
          question.kind === 'conflict' ? chosen(question, request.body) : matched(question, request.body);
        await keepAnswer(context, { question, answer, at: context.clock.now() });
        return reply.code(202).send({ id, status: 'answered' });
      },
    );
    app.delete(
      '/conflicts/:id',
      { schema: { ...signedIn, params: IdParams, response: { 204: Type.Null(), default: Problem } } },
      async (request, reply) => {
        const person = await personOfCaller(context, request);
        await takeBack(context, person.id, request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}

function questionView(row: QuestionRow): Question {
  return {
    id: row.id,
    kind: row.kind,
    domain: row.domain,
    itemId: outlookIdOf(row.domain, row.exchange_ref),
    label: row.label,
    fields: row.fields.map(({ field, siebel, exchange }) => ({
      field,
      label: labelOfField(field),
      siebelText: describeField(field, siebel),
      exchangeText: describeField(field, exchange),
      siebel,
      exchange,
    })),
    candidates: row.candidates.map(({ ref, label, detail }) => ({ ref, label, detail })),
    askedAt: row.asked_at,
  };
}

type Body = Readonly<{ choices?: Readonly<Record<string, Side>>; candidate?: string }>;

/** A side for each field that was asked about, and for no other. */
function chosen(question: QuestionRow, { choices }: Body): Answer['answer'] {
  const asked = question.fields.map(({ field }) => field);
  if (choices === undefined) throw wrong('/choices', `name a side for each of ${asked.join(', ')}`);
  for (const field of Object.keys(choices)) {
    if (!asked.includes(field))
      throw wrong(`/choices/${field}`, `is not among the fields asked about: ${asked.join(', ')}`);
  }
  for (const field of asked) {
    if (choices[field] === undefined) throw wrong(`/choices/${field}`, 'is missing: siebel or exchange');
  }
  return { choices };
}

function matched(question: QuestionRow, { candidate }: Body): Answer['answer'] {
  const offered = [...question.candidates.map(({ ref }) => ref), 'new', 'leave'];
  if (candidate !== undefined && offered.includes(candidate)) return { candidate };
  throw wrong('/candidate', `must be one of ${offered.join(', ')}`);
}

function wrong(pointer: string, message: string): ProblemError {
  return problem('invalid-request', `${pointer} ${message}.`, { errors: [{ pointer, message }] });
}

async function keepAnswer(context: Context, answer: Answer): Promise<void> {
  const { question } = answer;
  if (question.status !== 'open') {
    if (isDeepStrictEqual(question.answer, answer.answer)) return;
    throw problem(
      'already-answered',
      'This question was answered or settled itself in between; list your questions anew.',
    );
  }
  const isKept = await context.db.transaction().execute(async (db) => {
    await leaveCues(db, [cueFor(question)], context.clock.now());
    return answerQuestion(db, answer);
  });
  if (!isKept)
    throw problem('already-answered', 'This question was settled just now; list your questions anew.');
}

/** A question that is open has nothing to take back, so that asking twice is as good as once. */
async function takeBack({ db, clock }: Context, personId: string, id: string): Promise<void> {
  const isOpen = await db.transaction().execute(async (transaction) => {
    const question = await questionNamed(transaction, personId, id);
    if (question.status === 'open') return true;
    return question.status === 'answered' && (await takeBackAnswer(transaction, question, clock.now()));
  });
  if (isOpen) return;
  throw problem(
    'already-carried-out',
    'The answer was carried out already, or is being carried out; change the item itself.',
  );
}

async function questionNamed(db: Db, personId: string, id: string): Promise<QuestionRow> {
  const question = await questionOf(db, personId, id);
  if (question !== null) return question;
  throw problem('question-not-found', 'You have been asked no question with this id.');
}

function cueFor(question: QuestionRow): NewCue {
  return question.record_id === null
    ? { kind: 'mailbox', personId: question.person_id, recordId: null, cause: 'answer' }
    : { kind: 'turn', personId: null, recordId: question.record_id, cause: 'answer' };
}
