import { afterAll, beforeAll } from 'vitest';

type Closing = Readonly<{ close: () => Promise<void> }>;

/** What the tests of a file share: started before them, closed after them, to be had inside them. */
export function useStarted<Thing extends Closing>(
  start: () => Promise<Thing>,
  timeoutMs = 60_000,
): () => Thing {
  let thing: Thing | null = null;
  beforeAll(async () => {
    thing = await start();
  }, timeoutMs);
  afterAll(() => thing?.close());
  return () => {
    if (thing === null) throw new Error('It has not started: use it inside a test.');
    return thing;
  };
}
