/* oxlint-disable typescript/no-unsafe-type-assertion -- a wrapper has the shape of what it wraps */
import type { KyselyPlugin } from 'kysely';
import type { ExchangeConnector, SiebelConnector } from '../../server/connectors/connector.ts';
import type { Engine } from '../../server/engine/engine.ts';
import type { MemoryWorld } from '../support/memory-world.ts';

/** The process died: nothing of it runs any more. */
export class Death extends Error {}

/**
 * Where a process dies. `before`: the call has not reached the side. `unseen`: the side has done it, the answer has not
 * come. `seen`: the answer has come and nothing more happens. `statement`: just before that statement reaches the database.
 */
export type DeathPoint = Readonly<{ at: 'before' | 'unseen' | 'seen' | 'statement'; call: number }>;

/** A server process that dies at a point, or, without one, counts the points there are. */
export type Mortal = Readonly<{
  engine: Engine;
  isDead: () => boolean;
  /** What was called, in order; statements of the database are counted by themselves. */
  calls: readonly string[];
  statements: () => number;
}>;

const verbs = ['changes', 'read', 'find', 'create', 'update', 'remove'] as const;

export function mortalEngine(
  world: MemoryWorld,
  point: DeathPoint | null,
  /** What happens before a call reaches its side. */
  meanwhile: (call: number) => Promise<void> = async () => undefined,
): Mortal {
  const calls: string[] = [];
  let statements = 0;
  let isDead = false;
  const die = (): never => {
    isDead = true;
    throw new Death();
  };
  const check = (): void => void (isDead && die());
  const wrap =
    <Args extends readonly unknown[], Answer>(name: string, verb: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      check();
      const call = calls.push(name);
      await meanwhile(call);
      const isHere = point !== null && point.at !== 'statement' && point.call === call;
      if (isHere && point.at === 'before') die();
      const answer = await verb(...args);
      check();
      if (isHere && point.at === 'unseen') die();
      if (isHere) isDead = true;
      return answer;
    };
  const watcher: KyselyPlugin = {
    transformQuery: ({ node }) => {
      check();
      statements += 1;
      if (point?.at === 'statement' && point.call === statements) die();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const { siebel, exchange } = world.sides;
  const engine = world.engine({
    db: world.db.withPlugin(watcher),
    siebel: wrapped('siebel', siebel, [...verbs, 'census', 'employees'], wrap) as SiebelConnector,
    exchange: {
      ...(wrapped(
        'exchange',
        exchange,
        [...verbs, 'mailboxes', 'feeds', 'ensureCategories'],
        wrap,
      ) as ExchangeConnector),
      watch: { ...exchange.watch, keep: wrap('exchange watch.keep', exchange.watch.keep) },
    },
  });
  return { engine, isDead: () => isDead, calls, statements: () => statements };
}

type Wrap = (
  name: string,
  verb: (...args: readonly unknown[]) => Promise<unknown>,
) => (...args: readonly unknown[]) => Promise<unknown>;

/** An empty question is no call: nothing goes over the wire. */
function wrapped(side: string, connector: object, names: readonly string[], wrap: unknown): object {
  const verbOf = (name: string) =>
    (connector as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[name] as (
      ...args: readonly unknown[]
    ) => Promise<unknown>;
  const entries = names.map((name) => {
    const verb = verbOf(name);
    const watched = (wrap as Wrap)(`${side} ${name}`, verb);
    return [
      name,
      (...args: readonly unknown[]) =>
        Array.isArray(args[0]) && args[0].length === 0 ? verb(...args) : watched(...args),
    ];
  });
  return { ...connector, ...Object.fromEntries(entries) };
}
