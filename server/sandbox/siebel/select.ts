import { candidatesFrom, rangeOf } from './search/plan.ts';
import type { Expression } from './search/parse.ts';
import type { Scope } from './search/scope.ts';
import { testFrom, type Test } from './search/test.ts';
import { sorted, type SortKey } from './sort.ts';
import type { Row } from './row.ts';
import { isVisible, visibleIds, type ViewMode } from './visibility.ts';

export type Selection = Readonly<{
  search: Expression | null;
  sort: readonly SortKey[];
  mode: ViewMode;
  start: number;
  pageSize: number;
  /** Only these ids, in this order if nothing sorts them: the rows of a child. */
  within: ReadonlySet<string> | null;
  isCounted: boolean;
}>;

export type Selected = Readonly<{
  rows: readonly Row[];
  /** All visible rows that fit, where it was asked for. */
  total: number | null;
  hasMore: boolean;
}>;

/** Finds a page of rows by the cheapest way: an index that names candidates, or one that is already in order. */
export function select(scope: Scope, selection: Selection): Selected {
  const { store, component, session } = scope;
  const test: Test | null = selection.search === null ? null : testFrom(selection.search, scope);
  const table = store.table(component.name);
  const source = sourceFor(scope, selection);
  const end = selection.start + selection.pageSize;
  const isEarlyEnd = source.isInOrder && !selection.isCounted;
  const found: Row[] = [];
  for (const id of source.ids) {
    const row = table.get(id);
    if (row === null || !isVisible(store, { component, row, session }, selection.mode)) continue;
    if (test !== null && test(row, null) !== true) continue;
    found.push(row);
    if (isEarlyEnd && found.length > end) break;
  }
  const inOrder = source.isInOrder ? found : sorted(store, found, selection.sort);
  return {
    rows: inOrder.slice(selection.start, end),
    total: selection.isCounted ? found.length : null,
    hasMore: inOrder.length > end,
  };
}

type Source = Readonly<{ ids: Iterable<string>; isInOrder: boolean }>;

function sourceFor(scope: Scope, selection: Selection): Source {
  const { search, within, sort } = selection;
  if (within !== null) return { ids: within, isInOrder: sort.length === 0 };
  const table = scope.store.table(scope.component.name);
  const candidates = fewer(
    search === null ? null : candidatesFrom(search, scope),
    visibleIds(scope.store, { component: scope.component, session: scope.session, mode: selection.mode }),
  );
  const order = orderOf(sort);
  const isFew = candidates !== null && candidates.size * 4 < table.size;
  if (candidates !== null && (isFew || order === null)) return { ids: candidates, isInOrder: false };
  const range = (field: string) =>
    (search === null ? null : rangeOf(search, field, scope)) ?? { low: '', high: null };
  const byId = range('Id');
  if (order === 'Id') return { ids: table.byId.between(byId.low, byId.high), isInOrder: true };
  const byUpdated = range('Updated');
  return { ids: table.byUpdated.between(byUpdated.low, byUpdated.high), isInOrder: order === 'Updated' };
}

function fewer(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): ReadonlySet<string> | null {
  if (a === null || b === null) return a ?? b;
  return a.size <= b.size ? a : b;
}

/** The index whose order is the one asked for; unsorted answers come in the order of ids. */
function orderOf(sort: readonly SortKey[]): 'Id' | 'Updated' | null {
  const [first, second] = sort;
  if (first === undefined) return 'Id';
  if (first.isDescending) return null;
  if (first.field.name === 'Id') return 'Id';
  if (first.field.name !== 'Updated') return null;
  if (second === undefined) return 'Updated';
  return second.field.name === 'Id' && !second.isDescending ? 'Updated' : null;
}
