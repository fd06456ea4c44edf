import type { Failure } from '../../connector.ts';
import type { GraphClient } from '../client.ts';
import { failureFrom, isItemMissing } from '../errors.ts';
import { strangeLink } from '../folders.ts';
import type { GraphAnswer } from '../packer.ts';
import type { Outlook } from '../read.ts';
import { pageFrom, type GraphRow } from '../wire.ts';

/** What every part of this folder works with. */
export type TaskService = Pick<Outlook, 'client' | 'folders'>;

/** Rows of a listing; `missing` where what it lists from is not there. */
export type Rows =
  | Readonly<{ answer: 'rows'; rows: readonly GraphRow[] }>
  | Readonly<{ answer: 'missing' }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

/** A thousand pages: a listing that goes on beyond that goes round in circles. */
const mostPages = 1000;

/** Turns the pages of a listing until its end, or until `isEnough` says of the last page and all rows that it may stop. */
export async function turnPages(
  client: GraphClient,
  mailbox: string,
  listing: Readonly<{
    path: string;
    isEnough?: (page: readonly GraphRow[], all: readonly GraphRow[]) => boolean;
  }>,
): Promise<Rows> {
  const rows: GraphRow[] = [];
  let path = listing.path;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer: GraphAnswer = await client.request({ mailbox, method: 'GET', path });
    if (answer.answer === 'failed') return answer;
    if (isItemMissing(answer)) return { answer: 'missing' };
    const page = answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) return { answer: 'failed', failure: failureFrom(answer, client.nowMs()) };
    rows.push(...page.rows);
    if (page.nextLink === null || listing.isEnough?.(page.rows, rows) === true)
      return { answer: 'rows', rows };
    const next = client.pathFromLink(page.nextLink, mailbox);
    if (next === null || next === path) break;
    path = next;
  }
  return { answer: 'failed', failure: strangeLink };
}
