import type { FindAnswer, FindRequest, Holder } from '../../connector.ts';
import { stampFilter } from '../extended.ts';
import type { Outlook } from '../read.ts';
import { turnPages } from '../turn-pages.ts';
import { literal, query, segment } from '../wire.ts';
import { sightingFromGraph } from './event.ts';
import { readRows } from './rows.ts';

/**
 * Events that may be the one asked for: by the stamp of what we made ourselves, or by the iCalUId under which a meeting lies in
 * every mailbox. Filters only lead to them; they are then read whole, series with their exceptions.
 */
export async function find(
  outlook: Outlook,
  requests: readonly FindRequest[],
): Promise<readonly FindAnswer[]> {
  const lists = await Promise.all(
    requests.map(({ holder, ...request }) => refsBy(outlook, holder, filterOf(request))),
  );
  const wanted = requests.flatMap(({ holder }, index) => {
    const list = lists[index];
    return list?.answer === 'refs' ? list.refs.map((ref) => ({ index, holder, ref, isSeries: false })) : [];
  });
  const looks = await readRows(outlook, wanted);
  return requests.map((request, index): FindAnswer => {
    const list = lists[index];
    if (list?.answer === 'failed') return list;
    const own = looks.filter((_, position) => wanted[position]?.index === index);
    const failure = own.find((look) => look.look === 'failed');
    if (failure !== undefined) return { answer: 'failed', failure: failure.failure };
    const sightings = own.flatMap((look) =>
      look.look === 'found' ? [sightingFromGraph(look.row, request.holder)] : [],
    );
    // Exchange compares values of extended properties ignoring case; a stamp is exact.
    const isIt = ({ stamp }: (typeof sightings)[number]) => request.by !== 'stamp' || stamp === request.stamp;
    return { answer: 'found', sightings: sightings.filter(isIt) };
  });
}

type Wanted =
  | Readonly<{ by: 'stamp'; stamp: string }>
  | Readonly<{ by: 'uid'; uid: string }>
  | Readonly<{ by: 'identity' }>;

function filterOf(request: Wanted): string {
  if (request.by === 'identity') throw new Error('Only contacts are found by what they are recognised by.');
  return request.by === 'stamp' ? stampFilter(request.stamp) : `iCalUId eq ${literal(request.uid)}`;
}

type Refs = Readonly<{ answer: 'refs'; refs: readonly string[] }> | Extract<FindAnswer, { answer: 'failed' }>;

async function refsBy(outlook: Outlook, { userId }: Holder, filter: string): Promise<Refs> {
  const options = query({ $filter: filter, $top: '50', $select: 'id' });
  const path = `/users/${segment(userId)}/events?${options}`;
  const list = await turnPages(outlook.client, userId, { path });
  if (list.answer !== 'rows') return { answer: 'failed', failure: list.failure };
  return { answer: 'refs', refs: [...new Set(list.rows.map(({ id }) => id))] };
}
