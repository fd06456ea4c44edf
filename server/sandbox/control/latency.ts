import { setTimeout as sleep } from 'node:timers/promises';
import type { World } from '../world.ts';

/**
 * The emulated round trip of `POST /sandbox/latency`. Each stand-in awaits it inside its own answer, so that the time
 * counts as in flight for its limits.
 */
export async function roundTrip(world: World, side: 'graph' | 'siebel'): Promise<void> {
  const ms = side === 'graph' ? world.latency.graphMs : world.latency.siebelMs;
  if (ms > 0) await sleep(ms);
}
