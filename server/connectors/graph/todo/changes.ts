import type { ChangeAnswer, ChangeRequest, ChangeRow, Holder } from '../../connector.ts';
import { changesIn, cutOffIn, newIdsOf } from '../delta-feed.ts';
import { categoriesOf, markedAs } from '../marks.ts';
import { versionOf } from '../names.ts';
import type { GraphRow } from '../wire.ts';
import type { TaskLists } from './lists.ts';
import { refOfTask, tasksPath } from './place.ts';
import type { TaskService } from './task-service.ts';

/** What changed in task lists since their cursors. */
export function changes(
  outlook: TaskService,
  lists: TaskLists,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  const firstPath = (mailbox: string, list: string) => `${tasksPath(mailbox, list)}/delta`;
  const wasMoved = (mailbox: string, { lost }: Readonly<{ lost: readonly string[] }>) =>
    hasOthers(lists, mailbox, lost);
  return changesIn(outlook, { firstPath, changeRow, wasMoved, failures }, requests);
}

/**
 * Nobody can delete the default list. Where the lists that cannot be found were all the lists there are, the default one
 * among them, the mailbox was moved, everything in it has a new id, and no task of it is gone.
 */
async function hasOthers(lists: TaskLists, mailbox: string, lost: readonly string[]): Promise<boolean> {
  const known = await lists.defaultOf(mailbox);
  lists.forget(mailbox);
  const now = await lists.look(mailbox);
  if ('kind' in now || lost.some((list) => now.includes(list))) return false;
  return typeof known === 'string' && lost.includes(known);
}

/** A row may hold "at least the changed properties" only; one without categories might be marked, so it is looked at. */
function changeRow(
  row: GraphRow,
  { holder, feed: list }: Readonly<{ holder: Holder; feed: string }>,
): ChangeRow {
  const ref = refOfTask({ list, task: row.id });
  if (row['@removed'] !== undefined) return { change: 'gone', ref };
  const isMarked = row['categories'] === undefined || markedAs(categoriesOf(row), holder.marks.task) !== null;
  return { change: 'seen', ref, version: versionOf(row), isMarked, sighting: null };
}

const failures = {
  gone: {
    kind: 'refused',
    reach: 'item',
    reason: 'To Do has no such task list any more; the lists of the mailbox must be looked up again.',
    retryAfterMs: null,
  },
  newIds: newIdsOf('tasks'),
  cutOff: cutOffIn('To Do', 'a task list'),
} as const;
