import type { Failure } from '../connector.ts';
import type { GraphClient } from './client.ts';
import { failureFrom, isItemMissing } from './errors.ts';
import type { GraphAnswer } from './packer.ts';
import { pageFrom, type GraphRow } from './wire.ts';

/** Rows of a listing; `missing` where what it lists from is not there. */
export type Rows =
  | Readonly<{ answer: 'rows'; rows: readonly GraphRow[] }>
  | Readonly<{ answer: 'missing'; failure: Failure }>
  | Readonly<{ answer: 'failed'; failure: Failure }>;

/** A thousand pages: a listing that goes on beyond that goes round in circles. */
const mostPages = 1000;

/** Turns the pages of a listing until its end, or until `isEnough` says of the rows that it may stop. */
export async function turnPages(
  client: GraphClient,
  mailbox: string,
  listing: Readonly<{ path: string; isEnough?: (rows: readonly GraphRow[]) => boolean }>,
): Promise<Rows> {
  const rows: GraphRow[] = [];
  let path = listing.path;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const answer: GraphAnswer = await client.request({ mailbox, method: 'GET', path });
    if (answer.answer === 'failed') return answer;
    const page = answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) {
      const failure = failureFrom(answer, client.nowMs());
      return { answer: isItemMissing(answer) ? 'missing' : 'failed', failure };
    }
    rows.push(...page.rows);
    if (page.nextLink === null || listing.isEnough?.(rows) === true) return { answer: 'rows', rows };
    const next = client.pathFromLink(page.nextLink, mailbox);
    if (next === null || next === path) break;
    path = next;
  }
  return { answer: 'failed', failure: strangeLink };
}

export const strangeLink: Failure = {
  kind: 'refused',
  reach: 'mailbox',
  reason:
    'A listing of Outlook went on at an address outside the mailbox; it was not followed. Check GRAPH_URL.',
  retryAfterMs: null,
};
