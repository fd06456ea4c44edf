const first = 2_000;
const most = 15 * 60_000;

/** How long to wait after so many failures in a row: two seconds, doubling, never more than a quarter of an hour. */
export function backOffMs(failures: number): number {
  return Math.min(most, first * 2 ** Math.min(failures, 20));
}
