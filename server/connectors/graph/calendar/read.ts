import type { Look, ReadRequest } from '../../connector.ts';
import { holderOf, type Outlook } from '../read.ts';
import { sightingFromGraph } from './event.ts';
import { readRows } from './rows.ts';

export async function read(outlook: Outlook, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const rows = await readRows(
    outlook,
    requests.map(({ holder, ref }) => ({ holder: holderOf(holder), ref, isSeries: false })),
  );
  return rows.map((look, index): Look => {
    if (look.look !== 'found') return look;
    return { look: 'found', sighting: sightingFromGraph(look.row, holderOf(requests[index]?.holder)) };
  });
}
