import type { ChangeAnswer, ChangeRequest, ChangeRow, Holder } from '../connector.ts';
import { changesIn, cutOffIn, newIdsOf } from './delta-feed.ts';
import { unnamedDefault } from './folders.ts';
import { categoriesOf, markedAs } from './marks.ts';
import { refOf, versionOf } from './names.ts';
import type { Outlook } from './read.ts';
import { segment, type GraphContact } from './wire.ts';

/** What changed in contact folders since their cursors. */
export function changes(
  outlook: Outlook,
  requests: readonly ChangeRequest[],
): Promise<readonly ChangeAnswer[]> {
  const wasMoved = (mailbox: string, { asked }: Readonly<{ asked: readonly string[] }>) =>
    hasNone(outlook, mailbox, asked);
  return changesIn(outlook, { firstPath, changeRow, wasMoved, failures }, requests);
}

/**
 * Nobody can delete the default folder, which is always among those asked for: where none of them exists, the mailbox was moved
 * (to another organisation or database) and everything in it has a new id, so that contacts that seem to be gone are all there.
 */
async function hasNone(outlook: Outlook, mailbox: string, asked: readonly string[]): Promise<boolean> {
  const tree = await outlook.folders.look(mailbox);
  return !('kind' in tree) && !asked.some((feed) => tree.contactFolders.includes(feed));
}

/**
 * No row is taken for a sighting: extended properties are not offered on a change feed (msgraph docs issues 1993, 2270), and
 * a row may hold "at least the changed properties" only. One without categories might be marked, so it is looked at.
 */
function changeRow(row: GraphContact, { holder }: Readonly<{ holder: Holder }>): ChangeRow {
  const ref = refOf(row);
  if (row['@removed'] !== undefined) return { change: 'gone', ref };
  const isMarked = row.categories === undefined || markedAs(categoriesOf(row), holder.marks.contact) !== null;
  return { change: 'seen', ref, version: versionOf(row), isMarked, sighting: null };
}

function firstPath(mailbox: string, feed: string): string {
  const user = `/users/${segment(mailbox)}`;
  return feed === unnamedDefault
    ? `${user}/contacts/delta`
    : `${user}/contactFolders/${segment(feed)}/contacts/delta`;
}

const failures = {
  gone: {
    kind: 'refused',
    reach: 'item',
    reason:
      'Outlook has no such contact folder any more; the folders of the mailbox must be looked up again.',
    retryAfterMs: null,
  },
  newIds: newIdsOf('contacts'),
  cutOff: cutOffIn('Outlook', 'a contact folder'),
} as const;
