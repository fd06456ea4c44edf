import type { Failure, Sighting } from '../../connector.ts';
import { isFoundIn, startOf, type Browsed, type BrowseRequest } from '../browse-pages.ts';
import type { TaskLists } from './lists.ts';
import { turnPages, type Rows } from '../turn-pages.ts';
import type { TaskService } from './task-service.ts';
import { tasksPath } from './place.ts';
import { withLinks } from './read.ts';
import { asTask, sightingFromTask } from './task.ts';

/** Whoever has more tasks in one list is shown the newest of them. */
const mostRows = 2000;

/**
 * Open and done tasks of all lists by the day they are due, those without one last. Lists cannot be asked for together,
 * so their pages are turned over and put in order here; `after` is the number of tasks to leave out.
 */
export async function browse(
  outlook: TaskService,
  lists: TaskLists,
  request: BrowseRequest,
): Promise<Browsed | Failure> {
  const { holder, limit } = request;
  const known = await lists.look(holder.userId);
  if ('kind' in known) return known;
  const pages = await Promise.all(known.map((list) => rowsOf(outlook, holder.userId, list)));
  const sightings: Sighting[] = [];
  for (const [index, list] of known.entries()) {
    const page = pages[index];
    if (page?.answer === 'failed') return page.failure;
    const rows = page?.answer === 'rows' ? page.rows : [];
    sightings.push(...rows.map((row) => sightingFromTask(row, { holder, list })));
  }
  const wanted = sightings
    .filter(({ item }) => isFoundIn([asTask(item).subject], request.search))
    .sort(byDueDate);
  const start = startOf(request.after);
  const next = start + limit < wanted.length ? String(start + limit) : null;
  return { sightings: wanted.slice(start, start + limit), next };
}

function rowsOf(outlook: TaskService, mailbox: string, list: string): Promise<Rows> {
  const path = `${tasksPath(mailbox, list)}?$orderby=createdDateTime%20desc&$top=100&${withLinks}`;
  const isEnough = (all: readonly unknown[]) => all.length >= mostRows;
  return turnPages(outlook.client, mailbox, { path, isEnough });
}

function byDueDate(one: Sighting, other: Sighting): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

function keyOf({ item, ref }: Sighting): string {
  const { dueDate, subject } = asTask(item);
  return [dueDate ?? '9999-12-31', subject ?? '', ref].join('\n');
}
