import type { Holder } from '../../connector.ts';
import { failureFrom, isItemMissing } from '../errors.ts';
import { expandOf, stampId } from '../extended.ts';
import type { GraphAnswer } from '../packer.ts';
import type { Outlook } from '../read.ts';
import { deleted, type RowLook } from '../row-look.ts';
import { pageFrom, query, rowFrom, segment, type GraphRow } from '../wire.ts';
import { textBodies } from './body.ts';
import { isListed, proofsOf } from './deleted-events.ts';

/** `isSeries`: known to be one, so that it is read with its exceptions at once. */
export type EventRequest = Readonly<{ holder: Holder; ref: string; isSeries: boolean }>;

/** Everything of an event we read. */
const properties: readonly string[] = [
  'id',
  'changeKey',
  'type',
  'seriesMasterId',
  'originalStart',
  'iCalUId',
  'subject',
  'body',
  'start',
  'end',
  'originalStartTimeZone',
  'isAllDay',
  'showAs',
  'sensitivity',
  'importance',
  'isReminderOn',
  'reminderMinutesBeforeStart',
  'location',
  'categories',
  'organizer',
  'isOrganizer',
  'attendees',
  'recurrence',
  'isOnlineMeeting',
  'isCancelled',
];

/** `$select` and `$expand` for a whole event, but for the exceptions of a series. */
export const wholeEvent = { $select: properties.join(','), $expand: expandOf([stampId]) };

/** Only a series has exceptions, and only a GET by its id shows them (facts/graph.md 5.1). */
const wholeSeries = {
  $select: [...properties, 'cancelledOccurrences', 'exceptionOccurrences'].join(','),
  $expand: `exceptionOccurrences,${expandOf([stampId])}`,
};

/** From so many events of one mailbox on, turning pages of its calendar may cost less than asking one by one. */
const listedFrom = 60;
const pageSize = 500;
/** One `$batch` brings this many; a page that brings fewer of those asked for is not worth another. */
const batchSize = 20;

/** Events as Graph sends them, series with their exceptions; what was called off by its organizer is deleted. */
export async function readRows(
  outlook: Outlook,
  requests: readonly EventRequest[],
): Promise<readonly RowLook[]> {
  const byMailbox = Map.groupBy(
    requests.filter(({ isSeries }) => !isSeries),
    ({ holder }) => holder.userId,
  );
  const listed = new Map<string, ReadonlyMap<string, GraphRow>>();
  await Promise.all(
    [...byMailbox].map(async ([mailbox, group]) => {
      const refs = new Set(group.map(({ ref }) => ref));
      if (refs.size >= listedFrom) listed.set(mailbox, await listSome(outlook, mailbox, refs));
    }),
  );
  const looks = await Promise.all(
    requests.map((request) =>
      readOne(outlook, request, listed.get(request.holder.userId)?.get(request.ref) ?? null),
    ),
  );
  const gone = requests.filter((_, index) => looks[index] === 'gone');
  const proofs = await proofsOf(outlook, gone);
  return requests.map(({ holder, ref }, index): RowLook => {
    const look = looks[index] ?? 'gone';
    return look === 'gone' ? proofs(holder.userId, ref) : look;
  });
}

export function eventPath(mailbox: string, ref: string): string {
  return `/users/${segment(mailbox)}/events/${segment(ref)}`;
}

export function isMaster(row: GraphRow): boolean {
  return row['type'] === 'seriesMaster';
}

/** Pages of the calendar, for as long as a page brings more of what is asked for than a batch would. */
async function listSome(
  outlook: Outlook,
  mailbox: string,
  refs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GraphRow>> {
  const found = new Map<string, GraphRow>();
  const options = query({ $top: String(pageSize), ...wholeEvent });
  let path: string | null = `/users/${segment(mailbox)}/events?${options}`;
  while (path !== null) {
    const answer: GraphAnswer = await outlook.client.request({
      mailbox,
      method: 'GET',
      path,
      prefer: textBodies,
    });
    // Whatever the listing fails to bring is asked for by id, and fails there with its own reason.
    const page = answer.answer === 'response' && answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) return found;
    const before = found.size;
    for (const row of page.rows) if (refs.has(row.id)) found.set(row.id, row);
    const isWorthIt = found.size - before >= batchSize && refs.size - found.size > batchSize;
    path = page.nextLink === null || !isWorthIt ? null : outlook.client.pathFromLink(page.nextLink, mailbox);
  }
  return found;
}

async function readOne(
  outlook: Outlook,
  request: EventRequest,
  listed: GraphRow | null,
): Promise<RowLook | 'gone'> {
  const first: RowLook | 'gone' =
    listed === null ? await get(outlook, request) : { look: 'found', row: listed };
  if (first === 'gone' || first.look !== 'found') return first;
  const isWhole = request.isSeries || !isMaster(first.row);
  const look = isWhole ? first : await get(outlook, { ...request, isSeries: true });
  if (look === 'gone' || look.look !== 'found') return look;
  return isCalledOff(look.row) ? deleted : inCalendar(outlook, request, { look, listed });
}

/** Where the service finds what lies in Deleted Items, too, an event must be listed to be there. */
async function inCalendar(
  outlook: Outlook,
  { holder }: EventRequest,
  { look, listed }: Readonly<{ look: RowLook & { look: 'found' }; listed: GraphRow | null }>,
): Promise<RowLook> {
  if (outlook.calendar.deletedEvents !== 'listed' || listed !== null) return look;
  const answer = await isListed(outlook, holder.userId, look.row);
  if (typeof answer !== 'boolean') return { look: 'failed', failure: answer };
  return answer ? look : deleted;
}

async function get(outlook: Outlook, { holder, ref, isSeries }: EventRequest): Promise<RowLook | 'gone'> {
  const mailbox = holder.userId;
  const path = `${eventPath(mailbox, ref)}?${query(isSeries ? wholeSeries : wholeEvent)}`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path, prefer: textBodies });
  if (answer.answer === 'failed') return { look: 'failed', failure: answer.failure };
  if (isItemMissing(answer)) return 'gone';
  const row = answer.status === 200 ? rowFrom(answer.body) : null;
  return row === null
    ? { look: 'failed', failure: failureFrom(answer, outlook.client.nowMs()) }
    : { look: 'found', row };
}

/** A meeting its organizer called off stays in the mailboxes of those invited until they throw it away. */
function isCalledOff(row: GraphRow): boolean {
  return row['isCancelled'] === true && row['isOrganizer'] === false;
}
