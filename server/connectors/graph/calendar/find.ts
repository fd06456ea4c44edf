import type { FindAnswer, FindRequest, Holder } from '../../connector.ts';
import { failureFrom } from '../errors.ts';
import { stampFilter } from '../extended.ts';
import { strangeLink } from '../folders.ts';
import type { GraphAnswer } from '../packer.ts';
import type { Outlook } from '../read.ts';
import { literal, pageFrom, query, segment } from '../wire.ts';
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
  const refs: string[] = [];
  const options = query({ $filter: filter, $top: '50', $select: 'id' });
  let path: string | null = `/users/${segment(userId)}/events?${options}`;
  while (path !== null) {
    const answer: GraphAnswer = await outlook.client.request({ mailbox: userId, method: 'GET', path });
    if (answer.answer === 'failed') return answer;
    const page = answer.status === 200 ? pageFrom(answer.body) : null;
    if (page === null) return { answer: 'failed', failure: failureFrom(answer, outlook.client.nowMs()) };
    refs.push(...page.rows.map(({ id }) => id));
    path = page.nextLink === null ? null : outlook.client.pathFromLink(page.nextLink, userId);
    if (page.nextLink !== null && path === null) return { answer: 'failed', failure: strangeLink };
  }
  return { answer: 'refs', refs: [...new Set(refs)] };
}
