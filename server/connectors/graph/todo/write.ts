import type { RemoveRequest, UpdateRequest, WriteAnswer } from '../../connector.ts';
import { asSeen } from '../as-seen.ts';
import { categoryPatch } from '../category-patch.ts';
import { looksBefore, type LookRequest } from '../looks-before.ts';
import { problemWith } from '../outcome.ts';
import { holderOf } from '../read.ts';
import { removeFrom } from '../remove.ts';
import type { RowLook } from '../row-look.ts';
import { etagOf, rowFrom, type GraphPatch, type GraphRow } from '../wire.ts';
import type { TaskService } from './task-service.ts';
import { done, outcomeFrom } from './outcome.ts';
import { placeOfTask, taskPath } from './place.ts';
import { readTasks } from './read.ts';
import { asTask, graphFromTask, notesOn, sightingFromTask } from './task.ts';

/** Whether the service honours `If-Match` for tasks, of which nothing is documented (facts/graph.md 7). */
export type TodoSettings = Readonly<{ ifMatch: boolean }>;

/**
 * Writes fields of tasks, each on condition that the task is still the one seen. Categories hold the mark besides the user's
 * own, so tasks in which they change are read first; all tasks are, where the service lets the last writer win.
 */
export async function update(
  outlook: TaskService,
  settings: TodoSettings,
  requests: readonly UpdateRequest[],
): Promise<readonly WriteAnswer[]> {
  const needsLook = ({ mark, fields }: UpdateRequest) =>
    !settings.ifMatch || mark !== null || fields.includes('categories');
  const looks = await looksBefore(requests, needsLook, (asked) => readTasks(outlook, asked));
  return Promise.all(requests.map((request) => updateOne(outlook, request, looks.get(request) ?? null)));
}

async function updateOne(
  outlook: TaskService,
  request: UpdateRequest,
  look: RowLook | null,
): Promise<WriteAnswer> {
  const problem = look === null ? null : problemWith(look, request.version);
  if (problem !== null) return problem;
  const holder = holderOf(request.holder);
  const { list } = placeOfTask(request.ref);
  const row = look?.look === 'found' ? look.row : null;
  const notes = notesOn(request.fields, asTask(request.item));
  const patch = {
    ...graphFromTask(request.fields, asTask(request.item)),
    ...(row === null ? {} : categoryPatch(request, row, holder.marks.task)),
  };
  if (Object.keys(patch).length === 0) {
    return row === null ? asSeen(request, notes) : done(sightingFromTask(row, { holder, list }), notes);
  }
  const answer = await send(outlook, request, patch);
  if (!('row' in answer)) return answer;
  // An answer shows all of the task but its links.
  const stored = { ...answer.row, linkedResources: row?.['linkedResources'] };
  return done(sightingFromTask(stored, { holder, list }), notes);
}

async function send(
  outlook: TaskService,
  { holder, ref, version }: Pick<UpdateRequest, 'holder' | 'ref' | 'version'>,
  body: GraphPatch,
): Promise<Readonly<{ row: GraphRow }> | WriteAnswer> {
  const mailbox = holderOf(holder).userId;
  const path = taskPath(mailbox, placeOfTask(ref));
  const ifMatch = etagOf(version);
  const answer = await outlook.client.request({ mailbox, method: 'PATCH', path, body, ifMatch });
  const row = answer.answer === 'response' && answer.status === 200 ? rowFrom(answer.body) : null;
  return row === null ? outcomeFrom(answer, outlook.client.nowMs()) : { row };
}

/** `delete` deletes the task for good, To Do has no bin; `unmark` takes the mark off and leaves it to its owner. */
export function remove(
  outlook: TaskService,
  settings: TodoSettings,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const { client } = outlook;
  const pathOf = (mailbox: string, ref: RemoveRequest['ref']) => taskPath(mailbox, placeOfTask(ref));
  const read = (asked: readonly LookRequest[]) => readTasks(outlook, asked);
  const place = { client, pathOf, read, outcomeFrom, hasBin: false, honoursIfMatch: settings.ifMatch };
  return removeFrom(place, requests);
}
