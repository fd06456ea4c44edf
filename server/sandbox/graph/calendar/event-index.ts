import type { EventIndex, EventItem } from './state.ts';

/** Longer events are looked through one by one, so that the others are found by their start. */
const ordinaryMs = 31 * 86_400_000;

export const createIndex = (): EventIndex => ({
  starts: [],
  numbers: [],
  long: new Set(),
  series: new Set(),
});

export function addToIndex(index: EventIndex, item: EventItem): void {
  if (item.series) index.series.add(item.number);
  else if (item.endMs - item.startMs > ordinaryMs) index.long.add(item.number);
  else {
    const at = firstNotBefore(index.starts, item.startMs);
    index.starts.splice(at, 0, item.startMs);
    index.numbers.splice(at, 0, item.number);
  }
}

/** Must see the item with the times and the series it was added with. */
export function removeFromIndex(index: EventIndex, item: EventItem): void {
  if (index.series.delete(item.number) || index.long.delete(item.number)) return;
  let at = firstNotBefore(index.starts, item.startMs);
  while (index.starts[at] === item.startMs && index.numbers[at] !== item.number) at++;
  if (index.numbers[at] !== item.number) return;
  index.starts.splice(at, 1);
  index.numbers.splice(at, 1);
}

/** The numbers of single events that may lie in a window of milliseconds, the end excluded. */
export function singlesNear(index: EventIndex, fromMs: number, toMs: number): readonly number[] {
  const first = firstNotBefore(index.starts, fromMs - ordinaryMs);
  const last = firstNotBefore(index.starts, toMs);
  return [...index.numbers.slice(first, last), ...index.long];
}

/** Whether something lies in a window: it begins before its end and ends after its begin, or is a moment in it. */
export const overlaps = (one: Span, window: Span): boolean =>
  one.startMs < window.endMs &&
  (one.endMs > window.startMs || (one.endMs === one.startMs && one.startMs >= window.startMs));

/** Milliseconds, the end excluded. */
export type Span = Readonly<{ startMs: number; endMs: number }>;

function firstNotBefore(starts: readonly number[], ms: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
