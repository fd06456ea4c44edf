import type { Graph, Mailbox } from '../state.ts';
import type { ClientTask } from '../side.ts';
import { addTask } from './store.ts';
import { emptyTask } from './task-body.ts';
import { dayIn } from './task-dates.ts';
import { listId, taskId } from './task-view.ts';

/** A task as an Outlook of that zone writes it: its due date is midnight there. Null where there is no such list. */
export function addClientTask(
  graph: Graph,
  mailbox: Mailbox,
  { title, due, writerZone, list: name }: ClientTask,
): Readonly<{ id: string; list: string }> | null {
  const list = [...mailbox.todo.lists.values()].find(
    ({ kind, displayName }) => kind === name || displayName === name,
  );
  if (!list) return null;
  const values = { ...emptyTask, title, due: due === null ? null : dayIn(due, writerZone) };
  const task = addTask({ graph, mailbox, list }, values);
  return { id: taskId(mailbox, task.number), list: listId(mailbox, list) };
}
