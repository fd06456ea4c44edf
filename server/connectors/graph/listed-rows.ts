import type { GraphClient } from './client.ts';
import type { GraphAnswer } from './packer.ts';
import type { RowRequest } from './row-look.ts';
import { pageFrom, type GraphRow } from './wire.ts';

/** Where rows are listed: the contacts or the events of a mailbox, one of its task lists. */
export type Listing = Readonly<{
  mailbox: string;
  /** Of its first page; it tells listings apart. */
  path: string;
  prefer?: string;
  refOf?: (row: GraphRow) => string;
}>;

/** From so many rows of one listing on, turning its pages may cost less than asking one by one. */
const fewest = 60;
/** One `$batch` brings this many; a page that brings fewer of those asked for is not worth another. */
const batchSize = 20;

/**
 * What listings bring of the rows asked for, by their requests. Whatever a listing fails to bring is asked for by id, and fails
 * there with its own reason.
 */
export async function listedRows<Request extends RowRequest>(
  client: GraphClient,
  requests: readonly Request[],
  listingOf: (request: Request) => Listing | null,
): Promise<ReadonlyMap<Request, GraphRow>> {
  const asked = requests.flatMap((request) => {
    const listing = listingOf(request);
    return listing === null ? [] : [{ request, listing }];
  });
  const found = new Map<Request, GraphRow>();
  await Promise.all(
    [...Map.groupBy(asked, ({ listing }) => listing.path).values()].map(async (group) => {
      const refs = new Set(group.map(({ request }) => request.ref));
      const [first] = group;
      if (first === undefined || refs.size < fewest) return;
      const rows = await listSome(client, first.listing, refs);
      for (const { request } of group) {
        const row = rows.get(request.ref);
        if (row !== undefined) found.set(request, row);
      }
    }),
  );
  return found;
}

/** Pages of a listing, for as long as a page brings more of what is asked for than a batch would. */
async function listSome(
  client: GraphClient,
  { mailbox, path: first, prefer, refOf = ({ id }) => id }: Listing,
  refs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GraphRow>> {
  const found = new Map<string, GraphRow>();
  let path: string | null = first;
  while (path !== null) {
    const wish = prefer === undefined ? {} : { prefer };
    const answer: GraphAnswer = await client.request({ mailbox, method: 'GET', path, ...wish });
    const page = answer.answer === 'response' && answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) return found;
    const before = found.size;
    for (const row of page.rows) {
      const ref = refOf(row);
      if (refs.has(ref)) found.set(ref, row);
    }
    const isWorthIt = found.size - before >= batchSize && refs.size - found.size > batchSize;
    path = page.nextLink === null || !isWorthIt ? null : client.pathFromLink(page.nextLink, mailbox);
  }
  return found;
}
