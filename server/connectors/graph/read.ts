import { unreachable } from '../../../shared/domain.ts';
import type { CustomField } from '../../../shared/policy.ts';
import type { Holder, Look, ReadRequest } from '../connector.ts';
import { sightingFromGraph } from './contact.ts';
import { selectedProperties } from './contact-fields.ts';
import type { GraphClient } from './client.ts';
import { proofsOf } from './deleted-items.ts';
import { expandOf, extendedIds, isExtended } from './extended.ts';
import type { Folders } from './folders.ts';
import { readEach, rowAt } from './read-rows.ts';
import { deleted, outOfReach, type RowLook, type RowRequest } from './row-look.ts';
import { query, segment, textFrom, type GraphContact } from './wire.ts';

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

/** Contacts as Graph sends them, with every extended property asked for. */
export function readRows(outlook: Outlook, requests: readonly RowRequest[]): Promise<readonly RowLook[]> {
  const options = query({ $top: '500', ...wholeContact(outlook) });
  return readEach(outlook, requests, {
    listingOf: ({ holder: { userId } }) => ({
      mailbox: userId,
      path: `/users/${segment(userId)}/contacts?${options}`,
    }),
    readOne: async (request, listed) =>
      listed === null ? readOne(outlook, request) : { look: 'found', row: listed },
    proofsOf: (gone) => proofsOf(outlook.client, gone),
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

async function readOne(outlook: Outlook, { holder, ref }: RowRequest): Promise<RowLook | 'gone'> {
  const mailbox = holder.userId;
  const path = `${contactPath(mailbox, ref)}?${query(wholeContact(outlook))}`;
  const look = await rowAt(outlook.client, { mailbox, path });
  return look !== 'gone' && look.look === 'found' ? placed(outlook, mailbox, look.row) : look;
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
