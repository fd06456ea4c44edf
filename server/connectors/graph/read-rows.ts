import type { GraphClient } from './client.ts';
import { failureFrom, isItemMissing } from './errors.ts';
import type { Folders } from './folders.ts';
import { listedRows, type Listing } from './listed-rows.ts';
import { outOfReach, type RowLook, type RowRequest } from './row-look.ts';
import { rowFrom, type GraphRow } from './wire.ts';

/** How contacts, events or tasks are read. */
type Reading<Request extends RowRequest> = Readonly<{
  /** `null`: no listing shows all of it. */
  listingOf: (request: Request) => Listing | null;
  /** `gone` where its id leads to nothing; `listed`: as a listing brought it. */
  readOne: (request: Request, listed: GraphRow | null) => Promise<RowLook | 'gone'>;
  /** What became of those whose ids lead to nothing. */
  proofsOf: (gone: readonly Request[]) => Promise<Proofs>;
}>;

export type Proofs = (mailbox: string, ref: string) => RowLook;

type Mailboxes = Readonly<{ client: GraphClient; folders: Folders }>;

/**
 * Many of one listing from its pages, the others one by one, all at once so that they travel together. In a mailbox that was
 * moved an id that leads to nothing proves nothing.
 */
export async function readEach<Request extends RowRequest>(
  { client, folders }: Mailboxes,
  requests: readonly Request[],
  { listingOf, readOne, proofsOf }: Reading<Request>,
): Promise<readonly RowLook[]> {
  const listed = await listedRows(client, requests, listingOf);
  const looks = await Promise.all(requests.map((request) => readOne(request, listed.get(request) ?? null)));
  const gone = requests.filter(
    ({ holder }, index) => looks[index] === 'gone' && !folders.wasMoved(holder.userId),
  );
  const proofs = await proofsOf(gone);
  return requests.map(({ holder, ref }, index): RowLook => {
    const look = looks[index] ?? 'gone';
    if (look !== 'gone') return look;
    return folders.wasMoved(holder.userId) ? outOfReach : proofs(holder.userId, ref);
  });
}

/** What lies at a path of a mailbox. */
export async function rowAt(
  client: GraphClient,
  at: Readonly<{ mailbox: string; path: string; prefer?: string }>,
): Promise<RowLook | 'gone'> {
  const answer = await client.request({ method: 'GET', ...at });
  if (answer.answer === 'failed') return { look: 'failed', failure: answer.failure };
  if (isItemMissing(answer)) return 'gone';
  const row = answer.status === 200 ? rowFrom(answer.body) : null;
  if (row === null) return { look: 'failed', failure: failureFrom(answer, client.nowMs()) };
  return { look: 'found', row };
}
