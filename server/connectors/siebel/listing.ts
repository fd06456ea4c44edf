import type { Failure } from '../connector.ts';
import type { Listing } from './client.ts';
import { every, idAfter, type Spec } from './search-spec.ts';
import type { Component } from './settings.ts';
import type { Siebel } from './siebel.ts';
import type { Row } from './wire.ts';

export type Query = Readonly<{
  component: Component;
  spec: Spec | null;
  /** `Updated:asc,Id:asc` */
  sort: string | null;
  /** `null`: all. */
  fields: readonly string[] | null;
  children: Readonly<Record<string, readonly string[]>>;
  /** Narrows a child's rows. */
  childSpecs?: Readonly<Record<string, Spec>>;
  offset: number;
  size: number;
  withTotal: boolean;
}>;

/** Beyond about 9,900 rows Siebel's cursor only runs forwards, and says so with an error (facts/siebel-rest.md 2). */
const lastBackwardRow = 9800;

/**
 * One page of records with their children, in one request where Siebel nests them (`QueryHierarchy`), else with one more
 * request for each record and child. Which of the two is found out once.
 */
export async function list(siebel: Siebel, query: Query): Promise<Listing> {
  const { learned } = siebel;
  if (Object.keys(query.children).length === 0) return plainPage(siebel, query);
  if (learned.readsNested === false) return withSingleChildren(siebel, query);
  const nested = await nestedPage(siebel, query);
  if (learned.readsNested === true) return completed(siebel, query, nested);
  if (nested.answer === 'failed') {
    if (nested.failure.kind !== 'misconfigured' && nested.failure.kind !== 'refused') return nested;
    const single = await withSingleChildren(siebel, query);
    if (single.answer === 'failed') return nested;
    learned.readsNested = false;
    return single;
  }
  if (nested.rows.some((row) => Object.keys(row.children).length > 0)) learned.readsNested = true;
  else if (await hasHiddenChildren(siebel, query, nested.rows[0])) {
    learned.readsNested = false;
    return withSingleChildren(siebel, query);
  }
  return completed(siebel, query, nested);
}

/** All records of a search, in the order of their ids, page by page from the last id seen, so that none slips through. */
export async function listAll(
  siebel: Siebel,
  query: Omit<Query, 'offset' | 'sort' | 'withTotal'>,
): Promise<Listing> {
  const rows: Row[] = [];
  let spec = query.spec;
  for (;;) {
    const page = await list(siebel, { ...query, spec, sort: 'Id:asc', offset: 0, withTotal: true });
    if (page.answer === 'failed') return page;
    if (isCutOff(page.rows.length, page.total, { offset: 0, size: query.size })) return failedListing(cutOff);
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last === undefined || page.rows.length < query.size) return { ...page, rows };
    const after = idAfter(siebel.field('Id'), last.id);
    spec = query.spec === null ? after : every([query.spec, after]);
  }
}

/** The records of several searches, all made at once; `null` searches for everything. */
export async function listEach(
  siebel: Siebel,
  specs: readonly (Spec | null)[],
  query: Omit<Query, 'spec' | 'offset' | 'sort' | 'withTotal'>,
): Promise<readonly Row[] | Failure> {
  const listings = await Promise.all(specs.map((spec) => listAll(siebel, { ...query, spec })));
  const rows: Row[] = [];
  for (const listing of listings) {
    if (listing.answer === 'failed') return listing.failure;
    rows.push(...listing.rows);
  }
  return rows;
}

/** One page of a listing with the number of all; a page that is shorter than its own count says is a failure. */
export async function countedPage(
  siebel: Siebel,
  query: Query,
): Promise<Readonly<{ rows: readonly Row[]; total: number }> | Failure> {
  const page = await list(siebel, { ...query, withTotal: true });
  if (page.answer === 'failed') return page.failure;
  const { offset, size } = query;
  const total = page.total ?? (page.rows.length < size ? offset + page.rows.length : null);
  if (total === null) return noCount;
  return isCutOff(page.rows.length, total, query) ? cutOff : { rows: page.rows, total };
}

