import { noteOf } from '../../../core/note.ts';
import type { FieldNote } from '../../../core/step.ts';
import type { Failure, Sighting, WriteAnswer } from '../../connector.ts';
import { readRows } from '../read.ts';
import type { Trouble } from '../errors.ts';
import { refOf } from '../names.ts';
import { notReached, outcomeNaming, refusedReason } from '../outcome.ts';
import type { Siebel } from '../siebel.ts';
import type { Row } from '../wire.ts';
import { activityFieldNamed } from './activity-map.ts';
import { attemptAll, idOf, rowOf, troubleOf, type Attempt } from './attempt.ts';
import { fanRecordOf } from './gather.ts';
import type { ActivityRecord } from './record.ts';
import { sightingsOf } from './sighting.ts';
import { isIdle, type Plan } from './write-plan.ts';

export type Planned<Request> = Readonly<{ request: Request; plan: Plan }>;

/** Answers each request, all plans carried out together; `uncertain` are those of which nobody knows whether they were. */
export async function carryOutEach<Request>(
  siebel: Siebel,
  requests: readonly Request[],
  planOf: (request: Request) => Plan | WriteAnswer,
): Promise<Readonly<{ answers: Map<Request, WriteAnswer>; uncertain: readonly Planned<Request>[] }>> {
  const answers = new Map<Request, WriteAnswer>();
  const planned: Planned<Request>[] = [];
  for (const request of requests) {
    const plan = planOf(request);
    if ('outcome' in plan) answers.set(request, plan);
    else planned.push({ request, plan });
  }
  const endings = await carryOut(
    siebel,
    planned.map(({ plan }) => plan),
  );
  const uncertain: Planned<Request>[] = [];
  for (const [index, one] of planned.entries()) {
    const ending = endings[index];
    if (ending === undefined) continue;
    answers.set(one.request, ending.answer);
    if (ending.ending === 'unknown') uncertain.push(one);
  }
  return { answers, uncertain };
}

/** How a plan ended; `unknown`: nobody knows whether its new activities exist. */
type Ending =
  | Readonly<{ ending: 'answered'; answer: WriteAnswer }>
  | Readonly<{ ending: 'unknown'; answer: WriteAnswer }>;

/** Carries out many plans together and answers each with what a fresh read gives. */
async function carryOut(siebel: Siebel, plans: readonly Plan[]): Promise<readonly Ending[]> {
  const attempts = await attemptAll(
    siebel,
    plans.filter((plan) => !isIdle(plan)),
  );
  const results = plans.map((plan) => resultOf(plan, attempts));
  const gone = await goneAmong(siebel, results);
  const records = results.flatMap((result) => ('record' in result ? [result] : []));
  const knownOf = new Map(records.map(({ record, plan }) => [record, plan.item]));
  const sightings = await sightingsOf(
    siebel,
    records.map(({ record }) => record),
    (record) => knownOf.get(record) ?? null,
  );
  const byPlan = new Map(
    records.map(({ plan }, index) => [plan, 'kind' in sightings ? sightings : sightings[index]]),
  );
  return results.map((result): Ending => {
    if ('trouble' in result) return endingOf(siebel, result, gone);
    if ('answer' in result) return { ending: 'answered', answer: result.answer };
    return {
      ending: 'answered',
      answer: doneWith(byPlan.get(result.plan), notesOf(siebel, result.plan, attempts)),
    };
  });
}

type Result =
  | Readonly<{ plan: Plan; trouble: Trouble }>
  | Readonly<{ plan: Plan; answer: WriteAnswer }>
  | Readonly<{ plan: Plan; record: ActivityRecord }>;

function resultOf(plan: Plan, attempts: readonly Attempt[]): Result {
  if (isIdle(plan) && plan.record !== null) return { plan, record: plan.record };
  const mine = attempts.filter((attempt) => attempt.plan === plan);
  const trouble = troubleOf(mine, plan) ?? graveTrouble(mine);
  if (trouble !== null) return { plan, trouble };
  if (mine.some((attempt) => idOf(attempt) === '')) return { plan, trouble: notTold };
  const failure = mine.map(rowOf).find((row): row is Failure => row !== null && 'kind' in row);
  if (failure !== undefined) return { plan, answer: notReached(failure) };
  const record = recordAfter(plan, mine);
  return record === null ? { plan, answer: { outcome: 'gone' } } : { plan, record };
}

