import type { World } from '../world.ts';
import { createEndpointStates, windowMs } from './endpoint-states.ts';
import { isOn } from './switches.ts';
import type { Webhook } from './webhook.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Posts rows to endpoints, and posts them again until somebody takes them or four hours are over. */
export type Deliveries = Readonly<{
  post: (url: string, rows: readonly Row[]) => void;
  /** Posts again what is due by the sandbox's clock. */
  retryDue: () => void;
  clear: () => void;
}>;

type Post = Readonly<{ url: string; rows: readonly Row[]; attempt: number; firstAt: number; dueAt: number }>;

const firstTimeoutMs = 3_000;
const retryTimeoutMs = 10_000;
const givesUpAfterMs = 4 * 3_600_000;
const firstPauseMs = 2_000;
const longestPauseMs = 600_000;

export function createDeliveries(world: World, webhook: Webhook): Deliveries {
  const states = createEndpointStates();
  let waiting: Post[] = [];
  // What was on its way when everything was forgotten must not come back.
  let era = 0;

  const deliver = async (post: Post): Promise<void> => {
    const now = world.now().getTime();
    const state = isOn(world, 'endpointStates') ? states.stateOf(post.url, now) : 'well';
    if (state === 'drop') return;
    if (state === 'slow' && post.attempt === 0) {
      waiting.push({ ...post, attempt: 1, dueAt: now + windowMs });
      return;
    }
    const eraAtStart = era;
    const timeoutMs = post.attempt === 0 ? firstTimeoutMs : retryTimeoutMs;
    const body = JSON.stringify({ value: post.rows });
    const answer = await webhook.post(post.url, { contentType: 'application/json', body, timeoutMs });
    if (era !== eraAtStart) return;
    states.noteAnswer(post.url, answer ? 'quick' : post.attempt === 0 ? 'slow' : 'verySlow', now);
    if (answer && answer.status >= 200 && answer.status < 300) return;
    const next = postponed(post, world.now().getTime());
    if (next.dueAt - post.firstAt <= givesUpAfterMs) waiting.push(next);
  };

  return {
    post: (url, rows) => {
      const now = world.now().getTime();
      void deliver({ url, rows, attempt: 0, firstAt: now, dueAt: now });
    },
    retryDue: () => {
      const now = world.now().getTime();
      const due = waiting.filter((post) => post.dueAt <= now);
      if (due.length === 0) return;
      waiting = waiting.filter((post) => post.dueAt > now);
      // The clock may have been moved past the end of their life.
      for (const post of due) if (now - post.firstAt <= givesUpAfterMs) void deliver(post);
    },
    clear: () => {
      era += 1;
      waiting = [];
      states.clear();
    },
  };
}

const postponed = (post: Post, now: number): Post => ({
  ...post,
  attempt: post.attempt + 1,
  dueAt: now + Math.min(firstPauseMs * 2 ** post.attempt, longestPauseMs),
});
