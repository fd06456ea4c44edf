/** One action on many items. `lost`: the server was gone; what was not reached stays selected, as does what was refused. */
export type Bulk = Readonly<{
  total: number;
  done: number;
  refused: number;
  is: 'running' | 'ended' | 'lost' | 'stopped';
}>;

/** How one item fared. */
export type Fared = 'done' | 'refused' | 'lost';

type BulkWork<Item> = Readonly<{
  items: readonly Item[];
  work: (item: Item) => Promise<Fared>;
  /** Called after every item; `done` names the one that needs no more. */
  show: (bulk: Bulk, done: Item | null) => void;
  isStopped: () => boolean;
}>;

const atOnce = 4;

/** Works on several items at a time. Once the server is lost nothing further is begun: the rest would fail as well. */
export async function runBulk<Item>({ items, work, show, isStopped }: BulkWork<Item>): Promise<Bulk> {
  const waiting = [...items];
  let bulk: Bulk = { total: items.length, done: 0, refused: 0, is: 'running' };
  let isLost = false;
  show(bulk, null);
  const worker = async (): Promise<void> => {
    while (waiting.length > 0 && !isLost && !isStopped()) {
      const item = waiting.shift();
      if (item === undefined) return;
      const fared = await work(item);
      if (fared === 'lost') isLost = true;
      bulk = counted(bulk, fared);
      show(bulk, fared === 'done' ? item : null);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  bulk = { ...bulk, is: isLost ? 'lost' : isStopped() ? 'stopped' : 'ended' };
  show(bulk, null);
  return bulk;
}

function counted(bulk: Bulk, fared: Fared): Bulk {
  if (fared === 'done') return { ...bulk, done: bulk.done + 1 };
  return fared === 'refused' ? { ...bulk, refused: bulk.refused + 1 } : bulk;
}
