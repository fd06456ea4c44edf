import { useState } from 'react';
import type { ItemSummary } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { runBulk, type Bulk } from '../state/bulk.ts';

/** Items chosen in a list, and one action on all of them with its progress. */
export function useSelection() {
  const { press, say, announce } = usePane();
  const [chosen, setChosen] = useState<ReadonlyMap<string, ItemSummary>>(new Map());
  const [bulk, setBulk] = useState<Bulk | null>(null);
  const [stop, setStop] = useState<AbortController | null>(null);
  const select = (items: readonly ItemSummary[], isSelected: boolean): void =>
    setChosen((before) => {
      const next = new Map(before);
      for (const item of items) {
        if (item.itemId === null || item.kind === 'employee') continue;
        if (isSelected) next.set(item.itemId, item);
        else next.delete(item.itemId);
      }
      return next;
    });
  const run = async (isOn: boolean): Promise<void> => {
    const stopping = new AbortController();
    setStop(stopping);
    const ended = await runBulk({
      items: [...chosen.values()],
      work: (item) => press(item, isOn, { isQuiet: true }),
      show: (now, done) => {
        setBulk(now);
        if (done !== null) select([done], false);
      },
      isStopped: () => stopping.signal.aborted,
    });
    setStop(null);
    announce(bulkWords(ended, say));
  };
  return {
    chosen,
    bulk,
    isRunning: stop !== null,
    select,
    clear: () => {
      setChosen(new Map());
      setBulk(null);
    },
    run: (isOn: boolean) => void run(isOn),
    stop: () => stop?.abort(),
  };
}

/** How an action on many items ended. */
export function bulkWords(
  { is, done, refused, total }: Bulk,
  say: ReturnType<typeof usePane>['say'],
): string {
  if (is === 'lost') return say('bulkStopped', { done, total });
  if (refused > 0) return say('bulkSomeFailed', { done, failed: refused });
  return say('bulkDone', { count: done });
}
