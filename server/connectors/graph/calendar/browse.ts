import type { Appointment } from '../../../../shared/appointment.ts';
import type { Failure } from '../../connector.ts';
import { browsePages, isFoundIn, type Browsed, type BrowseRequest } from '../browse-pages.ts';
import type { Outlook } from '../read.ts';
import { textBodies } from './body.ts';
import { asAppointment, sightingFromGraph } from './event.ts';
import { wholeEvent } from './rows.ts';

/**
 * A page of the default calendar, what begins last first, a series as one event where it began. A search turns the calendar's
 * pages over and picks, for no filter looks inside subjects and people alike.
 */
export function browse(outlook: Outlook, request: BrowseRequest): Promise<Browsed | Failure> {
  return browsePages(outlook, request, {
    path: 'calendar/events',
    options: { $orderby: 'start/dateTime desc', ...wholeEvent },
    prefer: textBodies,
    searchPageSize: 250,
    sightingFrom: (row) => sightingFromGraph(row, request.holder),
    isWanted: ({ item }) => isFoundIn(textsOf(asAppointment(item)), request.search),
  });
}

function textsOf(item: Appointment): readonly (string | null | undefined)[] {
  const people = [item.organizer, ...item.attendees].flatMap((one) => [one?.name, one?.address]);
  return [item.subject, item.location, ...people];
}
