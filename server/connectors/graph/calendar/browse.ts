import type { BrowsedPage, Failure } from '../../connector.ts';
import type { BrowseRequest } from '../browse-pages.ts';
import type { Outlook } from '../read.ts';
import { browseComing } from './browse-coming.ts';
import { browseEvents, utcTime } from './browse-events.ts';

/** A page of the default calendar: what comes, or what began before, or all there is, the last first. */
export function browse(outlook: Outlook, request: BrowseRequest): Promise<BrowsedPage | Failure> {
  const { time = null } = request;
  if (time !== null && 'from' in time) return browseComing(outlook, request, time.from);
  return browseEvents(outlook, request, {
    ...(time === null ? {} : { $filter: `start/dateTime lt '${utcTime(time.before)}'` }),
    $orderby: 'start/dateTime desc',
  });
}
