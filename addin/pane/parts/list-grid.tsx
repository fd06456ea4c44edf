import { useEffect, useEffectEvent, useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { ItemSummary } from '../../../shared/api-items.ts';
import { useGridKeys } from '../hooks/use-grid-keys.ts';
import type { useRows } from '../hooks/use-rows.ts';
import type { useSelection } from '../hooks/use-selection.ts';
import { usePane } from '../pane-context.ts';
import { ListRow } from './list-row.tsx';

type ListGridProps = Readonly<{
  items: readonly ItemSummary[];
  list: ReturnType<typeof useRows>;
  selection: ReturnType<typeof useSelection>;
  open: (itemId: string) => void;
}>;

const rowPixels = 76;
const overscan = 8;
/** So many rows before the end the next page is asked for. */
const rowsAhead = 60;

/** Thousands of rows of which only those in view are drawn. */
export function ListGrid({ items, list, selection, open }: ListGridProps) {
  const { say } = usePane();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPixels,
    overscan,
  });
  const keys = useGridKeys({
    count: items.length,
    scrollTo: (row) => virtual.scrollToIndex(row),
    select: (row) => {
      const item = items[row];
      if (item !== undefined) selection.select([item], !isChosen(selection, item));
    },
    open: (row) => {
      const itemId = items[row]?.itemId ?? null;
      if (itemId !== null) open(itemId);
    },
  });
  const drawn = virtual.getVirtualItems();
  useFollowing({
    first: virtual.range?.startIndex ?? 0,
    last: drawn.at(-1)?.index ?? 0,
    list,
    count: items.length,
  });
  return (
    <div ref={scroller} className="scroller">
      <div
        role="grid"
        aria-label={say('rows')}
        aria-description={say('listHelp')}
        aria-rowcount={list.hasMore ? -1 : items.length}
        aria-multiselectable
        style={{ blockSize: virtual.getTotalSize(), position: 'relative' }}
        onKeyDown={keys.onKeyDown}
      >
        {drawn.map(({ index, start }) => {
          const item = items[index];
          return item === undefined ? null : (
            <GridRow key={item.itemId ?? `new-${index}`} {...{ item, index, start, keys, selection, open }} />
          );
        })}
      </div>
      {list.rows.loading === 'more' && <p className="more">{say('loadingMore')}</p>}
    </div>
  );
}

type GridRowProps = Pick<ListGridProps, 'selection' | 'open'> &
  Readonly<{ item: ItemSummary; index: number; start: number; keys: ReturnType<typeof useGridKeys> }>;

function GridRow({ item, index, start, keys, selection, open }: GridRowProps) {
  const isActive = index === keys.active;
  const isSelected = isChosen(selection, item);
  const { itemId } = item;
  return (
    <div
      ref={(element) => keys.focusIfMovedTo(index, element)}
      role="row"
      className="row"
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      style={{ blockSize: rowPixels, insetBlockStart: start }}
      onFocus={() => keys.onFocusRow(index)}
    >
      <ListRow
        {...{ item, isActive, isSelected }}
        select={(isOn) => selection.select([item], isOn)}
        open={() => itemId !== null && open(itemId)}
      />
    </div>
  );
}

function isChosen({ chosen }: ListGridProps['selection'], { itemId }: ItemSummary): boolean {
  return itemId !== null && chosen.has(itemId);
}

type Following = Readonly<{
  first: number;
  last: number;
  count: number;
  list: ReturnType<typeof useRows>;
}>;

/** Keeps the page in view fresh and asks for the next one before the end is reached. */
function useFollowing({ first, last, count, list }: Following): void {
  const { lookAt, more, hasMore, rows } = list;
  const lookAtNow = useEffectEvent(lookAt);
  useEffect(() => lookAtNow(first), [first]);
  const isNear = hasMore && rows.loading === null && rows.trouble === null && last > count - rowsAhead;
  const moreNow = useEffectEvent(more);
  useEffect(() => {
    if (isNear) moreNow();
  }, [isNear]);
}
