import type { Failure, Sighting } from '../../connector.ts';
import { browsePages, isFoundIn, type Browsed, type BrowseRequest } from '../browse-pages.ts';
import type { Outlook } from '../read.ts';
import { textBodies } from './body.ts';
import { asAppointment, sightingFromGraph } from './event.ts';
import { wholeEvent } from './rows.ts';

/** What a search turns over at a time: no filter looks inside subjects and people alike. */
export const searchPageSize = 250;

type EventOptions = Readonly<{ $orderby: string; $filter?: string }>;

/** A page of the default calendar, a series as one event where it began. */
export function browseEvents(
  outlook: Outlook,
  request: BrowseRequest,
  options: EventOptions,
): Promise<Browsed | Failure> {
  return browsePages(outlook, request, {
    path: 'calendar/events',
    options: { ...options, ...wholeEvent },
    prefer: textBodies,
    searchPageSize,
    sightingFrom: (row) => sightingFromGraph(row, request.holder),
    isWanted: (sighting) => isFound(sighting, request.search),
  });
}

export function isFound({ item }: Sighting, search: string | null): boolean {
  const { subject, location, organizer, attendees } = asAppointment(item);
  const people = [organizer, ...attendees].flatMap((one) => [one?.name, one?.address]);
  return isFoundIn([subject, location, ...people], search);
}

/** An instant as filters compare `start/dateTime` with it: without an offset, which means UTC. */
export function utcTime(instant: string): string {
  return Temporal.Instant.from(instant).toString({ smallestUnit: 'second' }).slice(0, -1);
}
