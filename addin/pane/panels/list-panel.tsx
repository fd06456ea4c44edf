import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import { Button, Input } from '@fluentui/react-components';
import type { Domain } from '../../../shared/domain.ts';
import type { PaneKey } from '../../text/pane.ts';
import { useRows } from '../hooks/use-rows.ts';
import { useSelection } from '../hooks/use-selection.ts';
import { usePane } from '../pane-context.ts';
import { BulkBar } from '../parts/bulk-bar.tsx';
import { ListGrid } from '../parts/list-grid.tsx';
import { Notice } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';
import { withMarks } from '../state/marks.ts';
import { filters, type Filter } from '../state/rows.ts';
import { ItemView } from './item-view.tsx';

const words: Readonly<Record<Domain, Readonly<{ title: PaneKey; search: PaneKey; empty: PaneKey }>>> = {
  contact: { title: 'tabContacts', search: 'searchContacts', empty: 'emptyContactsTitle' },
  appointment: { title: 'tabCalendar', search: 'searchCalendar', empty: 'emptyCalendarTitle' },
  task: { title: 'tabTasks', search: 'searchTasks', empty: 'emptyTasksTitle' },
};
const calmMs = 250;

/** What is asked of the list, a little later than it was typed or pressed. */
function useQuery(list: ReturnType<typeof useRows>) {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [isEarlier, setIsEarlier] = useState(false);
  const wanted = useDeferredValue(search.trim());
  useEffect(() => {
    const { query } = list.rows;
    if (wanted === query.search && filter === query.filter && isEarlier === query.isEarlier) return undefined;
    const timer = setTimeout(() => list.ask({ search: wanted, filter, isEarlier }), calmMs);
    return () => clearTimeout(timer);
  });
  const showAll = (): void => {
    setSearch('');
    setFilter('all');
  };
  return { search, setSearch, filter, setFilter, isEarlier, setIsEarlier, showAll };
}

/** The mailbox's items of a domain: search, filter, switch, choose many, open one. */
export function ListPanel({ domain }: Readonly<{ domain: Domain }>) {
  const { say, marks } = usePane();
  const list = useRows(domain);
  const selection = useSelection();
  const query = useQuery(list);
  const { isEarlier, setIsEarlier } = query;
  const [opened, setOpened] = useState<string | null>(null);
  const items = list.items.map((item) => withMarks(item, marks));
  if (opened !== null) return <ItemView domain={domain} itemId={opened} back={() => setOpened(null)} />;
  return (
    <div className="list-panel">
      <h1 className="unseen">{say(words[domain].title)}</h1>
      <div className="list-tools">
        <Input
          type="search"
          value={query.search}
          aria-label={say(words[domain].search)}
          placeholder={say(words[domain].search)}
          onChange={(_event, { value }) => query.setSearch(value)}
        />
        <FilterBar filter={query.filter} choose={query.setFilter}>
          {domain === 'appointment' && (
            <Chip label={say('earlier')} isPressed={isEarlier} press={() => setIsEarlier(!isEarlier)} />
          )}
        </FilterBar>
        {items.length > 0 && selection.chosen.size === 0 && selection.bulk === null && (
          <Button size="small" appearance="subtle" onClick={() => selection.select(items, true)}>
            {say('selectLoaded')}
          </Button>
        )}
        <BulkBar selection={selection} />
      </div>
      {items.length > 0 ? (
        <ListGrid {...{ items, list, selection }} open={setOpened} />
      ) : (
        <Nothing
          list={list}
          showAll={query.showAll}
          empty={words[domain].empty}
          showEarlier={domain === 'appointment' && !isEarlier ? () => setIsEarlier(true) : null}
        />
      )}
    </div>
  );
}

type FilterBarProps = Readonly<{ filter: Filter; choose: (filter: Filter) => void; children: ReactNode }>;

function FilterBar({ filter, choose, children }: FilterBarProps) {
  const { say } = usePane();
  return (
    <div className="filters">
      <div role="group" aria-label={say('filter')} className="filters">
        {filters.map((one) => (
          <Chip key={one} label={say(`filter_${one}`)} isPressed={one === filter} press={() => choose(one)} />
        ))}
      </div>
      {children}
    </div>
  );
}

function Chip({
  label,
  isPressed,
  press,
}: Readonly<{ label: string; isPressed: boolean; press: () => void }>) {
  return (
    <button type="button" className="chip" aria-pressed={isPressed} onClick={press}>
      {label}
    </button>
  );
}

type NothingProps = Readonly<{
  list: ReturnType<typeof useRows>;
  empty: PaneKey;
  showAll: () => void;
  /** Where only what comes is listed: leads to what was. */
  showEarlier: (() => void) | null;
}>;

/** Why a list shows no rows: it is on its way, could not be had, has none, or none that fit. */
function Nothing({ list, empty, showAll, showEarlier }: NothingProps) {
  const { say } = usePane();
  const { loading, trouble, query } = list.rows;
  if (trouble !== null) {
    const again = { label: say('tryAgain'), run: list.now };
    return <Notice isInside isUrgent title={say('listFailed')} text={say('failedText')} action={again} />;
  }
  if (loading !== null) return <Skeleton label={say('loading')} />;
  if (query.search !== '' || query.filter !== 'all') {
    const clear = { label: say('clearFilter'), run: showAll };
    return (
      <Notice isInside title={say('filteredEmptyTitle')} text={say('filteredEmptyText')} action={clear} />
    );
  }
  if (showEarlier !== null) {
    const earlier = { label: say('earlier'), run: showEarlier };
    return (
      <Notice isInside title={say('nothingComingTitle')} text={say('nothingComingText')} action={earlier} />
    );
  }
  return (
    <Notice
      isInside
      title={say(empty)}
      text={say('emptyText')}
      action={{ label: say('lookAgain'), run: list.now }}
    />
  );
}
