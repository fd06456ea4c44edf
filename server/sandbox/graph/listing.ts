import type { WireAnswer } from '../wire.ts';
import { contextOf, ok, serviceRoot, type Call } from './call.ts';
import { compareValues, matches } from './filter-match.ts';
import { plainName, type Query } from './query.ts';
import { badRequest } from './refusal.ts';

/** A collection as the query options see it. */
export type Collection<Row> = Readonly<{
  /** For `@odata.context`, without the selected properties. */
  context: string;
  rows: Iterable<Row>;
  read: (row: Row, name: string) => unknown;
  show: (row: Row) => Record<string, unknown>;
  properties: ReadonlySet<string>;
  /** Rows of a page where the request names no number. */
  pageSize: number;
}>;

/** Answers one page of a collection with what `$filter`, `$orderby`, `$skip`, `$top`, `$count` and `$select` ask for. */
export function answerListing<Row>(call: Call, collection: Collection<Row>): WireAnswer {
  const { query, listFault } = call;
  const select = checkedSelect(query.select, collection.properties);
  const rows = listFault === 'empty-list' ? [] : chosen(query, collection);
  const size = query.top ?? call.prefer.maxPageSize ?? collection.pageSize;
  const page = rows.slice(query.skip, query.skip + size);
  const hasMore = size > 0 && query.skip + size < rows.length && listFault !== 'partial-page';
  return ok({
    '@odata.context': contextOf(call, collection.context + selection(select)),
    ...(query.wantsCount && { '@odata.count': rows.length }),
    ...(hasMore && { '@odata.nextLink': nextLink(call, query.skip + size) }),
    value: page.map((row) => projected(collection.show(row), select)),
  });
}

/** The plain number that `…/$count` answers. */
export function answerCount<Row>(call: Call, collection: Collection<Row>): WireAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain' },
    body: String(chosen(call.query, collection).length),
  };
}

/** The part of a context that names the selected properties. */
export const selection = (select: readonly string[] | null): string =>
  select === null ? '' : `(${select.join(',')})`;

/** Only the selected properties; id and annotations always come along. */
export function projected(
  shown: Record<string, unknown>,
  select: readonly string[] | null,
): Record<string, unknown> {
  if (select === null) return shown;
  const kept = new Set(['id', ...select]);
  return Object.fromEntries(
    Object.entries(shown).filter(([name]) => name.includes('@') || kept.has(name) || isExpansion(name)),
  );
}

const isExpansion = (name: string) =>
  name.endsWith('ExtendedProperties') || ['extensions', 'checklistItems', 'linkedResources'].includes(name);

/** The selected names in the spelling of the type; an unknown one is refused. */
export function checkedSelect(
  select: readonly string[] | null,
  properties: ReadonlySet<string>,
): readonly string[] | null {
  if (select === null || select.includes('*')) return null;
  return select.map((name) => {
    const plain = name.split('/')[0] ?? name;
    const found = properties.has(plain) ? plain : [...properties].find((one) => sameName(one, plain));
    if (found === undefined) {
      throw badRequest(`Could not find a property named '${name}' on the type.`, 'RequestBroker--ParseUri');
    }
    return found;
  });
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function chosen<Row>(query: Query, collection: Collection<Row>): readonly Row[] {
  const { filter, orderBy } = query;
  const kept: Row[] = [];
  for (const row of collection.rows) {
    if (!filter || matches(filter, (name) => collection.read(row, name))) kept.push(row);
  }
  if (orderBy.length === 0) return kept;
  for (const { property } of orderBy) checkedSelect([property], collection.properties);
  return kept.sort((left, right) => {
    for (const { property, descending } of orderBy) {
      const [first = '', ...rest] = property.split('/');
      const value = (row: Row) => rest.reduce(stepInto, collection.read(row, first));
      const order = compareValues(value(left), value(right));
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

const stepInto = (value: unknown, step: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, step) : null;

/** The same address with another `$skip`, as Outlook's lists page. */
function nextLink(call: Call, skip: number): string {
  const params = [...call.request.query].filter(([name]) => plainName(name) !== 'skip');
  const query = [...params, ['$skip', String(skip)] as const].map(
    ([name, value]) => `${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`,
  );
  return `${serviceRoot(call)}${call.request.rawPath.replace(/^\/v1\.0/, '')}?${query.join('&')}`;
}
