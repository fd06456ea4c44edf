import type { ItemSummary } from '../../../shared/api-items.ts';
import { usePane } from '../pane-context.ts';
import { isOn, standingOf } from '../state/standing.ts';
import { Categories } from './categories.tsx';
import { StateLine } from './state-line.tsx';
import { Toggle } from './toggle.tsx';
import { underLabel } from './when.ts';

type ListRowProps = Readonly<{
  item: ItemSummary;
  isActive: boolean;
  isSelected: boolean;
  select: (isSelected: boolean) => void;
  open: () => void;
}>;

/** One row of a list: select, open, switch. Only the row the keyboard is in lets Tab into its controls. */
export function ListRow({ item, isActive, isSelected, select, open }: ListRowProps) {
  const { say, me, press } = usePane();
  const { label, itemId, state } = item;
  const standing = standingOf(item, me);
  const tabIndex = isActive ? 0 : -1;
  const isFixed = itemId === null || item.kind === 'employee' || standing.look === 'cannot';
  return (
    <>
      <div role="gridcell" className="row-select">
        <input
          type="checkbox"
          aria-label={say('selectRow', { label })}
          checked={isSelected}
          disabled={isFixed}
          tabIndex={tabIndex}
          onChange={({ target }) => select(target.checked)}
        />
      </div>
      <RowText {...{ item, tabIndex, open }} />
      <div role="gridcell" className="row-switch">
        <Toggle
          label={say('syncRow', { label })}
          isOn={isOn(state)}
          isDisabled={isFixed}
          tabIndex={tabIndex}
          change={(on) => void press(item, on)}
        />
      </div>
    </>
  );
}

type RowTextProps = Readonly<{ item: ItemSummary; tabIndex: number; open: () => void }>;

function RowText({ item, tabIndex, open }: RowTextProps) {
  const { say, format, me } = usePane();
  const { label, itemId } = item;
  const standing = standingOf(item, me);
  const under = underLabel(item, { format, say });
  return (
    <div role="gridcell" className="row-text">
      <button
        type="button"
        className="row-open"
        tabIndex={tabIndex}
        disabled={itemId === null}
        aria-label={say('openRow', { label })}
        onClick={open}
      >
        <span className="row-label" dir="auto">
          {label}
        </span>
      </button>
      {under !== null && (
        <span className="row-under" dir="auto">
          {under}
        </span>
      )}
      <span className="row-state">
        <StateLine {...{ standing, item, say, format }} isShort />
        <Categories item={item} me={me} />
      </span>
    </div>
  );
}
