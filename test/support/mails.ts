import { afterEach, beforeEach, expect } from 'vitest';
import type { World } from './world.ts';

type Sent = Readonly<{ kind: string; to: string[] }>;

/** After each scenario: whether Exchange mailed nobody but whom the scenario has named by then. */
export type Post = Readonly<{
  /** The mails since the last time somebody asked, each with its receivers in order. */
  sinceThen: () => Promise<Sent[]>;
}>;

/** Watches the outbox: every mail of a scenario has to be asked for by `sinceThen`; one nobody expected fails it. */
export function watchPost(world: World): Post {
  let seen = 0;
  const sinceThen = async (): Promise<Sent[]> => {
    const mails = (await world.outbox()).slice(seen);
    seen += mails.length;
    return mails.map(({ kind, to }) => ({ kind, to: to.toSorted() }));
  };
  beforeEach(async () => {
    seen = (await world.outbox()).length;
  });
  afterEach(async () => {
    expect(await sinceThen(), 'mails nobody expected').toEqual([]);
  });
  return { sinceThen };
}
