import { unreachable } from '../../../shared/domain.ts';
import type { CustomField } from '../../../shared/policy.ts';
import type { Holder, Look, ReadRequest } from '../connector.ts';
import { sightingFromGraph } from './contact.ts';
import { selectedProperties } from './contact-fields.ts';
import type { GraphClient } from './client.ts';
import { deletedAmong } from './deleted-items.ts';
import { failureFrom, isItemMissing } from './errors.ts';
import { expandOf, extendedIds, isExtended } from './extended.ts';
import type { Folders } from './folders.ts';
import type { GraphAnswer } from './packer.ts';
import { deleted, outOfReach, type RowLook, type RowRequest } from './row-look.ts';
import { pageFrom, query, rowFrom, segment, textFrom, type GraphContact } from './wire.ts';

/** What every part of the connector works with. */
export type Outlook = Readonly<{
  client: GraphClient;
  folders: Folders;
  customFields: () => readonly CustomField[];
  calendar: CalendarSettings;
}>;

/** Of the calendar: the window in which changes are watched, and what an event that leads nowhere proves. */
export type CalendarSettings = Readonly<{
  /** Days before and after today; Exchange takes 1,825 together at most. */
  pastDays: number;
  futureDays: number;
  /**
   * `translate`: an event that is not found was deleted where its id still leads to something in the mailbox, which lies in
   * Deleted Items then. `notFound`: an event that is not found was deleted (facts/graph.md 1.5). `listed`: a deleted event is
   * found all the same, and is told by no calendar listing it, which costs a look more for every event.
   */
  deletedEvents: 'translate' | 'notFound' | 'listed';
}>;

/** From so many contacts of one mailbox on, turning pages of its folder may cost less than asking one by one. */
const listFrom = 60;
const pageSize = 500;
/** One `$batch` brings this many; a page that brings fewer of those asked for is not worth another. */
const batchSize = 20;

export async function read(outlook: Outlook, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const rows = await readRows(
    outlook,
    requests.map(({ holder, ref }) => ({ holder: holderOf(holder), ref })),
  );
  return rows.map((look, index): Look => {
    const holder = holderOf(requests[index]?.holder);
    if (look.look !== 'found') return look;
    return {
      look: 'found',
      sighting: sightingFromGraph(look.row, holder.marks.contact, outlook.customFields()),
    };
  });
}

/** A contact of Exchange is always somebody's. */
export function holderOf(holder: Holder | null | undefined): Holder {
  if (holder === null || holder === undefined)
    throw new Error('A request to Exchange came without a holder.');
  return holder;
}

export async function readRows(
  outlook: Outlook,
  requests: readonly RowRequest[],
): Promise<readonly RowLook[]> {
  const byMailbox = Map.groupBy(requests, ({ holder }) => holder.userId);
  const listed = new Map<string, ReadonlyMap<string, GraphContact>>();
  await Promise.all(
    [...byMailbox].map(async ([mailbox, group]) => {
      const refs = new Set(group.map(({ ref }) => ref));
      if (refs.size >= listFrom) listed.set(mailbox, await listSome(outlook, mailbox, refs));
    }),
  );
  const looks = await Promise.all(
    requests.map(async ({ holder, ref }): Promise<RowLook | 'gone'> => {
      const row = listed.get(holder.userId)?.get(ref);
      return row === undefined ? readOne(outlook, holder.userId, ref) : { look: 'found', row };
    }),
  );
  const gone = requests.filter((_, index) => looks[index] === 'gone');
  const proofs = await proofsOf(outlook, gone);
  return requests.map(({ holder, ref }, index): RowLook => {
    const look = looks[index] ?? 'gone';
    return look === 'gone' ? (proofs.get(holder.userId)?.(ref) ?? outOfReach) : look;
  });
}

/** `$select` and `$expand` for a whole contact. */
export function wholeContact(outlook: Outlook): Readonly<Record<string, string>> {
  const custom = outlook.customFields();
  const properties = custom.filter((field) => !isExtended(field)).map((field) => field.exchangeProperty);
  return {
    $select: [...new Set([...selectedProperties, ...properties])].join(','),
    $expand: expandOf(extendedIds(custom)),
  };
}

export function contactPath(mailbox: string, ref: string): string {
  return `/users/${segment(mailbox)}/contacts/${segment(ref)}`;
}

/** Pages of the default folder, for as long as a page brings more of what is asked for than a batch would. */
async function listSome(
  outlook: Outlook,
  mailbox: string,
  refs: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GraphContact>> {
  const found = new Map<string, GraphContact>();
  const options = query({ $top: String(pageSize), ...wholeContact(outlook) });
  let path: string | null = `/users/${segment(mailbox)}/contacts?${options}`;
  while (path !== null) {
    const answer: GraphAnswer = await outlook.client.request({ mailbox, method: 'GET', path });
    // Whatever the listing fails to bring is asked for by id, and fails there with its own reason.
    const page = answer.answer === 'response' && answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) return found;
    const before = found.size;
    for (const row of page.rows) if (refs.has(row.id)) found.set(row.id, row);
    const isWorthIt = found.size - before >= batchSize && refs.size - found.size > batchSize;
    path = page.nextLink === null || !isWorthIt ? null : outlook.client.pathFromLink(page.nextLink, mailbox);
  }
  return found;
}

/**
 * An id that leads nowhere is no proof of a deletion: a contact that went to the archive has another id there. By mailbox,
 * what became of each contact that was not found.
 */
async function proofsOf(
  outlook: Outlook,
  gone: readonly RowRequest[],
): Promise<ReadonlyMap<string, (ref: string) => RowLook>> {
  const mailboxes = [...Map.groupBy(gone, ({ holder }) => holder.userId)];
  const proofs = mailboxes.map(async ([mailbox, requests]) => {
    const refs = new Set(requests.map(({ ref }) => ref));
    const known = await deletedAmong(outlook.client, mailbox, refs);
    const proof = (ref: string): RowLook => {
      if ('kind' in known) return { look: 'failed', failure: known };
      return known.has(ref) ? deleted : outOfReach;
    };
    return [mailbox, proof] as const;
  });
  return new Map(await Promise.all(proofs));
}

async function readOne(outlook: Outlook, mailbox: string, ref: string): Promise<RowLook | 'gone'> {
  const path = `${contactPath(mailbox, ref)}?${query(wholeContact(outlook))}`;
  const answer = await outlook.client.request({ mailbox, method: 'GET', path });
  if (answer.answer === 'failed') return { look: 'failed', failure: answer.failure };
  if (isItemMissing(answer)) return outlook.folders.wasMoved(mailbox) ? outOfReach : 'gone';
  const row = answer.status === 200 ? rowFrom(answer.body) : null;
  if (row === null) return { look: 'failed', failure: failureFrom(answer, outlook.client.nowMs()) };
  return placed(outlook, mailbox, row);
}

/** An immutable id goes with a contact into Deleted Items, so finding it is not enough. */
async function placed(outlook: Outlook, mailbox: string, row: GraphContact): Promise<RowLook> {
  const folderId = textFrom(row.parentFolderId);
  if (folderId === null) return { look: 'found', row };
  const place = await outlook.folders.place(mailbox, folderId);
  if (typeof place !== 'string') return { look: 'failed', failure: place };
  switch (place) {
    case 'contacts':
      return { look: 'found', row };
    case 'deletedItems':
      return deleted;
    case 'elsewhere':
      return outOfReach;
  }
  return unreachable(place);
}
