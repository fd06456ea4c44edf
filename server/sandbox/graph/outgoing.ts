import type { World } from '../world.ts';
import { createEndpointStates, windowMs } from './endpoint-states.ts';
import type { Subscription } from './subscription.ts';
import { isOn, numberOf } from './switches.ts';
import type { Webhook } from './webhook.ts';

type Row = Readonly<Record<string, unknown>>;

/** The way out: rows are collected for a moment, posted together, and posted again until somebody takes them. */
export type Outgoing = Readonly<{
  notification: (subscription: Subscription, row: Row) => void;
  /** Lost where the subscription names no lifecycle address. */
  lifecycle: (subscription: Subscription, row: Row) => void;
  /** Posts again what is due by the sandbox's clock. */
  retryDue: () => void;
  replay: () => number;
  clear: () => void;
}>;

type Post = Readonly<{ url: string; rows: readonly Row[]; attempt: number; firstAt: number; dueAt: number }>;

const firstTimeoutMs = 3_000;
const retryTimeoutMs = 10_000;
const givesUpAfterMs = 4 * 3_600_000;
const firstPauseMs = 2_000;
const longestPauseMs = 600_000;
const rowsOfAPost = 100;
const remembered = 200;

export function createOutgoing(world: World, webhook: Webhook): Outgoing {
  const collected = new Map<string, Row[]>();
  const timers = new Set<NodeJS.Timeout>();
  const states = createEndpointStates();
  let waiting: Post[] = [];
  // What was on its way when everything was forgotten must not come back.
  let era = 0;
  let recent: Readonly<{ url: string; row: Row }>[] = [];

  const add = (url: string, row: Row) => {
    const rows = collected.get(url);
    if (rows) {
      rows.push(row);
      return;
    }
    collected.set(url, [row]);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        flush(url);
      },
      numberOf(world, 'notificationDelayMs'),
    );
    timers.add(timer.unref());
  };

  const flush = (url: string) => {
    const rows = collected.get(url) ?? [];
    collected.delete(url);
    const ordered = isOn(world, 'shuffledNotifications') ? shuffled(world, rows) : rows;
    for (let start = 0; start < ordered.length; start += rowsOfAPost) {
      const now = world.now().getTime();
      const post = {
        url,
        rows: ordered.slice(start, start + rowsOfAPost),
        attempt: 0,
        firstAt: now,
        dueAt: now,
      };
      void deliver(post);
    }
  };

  const deliver = async (post: Post): Promise<void> => {
    const now = world.now().getTime();
    const state = isOn(world, 'endpointStates') ? states.stateOf(post.url, now) : 'well';
    if (state === 'drop') return;
    if (state === 'slow' && post.attempt === 0) {
      waiting.push({ ...post, attempt: 1, dueAt: now + windowMs });
      return;
    }
    const timeoutMs = post.attempt === 0 ? firstTimeoutMs : retryTimeoutMs;
    const eraAtStart = era;
    const body = JSON.stringify({ value: post.rows });
    const answer = await webhook.post(post.url, { contentType: 'application/json', body, timeoutMs });
    states.noteAnswer(post.url, answer ? 'quick' : post.attempt === 0 ? 'slow' : 'verySlow', now);
    if (era !== eraAtStart || (answer && answer.status >= 200 && answer.status < 300)) return;
    const pause = Math.min(firstPauseMs * 2 ** post.attempt, longestPauseMs);
    const dueAt = world.now().getTime() + pause;
    if (dueAt - post.firstAt <= givesUpAfterMs) waiting.push({ ...post, attempt: post.attempt + 1, dueAt });
  };

  return {
    notification: (subscription, row) => {
      recent = [...recent.slice(1 - remembered), { url: subscription.notificationUrl, row }];
      add(subscription.notificationUrl, row);
    },
    lifecycle: (subscription, row) => {
      if (subscription.lifecycleNotificationUrl !== null) add(subscription.lifecycleNotificationUrl, row);
    },
    retryDue: () => {
      const now = world.now().getTime();
      const due = waiting.filter((post) => post.dueAt <= now);
      if (due.length === 0) return;
      waiting = waiting.filter((post) => post.dueAt > now);
      // The clock may have been moved past the end of their life.
      for (const post of due) if (now - post.firstAt <= givesUpAfterMs) void deliver(post);
    },
    replay: () => {
      for (const { url, row } of shuffled(world, recent)) add(url, row);
      return recent.length;
    },
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      collected.clear();
      states.clear();
      era += 1;
      waiting = [];
      recent = [];
    },
  };
}

/** In an order that the world's seed decides. */
function shuffled<T>(world: World, rows: readonly T[]): readonly T[] {
  return rows
    .map((row) => ({ row, key: world.random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ row }) => row);
}
