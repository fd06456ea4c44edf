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
  /** `since` is when the side was asked, by the clock of the database. */
  keep: (sightings: readonly Sighting[], since: Temporal.Instant) => void;
  /** Gives out a sighting once, unless it is older than what a turn last kept of the record. */
  take: (ref: Ref, keptAt: string | null) => Sighting | null;
}>;

const freshMs = 60_000;
const most = 20_000;

export function createMemo(now: () => Temporal.Instant): Memo {
  const kept = new Map<Ref, Readonly<{ sighting: Sighting; until: number; since: Temporal.Instant }>>();
  return {
    keep: (sightings, since) => {
      const until = now().epochMilliseconds + freshMs;
      for (const sighting of sightings) {
        kept.delete(sighting.ref);
        kept.set(sighting.ref, { sighting, until, since });
      }
      for (const ref of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(ref);
      }
    },
    take: (ref, keptAt) => {
      const entry = kept.get(ref);
      kept.delete(ref);
      if (!entry || entry.until <= now().epochMilliseconds) return null;
      const isNews = keptAt === null || Temporal.Instant.compare(entry.since, keptAt) > 0;
      return isNews ? entry.sighting : null;
    },
  };
}
