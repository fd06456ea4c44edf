import type { ExchangeConnector, Failure, Sighting } from '../../connector.ts';
import type { Appointment } from '../../../../shared/appointment.ts';
import { failureFrom } from '../errors.ts';
import type { Outlook } from '../read.ts';
import { pageFrom, query, segment, type GraphRow } from '../wire.ts';
import { textBodies } from './body.ts';
import { asAppointment, sightingFromGraph } from './event.ts';
import { wholeEvent } from './rows.ts';

type BrowseRequest = Parameters<ExchangeConnector['browse']>[0];
type Browsed = Readonly<{ sightings: readonly Sighting[]; next: string | null }>;

const searchPageSize = 250;

/**
 * A page of the default calendar, what begins last first, a series as one event where it began. A search turns the calendar's
 * pages over and picks, for no filter looks inside subjects and people alike. `after` is the number of rows to leave out.
 */
export async function browse(outlook: Outlook, request: BrowseRequest): Promise<Browsed | Failure> {
  const { holder, limit } = request;
  const sightings: Sighting[] = [];
  const size = request.search === null ? limit : searchPageSize;
  for (let start = startOf(request.after); ; start += size) {
    const page = await rowsFrom(outlook, request, { start, size });
    if ('kind' in page) return page;
    for (const [index, row] of page.rows.entries()) {
      const sighting = sightingFromGraph(row, holder);
      if (!isWanted(asAppointment(sighting.item), request.search)) continue;
      if (sightings.length === limit) return { sightings, next: String(start + index) };
      sightings.push(sighting);
    }
    if (!page.hasMore) return { sightings, next: null };
    if (sightings.length === limit) return { sightings, next: String(start + size) };
  }
}

async function rowsFrom(
  outlook: Outlook,
  { holder }: BrowseRequest,
  from: Readonly<{ start: number; size: number }>,
): Promise<Readonly<{ rows: readonly GraphRow[]; hasMore: boolean }> | Failure> {
  const options = query({
    $orderby: 'start/dateTime desc',
    $top: String(from.size),
    $skip: String(from.start),
    ...wholeEvent,
  });
  const answer = await outlook.client.request({
    mailbox: holder.userId,
    method: 'GET',
    path: `/users/${segment(holder.userId)}/calendar/events?${options}`,
    prefer: textBodies,
  });
  if (answer.answer === 'failed') return answer.failure;
  const page = answer.status === 200 ? pageFrom(answer.body) : null;
  if (page === null) return failureFrom(answer, outlook.client.nowMs());
  return { rows: page.rows, hasMore: page.nextLink !== null };
}

function isWanted(item: Appointment, search: string | null): boolean {
  if (search === null) return true;
  const wanted = search.toLowerCase();
  const people = [item.organizer, ...item.attendees].flatMap((one) => [one?.name, one?.address]);
  return [item.subject, item.location, ...people].some(
    (text) => text?.toLowerCase().includes(wanted) === true,
  );
}

function startOf(after: string | null): number {
  const start = Number(after ?? '0');
  return Number.isSafeInteger(start) && start > 0 ? start : 0;
}
