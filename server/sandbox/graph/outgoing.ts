import type { World } from '../world.ts';
import { createDeliveries, type Row } from './deliveries.ts';
import type { Subscription } from './subscription.ts';
import { isOn, numberOf } from './switches.ts';
import type { Webhook } from './webhook.ts';

/** The way out: rows for one address are collected for a moment and posted together. */
export type Outgoing = Readonly<{
  notification: (subscription: Subscription, row: Row) => void;
  /** Lost where the subscription names no lifecycle address. */
  lifecycle: (subscription: Subscription, row: Row) => void;
  retryDue: () => void;
  /** Sends the last notifications again, shuffled; answers how many. */
  replay: () => number;
  clear: () => void;
}>;

const rowsOfAPost = 100;
const remembered = 200;

export function createOutgoing(world: World, webhook: Webhook): Outgoing {
  const deliveries = createDeliveries(world, webhook);
  const collector = createCollector(world, deliveries.post);
  let recent: Readonly<{ url: string; row: Row }>[] = [];
  return {
    notification: (subscription, row) => {
      recent = [...recent.slice(1 - remembered), { url: subscription.notificationUrl, row }];
      collector.add(subscription.notificationUrl, row);
    },
    lifecycle: (subscription, row) => {
      const url = subscription.lifecycleNotificationUrl;
      if (url !== null) collector.add(url, row);
    },
    retryDue: deliveries.retryDue,
    replay: () => {
      for (const { url, row } of shuffled(world, recent)) collector.add(url, row);
      return recent.length;
    },
    clear: () => {
      collector.clear();
      deliveries.clear();
      recent = [];
    },
  };
}

/** Gathers rows for one address for as long as the switch says, and hands them over together. */
function createCollector(world: World, post: (url: string, rows: readonly Row[]) => void) {
  const collected = new Map<string, Row[]>();
  const timers = new Set<NodeJS.Timeout>();

  const flush = (url: string) => {
    const rows = collected.get(url) ?? [];
    collected.delete(url);
    const ordered = isOn(world, 'shuffledNotifications') ? shuffled(world, rows) : rows;
    for (let start = 0; start < ordered.length; start += rowsOfAPost) {
      post(url, ordered.slice(start, start + rowsOfAPost));
    }
  };

  return {
    add: (url: string, row: Row) => {
      const rows = collected.get(url);
      if (rows) {
        rows.push(row);
        return;
      }
      collected.set(url, [row]);
      const release = () => {
        timers.delete(timer);
        flush(url);
      };
      const timer = setTimeout(release, numberOf(world, 'notificationDelayMs'));
      timers.add(timer.unref());
    },
    clear: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      collected.clear();
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
