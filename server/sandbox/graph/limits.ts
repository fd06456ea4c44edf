import type { World } from '../world.ts';
import { Refusal } from './refusal.ts';

/** What Outlook allows one app in one mailbox (facts/graph.md section 3). */
const mostAtOnce = 4;
const mostInWindow = 10_000;
const windowMs = 600_000;

export type Limits = Readonly<{
  /** Counts one request; refuses it when the window is used up. `key` is an app and a mailbox. */
  count: (key: string) => void;
  /** Takes up to `wanted` of the four places; whoever gets fewer than wanted is over the limit. */
  take: (key: string, wanted: number) => number;
  giveBack: (key: string, places: number) => void;
  clear: () => void;
}>;

export function createLimits(world: World): Limits {
  const inFlight = new Map<string, number>();
  const windows = new Map<string, { startsAt: number; count: number }>();
  return {
    count: (key) => {
      const now = world.now().getTime();
      const window = windows.get(key);
      if (!window || now >= window.startsAt + windowMs) {
        windows.set(key, { startsAt: now, count: 1 });
        return;
      }
      window.count += 1;
      if (window.count > mostInWindow) {
        throw throttled('Application is over its request limit.', window.startsAt + windowMs - now);
      }
    },
    take: (key, wanted) => {
      const taken = inFlight.get(key) ?? 0;
      const granted = Math.max(0, Math.min(wanted, mostAtOnce - taken));
      inFlight.set(key, taken + granted);
      return granted;
    },
    giveBack: (key, places) => {
      const left = (inFlight.get(key) ?? 0) - places;
      if (left > 0) inFlight.set(key, left);
      else inFlight.delete(key);
    },
    clear: () => windows.clear(),
  };
}

export const overConcurrency = (): Refusal =>
  throttled('Application is over its MailboxConcurrency limit.', 1000);

const throttled = (message: string, waitMs: number) =>
  new Refusal(429, 'ApplicationThrottled', message, { 'Retry-After': String(Math.ceil(waitMs / 1000)) });

export const widestBatch = mostAtOnce;
