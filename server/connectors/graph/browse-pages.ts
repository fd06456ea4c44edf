import type { ExchangeConnector, Failure, Sighting } from '../connector.ts';
import { failureFrom } from './errors.ts';
import type { Outlook } from './read.ts';
import { pageFrom, query, segment, type GraphRow } from './wire.ts';

export type BrowseRequest = Parameters<ExchangeConnector['browse']>[0];
export type Browsed = Readonly<{ sightings: readonly Sighting[]; next: string | null }>;

type Folder = Readonly<{
  /** Below the user, such as `contacts`. */
  path: string;
  options: Readonly<Record<string, string>>;
  prefer?: string;
  /** Rows of a page where a search has to turn them all over. */
  searchPageSize: number;
  /** Rows of a page at least, where several of them may be one. */
  leastPageSize?: number;
  sightingFrom: (row: GraphRow) => Sighting;
  isWanted: (sighting: Sighting) => boolean;
}>;

/** Turns a folder's pages over until enough rows are wanted; `after` is the number of rows to leave out. */
export async function browsePages(
  outlook: Outlook,
  request: BrowseRequest,
  folder: Folder,
): Promise<Browsed | Failure> {
  const { holder, limit } = request;
  const sightings: Sighting[] = [];
  const size = request.search === null ? Math.max(limit, folder.leastPageSize ?? 1) : folder.searchPageSize;
  for (let start = startOf(request.after); ; start += size) {
    const page = await rowsFrom(outlook, holder.userId, { ...folder, start, size });
    if ('kind' in page) return page;
    for (const [index, row] of page.rows.entries()) {
      const sighting = folder.sightingFrom(row);
      if (!folder.isWanted(sighting)) continue;
      if (sightings.length === limit) return { sightings, next: String(start + index) };
      sightings.push(sighting);
    }
    if (!page.hasMore) return { sightings, next: null };
    if (sightings.length === limit) return { sightings, next: String(start + size) };
  }
}

async function rowsFrom(
  outlook: Outlook,
  mailbox: string,
  { start, size, ...folder }: Folder & Readonly<{ start: number; size: number }>,
): Promise<Readonly<{ rows: readonly GraphRow[]; hasMore: boolean }> | Failure> {
  const options = query({ $top: String(size), $skip: String(start), ...folder.options });
  const answer = await outlook.client.request({
    mailbox,
    method: 'GET',
    path: `/users/${segment(mailbox)}/${folder.path}?${options}`,
    ...(folder.prefer === undefined ? {} : { prefer: folder.prefer }),
  });
  if (answer.answer === 'failed') return answer.failure;
  const page = answer.status === 200 ? pageFrom(answer.body) : null;
  if (page === null) return failureFrom(answer, outlook.client.nowMs());
  return { rows: page.rows, hasMore: page.nextLink !== null };
}

/** Whether one of the texts holds what is searched for; without a search all are wanted. */
export function isFoundIn(texts: readonly (string | null | undefined)[], search: string | null): boolean {
  const wanted = search?.toLowerCase() ?? '';
  return search === null || texts.some((text) => text?.toLowerCase().includes(wanted) === true);
}

export function startOf(after: string | null): number {
  const start = Number(after ?? '0');
  return Number.isSafeInteger(start) && start > 0 ? start : 0;
}
