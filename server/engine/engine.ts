import type { Sighting } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { Ref } from '../core/snapshot.ts';

/** What a worker process carries from one piece of work to the next. */
export type Engine = Context & Readonly<{ memo: Memo }>;

/**
 * Items seen a moment ago, so that what a sweep brought need not be read again by the turn it leads to. Good enough to
 * decide what Outlook should show, where every write is conditional, and to make a first record of an Outlook item; never
 * enough to write to a Siebel record that stands.
 */
export type Memo = Readonly<{
  keep: (sightings: readonly Sighting[], seen: Seen) => void;
  /** Gives out a sighting once, unless it is older than what a turn last kept of the record. */
  take: (ref: Ref, asked: Readonly<{ mailbox: string | null; keptAt: string | null }>) => Sighting | null;
}>;

/** Where and when: the person whose mailbox it was, or null for Siebel; when it was asked, by the database's clock. */
type Seen = Readonly<{ mailbox: string | null; since: Temporal.Instant }>;

const freshMs = 60_000;
const most = 20_000;

export function createMemo(now: () => Temporal.Instant): Memo {
  const kept = new Map<string, Readonly<{ sighting: Sighting; until: number; since: Temporal.Instant }>>();
  return {
    keep: (sightings, { mailbox, since }) => {
      const until = now().epochMilliseconds + freshMs;
      for (const sighting of sightings) {
        const key = keyOf(mailbox, sighting.ref);
        kept.delete(key);
        kept.set(key, { sighting, until, since });
      }
      for (const key of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(key);
      }
    },
    take: (ref, { mailbox, keptAt }) => {
      const key = keyOf(mailbox, ref);
      const entry = kept.get(key);
      kept.delete(key);
      if (!entry || entry.until <= now().epochMilliseconds) return null;
      const isNews = keptAt === null || Temporal.Instant.compare(entry.since, keptAt) > 0;
      return isNews ? entry.sighting : null;
    },
  };
}

/**
 * An engine that keeps back what it remembers until `release`: what a sweep saw counts once its commit has gone through. A
 * sweep that another worker overtook has seen something older than what the cues are about.
 */
export function withMemoHeldBack(engine: Engine): Readonly<{ held: Engine; release: () => void }> {
  const back: Parameters<Memo['keep']>[] = [];
  return {
    held: { ...engine, memo: { ...engine.memo, keep: (...kept) => void back.push(kept) } },
    release: () => {
      for (const kept of back) engine.memo.keep(...kept);
    },
  };
}

function keyOf(mailbox: string | null, ref: Ref): string {
  return `${mailbox ?? ''} ${ref}`;
}
