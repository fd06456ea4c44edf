/* oxlint-disable typescript/no-unsafe-type-assertion -- a wrapper has the shape of what it wraps */
import type {
  ExchangeConnector,
  Failure,
  SiebelConnector,
  WriteAnswer,
} from '../../server/connectors/connector.ts';
import type { MemoryOptions } from '../../server/connectors/memory-store.ts';
import type { Engine } from '../../server/engine/engine.ts';
import type { MemoryWorld } from '../support/memory-world.ts';
import { Death } from './dying.ts';
import type { Chance } from './random.ts';

/** The share of requests that fail, and of calls around which the process dies or somebody else acts. */
export type Weather = Readonly<{ failing: number; dying: number; meddling: number }>;
export const calm: Weather = { failing: 0, dying: 0, meddling: 0 };

export type Sky = {
  readonly chance: Chance;
  weather: Weather;
  /** What somebody else does while a call is under way; nobody interrupts the interruption. */
  meddle: (mayOversleep: boolean) => Promise<void>;
  isMeddling: boolean;
};

export function skyOf(chance: Chance): Sky {
  return { chance, weather: calm, meddle: async () => undefined, isMeddling: false };
}

/** What the sides in memory are asked for every request: an answer that fails, or one that is lost after the effect. */
export function mishapsOf(sky: Sky): NonNullable<MemoryOptions['mishap']> {
  return (verb) => {
    if (!sky.chance.is(sky.weather.failing)) return null;
    const isWrite = verb === 'create' || verb === 'update' || verb === 'remove';
    return isWrite && sky.chance.is(0.5) ? 'lost' : failureFrom(sky.chance);
  };
}

function failureFrom(chance: Chance): Failure {
  const kind = chance.pick(['unreachable', 'throttled'] as const);
  const retryAfterMs = kind === 'throttled' ? 1_000 * chance.below(20) : null;
  const reach = chance.pick(['item', 'mailbox', 'side'] as const);
  return { kind, reach, reason: 'The weather is bad.', retryAfterMs };
}

const verbs = ['changes', 'read', 'find', 'create', 'update', 'remove'] as const;

/** A server process out in the weather. */
export function processIn(world: MemoryWorld, sky: Sky): Engine {
  let isDead = false;
  const check = (): void => {
    if (isDead) throw new Death();
  };
  const strike = (): void => {
    isDead = sky.chance.is(sky.weather.dying / 2);
    check();
  };
  const around =
    (name: string, verb: (...args: readonly unknown[]) => Promise<unknown>) =>
    async (...args: readonly unknown[]): Promise<unknown> => {
      if (Array.isArray(args[0]) && args[0].length === 0) return verb(...args);
      check();
      // A process that sleeps for a whole lease between its last look at the fence and a create is beyond anybody's help.
      await interrupt(sky, !name.endsWith('create'));
      strike();
      const answer = await verb(...args);
      await interrupt(sky, true);
      strike();
      return answer;
    };
  const { siebel, exchange } = world.sides;
  const wrapped = (connector: Readonly<{ side: string }>, names: readonly string[]): object => ({
    ...connector,
    ...Object.fromEntries(
      names.map((name) => [
        name,
        around(
          `${connector.side} ${name}`,
          (connector as unknown as Record<string, (...args: readonly unknown[]) => Promise<unknown>>)[
            name
          ] as never,
        ),
      ]),
    ),
  });
  const out = wrapped(exchange, [...verbs, 'ensureCategories']) as ExchangeConnector;
  return world.engine({
    siebel: wrapped(siebel, [...verbs, 'census', 'employees']) as SiebelConnector,
    exchange: {
      ...out,
      update: (requests) => withStale(sky, requests, out.update),
      remove: (requests) => withStale(sky, requests, out.remove),
      feeds: async (holder, domain, known) =>
        sky.chance.is(sky.weather.failing) ? failureFrom(sky.chance) : exchange.feeds(holder, domain, known),
    },
  });
}

async function interrupt(sky: Sky, mayOversleep: boolean): Promise<void> {
  if (sky.isMeddling || !sky.chance.is(sky.weather.meddling)) return;
  sky.isMeddling = true;
  try {
    await sky.meddle(mayOversleep);
  } finally {
    sky.isMeddling = false;
  }
}

/** Somebody touched the item just before: the write finds another version. */
async function withStale<Request>(
  sky: Sky,
  requests: readonly Request[],
  write: (requests: readonly Request[]) => Promise<readonly WriteAnswer[]>,
): Promise<readonly WriteAnswer[]> {
  const stale = new Set(requests.filter(() => sky.chance.is(sky.weather.failing / 2)));
  const rest = requests.filter((request) => !stale.has(request));
  const answers = new Map((await write(rest)).map((answer, index) => [rest[index], answer]));
  return requests.map((request) => answers.get(request) ?? { outcome: 'stale' });
}
