import type { Holder, RemoveRequest, UpdateRequest } from '../connector.ts';
import { holderOf } from './read.ts';
import type { RowLook } from './row-look.ts';

export type LookRequest = Readonly<{ holder: Holder; ref: UpdateRequest['ref'] }>;

/** How the items of those requests stand that must know before they write, all of them read together. */
export async function looksBefore<Request extends UpdateRequest | RemoveRequest>(
  requests: readonly Request[],
  isNeeded: (request: Request) => boolean,
  read: (asked: readonly LookRequest[]) => Promise<readonly RowLook[]>,
): Promise<ReadonlyMap<Request, RowLook>> {
  const needed = requests.filter(isNeeded);
  const looks = await read(needed.map(({ holder, ref }) => ({ holder: holderOf(holder), ref })));
  return new Map(
    needed.flatMap((request, index) => {
      const look = looks[index];
      return look === undefined ? [] : [[request, look] as const];
    }),
  );
}
