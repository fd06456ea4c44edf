import type { Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { Ref } from '../core/snapshot.ts';

/** What a worker process carries from one piece of work to the next. */
export type Engine = Context & Readonly<{ memo: Memo }>;

/**
 * Siebel records seen a moment ago, so that a poll's page need not be read again by the turn it leads to. Good enough to
 * decide what Outlook should show, where every write is conditional; never enough to write to Siebel.
 */
export type Memo = Readonly<{
  keep: (sightings: readonly Sighting[]) => void;
  take: (ref: Ref) => Sighting | null;
  forget: (ref: Ref) => void;
}>;

const freshMs = 60_000;
const most = 20_000;

export function createMemo(now: () => Temporal.Instant): Memo {
  const kept = new Map<Ref, { sighting: Sighting; until: number }>();
  return {
    keep: (sightings) => {
      const until = now().epochMilliseconds + freshMs;
      for (const sighting of sightings) {
        kept.delete(sighting.ref);
        kept.set(sighting.ref, { sighting, until });
      }
      for (const ref of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(ref);
      }
    },
    take: (ref) => {
      const entry = kept.get(ref);
      kept.delete(ref);
      return entry && entry.until > now().epochMilliseconds ? entry.sighting : null;
    },
    forget: (ref) => void kept.delete(ref),
  };
}
