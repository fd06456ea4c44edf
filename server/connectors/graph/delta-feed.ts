import type { ChangeAnswer, ChangeRequest, ChangeRow, Failure, Holder } from '../connector.ts';
import { failureFrom, isExpiredToken, isItemMissing, type GraphResponse } from './errors.ts';
import { holderOf, type Outlook } from './read.ts';
import { pageFrom, type GraphRow } from './wire.ts';

/** Change feeds as the service keeps one for each contact folder and each task list. */
type DeltaFeed = Readonly<{
  /** Where a round over everything begins. */
  firstPath: (mailbox: string, feed: string) => string;
  changeRow: (row: GraphRow, at: Readonly<{ holder: Holder; feed: string }>) => ChangeRow;
  /** Whether feeds of a mailbox cannot be found because the mailbox was moved and all of it has new ids. */
  wasMoved: (
    mailbox: string,
    feeds: Readonly<{ lost: readonly string[]; asked: readonly string[] }>,
  ) => Promise<boolean>;
  failures: Readonly<{
    /** What is listed from is not there: no reason to believe that of what lay in it, and maybe the sign of a moved mailbox. */
    gone: Failure;
    newIds: Failure;
    cutOff: Failure;
  }>;
}>;

type Service = Pick<Outlook, 'client' | 'folders'>;

/** The largest page of a change feed that clients are known to get. */
const pageSize = 500;
/** Five million rows: a listing that goes on beyond that goes round in circles. */
const mostPages = 10_000;

/**
 * What changed since the cursors, which are the service's own links and never taken apart. All rounds run at once, so that
 * twenty feeds in which nothing happened cost one request together.
 */
export async function changesIn(
  service: Service,
  feed: DeltaFeed,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  const answers = await Promise.all(requests.map((request) => changesOf(service, feed, request)));
  const isGone = (answer: ChangeAnswer | undefined) =>
    answer?.answer === 'failed' && answer.failure === feed.failures.gone;
  const lost = requests.filter((_, index) => isGone(answers[index]));
  const moved = new Set<string>();
  for (const [mailbox, group] of Map.groupBy(lost, ({ holder }) => holderOf(holder).userId)) {
    const asked = requests.filter(({ holder }) => holder?.userId === mailbox);
    const feeds = { lost: group.map(feedOf), asked: asked.map(feedOf) };
    if (await feed.wasMoved(mailbox, feeds)) moved.add(mailbox);
  }
  for (const mailbox of moved) service.folders.noteMove(mailbox);
  return answers.map((answer, index) =>
    isGone(answer) && moved.has(requests[index]?.holder?.userId ?? '')
      ? failed(feed.failures.newIds)
      : answer,
  );
}

function feedOf({ feed }: ChangeRequest): string {
  return feed;
}

/** A cursor the service has forgotten, or that is not of this mailbox, begins a new round over everything. */
async function changesOf(service: Service, feed: DeltaFeed, request: ChangeRequest): Promise<ChangeAnswer> {
  const { userId } = holderOf(request.holder);
  const known = request.cursor === null ? null : service.client.pathFromLink(request.cursor, userId);
  if (known !== null) {
    const answer = await round(service, feed, { request, from: known });
    if (answer.answer === 'changes') return { ...answer, isWhole: false };
    if (answer.failure.kind !== 'expired') return answer;
  }
  return round(service, feed, { request, from: feed.firstPath(userId, request.feed) });
}

/** One round to its end. Tokens can die in the middle of it; then the whole of it counts for nothing. */
async function round(
  { client }: Service,
  { changeRow, failures }: DeltaFeed,
  { request, from }: Readonly<{ request: ChangeRequest; from: string }>,
): Promise<ChangeAnswer> {
  const holder = holderOf(request.holder);
  const mailbox = holder.userId;
  const rows: ChangeRow[] = [];
  let path = from;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer = await client.request({ mailbox, method: 'GET', path, maxPageSize: pageSize });
    if (answer.answer === 'failed') return answer;
    if (answer.status !== 200) {
      return failed(isFeedGone(answer) ? failures.gone : failureFrom(answer, client.nowMs()));
    }
    const page = pageFrom(answer.body);
    if (page === null) return failed(failures.cutOff);
    // Only what a row says of itself is kept: a first round over a large mailbox brings every item whole.
    rows.push(...page.rows.map((row) => changeRow(row, { holder, feed: request.feed })));
    const link = page.deltaLink ?? page.nextLink;
    const next = link === null ? null : client.pathFromLink(link, mailbox);
    if (next === null) return failed(failures.cutOff);
    if (page.deltaLink !== null) return { answer: 'changes', rows, next: page.deltaLink, isWhole: true };
    if (next === path) return failed(failures.cutOff);
    path = next;
  }
  return failed(failures.cutOff);
}

function isFeedGone(response: GraphResponse): boolean {
  return isItemMissing(response) && !isExpiredToken(response);
}

export function failed(failure: Failure): Extract<ChangeAnswer, { answer: 'failed' }> {
  return { answer: 'failed', failure };
}

/** `expired` of a whole mailbox: every ref and feed of it is worthless, and nothing was deleted. */
export function newIdsOf(items: string): Failure {
  const reason = `The mailbox was moved and everything in it has a new id; its ${items} are looked for anew, none is deleted.`;
  return { kind: 'expired', reach: 'mailbox', reason, retryAfterMs: null };
}

export function cutOffIn(service: 'Outlook' | 'To Do', what: string): Failure {
  const reason = `${service} broke off the list of changes of ${what}; nothing of it was used, it is asked again later.`;
  return { kind: 'unreachable', reach: 'mailbox', reason, retryAfterMs: null };
}