const noCount: Failure = {
  kind: 'misconfigured',
  reach: 'side',
  reason: 'Siebel gave no Total-Record-Count; ask why "recordcountneeded" has no effect.',
  retryAfterMs: null,
};

/** Whether a page holds fewer rows than it should by Siebel's own count; without a count nobody can tell. */
export function isCutOff(
  rows: number,
  total: number | null,
  { offset, size }: Readonly<{ offset: number; size: number }>,
): boolean {
  return total !== null && rows < Math.min(size, total - offset);
}

/** Half a listing must never pass for a whole one: the rest would look deleted, or be created again. */
export const cutOff: Failure = {
  kind: 'unreachable',
  reach: 'item',
  reason: 'Siebel gave fewer records than it counted; it is asked again later.',
  retryAfterMs: null,
};

function failedListing(failure: Failure): Listing {
  return { answer: 'failed', failure, trouble: { trouble: 'failure', failure, isUnknown: false } };
}

function plainPage(siebel: Siebel, query: Query): Promise<Listing> {
  const { component, spec, sort, fields } = query;
  return siebel.client.list([component, component], {
    ...paging(siebel, query),
    childlinks: 'None',
    ...(spec === null ? {} : { searchspec: spec }),
    ...(sort === null ? {} : { sortspec: sort }),
    ...(fields === null ? {} : { fields: fields.join(',') }),
  });
}

function nestedPage(siebel: Siebel, query: Query): Promise<Listing> {
  const { component, spec, sort, fields, children, childSpecs = {} } = query;
  const hierarchy = {
    ...(fields === null ? {} : { fields: fields.join(',') }),
    ...(spec === null ? {} : { searchspec: spec }),
    ...(sort === null ? {} : { sortspec: sort }),
    ...Object.fromEntries(
      Object.entries(children).map(([name, list]) => [
        name,
        {
          fields: list.join(','),
          sortspec: 'Id:asc',
          ...(childSpecs[name] === undefined ? {} : { searchspec: childSpecs[name] }),
        },
      ]),
    ),
  };
  return siebel.client.list([component, component], {
    ...paging(siebel, query),
    QueryHierarchy: JSON.stringify({ [component]: hierarchy }),
  });
}

function paging(siebel: Siebel, { component, offset, size, withTotal }: Query): Record<string, string> {
  return {
    ViewMode: siebel.settings.viewModes[component],
    PageSize: String(size),
    StartRowNum: String(offset),
    ...(offset + size > lastBackwardRow ? { ExecutionMode: 'ForwardOnly' } : {}),
    ...(withTotal ? { recordcountneeded: 'true' } : {}),
  };
}

async function withSingleChildren(siebel: Siebel, query: Query): Promise<Listing> {
  const page = await plainPage(siebel, query);
  if (page.answer === 'failed') return page;
  const wanted = page.rows.map(() => Object.keys(query.children));
  return withChildren(siebel, query, { page, wanted });
}

/** `PageSize` holds for children too (facts/siebel-rest.md 2): a list that fills a page may go on. */
async function completed(siebel: Siebel, query: Query, page: Listing): Promise<Listing> {
  if (page.answer === 'failed') return page;
  const wanted = page.rows.map((row) =>
    Object.keys(query.children).filter((name) => (row.children[name]?.length ?? 0) === query.size),
  );
  return wanted.every((names) => names.length === 0) ? page : withChildren(siebel, query, { page, wanted });
}

type Rows = Extract<Listing, { answer: 'rows' }>;

