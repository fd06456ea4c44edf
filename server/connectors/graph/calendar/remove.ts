import type { RemoveRequest, WriteAnswer } from '../../connector.ts';
import type { LookRequest } from '../looks-before.ts';
import type { Outlook } from '../read.ts';
import { removeFrom } from '../remove.ts';
import { outcomeFrom } from './outcome.ts';
import { eventPath, readRows } from './rows.ts';

/**
 * `delete` moves the event to Deleted Items, which calls a meeting off where the mailbox is its organizer's; `unmark` takes the
 * mark off and leaves the event to its owner.
 */
export function remove(
  outlook: Outlook,
  requests: readonly RemoveRequest[],
): Promise<readonly WriteAnswer[]> {
  const { client } = outlook;
  const read = (asked: readonly LookRequest[]) =>
    readRows(
      outlook,
      asked.map((request) => ({ ...request, isSeries: false })),
    );
  const place = { client, pathOf: eventPath, read, outcomeFrom, hasBin: true, honoursIfMatch: true };
  return removeFrom(place, requests);
}
