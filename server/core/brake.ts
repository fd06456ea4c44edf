/** When a sweep stops and asks; `null` switches that half of the guard off. A guard without a percent has only a count. */
export type Limit = Readonly<{ count: number | null; percent?: number | null }>;

const handful = 10;

/** So few are never held, however many the mailbox has. */
export function isHandful(planned: number): boolean {
  return planned < handful;
}

/**
 * Whether a sweep may go on. `planned` is what it would remove, create, rewrite or mail, those of a burst counted together;
 * `total` the mailbox's synced items. It holds at the count or the percent, whichever is reached first, but never under ten.
 * A mailbox in which nothing is synced yet has no share to compare with, only the count.
 */
export function brake(input: { guard: Limit; planned: number; total: number }): 'go' | 'hold' {
  const { guard, planned, total } = input;
  if (isHandful(planned)) return 'go';
  const percent = guard.percent ?? null;
  const isManyByCount = guard.count !== null && planned >= guard.count;
  const isManyByShare = percent !== null && total > 0 && planned * 100 >= percent * total;
  return isManyByCount || isManyByShare ? 'hold' : 'go';
}
