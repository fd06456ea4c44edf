import type { FaultHit, Faults } from '../world.ts';
import type { SideName } from '../wire.ts';
import { createRandom } from './random.ts';

const kinds = [
  'status',
  'delay',
  'drop-before',
  'drop-after-commit',
  'partial-page',
  'empty-list',
  'expire-delta',
] as const;

type Entry = {
  side: SideName;
  method: string | null;
  path: RegExp;
  hit: FaultHit;
  /** How often it still applies; Infinity without `times`. */
  left: number;
  probability: number;
  random: () => number;
};

/** Thrown for a fault nobody can mean; the control desk answers it as 400. */
export class WrongFault extends Error {}

/** The faults of `POST /sandbox/faults`, taken in the order in which they were laid. */
export function createFaults(random: () => number): Faults & {
  add: (fault: Readonly<Record<string, unknown>>) => void;
  clear: () => void;
  all: () => readonly unknown[];
} {
  let entries: Entry[] = [];
  return {
    add: (fault) => {
      entries.push(entryFrom(fault, random));
    },
    clear: () => {
      entries = [];
    },
    all: () =>
      entries.map(({ side, method, path, hit, left }) => ({
        side,
        method,
        path: path.source,
        ...hit,
        left: left === Infinity ? null : left,
      })),
    take: (side, method, path, fitting) => {
      for (const entry of entries) {
        if (entry.left <= 0 || entry.side !== side) continue;
        if (entry.method !== null && entry.method !== method.toUpperCase()) continue;
        if (fitting && !fitting.includes(entry.hit.kind)) continue;
        if (!entry.path.test(path)) continue;
        if (entry.probability < 1 && entry.random() >= entry.probability) continue;
        entry.left -= 1;
        return entry.hit;
      }
      return null;
    },
  };
}

function entryFrom(fault: Readonly<Record<string, unknown>>, random: () => number): Entry {
  const { side, method, path, times, probability, seed } = fault;
  if (side !== 'graph' && side !== 'siebel' && side !== 'entra') {
    throw new WrongFault('side is graph, siebel or entra.');
  }
  if (path !== undefined && typeof path !== 'string') {
    throw new WrongFault('path is a regular expression as text.');
  }
  return {
    side,
    method: typeof method === 'string' ? method.toUpperCase() : null,
    path: regexFrom(path ?? ''),
    hit: hitFrom(fault),
    left: typeof times === 'number' ? times : Infinity,
    probability: typeof probability === 'number' ? probability : 1,
    random: typeof seed === 'number' ? createRandom(seed) : random,
  };
}

function regexFrom(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new WrongFault(`path is no regular expression: ${String(error)}`);
  }
}

function hitFrom(fault: Readonly<Record<string, unknown>>): FaultHit {
  const kind = kinds.find((known) => known === fault['kind']);
  if (kind === undefined) throw new WrongFault(`kind is one of ${kinds.join(', ')}.`);
  const number = (name: string) => (typeof fault[name] === 'number' ? fault[name] : null);
  if (kind === 'status') {
    return { kind, status: number('status') ?? 500, retryAfterSeconds: number('retryAfterSeconds') };
  }
  if (kind === 'delay') return { kind, delayMs: number('delayMs') ?? 1000 };
  return { kind };
}
