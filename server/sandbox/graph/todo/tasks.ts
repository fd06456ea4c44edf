import type { WireAnswer } from '../../wire.ts';
import { bodyOf, contextOf, created, mailboxOf, noContent, ok, type Call } from '../call.ts';
import { refuseFull, refuseOtherVersion } from '../conditions.ts';
import { answerDelta, hasTokenOfOldMailbox, removedRow } from '../delta.ts';
import { answerCount, answerListing, checkedSelect, projected, selection } from '../listing.ts';
import { storeExtensions } from '../open-extensions.ts';
import { badRequest, syncStateGone } from '../refusal.ts';
import { isOn } from '../switches.ts';
import { storeChecklist, storeLinks } from './parts.ts';
import { spawnNext } from './series.ts';
import type { Task } from './state.ts';
import { addTask, dropTask, touchTask, touchTaskAgain, type TaskPlace } from './store.ts';
import { emptyTask, withBody } from './task-body.ts';
import { etagOf, expandedParts, readTask, showTask, taskId, taskProperties, viewOf } from './task-view.ts';
import { placeOf, setOf, taskOf } from './task-place.ts';

/** GET …/tasks: one page of a list. */
export const listTasks = (call: Call): WireAnswer => zoned(call, answerListing(call, collectionOf(call)));

export const countTasks = (call: Call): WireAnswer => answerCount(call, collectionOf(call));

export function getTask(call: Call): WireAnswer {
  const { place, task } = taskOf(call);
  const select = checkedSelect(call.query.select, taskProperties);
  const shown = projected(showTask(task, viewOf(call, place.mailbox)), select);
  const context = contextOf(call, `${setOf(place)}${selection(select)}/$entity`);
  return zoned(call, ok({ '@odata.context': context, ...shown }, { ETag: etagOf(place.mailbox, task) }));
}

/** POST …/tasks: 201 with the task; checklist, links and extensions in the body are stored with it. */
export function createTask(call: Call): WireAnswer {
  const place = placeOf(call);
  refuseFull(call, place.mailbox);
  if (place.list.kind === 'flaggedEmails') throw badRequest('Tasks cannot be added to Flagged Emails.');
  const body = bodyOf(call);
  const parts = ['checklistItems', 'linkedResources', 'extensions'];
  const task = addTask(place, withBody(call.graph.world, emptyTask, { body, parts }));
  storeChecklist(call.graph.world, task, body['checklistItems']);
  storeLinks(call.graph.world, task, body['linkedResources']);
  storeExtensions(task, body['extensions']);
  touchTaskAgain(place, task);
  return zoned(call, created(entity(call, place, task)));
}

/** PATCH …/tasks/{task}: what is not named stays. Completing a task of a series makes the next one. */
export function updateTask(call: Call): WireAnswer {
  const { place, task } = taskOf(call);
  refuseFull(call, place.mailbox);
  refuseOther(call, place, task);
  const before = task.values;
  const body = bodyOf(call);
  task.values = withBody(call.graph.world, before, { body, parts: [] });
  if (body['body'] !== undefined) task.bodyModifiedAt = call.graph.world.now().getTime();
  touchTask(place, task);
  if (before.status !== 'completed' && task.values.status === 'completed') spawnNext(place, task);
  touchTaskAgain(place, task);
  return zoned(call, ok(entity(call, place, task), { ETag: etagOf(place.mailbox, task) }));
}

export function deleteTask(call: Call): WireAnswer {
  const { place, task } = taskOf(call);
  refuseOther(call, place, task);
  dropTask(place, task);
  return noContent;
}

/** GET …/tasks/delta of one list. */
export function deltaTasks(call: Call): WireAnswer {
  // A mailbox move makes the id of the list unknown as well.
  if (hasTokenOfOldMailbox(call, mailboxOf(call))) throw syncStateGone();
  const { mailbox, list } = placeOf(call);
  // A link carries its own selection and expansion.
  const view = { ...viewOf(call, mailbox), expand: [] };
  const isPartial = isOn(call.graph.world, 'deltaPartialRows');
  const answer = answerDelta(call, {
    mailbox,
    feed: list.feed,
    key: `tasks/${list.number}`,
    context: 'Collection(todoTask)',
    resource: 'TodoTasks',
    takesSelect: true,
    row: (number, isNew, select) => {
      const task = list.tasks.get(number);
      if (!task) return null;
      const shown = { '@odata.type': '#microsoft.graph.todoTask', ...showTask(task, view) };
      return projected(
        shown,
        checkedSelect(select, taskProperties) ?? (isNew || !isPartial ? null : partial),
      );
    },
    removed: (number) => removedRow('todoTask', taskId(mailbox, number), 'deleted'),
    expanded: (number, names) => {
      const task = list.tasks.get(number);
      const expand = names.map((property) => ({ property, filter: null, select: null }));
      return task ? expandedParts(task, { ...view, expand }) : {};
    },
  });
  return zoned(call, answer);
}

/** What rows carry where the service sends only part of a task. */
const partial: readonly string[] = ['title', 'status', 'importance', 'lastModifiedDateTime'];

function collectionOf(call: Call) {
  const place = placeOf(call);
  const view = viewOf(call, place.mailbox);
  return {
    context: setOf(place),
    rows: place.list.tasks.values(),
    read: (task: Task, name: string) => readTask(task, view, name),
    show: (task: Task) => showTask(task, view),
    properties: taskProperties,
    pageSize: 10,
  };
}

const entity = (call: Call, place: TaskPlace, task: Task) => ({
  '@odata.context': contextOf(call, `${setOf(place)}/$entity`),
  ...showTask(task, { ...viewOf(call, place.mailbox), expand: [] }),
});

/** Nothing is documented about `If-Match` for tasks: honoured, unless its switch says otherwise. */
function refuseOther(call: Call, { mailbox }: TaskPlace, task: Task): void {
  if (!isOn(call.graph.world, 'taskIfMatchIgnored')) refuseOtherVersion(call, task, etagOf(mailbox, task));
}

/** Says in the answer that the zone the request prefers was used. */
function zoned(call: Call, answer: WireAnswer): WireAnswer {
  const zone = call.prefer.timeZone;
  if (zone === null) return answer;
  const applied = [answer.headers?.['Preference-Applied'], `outlook.timezone="${zone}"`];
  const headers = { ...answer.headers, 'Preference-Applied': applied.filter(Boolean).join(', ') };
  return { ...answer, headers };
}
