import type { World } from '../world.ts';
import { fail } from './errors.ts';

/**
 * The connections of one Application Interface node (`facts/siebel-rest.md` 4): at most `connectionCap` requests are in
 * service, emulated latency included; further ones wait their turn or, while the switch says so, are refused.
 */
export function createConnections(world: World): <T>(work: () => Promise<T>) => Promise<T> {
  let inService = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (inService >= Number(world.switches.value('siebel.connectionCap'))) {
      if (world.switches.isOn('siebel.connectionCapRefuses')) throw fail.busy();
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    }
    inService += 1;
    try {
      return await work();
    } finally {
      inService -= 1;
      waiting.shift()?.();
    }
  };
}
