/** Chance from a seed, so that every history can be lived again. */
export type Chance = Readonly<{
  /** From 0 up to, not including, 1. */
  next: () => number;
  below: (limit: number) => number;
  is: (probability: number) => boolean;
  pick: <Value>(from: readonly Value[]) => Value;
}>;

/** Mulberry32: small, even, and the same on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    is: (probability) => next() < probability,
    pick: (from) => {
      const picked = from[below(from.length)];
      if (picked === undefined) throw new Error('There is nothing to pick from.');
      return picked;
    },
  };
}