async function withChildren(
  siebel: Siebel,
  query: Query,
  { page, wanted }: Readonly<{ page: Rows; wanted: readonly (readonly string[])[] }>,
): Promise<Listing> {
  const filled = await Promise.all(
    page.rows.map(async (row, index) => {
      const names = wanted[index] ?? [];
      const lists = await Promise.all(
        names.map(async (name) => {
          const known = row.children[name] ?? [];
          const rest = known.length === 0 ? null : await restOf(siebel, query, { id: row.id, name, known });
          return [name, rest ?? (await childrenOf(siebel, query, { id: row.id, name }))] as const;
        }),
      );
      const failed = lists.map(([, list]) => list).find((list) => list.answer === 'failed');
      if (failed?.answer === 'failed') return failed;
      const children = Object.fromEntries(
        lists.map(([name, list]) => [name, list.answer === 'rows' ? list.rows : []]),
      );
      return { ...row, children: { ...row.children, ...children } };
    }),
  );
  const failed = filled.find((row) => 'answer' in row);
  return failed ?? { ...page, rows: filled.filter((row) => 'id' in row) };
}

/** What follows the first page of a child's rows; `null` where the pages do not fit together by Siebel's own count. */
async function restOf(
  siebel: Siebel,
  query: Query,
  { id, name, known }: Readonly<{ id: string; name: string; known: readonly Row[] }>,
): Promise<Listing | null> {
  const first = await childPage(siebel, query, { id, name, offset: known.length });
  if (first.answer === 'failed' || first.total === null) return null;
  const left = Math.max(0, Math.ceil((first.total - known.length) / query.size) - 1);
  const offsets = Array.from({ length: left }, (_, index) => known.length + (index + 1) * query.size);
  const pages = await Promise.all(offsets.map((offset) => childPage(siebel, query, { id, name, offset })));
  const more = pages.flatMap((page) => (page.answer === 'rows' ? page.rows : []));
  const rows = [...new Map([...known, ...first.rows, ...more].map((row) => [row.id, row])).values()];
  return rows.length === first.total ? { ...first, rows } : null;
}

/** All rows of one child of one record: the first page tells how many there are, the others come side by side. */
async function childrenOf(
  siebel: Siebel,
  query: Query,
  child: Readonly<{ id: string; name: string }>,
): Promise<Listing> {
  const { size } = query;
  const first = await childPage(siebel, query, { ...child, offset: 0 });
  if (first.answer === 'failed' || first.rows.length < size) return first;
  // Where Siebel does not count, pages are turned until one is not full.
  const total = first.total ?? Number.POSITIVE_INFINITY;
  const rows = [...first.rows];
  while (rows.length < total) {
    const left = Number.isFinite(total) ? Math.ceil((total - rows.length) / size) : 1;
    const offsets = Array.from({ length: left }, (_, index) => rows.length + index * size);
    const pages = await Promise.all(offsets.map((offset) => childPage(siebel, query, { ...child, offset })));
    const before = rows.length;
    for (const page of pages) {
      if (page.answer === 'failed') return page;
      rows.push(...page.rows);
    }
    if (rows.length - before < left * size) break;
  }
  return Number.isFinite(total) && rows.length < total ? failedListing(cutOff) : { ...first, rows };
}

function childPage(
  siebel: Siebel,
  { component, size, children }: Query,
  { id, name, offset }: Readonly<{ id: string; name: string; offset: number }>,
): Promise<Listing> {
  return siebel.client.list([component, component, id, name], {
    ViewMode: siebel.settings.viewModes[component],
    PageSize: String(size),
    StartRowNum: String(offset),
    sortspec: 'Id:asc',
    childlinks: 'None',
    recordcountneeded: 'true',
    fields: (children[name] ?? []).join(','),
  });
}

/** Whether a record that came without children has some after all. */
async function hasHiddenChildren(siebel: Siebel, query: Query, row: Row | undefined): Promise<boolean> {
  if (row === undefined) return false;
  const lists = await Promise.all(
    Object.keys(query.children).map((name) => childrenOf(siebel, query, { id: row.id, name })),
  );
  return lists.some((list) => list.answer === 'rows' && list.rows.length > 0);
}
