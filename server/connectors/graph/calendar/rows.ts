import type { Holder } from '../../connector.ts';
import { expandOf, stampId } from '../extended.ts';
import type { Outlook } from '../read.ts';
import { readEach, rowAt } from '../read-rows.ts';
import { deleted, type RowLook } from '../row-look.ts';
import { query, segment, type GraphRow } from '../wire.ts';
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

/** Events as Graph sends them, series with their exceptions; what was called off by its organizer is deleted. */
export function readRows(outlook: Outlook, requests: readonly EventRequest[]): Promise<readonly RowLook[]> {
  const options = query({ $top: '500', ...wholeEvent });
  return readEach(outlook, requests, {
    listingOf: ({ holder: { userId }, isSeries }) =>
      isSeries
        ? null
        : { mailbox: userId, path: `/users/${segment(userId)}/events?${options}`, prefer: textBodies },
    readOne: (request, listed) => readOne(outlook, request, listed),
    proofsOf: (gone) => proofsOf(outlook, gone),
  });
}

export function eventPath(mailbox: string, ref: string): string {
  return `/users/${segment(mailbox)}/events/${segment(ref)}`;
}

export function isMaster(row: GraphRow): boolean {
  return row['type'] === 'seriesMaster';
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

function get(outlook: Outlook, { holder, ref, isSeries }: EventRequest): Promise<RowLook | 'gone'> {
  const mailbox = holder.userId;
  const path = `${eventPath(mailbox, ref)}?${query(isSeries ? wholeSeries : wholeEvent)}`;
  return rowAt(outlook.client, { mailbox, path, prefer: textBodies });
}

/** A meeting its organizer called off stays in the mailboxes of those invited until they throw it away. */
function isCalledOff(row: GraphRow): boolean {
  return row['isCancelled'] === true && row['isOrganizer'] === false;
}
