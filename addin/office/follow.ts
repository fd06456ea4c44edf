import type { Sight } from './port.ts';

type FollowOptions = Readonly<{
  /** Reads what is open; never rejects. */
  look: () => Promise<Sight>;
  show: (sight: Sight) => void;
  /** A change that ends sooner than this after the last one waits for it: arrow keys run through a list. */
  calmMs: number;
  /** How often an item without an id is looked at again: no client tells that it has been saved. */
  unsavedEveryMs: number;
  /** Registers for Outlook's event; the answer takes it back. */
  onItemChanged: (changed: () => void) => () => void;
  /** Registers for the page coming back into view. */
  onReturn: (returned: () => void) => () => void;
}>;

/**
 * Shows what is open: at once on the first change, then once things are calm. Coming back into view looks again, because
 * several clients miss the event; a look that finds the same item shows nothing.
 */
export function followItem(options: FollowOptions): () => void {
  const { look, show, calmMs, unsavedEveryMs, onItemChanged, onReturn } = options;
  let unsaved: ReturnType<typeof setTimeout> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isPending = false;
  let shown: string | null = null;
  let isStopped = false;
  const lookAndShow = async (): Promise<void> => {
    const sight = await look();
    const seen = nameOf(sight);
    if (isStopped) return;
    if (unsaved !== null) clearTimeout(unsaved);
    unsaved = isUnsaved(sight) ? setTimeout(() => void lookAndShow(), unsavedEveryMs) : null;
    if (seen === shown) return;
    shown = seen;
    show(sight);
  };
  const calm = (): void => {
    timer = null;
    if (!isPending) return;
    isPending = false;
    changed();
  };
  const changed = (): void => {
    if (timer !== null) {
      isPending = true;
      return;
    }
    timer = setTimeout(calm, calmMs);
    void lookAndShow();
  };
  const stops = [onItemChanged(changed), onReturn(() => void lookAndShow())];
  void lookAndShow();
  return () => {
    isStopped = true;
    for (const one of [timer, unsaved]) if (one !== null) clearTimeout(one);
    for (const stop of stops) stop();
  };
}

/** The same item keeps its name when it is looked at again; its generation tells an unsaved one from the next. */
function nameOf(sight: Sight): string {
  return sight.state === 'open'
    ? `${sight.generation}:${sight.item.identity}`
    : `${sight.state}:${sight.generation}`;
}

function isUnsaved(sight: Sight): boolean {
  return sight.state === 'open' && sight.item.itemId === null;
}
