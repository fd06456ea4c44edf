import type { Contact } from '../../../shared/contact.ts';
import type { ExchangeConnector, Failure, Sighting } from '../connector.ts';
import { asContact, displayNameOf, sightingFromGraph } from './contact.ts';
import { failureFrom } from './errors.ts';
import { wholeContact, type Outlook } from './read.ts';
import { pageFrom, query, segment, type GraphRow } from './wire.ts';

type BrowseRequest = Parameters<ExchangeConnector['browse']>[0];

const searchPageSize = 500;

/**
 * A page of the default folder by name. No filter is known that looks inside names and addresses of contacts and
 * goes with an order; so a search turns the folder's pages over and picks. `after` is the number of rows to leave out.
 */
export async function browse(
  outlook: Outlook,
  request: BrowseRequest,
): Promise<Readonly<{ sightings: readonly Sighting[]; next: string | null }> | Failure> {
  const { holder, limit } = request;
  const sightings: Sighting[] = [];
  const size = request.search === null ? limit : searchPageSize;
  for (let start = startOf(request.after); ; start += size) {
    const page = await rowsFrom(outlook, request, { start, size });
    if ('kind' in page) return page;
    for (const [index, row] of page.rows.entries()) {
      const sighting = sightingFromGraph(row, holder.marks.contact, outlook.customFields());
      if (!isWanted(asContact(sighting.item), request.search)) continue;
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
    $orderby: 'displayName',
    $top: String(from.size),
    $skip: String(from.start),
    ...wholeContact(outlook),
  });
  const path = `/users/${segment(holder.userId)}/contacts?${options}`;
  const answer = await outlook.client.request({ mailbox: holder.userId, method: 'GET', path });
  if (answer.answer === 'failed') return answer.failure;
  const page = answer.status === 200 ? pageFrom(answer.body) : null;
  if (page === null) return failureFrom(answer, outlook.client.nowMs());
  return { rows: page.rows, hasMore: page.nextLink !== null };
}

function isWanted(item: Contact, search: string | null): boolean {
  if (search === null) return true;
  const wanted = search.toLowerCase();
  return [displayNameOf(item), item.company, item.email1, item.email2, item.email3].some(
    (text) => text?.toLowerCase().includes(wanted) === true,
  );
}

function startOf(after: string | null): number {
  const start = Number(after ?? '0');
  return Number.isSafeInteger(start) && start > 0 ? start : 0;
}
