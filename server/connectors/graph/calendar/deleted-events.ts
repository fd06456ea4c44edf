import type { Failure } from '../../connector.ts';
import { failureFrom } from '../errors.ts';
import { translateIds } from '../people.ts';
import type { Outlook } from '../read.ts';
import type { Proofs } from '../read-rows.ts';
import { deleted, outOfReach, type RowRequest } from '../row-look.ts';
import { literal, pageFrom, query, segment, textFrom, type GraphRow } from '../wire.ts';

/**
 * What became of events whose ids lead to nothing in a calendar. An event goes into Deleted Items under its immutable id, so
 * an id the mailbox still knows was deleted; one it knows no more went to the archive, and nothing is proven (facts/graph.md 1.5 and 7).
 */
export async function proofsOf(outlook: Outlook, gone: readonly RowRequest[]): Promise<Proofs> {
  const proofs = new Map<string, ReadonlyMap<string, string> | Failure>();
  const byMailbox = Map.groupBy(gone, ({ holder }) => holder.userId);
  if (outlook.calendar.deletedEvents !== 'notFound') {
    await Promise.all(
      [...byMailbox].map(async ([mailbox, requests]) => {
        const ids = [...new Set(requests.map(({ ref }) => ref))];
        proofs.set(mailbox, await translateIds(outlook, mailbox, { ids, ...fromImmutable }));
      }),
    );
  }
  return (mailbox, ref) => {
    const known = proofs.get(mailbox);
    if (known === undefined) return deleted;
    if ('kind' in known) return { look: 'failed', failure: known };
    return known.has(ref) ? deleted : outOfReach;
  };
}

/** Whether one of the mailbox's calendars lists an event that was found by its id; Deleted Items is none of them. */
export async function isListed(outlook: Outlook, mailbox: string, row: GraphRow): Promise<boolean | Failure> {
  const user = `/users/${segment(mailbox)}`;
  const first = await lists(outlook, mailbox, { path: `${user}/calendar/events`, row });
  if (first !== false) return first;
  const path = `${user}/calendars?${query({ $select: 'id', $top: '100' })}`;
  const calendars = await rowsOf(outlook, mailbox, path);
  if ('kind' in calendars) return calendars;
  const answers = await Promise.all(
    calendars.map(({ id }) =>
      lists(outlook, mailbox, { path: `${user}/calendars/${segment(id)}/events`, row }),
    ),
  );
  return answers.find((answer) => answer !== false) ?? false;
}

async function lists(
  outlook: Outlook,
  mailbox: string,
  { path, row }: Readonly<{ path: string; row: GraphRow }>,
): Promise<boolean | Failure> {
  const filter = `iCalUId eq ${literal(textFrom(row['iCalUId']) ?? '')}`;
  const options = query({ $filter: filter, $select: 'id', $top: '50' });
  const rows = await rowsOf(outlook, mailbox, `${path}?${options}`);
  return 'kind' in rows ? rows : rows.some(({ id }) => id === row.id);
}

async function rowsOf(
  outlook: Outlook,
  mailbox: string,
  path: string,
): Promise<readonly GraphRow[] | Failure> {
  const answer = await outlook.client.request({ mailbox, method: 'GET', path });
  if (answer.answer === 'failed') return answer.failure;
  const page = answer.status === 200 ? pageFrom(answer.body) : null;
  return page?.rows ?? failureFrom(answer, outlook.client.nowMs());
}

const fromImmutable = { from: 'restImmutableEntryId', to: 'restId' } as const;
