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
  const candidates = fewer(
    search === null ? null : candidatesFrom(search, scope),
    visibleIds(scope.store, { component: scope.component, session: scope.session, mode: selection.mode }),
  );
  const order = orderOf(sort);
  const stretches = stretchesFor(scope, search);
  const narrow = stretches.reduce((least, one) => (one.size < least.size ? one : least));
  const walk = stretches.find(({ field }) => field === order) ?? null;
  const fewest = Math.min(candidates?.size ?? Infinity, narrow.size);
  // In order, a page ends early; another way must promise clearly fewer rows to be worth its sorting.
  if (walk !== null && fewest * 4 >= walk.size) return { ids: walk.ids(), isInOrder: true };
  if (candidates !== null && candidates.size <= narrow.size) return { ids: candidates, isInOrder: false };
  return { ids: narrow.ids(), isInOrder: narrow.field === order };
}

/** A part of an index by order: all rows the search can be true of are in it. */
type Stretch = Readonly<{ field: string; size: number; ids: () => Iterable<string> }>;

function stretchesFor(scope: Scope, search: Expression | null): readonly Stretch[] {
  return scope.component.fields.flatMap(({ name, isOrdered }) => {
    const index = isOrdered ? scope.store.table(scope.component.name).ordered(name) : null;
    const range = search === null ? null : rangeOf(search, name, scope);
    // Without a bound an index may miss rows: those that are empty in its field.
    if (index === null || (range === null && name !== 'Id' && name !== 'Updated')) return [];
    const { low, high } = range ?? { low: '', high: null };
    return [{ field: name, size: index.count(low, high), ids: () => index.between(low, high) }];
  });
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
