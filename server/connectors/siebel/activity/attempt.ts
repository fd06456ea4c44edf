import type { Failure } from '../../connector.ts';
import { mostRecords, writeBatch, type BatchAnswer } from '../batch.ts';
import type { Trouble } from '../errors.ts';
import { finish, type Finished } from '../finish.ts';
import type { Siebel } from '../siebel.ts';
import type { Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { isWorthSending, type Plan, type RowWrite } from './write-plan.ts';

/** One activity of a plan as far as it got; `finished` once its children are written and it was read back. */
export type Attempt = Readonly<{
  plan: Plan;
  write: RowWrite;
  answer: BatchAnswer;
  finished: Finished | null;
}>;

/**
 * Writes the activities of many plans, a hundred to a request: new ones first, then changes and what hangs on a new row id,
 * then the deletions, and reads all of them back at once. A plan that has met trouble goes no further, and what was made
 * for it is taken away again: half a series would look as if the rest of it had been cancelled.
 */
export async function attemptAll(siebel: Siebel, plans: readonly Plan[]): Promise<readonly Attempt[]> {
  const made = await send(
    siebel,
    plans.flatMap((plan) => plan.writes.filter(({ id }) => id === null).map((write) => ({ plan, write }))),
  );
  const sound = plans.filter((plan) => troubleOf(made, plan) === null);
  const changed = await send(
    siebel,
    sound.flatMap((plan) => restOf(plan, made).map((write) => ({ plan, write }))),
  );
  const all = [...made, ...changed];
  const deleted = await deleteAll(
    siebel,
    sound.filter((plan) => troubleOf(all, plan) === null),
  );
  await undo(siebel, made);
  return [...(await finishAll(siebel, all)), ...deleted];
}

/** What stopped a plan; `null` where nothing did. */
export function troubleOf(attempts: readonly Attempt[], plan: Plan): Trouble | null {
  for (const { plan: of, answer } of attempts) {
    if (of === plan && answer.answer === 'trouble') return answer.trouble;
  }
  return null;
}

/** The row id of an attempt; `''` where Siebel has not told it. */
export function idOf({ write, answer }: Attempt): string {
  return write.id ?? (answer.answer === 'stored' ? answer.id : '');
}

/** The row as it was read back. */
export function rowOf({ finished }: Attempt): Row | Failure | null {
  return finished?.row ?? null;
}

type Task = Readonly<{ plan: Plan; write: RowWrite }>;

function restOf(plan: Plan, made: readonly Attempt[]): readonly RowWrite[] {
  const own = made.find((attempt) => attempt.plan === plan);
  const mainId = plan.record?.main.id ?? (own === undefined ? '' : idOf(own));
  const after = mainId === '' || plan.shape.form === 'fan' ? [] : plan.after(mainId);
  const changes = plan.writes.filter(({ id }) => id !== null);
  return [...changes, ...after].filter((write) => isWorthSending(write) || write.drops.length > 0);
}

async function send(siebel: Siebel, tasks: readonly Task[]): Promise<readonly Attempt[]> {
  const groups = Map.groupBy(tasks, ({ plan, write }) =>
    JSON.stringify([write.id === null, plan.asUser, isWorthSending(write)]),
  );
  const attempts = await Promise.all(
    [...groups.values()].flatMap(together).map((group) => sendGroup(siebel, group)),
  );
  const byWrite = new Map(attempts.flat().map((attempt) => [attempt.write, attempt]));
  return tasks.flatMap(({ write }) => byWrite.get(write) ?? []);
}

/**
 * Requests that split no series that fits into one: Siebel takes an array whole or not at all, so that whoever is
 * interrupted leaves no half behind.
 */
function together(tasks: readonly Task[]): readonly (readonly Task[])[] {
  const requests: Task[][] = [];
  for (const group of Map.groupBy(tasks, ({ plan }) => plan).values()) {
    const last = requests.at(-1);
    if (last !== undefined && last.length + group.length <= mostRecords) last.push(...group);
    else requests.push([...group]);
  }
  return requests;
}

/** An activity with nothing of its own to send is not written at all; only people leave it. */
async function sendGroup(siebel: Siebel, group: readonly Task[]): Promise<readonly Attempt[]> {
  const [first] = group;
  if (first === undefined) return [];
  const nothing = { answer: 'stored', id: '', hasChildren: true, dropped: [] } as const;
  if (!isWorthSending(first.write)) {
    return group.map((task) => ({
      ...task,
      answer: { ...nothing, id: task.write.id ?? '' },
      finished: null,
    }));
  }
  const isNew = first.write.id === null;
  // A new activity without its owner would be the service account's, and without its stamp nobody would find it again.
  const needed = isNew ? [activityNames.owner, activityNames.stamp] : [];
  const { asUser } = first.plan;
  const target = { component: 'Action', method: isNew ? 'POST' : 'PUT', asUser, needed } as const;
  const drafts = group.map(({ write: { id, values, children } }) => ({
    values: id === null ? values : { Id: id, ...values },
    children,
  }));
  const answers = await writeBatch(siebel, target, drafts);
  return group.flatMap((task, index) => {
    const answer = answers[index];
    return answer === undefined ? [] : [{ ...task, answer, finished: null }];
  });
}

async function finishAll(siebel: Siebel, attempts: readonly Attempt[]): Promise<readonly Attempt[]> {
  const isStored = (attempt: Attempt) =>
    attempt.answer.answer === 'stored' && idOf(attempt) !== '' && troubleOf(attempts, attempt.plan) === null;
  const stored = attempts.filter(isStored);
  const finished = await finish(
    siebel,
    'Action',
    stored.map((attempt) => ({
      id: idOf(attempt),
      asUser: attempt.plan.asUser,
      children: attempt.write.children,
      drops: attempt.write.drops,
      hasChildren: attempt.answer.answer === 'stored' && attempt.answer.hasChildren,
      known: knownRow(attempt),
    })),
  );
  const byAttempt = new Map(stored.map((attempt, index) => [attempt, finished[index] ?? null]));
  return attempts.map((attempt) => ({ ...attempt, finished: byAttempt.get(attempt) ?? null }));
}

function knownRow({ plan, write }: Attempt): Row | null {
  const { record } = plan;
  const rows = record === null ? [] : [record.main, ...record.others];
  return rows.find(({ id }) => id === write.id) ?? null;
}

/** Deletions leave an attempt only where they met trouble; what is gone already is as good as deleted. */
async function deleteAll(siebel: Siebel, plans: readonly Plan[]): Promise<readonly Attempt[]> {
  const tasks = plans.flatMap((plan) => plan.deletes.map((id) => ({ plan, id })));
  const troubles = await Promise.all(
    tasks.map(({ plan, id }) => deleteActivity(siebel, { id, asUser: plan.asUser })),
  );
  return tasks.flatMap(({ plan, id }, index) => {
    const trouble = troubles[index] ?? null;
    const write = { id, values: {}, children: [], drops: [] };
    return trouble === null
      ? []
      : [{ plan, write, answer: { answer: 'trouble', trouble } as const, finished: null }];
  });
}

/** `null` when the activity is not there any more. */
export async function deleteActivity(
  siebel: Siebel,
  { id, asUser }: Readonly<{ id: string; asUser: Plan['asUser'] }>,
): Promise<Trouble | null> {
  const path = ['Action', 'Action', id];
  const written = await siebel.client.write({ method: 'DELETE', path, body: null, asUser });
  return written.answer === 'trouble' && written.trouble.trouble !== 'gone' ? written.trouble : null;
}

async function undo(siebel: Siebel, made: readonly Attempt[]): Promise<void> {
  const halves = made.filter(
    (attempt) => idOf(attempt) !== '' && troubleOf(made, attempt.plan) !== null && attempt.write.id === null,
  );
  await Promise.all(
    halves.map((attempt) => deleteActivity(siebel, { id: idOf(attempt), asUser: attempt.plan.asUser })),
  );
}