/** People who could not be put on or taken off, or a child only the weather prevented, are worth another try. */
function graveTrouble(attempts: readonly Attempt[]): Trouble | null {
  const troubles = attempts.flatMap(({ finished }) => finished?.troubles ?? []);
  const grave = troubles.find(
    ({ child, trouble }) => trouble.trouble === 'failure' || child === null || child.fields.length === 0,
  );
  return grave?.trouble ?? null;
}

/** The record from what was read back and, where a row was left alone, from what is known of it. */
function recordAfter({ shape, record, deletes }: Plan, attempts: readonly Attempt[]): ActivityRecord | null {
  const rows = new Map<string, Row>();
  for (const row of record === null ? [] : [record.main, ...record.others]) rows.set(row.id, row);
  for (const attempt of attempts) {
    const row = rowOf(attempt);
    if (row === null) rows.delete(idOf(attempt));
    else if (!('kind' in row)) rows.set(idOf(attempt), row);
  }
  for (const id of deletes) rows.delete(id);
  if (shape.form === 'fan') return fanRecordOf(shape.key ?? '', [...rows.values()]);
  const first = attempts[0];
  const mainId = record?.main.id ?? (first === undefined ? '' : idOf(first));
  const main = rows.get(mainId);
  if (main === undefined) return null;
  const ref = refOf(shape.kind === 'task' ? 'Task' : 'Appointment', mainId);
  const others = [...rows.values()].filter(({ id }) => id !== mainId);
  return { ref, kind: shape.kind, form: 'one', main, others };
}

function doneWith(now: Sighting | Failure | undefined, notes: readonly FieldNote[]): WriteAnswer {
  if (now === undefined) return { outcome: 'gone' };
  return 'kind' in now && 'reach' in now ? notReached(now) : { outcome: 'done', now, notes };
}

function notesOf(siebel: Siebel, plan: Plan, attempts: readonly Attempt[]): readonly FieldNote[] {
  const notes = [...plan.notes];
  for (const { plan: of, answer, finished } of attempts) {
    if (of !== plan) continue;
    for (const { name, trouble } of answer.answer === 'stored' ? answer.dropped : []) {
      const field = activityFieldNamed(siebel.activity.map, name);
      if (field !== null) notes.push(noteOf(field, 'refused', refusedReason(trouble)));
    }
    for (const { child, trouble } of finished?.troubles ?? []) {
      for (const field of child?.fields ?? []) {
        notes.push(noteOf(field, 'refused', refusedReason(trouble)));
      }
    }
  }
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()];
}

/** An insert instead of an update is refused for its missing fields: then the record is gone, and not to blame. */
async function goneAmong(siebel: Siebel, results: readonly Result[]): Promise<ReadonlySet<Plan>> {
  const doubtful = results.filter(
    (result) => 'trouble' in result && result.trouble.trouble === 'badValue' && result.plan.record !== null,
  );
  if (doubtful.length === 0) return new Set();
  const idOfPlan = ({ plan }: Result) => plan.record?.main.id ?? '';
  const rows = await readRows(siebel, 'Action', doubtful.map(idOfPlan));
  return new Set(doubtful.filter((result) => !rows.has(idOfPlan(result))).map(({ plan }) => plan));
}

function endingOf(
  siebel: Siebel,
  { plan, trouble }: Readonly<{ plan: Plan; trouble: Trouble }>,
  gone: ReadonlySet<Plan>,
): Ending {
  if (gone.has(plan)) return { ending: 'answered', answer: { outcome: 'gone' } };
  const answer = outcomeNaming(trouble, (name) => activityFieldNamed(siebel.activity.map, name));
  const isUnknown = trouble.trouble === 'duplicate' || (trouble.trouble === 'failure' && trouble.isUnknown);
  return { ending: isUnknown ? 'unknown' : 'answered', answer };
}

/** Siebel stored the records and did not say which is which. */
const notTold: Trouble = {
  trouble: 'failure',
  isUnknown: true,
  failure: {
    kind: 'unreachable',
    reach: 'item',
    reason: 'Siebel stored the activity without saying where; it is looked for again later.',
    retryAfterMs: null,
  },
};
