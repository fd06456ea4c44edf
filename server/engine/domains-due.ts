import type { Domain } from '../../shared/domain.ts';
import type { Cue } from '../store/cues.ts';
import type { Cursor } from '../store/cursors.ts';
import type { Engine } from './engine.ts';
import { knownFeeds } from './mailbox-feeds.ts';
import { domainsOf, type Person } from './people.ts';

/** A poll that comes a moment early is none that comes a whole interval late. */
const slackMs = 500;

/**
 * The domains a sweep asks: all when somebody wants a look, and by itself those whose time has come. Task lists, of which
 * Exchange tells nothing, are asked more often than the rest.
 */
export function domainsDue(
  engine: Engine,
  { cue, person }: Readonly<{ cue: Cue; person: Person }>,
  cursors: readonly Cursor[],
): readonly Domain[] {
  const all = domainsOf(person);
  if (cue.cause !== 'poll' || cue.failures > 0) return all;
  const now = engine.clock.now();
  const due = all.filter((domain) => {
    const theirs = cursors.filter((cursor) => cursor.person_id === person.row.id && cursor.domain === domain);
    const feeds = new Set(knownFeeds(theirs).map(({ feed }) => feed));
    const [oldest] = theirs.flatMap(({ feed, updated_at }) => (feeds.has(feed) ? [updated_at] : [])).sort();
    if (oldest === undefined) return true;
    const ageMs = now.since(Temporal.Instant.from(oldest)).total('milliseconds');
    return ageMs + slackMs >= intervalOf(engine, domain);
  });
  return due.length === 0 ? all : due;
}

/** Milliseconds until the next of the person's domains is due. */
export function shortestInterval(engine: Engine, person: Person): number {
  return Math.min(...domainsOf(person).map((domain) => intervalOf(engine, domain)));
}

function intervalOf({ settings }: Engine, domain: Domain): number {
  const { syncIntervalMs, taskIntervalMs } = settings;
  return domain === 'task' ? Math.min(taskIntervalMs, syncIntervalMs) : syncIntervalMs;
}
