import type { WireAnswer } from '../../wire.ts';
import { bodyOf, contextOf, created, idOf, mailboxOf, noContent, ok, type Call } from '../call.ts';
import { refuseFull } from '../conditions.ts';
import { answerDelta, removedRow } from '../delta.ts';
import { noteChange, noteRemoval } from '../feed.ts';
import { encodeId } from '../ids.ts';
import { answerListing, checkedSelect, projected, selection } from '../listing.ts';
import { nextVersion } from '../mailbox.ts';
import { badRequest } from '../refusal.ts';
import type { Mailbox } from '../state.ts';
import { createList, keepList, type TaskList } from './state.ts';
import { findList, noteTask } from './store.ts';
import { etagOf, listId } from './task-view.ts';

const properties: ReadonlySet<string> = new Set([
  'id',
  'displayName',
  'isOwner',
  'isShared',
  'wellknownListName',
]);

/** GET …/todo/lists: every list, Flagged Emails included. */
export function listLists(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return answerListing(call, {
    context: setOf(mailbox),
    rows: mailbox.todo.lists.values(),
    read: (list, name) => show(mailbox, list)[name],
    show: (list) => show(mailbox, list),
    properties,
    pageSize: 100,
  });
}

export function getList(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const select = checkedSelect(call.query.select, properties);
  return ok({
    '@odata.context': contextOf(call, `${setOf(mailbox)}${selection(select)}/$entity`),
    ...projected(show(mailbox, findList(mailbox, idOf(call, 'list'))), select),
  });
}

/** POST …/todo/lists: two lists may have the same name. */
export function createTaskList(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  refuseFull(call, mailbox);
  const list = createList(call.graph.world.nextNumber(), readName(bodyOf(call)), 'none');
  list.version = nextVersion(mailbox);
  keepList(mailbox.todo, list);
  return created(entity(call, mailbox, list));
}

export function updateList(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const list = ownList(mailbox, idOf(call, 'list'));
  list.displayName = readName(bodyOf(call));
  list.version = nextVersion(mailbox);
  noteChange(mailbox.todo.feed, list.number);
  return ok(entity(call, mailbox, list));
}

/** DELETE takes the tasks along. */
export function deleteList(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  const list = ownList(mailbox, idOf(call, 'list'));
  mailbox.todo.lists.delete(list.number);
  noteRemoval(mailbox.todo.feed, list.number);
  for (const task of list.tasks.values()) noteTask({ graph: call.graph, mailbox, list }, task, 'deleted');
  return noContent;
}

export function deltaLists(call: Call): WireAnswer {
  const mailbox = mailboxOf(call);
  return answerDelta(call, {
    mailbox,
    feed: mailbox.todo.feed,
    key: 'todoLists',
    context: 'Collection(todoTaskList)',
    resource: 'TodoTaskLists',
    takesSelect: true,
    row: (number, _isNew, select) => {
      const list = mailbox.todo.lists.get(number);
      const names = checkedSelect(select, properties);
      return list
        ? projected({ '@odata.type': '#microsoft.graph.todoTaskList', ...show(mailbox, list) }, names)
        : null;
    },
    removed: (number) => removedRow('todoTaskList', encodeId(mailbox.prefixes.folder, number), 'deleted'),
  });
}

const show = (mailbox: Mailbox, list: TaskList): Record<string, unknown> => ({
  '@odata.etag': etagOf(mailbox, list),
  displayName: list.displayName,
  isOwner: true,
  isShared: false,
  wellknownListName: list.kind,
  id: listId(mailbox, list),
});

const entity = (call: Call, mailbox: Mailbox, list: TaskList) => ({
  '@odata.context': contextOf(call, `${setOf(mailbox)}/$entity`),
  ...show(mailbox, list),
});

const setOf = (mailbox: Mailbox) => `users('${mailbox.userId}')/todo/lists`;

function readName(body: Readonly<Record<string, unknown>>): string {
  const name = body['displayName'];
  if (typeof name !== 'string' || name.trim() === '') throw badRequest('A list needs a displayName.');
  return name;
}

/** What a person made themselves; the two lists of the service keep their names and stay. */
function ownList(mailbox: Mailbox, id: string): TaskList {
  const list = findList(mailbox, id);
  if (list.kind === 'none') return list;
  throw badRequest('A well-known list cannot be renamed or deleted.');
}
