import { idOf, mailboxOf, type Call } from '../call.ts';
import type { Task } from './state.ts';
import { findList, findTask, type TaskPlace } from './store.ts';
import { listId } from './task-view.ts';

/** The list a route names. */
export function placeOf(call: Call): TaskPlace {
  const mailbox = mailboxOf(call);
  return { graph: call.graph, mailbox, list: findList(mailbox, idOf(call, 'list')) };
}

/** The task a route names, in its list. */
export function taskOf(call: Call): Readonly<{ place: TaskPlace; task: Task }> {
  const place = placeOf(call);
  return { place, task: findTask(place.mailbox, place.list, idOf(call, 'task')) };
}

/** `users('…')/todo/lists('…')/tasks`, for `@odata.context`. */
export const setOf = ({ mailbox, list }: TaskPlace): string =>
  `users('${mailbox.userId}')/todo/lists('${encodeURIComponent(listId(mailbox, list))}')/tasks`;
