import type { ChangeAnswer, ChangeRequest, ChangeRow, Failure, Holder } from '../../connector.ts';
import { failureFrom, isExpiredToken, isItemMissing, type GraphResponse } from '../errors.ts';
import { categoriesOf, markedAs } from '../marks.ts';
import { versionOf } from '../names.ts';
import { holderOf } from '../read.ts';
import { pageFrom, type GraphRow } from '../wire.ts';
import type { TaskService } from './task-service.ts';
import type { TaskLists } from './lists.ts';
import { refOfTask, tasksPath } from './place.ts';

const pageSize = 500;
/** Five million tasks: a listing that goes on beyond that goes round in circles. */
const mostPages = 10_000;

/**
 * What changed in task lists since their cursors, which are the service's own links and never taken apart. All rounds run
 * at once, so that twenty lists in which nothing happened cost one request together.
 */
export async function changes(
  outlook: TaskService,
  lists: TaskLists,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  const answers = await Promise.all(requests.map((request) => changesOf(outlook, request)));
  const lost = requests.filter((_, index) => isListGone(answers[index]));
  const moved = new Set<string>();
  for (const [mailbox, group] of Map.groupBy(lost, ({ holder }) => holderOf(holder).userId)) {
    if (await wasMoved(outlook, lists, { mailbox, lost: group.map(({ feed }) => feed) })) moved.add(mailbox);
  }
  return answers.map((answer, index) =>
    isListGone(answer) && moved.has(requests[index]?.holder?.userId ?? '') ? failed(newIds) : answer,
  );
}

/**
 * Nobody can delete the default list. Where the lists that cannot be found were all the lists there are, the default one
 * among them, the mailbox was moved, everything in it has a new id, and no task of it is gone.
 */
async function wasMoved(
  outlook: TaskService,
  lists: TaskLists,
  at: Readonly<{ mailbox: string; lost: readonly string[] }>,
): Promise<boolean> {
  const known = await lists.defaultOf(at.mailbox);
  lists.forget(at.mailbox);
  const now = await lists.look(at.mailbox);
  if ('kind' in now || at.lost.some((list) => now.includes(list))) return false;
  const isMoved = typeof known === 'string' && at.lost.includes(known);
  if (isMoved) outlook.folders.noteMove(at.mailbox);
  return isMoved;
}

/** A cursor the service has forgotten, or that is not of this mailbox, begins a new round over everything. */
async function changesOf(outlook: TaskService, request: ChangeRequest): Promise<ChangeAnswer> {
  const holder = holderOf(request.holder);
  const at = { holder, list: request.feed };
  const known = request.cursor === null ? null : outlook.client.pathFromLink(request.cursor, holder.userId);
  if (known !== null) {
    const answer = await round(outlook, at, known);
    if (answer.answer === 'changes') return { ...answer, isWhole: false };
    if (answer.failure.kind !== 'expired') return answer;
  }
  return round(outlook, at, `${tasksPath(holder.userId, request.feed)}/delta`);
}

type Place = Readonly<{ holder: Holder; list: string }>;

/** One round to its end. Tokens can die in the middle of it; then the whole of it counts for nothing. */
async function round(outlook: TaskService, at: Place, from: string): Promise<ChangeAnswer> {
  const { client } = outlook;
  const mailbox = at.holder.userId;
  const rows: ChangeRow[] = [];
  let path = from;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await client.request({ mailbox, method: 'GET', path, maxPageSize: pageSize });
    if (answer.answer === 'failed') return answer;
    if (answer.status !== 200) return failed(listingFailure(answer, client.nowMs()));
    const page = pageFrom(answer.body);
    if (page === null) return failed(cutOff);
    rows.push(...page.rows.map((row) => changeRow(row, at)));
    const link = page.deltaLink ?? page.nextLink;
    const next = link === null ? null : client.pathFromLink(link, mailbox);
    if (next === null) return failed(cutOff);
    if (page.deltaLink !== null) return { answer: 'changes', rows, next: page.deltaLink, isWhole: true };
    if (next === path) return failed(cutOff);
    path = next;
  }
  return failed(cutOff);
}

/** A row may hold "at least the changed properties" only; one without categories might be marked, so it is looked at. */
function changeRow(row: GraphRow, { holder, list }: Place): ChangeRow {
  const ref = refOfTask({ list, task: row.id });
  if (row['@removed'] !== undefined) return { change: 'gone', ref };
  const isMarked = row['categories'] === undefined || markedAs(categoriesOf(row), holder.marks.task) !== null;
  return { change: 'seen', ref, version: versionOf(row), isMarked, sighting: null };
}

/** A list that is gone is told apart, because it may be the sign of a moved mailbox. */
function listingFailure(response: GraphResponse, nowMs: number): Failure {
  if (!isExpiredToken(response) && isItemMissing(response)) return listGone;
  return failureFrom(response, nowMs);
}

const listGone: Failure = {
  kind: 'refused',
  reach: 'item',
  reason: 'To Do has no such task list any more; the lists of the mailbox must be looked up again.',
  retryAfterMs: null,
};

function isListGone(answer: ChangeAnswer | undefined): boolean {
  return answer?.answer === 'failed' && answer.failure === listGone;
}

/** `expired` of a whole mailbox: every ref and feed of it is worthless, and nothing was deleted. */
const newIds: Failure = {
  kind: 'expired',
  reach: 'mailbox',
  reason:
    'The mailbox was moved and everything in it has a new id; its tasks are looked for anew, none is deleted.',
  retryAfterMs: null,
};

const cutOff: Failure = {
  kind: 'unreachable',
  reach: 'mailbox',
  reason:
    'To Do broke off the list of changes of a task list; nothing of it was used, it is asked again later.',
  retryAfterMs: null,
};

function failed(failure: Failure): Extract<ChangeAnswer, { answer: 'failed' }> {
  return { answer: 'failed', failure };
}
