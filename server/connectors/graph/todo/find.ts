import type { FindAnswer, FindRequest, Holder, Stamp } from '../../connector.ts';
import type { GraphRow } from '../wire.ts';
import type { TaskLists } from './lists.ts';
import { turnPages } from '../turn-pages.ts';
import type { TaskService } from './task-service.ts';
import { stampOfTask, tasksPath } from './place.ts';
import { withLinks } from './read.ts';
import { sightingFromTask } from './task.ts';

const pageSize = 100;
/** A stamp is looked for right after the answer to a create was lost, so the task is among the newest. */
const mostPages = 20;

/**
 * Tasks we made, by their stamps. Linked resources cannot be filtered by (facts/graph.md 6), so the newest tasks of the
 * default list, where we make them, are looked through: once a mailbox, for all stamps asked for together.
 */
export async function find(
  outlook: TaskService,
  lists: TaskLists,
  requests: readonly FindRequest[],
): Promise<readonly FindAnswer[]> {
  const byMailbox = Map.groupBy(requests, ({ holder }) => holder.userId);
  const scans = await Promise.all(
    [...byMailbox].map(async ([mailbox, group]) => {
      const stamps = new Set(group.map(stampOf));
      return [mailbox, await scan(outlook, lists, { mailbox, stamps })] as const;
    }),
  );
  const found = new Map(scans);
  return requests.map((request): FindAnswer => {
    const answer = found.get(request.holder.userId);
    if (answer === undefined || answer.answer === 'failed')
      return answer ?? { answer: 'found', sightings: [] };
    const rows = answer.rows.filter((row) => stampOfTask(row) === stampOf(request));
    return { answer: 'found', sightings: rows.map((row) => sightingOf(row, request.holder, answer.list)) };
  });
}

function sightingOf(row: GraphRow, holder: Holder, list: string) {
  return sightingFromTask(row, { holder, list });
}

function stampOf(request: FindRequest): Stamp {
  if (request.by === 'stamp') return request.stamp;
  throw new Error(`Tasks cannot be found by ${request.by}.`);
}

type Scan =
  | Readonly<{ answer: 'rows'; list: string; rows: readonly GraphRow[] }>
  | Extract<FindAnswer, { answer: 'failed' }>;

/** The oldest first: a series may hand our link on to its later tasks, and the one we made is the first of them. */
async function scan(
  outlook: TaskService,
  lists: TaskLists,
  { mailbox, stamps }: Readonly<{ mailbox: string; stamps: ReadonlySet<string> }>,
): Promise<Scan> {
  const list = await lists.defaultOf(mailbox);
  if (typeof list !== 'string') return { answer: 'failed', failure: list };
  const path = `${tasksPath(mailbox, list)}?$orderby=createdDateTime%20desc&$top=${pageSize}&${withLinks}`;
  const isEnough = (all: readonly GraphRow[]) =>
    all.length >= mostPages * pageSize || new Set(all.map(stampOfTask)).isSupersetOf(stamps);
  const pages = await turnPages(outlook.client, mailbox, { path, isEnough });
  if (pages.answer === 'failed') return pages;
  if (pages.answer === 'missing') lists.forget(mailbox);
  const rows = pages.answer === 'rows' ? pages.rows : [];
  return {
    answer: 'rows',
    list,
    rows: rows.filter((row) => stamps.has(stampOfTask(row) ?? '')).toReversed(),
  };
}
