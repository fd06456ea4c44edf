import { useEffect, useEffectEvent, useReducer, useState } from 'react';
import type { ItemSummary } from '../../../shared/api-items.ts';
import type { Domain } from '../../../shared/domain.ts';
import type { Page } from '../../api.ts';
import { keepLive } from '../../live.ts';
import { usePane } from '../pane-context.ts';
import { calmMs } from './use-live.ts';
import { changeRows, nextPlace, noRows, placeOfRow, type Rows, type RowsQuery } from '../state/rows.ts';
import { timeAsked } from '../state/time.ts';
import { troubleOf } from '../state/trouble.ts';

/** The first page is there soon, further ones are fewer. */
const firstPage = 100;
const nextPages = 200;
const busyMs = 1_000;

/** A list of the mailbox: loaded page by page as it is scrolled, the page in view kept up to date. */
export function useRows(domain: Domain) {
  const { api, report, worked, seen } = usePane();
  const [rows, dispatch] = useReducer(changeRows, noRows);
  const [place, setPlace] = useState<string | null>(null);
  const { query } = rows;
  const reading: Reading = {
    name: `${domain} ${query.filter} ${query.isEarlier} ${query.search}`,
    read: async (after, signal) => {
      const limit = after === null ? firstPage : nextPages;
      const { search, filter, isEarlier } = query;
      const time = timeAsked(domain, isEarlier, performance.timeOrigin + performance.now());
      const page = await api.items({ domain, search, filter, after, limit, time }, signal);
      if (!signal.aborted) worked();
      return page;
    },
    show: (after, page) => {
      dispatch({ event: 'pageSeen', query, after, page });
      seen(page.items);
    },
    fail: (error) => {
      const trouble = troubleOf(error);
      report(trouble);
      dispatch({ event: 'failed', query, trouble });
    },
  };
  const now = useFreshPage(reading, rows, place);
  useNextPage(reading, rows);
  return {
    rows,
    items: rows.shown.flatMap(({ items }) => items),
    hasMore: nextPlace(rows) !== null,
    ask: (asked: RowsQuery) => {
      setPlace(null);
      dispatch({ event: 'asked', query: asked });
    },
    more: () => dispatch({ event: 'moreAsked' }),
    /** Tells which row is on top; nothing is drawn again while it is on the same page. */
    lookAt: (row: number) => setPlace(placeOfRow(rows, row)),
    now,
  };
}

type Reading = Readonly<{
  /** With another one, everything begins anew. */
  name: string;
  read: (after: string | null, signal: AbortSignal) => Promise<Page<ItemSummary>>;
  show: (after: string | null, page: Page<ItemSummary>) => void;
  fail: (error: unknown) => void;
}>;

/** Reads the page in view, again and again; the answer reads it at once. */
function useFreshPage(reading: Reading, rows: Rows, place: string | null): () => void {
  const { me } = usePane();
  const [again, setAgain] = useState(0);
  const read = useEffectEvent(reading.read);
  const show = useEffectEvent(reading.show);
  const fail = useEffectEvent(reading.fail);
  const inView = rows.pages.find(({ after }) => after === place);
  const isMoving = inView?.items.some(({ state }) => state === 'waiting') ?? false;
  useEffect(() => {
    const live = keepLive({
      read: (signal) => read(place, signal),
      show: (page) => show(place, page),
      fail: (error) => fail(error),
      everyMs: isMoving ? busyMs : calmMs,
    });
    return live.stop;
  }, [reading.name, place, isMoving, me, again]);
  return () => setAgain((count) => count + 1);
}

/** Reads the page behind the last one once it is asked for. */
function useNextPage(reading: Reading, rows: Rows): void {
  const next = nextPlace(rows);
  const load = useEffectEvent((after: string, signal: AbortSignal) => {
    reading.read(after, signal).then(
      (page) => reading.show(after, page),
      (error: unknown) => {
        if (!signal.aborted) reading.fail(error);
      },
    );
  });
  useEffect(() => {
    if (rows.loading !== 'more' || next === null) return undefined;
    const asking = new AbortController();
    load(next, asking.signal);
    return () => asking.abort();
  }, [rows.loading, next]);
}
