import type { ChangeAnswer, ChangeRequest, ChangeRow, Failure, Holder } from '../connector.ts';
import { failureFrom, isExpiredToken, type GraphResponse } from './errors.ts';
import { unnamedDefault } from './folders.ts';
import { categoriesOf, markedAs } from './marks.ts';
import { refOf, versionOf } from './names.ts';
import { holderOf, type Outlook } from './read.ts';
import { pageFrom, segment, type GraphContact } from './wire.ts';

/** The largest page of a change feed that clients are known to get. */
const pageSize = 500;
/** Five million contacts: a listing that goes on beyond that goes round in circles. */
const mostPages = 10_000;

/**
 * What changed in contact folders since their cursors, which are the service's own links and never taken apart. All rounds
 * run at once, so that twenty feeds in which nothing happened cost one request together.
 */
export async function changes(
  outlook: Outlook,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  const answers = await Promise.all(requests.map((request) => changesOf(outlook, request)));
  const lost = requests.filter((_, index) => isFolderGone(answers[index]));
  const moved = await movedAmong(outlook, lost, requests);
  return answers.map((answer, index) =>
    isFolderGone(answer) && moved.has(requests[index]?.holder?.userId ?? '') ? failed(newIds) : answer,
  );
}

/**
 * Mailboxes in which none of the folders asked for exists. Nobody can delete the default folder, which is always among them:
 * such a mailbox was moved (to another organisation or database) and everything in it has a new id, so that contacts that
 * seem to be gone are all there.
 */
async function movedAmong(
  outlook: Outlook,
  lost: readonly ChangeRequest[],
  requests: readonly ChangeRequest[],
): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  for (const mailbox of new Set(lost.map(({ holder }) => holderOf(holder).userId))) {
    const tree = await outlook.folders.look(mailbox);
    const feeds = requests.filter(({ holder }) => holder?.userId === mailbox).map(({ feed }) => feed);
    if ('kind' in tree || feeds.some((feed) => tree.contactFolders.includes(feed))) continue;
    outlook.folders.noteMove(mailbox);
    moved.add(mailbox);
  }
  return moved;
}

/** A cursor the service has forgotten, or that is not of this mailbox, begins a new round over everything. */
async function changesOf(outlook: Outlook, request: ChangeRequest): Promise<ChangeAnswer> {
  const holder = holderOf(request.holder);
  const known = request.cursor === null ? null : outlook.client.pathFromLink(request.cursor, holder.userId);
  if (known !== null) {
    const answer = await round(outlook, holder, known);
    if (answer.answer !== 'failed' || answer.failure.kind !== 'expired') {
      return answer.answer === 'failed' ? answer : { ...answer, isWhole: false };
    }
  }
  return round(outlook, holder, firstPath(holder, request.feed));
}

/** One round to its end. Tokens can die in the middle of it; then the whole of it counts for nothing. */
async function round(outlook: Outlook, holder: Holder, from: string): Promise<ChangeAnswer> {
  const rows: ChangeRow[] = [];
  let path = from;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await outlook.client.request({
      mailbox: holder.userId,
      method: 'GET',
      path,
      maxPageSize: pageSize,
    });
    if (answer.answer === 'failed') return answer;
    if (isExpiredToken(answer)) return failed(failureFrom(answer, outlook.client.nowMs()));
    if (answer.status !== 200) return failed(listingFailure(outlook, answer));
    const page = pageFrom(answer.body);
    if (page === null) return failed(cutOff);
    // Only what a row says of itself is kept: a first round over a large mailbox brings every contact whole.
    rows.push(...page.rows.map((row) => changeRow(row, holder)));
    if (page.deltaLink !== null) return finished(outlook, holder, { rows, next: page.deltaLink });
    const next = page.nextLink === null ? null : outlook.client.pathFromLink(page.nextLink, holder.userId);
    if (next === null || next === path) return failed(cutOff);
    path = next;
  }
  return failed(cutOff);
}

function finished(
  outlook: Outlook,
  holder: Holder,
  end: Readonly<{ rows: readonly ChangeRow[]; next: string }>,
): ChangeAnswer {
  if (outlook.client.pathFromLink(end.next, holder.userId) === null) return failed(cutOff);
  return { answer: 'changes', rows: end.rows, next: end.next, isWhole: true };
}

/**
 * No row is taken for a sighting: extended properties are not offered on a change feed (msgraph docs issues 1993, 2270), and
 * a row may hold "at least the changed properties" only. One without categories might be marked, so it is looked at.
 */
function changeRow(row: GraphContact, holder: Holder): ChangeRow {
  const ref = refOf(row);
  if (row['@removed'] !== undefined) return { change: 'gone', ref };
  const isMarked = row.categories === undefined || markedAs(categoriesOf(row), holder.marks.contact) !== null;
  return { change: 'seen', ref, version: versionOf(row), isMarked, sighting: null };
}

function firstPath(holder: Holder, feed: string): string {
  const user = `/users/${segment(holder.userId)}`;
  return feed === unnamedDefault
    ? `${user}/contacts/delta`
    : `${user}/contactFolders/${segment(feed)}/contacts/delta`;
}

/** A folder that is gone is no reason to believe that its contacts are. */
function listingFailure(outlook: Outlook, response: GraphResponse): Failure {
  const failure = failureFrom(response, outlook.client.nowMs());
  return failure.kind === 'refused' && response.status === 404 ? folderGone : failure;
}

const folderGone: Failure = {
  kind: 'refused',
  reach: 'item',
  reason: 'Outlook has no such contact folder any more; the folders of the mailbox must be looked up again.',
  retryAfterMs: null,
};

function isFolderGone(answer: ChangeAnswer | undefined): boolean {
  return answer?.answer === 'failed' && answer.failure === folderGone;
}

/** `expired` of a whole mailbox: every ref and feed of it is worthless, and nothing was deleted. */
const newIds: Failure = {
  kind: 'expired',
  reach: 'mailbox',
  reason:
    'The mailbox was moved and everything in it has a new id; its contacts are looked for anew, none is deleted.',
  retryAfterMs: null,
};

const cutOff: Failure = {
  kind: 'unreachable',
  reach: 'mailbox',
  reason:
    'Outlook broke off the list of changes of a contact folder; nothing of it was used, it is asked again later.',
  retryAfterMs: null,
};

function failed(failure: Failure): ChangeAnswer {
  return { answer: 'failed', failure };
}
