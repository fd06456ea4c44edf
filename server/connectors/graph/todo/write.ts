import { unreachable } from '../../../../shared/domain.ts';
import type { RemoveRequest, Sighting, UpdateRequest, WriteAnswer } from '../../connector.ts';
import { categoriesOf, categoriesToWrite, markedAs, ownCategories } from '../marks.ts';
import { problemWith } from '../outcome.ts';
import { holderOf } from '../read.ts';
import type { RowLook } from '../row-look.ts';
import { etagOf, rowFrom, type GraphPatch, type GraphRow } from '../wire.ts';
import type { TaskService } from './pages.ts';
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
  const looks = await looksFor(outlook, requests, (request) => {
    return !settings.ifMatch || request.mark !== null || request.fields.includes('categories');
  });
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
  const patch = { ...graphFromTask(request.fields, asTask(request.item)), ...categoryPatch(request, row) };
  if (Object.keys(patch).length === 0) {
    const now = row === null ? seenAs(request) : sightingFromTask(row, { holder, list });
    return done(now, notes);
  }
  const answer = await send(outlook, request, patch);
  if (!('row' in answer)) return answer;
  // An answer shows all of the task but its links.
  const stored = { ...answer.row, linkedResources: row?.['linkedResources'] };
  return done(sightingFromTask(stored, { holder, list }), notes);
}

function categoryPatch(
  { holder, fields, item, mark, kind }: UpdateRequest,
  row: GraphRow | null,
): GraphPatch {
  if (row === null) return {};
  const marks = holderOf(holder).marks.task;
  const present = categoriesOf(row);
  const own = fields.includes('categories') ? item.categories : ownCategories(present, marks);
  const categories = categoriesToWrite(own, present, { mark, kind, marks });
  const isSame = categories.length === present.length && categories.every((name) => present.includes(name));
  return isSame ? {} : { categories };
}

/** Nothing was asked for, and the task is as it was seen. */
function seenAs({ ref, version, before, kind }: UpdateRequest): Sighting {
  const nobody = { members: [], team: [], stamp: null, uid: null };
  return { ref, version, item: before, kind, isMarked: true, ...nobody };
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
export async function remove(
  outlook: TaskService,
  settings: TodoSettings,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const looks = await looksFor(outlook, requests, ({ how }) => how === 'unmark' || !settings.ifMatch);
  return Promise.all(
    requests.map((request): Promise<WriteAnswer> => {
      const look = looks.get(request) ?? null;
      switch (request.how) {
        case 'delete':
          return deleteOne(outlook, request, look);
        case 'unmark':
          return unmarkOne(outlook, request, look);
        case 'unlist':
          return Promise.resolve(notHere);
      }
      return unreachable(request.how);
    }),
  );
}

const notHere: WriteAnswer = {
  outcome: 'refused',
  reason: 'Outlook has no list of people to take a task from; this is done in Siebel.',
  field: null,
};

const removed: WriteAnswer = { outcome: 'done', now: null, notes: [] };

async function deleteOne(
  outlook: TaskService,
  request: RemoveRequest,
  look: RowLook | null,
): Promise<WriteAnswer> {
  const problem = look === null ? null : problemWith(look, request.version);
  if (problem !== null) return problem;
  const mailbox = holderOf(request.holder).userId;
  const path = taskPath(mailbox, placeOfTask(request.ref));
  const ifMatch = etagOf(request.version);
  const answer = await outlook.client.request({ mailbox, method: 'DELETE', path, ifMatch });
  if (answer.answer === 'response' && answer.status === 204) return removed;
  return outcomeFrom(answer, outlook.client.nowMs());
}

async function unmarkOne(
  outlook: TaskService,
  request: RemoveRequest,
  look: RowLook | null,
): Promise<WriteAnswer> {
  if (look?.look !== 'found')
    return look === null ? removed : (problemWith(look, request.version) ?? removed);
  const marks = holderOf(request.holder).marks.task;
  const present = categoriesOf(look.row);
  if (markedAs(present, marks) === null) return removed;
  const problem = problemWith(look, request.version);
  if (problem !== null) return problem;
  const wish = { mark: false, kind: 'task', marks } as const;
  const categories = categoriesToWrite(ownCategories(present, marks), present, wish);
  const answer = await send(outlook, request, { categories });
  return 'row' in answer ? removed : answer;
}

/** The tasks of those requests that must know how theirs stands, all of them read together. */
async function looksFor<Request extends UpdateRequest | RemoveRequest>(
  outlook: TaskService,
  requests: readonly Request[],
  isNeeded: (request: Request) => boolean,
): Promise<ReadonlyMap<Request, RowLook | null>> {
  const needed = requests.filter(isNeeded);
  const asked = needed.map(({ holder, ref }) => ({ holder: holderOf(holder), ref }));
  const looks = await readTasks(outlook, asked);
  return new Map(needed.map((request, index) => [request, looks[index] ?? null]));
}
