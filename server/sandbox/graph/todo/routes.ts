import { nextVersion } from '../mailbox.ts';
import { extensionHandlers } from '../open-extensions.ts';
import type { RouteRow } from '../route-row.ts';
import { createTaskList, deleteList, deltaLists, getList, listLists, updateList } from './lists.ts';
import { checklistHandlers, linkHandlers } from './parts.ts';
import { setOf, taskOf } from './task-place.ts';
import { countTasks, createTask, deleteTask, deltaTasks, getTask, listTasks, updateTask } from './tasks.ts';

const lists = 'users/{user}/todo/lists';
const tasks = `${lists}/{list}/tasks`;

const taskExtensions = extensionHandlers((call) => {
  const { place, task } = taskOf(call);
  return {
    holder: task,
    set: `${setOf(place)}('${encodeURIComponent(call.ids['task'] ?? '')}')/extensions`,
    noteWrite: () => {
      task.version = nextVersion(place.mailbox);
    },
  };
});

/** What hangs on a task: each set with its five calls. */
const partRows = (set: string, id: string, handlers: typeof checklistHandlers): readonly RouteRow[] => [
  ['GET', `${tasks}/{task}/${set}`, 'tasks.read', handlers.list, 'list'],
  ['POST', `${tasks}/{task}/${set}`, 'tasks.write', handlers.create],
  ['GET', `${tasks}/{task}/${set}/{${id}}`, 'tasks.read', handlers.get],
  ['PATCH', `${tasks}/{task}/${set}/{${id}}`, 'tasks.write', handlers.update],
  ['DELETE', `${tasks}/{task}/${set}/{${id}}`, 'tasks.write', handlers.remove],
];

/** To Do. Tasks do not move between lists and have no extended properties (facts/graph.md section 6). */
export const todoRows: readonly RouteRow[] = [
  ['GET', lists, 'tasks.read', listLists, 'list'],
  ['GET', `${lists}/delta`, 'tasks.read', deltaLists, 'delta'],
  ['POST', lists, 'tasks.write', createTaskList],
  ['GET', `${lists}/{list}`, 'tasks.read', getList],
  ['PATCH', `${lists}/{list}`, 'tasks.write', updateList],
  ['DELETE', `${lists}/{list}`, 'tasks.write', deleteList],
  ['GET', tasks, 'tasks.read', listTasks, 'list'],
  ['GET', `${tasks}/$count`, 'tasks.read', countTasks],
  ['GET', `${tasks}/delta`, 'tasks.read', deltaTasks, 'delta'],
  ['POST', tasks, 'tasks.write', createTask],
  ['GET', `${tasks}/{task}`, 'tasks.read', getTask],
  ['PATCH', `${tasks}/{task}`, 'tasks.write', updateTask],
  ['DELETE', `${tasks}/{task}`, 'tasks.write', deleteTask],
  ...partRows('checklistItems', 'part', checklistHandlers),
  ...partRows('linkedResources', 'part', linkHandlers),
  ...partRows('extensions', 'extension', taskExtensions),
];
