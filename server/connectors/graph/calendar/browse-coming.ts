import type { TimeSlot } from '../../../../shared/appointment.ts';
import type { Ref } from '../../../core/snapshot.ts';
import type { BrowsedPage, Failure, Holder, Sighting } from '../../connector.ts';
import { browsePages, type BrowseRequest } from '../browse-pages.ts';
import { failureFrom, isItemMissing } from '../errors.ts';
import type { Outlook } from '../read.ts';
import { query, rowFrom, textFrom, type GraphRow } from '../wire.ts';
import { textBodies } from './body.ts';
import { browseEvents, isFound, searchPageSize, utcTime } from './browse-events.ts';
import { asAppointment, sightingFromGraph } from './event.ts';
import { eventPath, wholeEvent } from './rows.ts';

/** Days in which occurrences are looked at one by one: whoever meets monthly is found in them. */
const nearDays = 60;
/** Occurrences of a page: many of them may be of one series. */
const nearPageSize = 100;

/**
 * What goes on at an instant and what comes after it, soonest first. The near time is the calendar's view, which knows when a
 * series comes next; beyond it stands what begins there. `after` is a part and the number of its rows to leave out.
 */
export async function browseComing(
  outlook: Outlook,
  request: BrowseRequest,
  from: string,
): Promise<BrowsedPage | Failure> {
  const [part = 'near', rows = '0'] = request.after?.split('/') ?? [];
  if (part === 'far') return browseFar(outlook, { ...request, after: rows }, from);
  const near = await browseNear(outlook, { ...request, after: rows }, from);
  if ('kind' in near) return near;
  if (near.next !== null) return { ...near, next: `near/${near.next}` };
  const limit = request.limit - near.sightings.length;
  if (limit === 0) return { ...near, next: 'far/0' };
  const far = await browseFar(outlook, { ...request, after: null, limit }, from);
  return 'kind' in far
    ? far
    : { ...far, ...near, sightings: [...near.sightings, ...far.sightings], next: far.next };
}

async function browseFar(
  outlook: Outlook,
  request: BrowseRequest,
  from: string,
): Promise<BrowsedPage | Failure> {
  const far = await browseEvents(outlook, request, {
    $filter: `start/dateTime ge '${utcTime(endOfNear(from))}'`,
    $orderby: 'start/dateTime',
  });
  return 'kind' in far || far.next === null ? far : { ...far, next: `far/${far.next}` };
}

async function browseNear(
  outlook: Outlook,
  request: BrowseRequest,
  from: string,
): Promise<BrowsedPage | Failure> {
  const { holder, search } = request;
  const comes = new Map<Ref, TimeSlot>();
  const shown = new Set<Ref>();
  const page = await browsePages(outlook, request, {
    path: 'calendar/calendarView',
    options: {
      startDateTime: from,
      endDateTime: endOfNear(from),
      $orderby: 'start/dateTime',
      $select: wholeEvent.$select,
    },
    prefer: textBodies,
    searchPageSize,
    leastPageSize: nearPageSize,
    sightingFrom: (row) => {
      const series = textFrom(row['seriesMasterId']);
      const sighting = sightingFromGraph({ ...row, id: series ?? row.id }, holder);
      const { timeSlot } = asAppointment(sighting.item);
      if (series !== null && timeSlot !== null && !comes.has(sighting.ref)) comes.set(sighting.ref, timeSlot);
      return sighting;
    },
    isWanted: (sighting) =>
      !shown.has(sighting.ref) && isFound(sighting, search) && shown.add(sighting.ref).size > 0,
  });
  if ('kind' in page) return page;
  const sightings = await withSeries(outlook, holder, { sightings: page.sightings, comes });
  return 'kind' in sightings ? sightings : { sightings, next: page.next, comes };
}

function endOfNear(from: string): string {
  return Temporal.Instant.from(from)
    .add({ hours: nearDays * 24 })
    .toString();
}

type Found = Readonly<{ sightings: readonly Sighting[]; comes: ReadonlyMap<Ref, TimeSlot> }>;

/** What is kept in step is the series: it takes the place of the occurrence that was met. All are asked for together. */
async function withSeries(
  outlook: Outlook,
  holder: Holder,
  { sightings, comes }: Found,
): Promise<readonly Sighting[] | Failure> {
  const looks = await Promise.all(
    sightings.map(async (sighting) =>
      comes.has(sighting.ref) ? seriesOf(outlook, holder, sighting.ref) : sighting,
    ),
  );
  const kept: Sighting[] = [];
  for (const look of looks) {
    if (look === null) continue;
    if (!('ref' in look)) return look;
    kept.push(look);
  }
  return kept;
}

/** Null for a series that was deleted just now. */
async function seriesOf(outlook: Outlook, holder: Holder, ref: Ref): Promise<Sighting | Failure | null> {
  const mailbox = holder.userId;
  const path = `${eventPath(mailbox, ref)}?${query(wholeEvent)}`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path, prefer: textBodies });
  if (answer.answer === 'failed') return answer.failure;
  if (isItemMissing(answer)) return null;
  const row: GraphRow | null = answer.status === 200 ? rowFrom(answer.body) : null;
  return row === null ? failureFrom(answer, outlook.client.nowMs()) : sightingFromGraph(row, holder);
}
