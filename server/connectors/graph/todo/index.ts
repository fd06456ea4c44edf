import type { Connector, ExchangeConnector } from '../../connector.ts';
import { browse } from './browse.ts';
import { changes } from './changes.ts';
import { create } from './create.ts';
import { find } from './find.ts';
import type { TaskService } from './task-service.ts';
import { createTaskLists, feeds } from './lists.ts';
import { read } from './read.ts';
import { remove, update, type TodoSettings } from './write.ts';

/** What the connector asks of To Do: the port's verbs for the domain `task`; `feeds` are the lists, the default one first. */
export type Todo = Pick<Connector, 'changes' | 'read' | 'find' | 'create' | 'update' | 'remove'> &
  Pick<ExchangeConnector, 'feeds' | 'browse'>;

/**
 * Tasks of Microsoft To Do. A ref is `<list>/<task>`; a task somebody moves to another list is a new one there and gone here,
 * as the service itself sees it (facts/graph.md 6).
 */
export function createTodo(outlook: TaskService, settings: TodoSettings = { ifMatch: true }): Todo {
  const lists = createTaskLists(outlook.client);
  return {
    changes: (requests) => changes(outlook, lists, requests),
    read: (requests) => read(outlook, requests),
    find: (requests) => find(outlook, lists, requests),
    create: (requests) => create(outlook, lists, requests),
    update: (requests) => update(outlook, settings, requests),
    remove: (requests) => remove(outlook, settings, requests),
    feeds: (holder) => feeds(lists, holder),
    browse: (request) => browse(outlook, lists, request),
  };
}
