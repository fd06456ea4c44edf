import { taskFields } from '../../../../shared/task.ts';
import type { CreateRequest, WriteAnswer } from '../../connector.ts';
import { isItemMissing } from '../errors.ts';
import { categoriesToWrite } from '../marks.ts';
import { outcomeOfFailure } from '../outcome.ts';
import { rowFrom, type GraphPatch } from '../wire.ts';
import type { TaskLists } from './lists.ts';
import { done, outcomeFrom } from './outcome.ts';
import type { TaskService } from './task-service.ts';
import { applicationName, tasksPath } from './place.ts';
import { asTask, graphFromTask, notesOn, sightingFromTask } from './task.ts';

/** Makes tasks in the default list, each with its stamp in the same request. */
export function create(
  outlook: TaskService,
  lists: TaskLists,
  requests: readonly CreateRequest[],
): Promise<readonly WriteAnswer[]> {
  return Promise.all(requests.map((request) => createOne(outlook, lists, request)));
}

async function createOne(
  outlook: TaskService,
  lists: TaskLists,
  request: CreateRequest,
): Promise<WriteAnswer> {
  const { holder } = request;
  const mailbox = holder.userId;
  const list = await lists.defaultOf(mailbox);
  if (typeof list !== 'string') return outcomeOfFailure(list);
  const body = bodyOf(request);
  const path = tasksPath(mailbox, list);
  const answer = await outlook.client.request({ mailbox, method: 'POST', path, body });
  const row = answer.answer === 'response' && answer.status === 201 ? rowFrom(answer.body) : null;
  if (row !== null) {
    const stamped = { ...row, linkedResources: body['linkedResources'] };
    const notes = notesOn(taskFields, asTask(request.item));
    return done(sightingFromTask(stamped, { holder, list }), notes);
  }
  if (answer.answer === 'response' && isItemMissing(answer)) {
    lists.forget(mailbox);
    return listLost;
  }
  return outcomeFrom(answer, outlook.client.nowMs());
}

const listLost: WriteAnswer = {
  outcome: 'unreachable',
  reason: 'The default task list of the mailbox has another id now; the task is made in it at the next try.',
  afterMs: null,
  reach: 'item',
};

/** The link says where the task comes from and carries the stamp; people see it as a line below the task. */
function bodyOf({ holder, item, stamp, kind }: CreateRequest): GraphPatch {
  const task = asTask(item);
  const filled = taskFields.filter((field) => task[field] !== null);
  return {
    ...graphFromTask(filled, task),
    categories: categoriesToWrite(task.categories, [], { mark: true, kind, marks: holder.marks.task }),
    linkedResources: [{ applicationName, displayName: applicationName, externalId: stamp }],
  };
}
