import type { ItemSummary } from '../../../shared/api-items.ts';
import { unreachable } from '../../../shared/domain.ts';
import type { Page } from '../../api.ts';
import type { Trouble } from './trouble.ts';

export type Filter = 'all' | 'on' | 'off' | 'attention';
export const filters: readonly Filter[] = ['all', 'on', 'off', 'attention'];
/** `isEarlier`: of the calendar what was, rather than what comes. */
export type RowsQuery = Readonly<{ search: string; filter: Filter; isEarlier: boolean }>;

type LoadedPage = Readonly<{ after: string | null; items: readonly ItemSummary[]; next: string | null }>;

/** A list as far as it is loaded: pages in order, each with the place where it begins. */
export type Rows = Readonly<{
  query: RowsQuery;
  pages: readonly LoadedPage[];
  /** The same pages, no item twice. */
  shown: readonly LoadedPage[];
  /** The first page has been asked for and is not here yet, a further one is, or none. */
  loading: 'first' | 'more' | null;
  trouble: Trouble | null;
}>;

export type RowsEvent =
  | Readonly<{ event: 'asked'; query: RowsQuery }>
  | Readonly<{ event: 'moreAsked' }>
  | Readonly<{ event: 'pageSeen'; query: RowsQuery; after: string | null; page: Page<ItemSummary> }>
  | Readonly<{ event: 'failed'; query: RowsQuery; trouble: Trouble }>;

export const noRows: Rows = {
  query: { search: '', filter: 'all', isEarlier: false },
  pages: [],
  shown: [],
  loading: 'first',
  trouble: null,
};

export function changeRows(rows: Rows, event: RowsEvent): Rows {
  switch (event.event) {
    case 'asked':
      return { ...noRows, query: event.query };
    case 'moreAsked':
      return nextPlace(rows) === null ? rows : { ...rows, loading: 'more' };
    case 'pageSeen':
      return event.query === rows.query ? pageSeen(rows, event) : rows;
    case 'failed':
      return event.query === rows.query ? { ...rows, loading: null, trouble: event.trouble } : rows;
  }
  return unreachable(event);
}

/** A page that is there already is replaced where it stands; a new one goes to the end. */
function pageSeen(rows: Rows, seen: Extract<RowsEvent, { event: 'pageSeen' }>): Rows {
  const next = withPage(rows, seen);
  return { ...next, shown: shownOnce(next.pages) };
}

function withPage(rows: Rows, { after, page }: Extract<RowsEvent, { event: 'pageSeen' }>): Rows {
  const { items, next } = page;
  const at = rows.pages.findIndex((one) => one.after === after);
  if (at < 0) {
    return { ...rows, pages: [...rows.pages, { after, items, next }], loading: null, trouble: null };
  }
  const isLast = at === rows.pages.length - 1;
  // The pages behind it begin where this one ended when it was first read.
  const kept = rows.pages[at]?.next ?? null;
  const pages = rows.pages.with(at, { after, items, next: isLast ? next : kept });
  const isMoreComing = rows.loading === 'more' && pages.at(-1)?.next !== null;
  return { ...rows, pages, loading: isMoreComing ? 'more' : null, trouble: null };
}

/** Where the page after the last one begins; null when everything is here. */
export function nextPlace({ pages }: Rows): string | null {
  return pages.at(-1)?.next ?? null;
}

/** While pages are read, items move, and a series comes again: of an item on two pages the first place counts. */
function shownOnce(pages: readonly LoadedPage[]): readonly LoadedPage[] {
  const shown = new Set<string | null>();
  return pages.map((page) => {
    const items = page.items.filter(({ itemId }) => itemId === null || !shown.has(itemId));
    for (const { itemId } of items) shown.add(itemId);
    return { ...page, items };
  });
}

/** The page that holds a row, by its first place. */
export function placeOfRow({ shown }: Rows, row: number): string | null {
  let first = 0;
  for (const page of shown) {
    first += page.items.length;
    if (row < first) return page.after;
  }
  return shown.at(-1)?.after ?? null;
}
