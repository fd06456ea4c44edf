/** The only place of the sandbox that asks the machine for the time; `advance` moves ahead of it, `reset` comes back. */
export function createClock() {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (seconds: number) => {
      aheadMs += seconds * 1000;
    },
    aheadMs: () => aheadMs,
    reset: () => {
      aheadMs = 0;
    },
  };
}
