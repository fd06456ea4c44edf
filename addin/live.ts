type Live<Value> = Readonly<{
  read: (signal: AbortSignal) => Promise<Value>;
  /** Called for the first value and for every other one after it. */
  show: (value: Value) => void;
  fail: (error: unknown) => void;
  everyMs?: number;
  hiddenEveryMs?: number;
  /** The page, which may be out of sight. */
  page?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
}>;

const standardMs = 1_000;
/** A pane nobody looks at asks seldom. */
const standardHiddenMs = 15_000;
/** Failing again and again, it asks less and less often. */
const mostBackOff = 16;

/**
 * Keeps a value on screen up to date by asking again: a change shows within `everyMs` and a round trip. `now` asks at once.
 * The API client gives the same object for an unchanged answer, so `show` is only called for what is new.
 */
export function keepLive<Value>(live: Live<Value>): Readonly<{ now: () => void; stop: () => void }> {
  const { read, show, fail, everyMs = standardMs, hiddenEveryMs = standardHiddenMs, page = document } = live;
  let shown: { value: Value } | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking: AbortController | null = null;
  const ask = async (): Promise<void> => {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    try {
      const value = await read(mine.signal);
      if (mine.signal.aborted) return;
      failures = 0;
      if (shown?.value !== value) show(value);
      shown = { value };
    } catch (error) {
      if (mine.signal.aborted) return;
      failures += 1;
      fail(error);
    }
    later();
  };
  const later = (): void => {
    const pause = page.visibilityState === 'visible' ? everyMs : hiddenEveryMs;
    timer = setTimeout(() => void ask(), pause * Math.min(2 ** failures, mostBackOff));
  };
  const now = (): void => {
    if (timer !== null) clearTimeout(timer);
    void ask();
  };
  const whenVisible = (): void => {
    if (page.visibilityState === 'visible') now();
  };
  page.addEventListener('visibilitychange', whenVisible);
  void ask();
  return {
    now,
    stop: () => {
      page.removeEventListener('visibilitychange', whenVisible);
      if (timer !== null) clearTimeout(timer);
      asking?.abort();
    },
  };
}
