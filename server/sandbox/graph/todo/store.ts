import { noteChange, noteRemoval } from '../feed.ts';
import { decodeId, isMalformedId } from '../ids.ts';
import { nextVersion } from '../mailbox.ts';
import { badRequest, itemNotFound } from '../refusal.ts';
import type { Graph, Mailbox, TaskChange } from '../state.ts';
import { isOn } from '../switches.ts';
import type { Task, TaskList, TaskValues } from './state.ts';

/** Where a task lies. */
export type TaskPlace = Readonly<{ graph: Graph; mailbox: Mailbox; list: TaskList }>;

/** The list with this id. Well-known names do not stand for ids here, as they do for folders. */
export function findList(mailbox: Mailbox, id: string): TaskList {
  const number = decodeId(mailbox.prefixes.folder, id);
  const list = number === null ? undefined : mailbox.todo.lists.get(number);
  if (list) return list;
  throw notThere(id);
}

export function findTask(mailbox: Mailbox, list: TaskList, id: string): Task {
  const number = decodeId(mailbox.prefixes.mutable, id);
  const task = number === null ? undefined : list.tasks.get(number);
  if (task) return task;
  throw notThere(id);
}

const notThere = (id: string) =>
  isMalformedId(id) ? badRequest('Id is malformed.', 'ErrorInvalidIdMalformed') : itemNotFound();

/** A new task with these values and nothing else; the caller adds parts before anybody looks. */
export function addTask({ graph, mailbox, list }: TaskPlace, values: TaskValues): Task {
  const now = graph.world.now().getTime();
  const task: Task = {
    number: graph.world.nextNumber(),
    createdAt: now,
    version: nextVersion(mailbox),
    modifiedAt: now,
    bodyModifiedAt: values.body.content === '' ? null : now,
    values,
    checklist: new Map(),
    links: new Map(),
    extensions: null,
  };
  list.tasks.set(task.number, task);
  noteChange(list.feed, task.number);
  noteTask({ graph, mailbox, list }, task, 'created');
  return task;
}

/** After any write: another etag and a place in the change feed. */
export function touchTask(place: TaskPlace, task: Task): void {
  const { graph, mailbox, list } = place;
  task.version = nextVersion(mailbox);
  task.modifiedAt = graph.world.now().getTime();
  noteChange(list.feed, task.number);
  noteTask(place, task, 'updated');
}

export function dropTask(place: TaskPlace, task: Task): void {
  place.list.tasks.delete(task.number);
  noteRemoval(place.list.feed, task.number);
  noteTask(place, task, 'deleted');
}

/** Tells those who watch the list. */
export function noteTask(
  { graph, mailbox, list }: TaskPlace,
  task: Task,
  changeType: TaskChange['changeType'],
): void {
  graph.notify({ mailbox, task, folder: list, mutableNumber: task.number, changeType });
}

const touchAfterMs = 150;

/** The server's own work on an item after it was written, where its switch asks for it. */
export function touchTaskAgain(place: TaskPlace, task: Task): void {
  if (!isOn(place.graph.world, 'serverTouches')) return;
  setTimeout(() => {
    if (place.list.tasks.get(task.number) === task) touchTask(place, task);
  }, touchAfterMs).unref();
}
