import type { World } from '../world.ts';
import { fail } from './errors.ts';
import { viewModeFrom, type ViewMode } from './visibility.ts';

/** The query parameters of `facts/siebel-rest.md` section 2, read with their defaults. Names ignore case. */
export type Parameters = Readonly<{
  pageSize: number;
  start: number;
  search: string | null;
  sort: string;
  /** Integration-component names, or null for all. */
  fields: readonly string[] | null;
  /** Child links to show: null for all, empty for none. */
  childLinks: readonly string[] | null;
  mode: ViewMode;
  isUniform: boolean;
  isCounted: boolean;
  leavesOutEmpty: boolean;
  hasChildren: boolean;
  /** The JSON of `QueryHierarchy`. */
  hierarchy: string | null;
}>;

/** Oracle's cap for a search expression. */
const longestSearch = 2000;
/** The object manager's cursor ends at 10,000 rows; a query past this needs `ExecutionMode=ForwardOnly`. */
const lastBidirectionalRow = 9900;

export function parametersFrom(world: World, query: URLSearchParams): Parameters {
  const values = new Map([...query].map(([name, value]) => [name.toLowerCase(), value]));
  const value = (name: string) => values.get(name) ?? null;
  const start = numberFrom(value('startrownum'), 'StartRowNum', 0);
  const mode = value('executionmode') ?? 'BiDirectional';
  if (start > lastBidirectionalRow && mode.toLowerCase() !== 'forwardonly') throw fail.tooManyRows();
  const search = value('searchspec');
  if (search !== null && search.length > longestSearch) throw fail.searchTooLong(search.length);
  return {
    pageSize: pageSizeFrom(world, value('pagesize')),
    start,
    search: search === null || search.trim() === '' ? null : search,
    sort: value('sortspec') ?? '',
    fields: listFrom(value('fields')),
    childLinks: value('childlinks')?.toLowerCase() === 'none' ? [] : listFrom(value('childlinks')),
    mode: viewModeFrom(value('viewmode')),
    isUniform: /^y(es)?$/i.test(value('uniformresponse') ?? ''),
    // Booleans count in lower case only; `True` is silently false, as measured.
    isCounted: value('recordcountneeded') === 'true',
    leavesOutEmpty: value('excludeemptyfieldsinresponse') === 'true',
    hasChildren: value('getchildren')?.toLowerCase() === 'all',
    hierarchy: value('queryhierarchy'),
  };
}

function listFrom(text: string | null): readonly string[] | null {
  if (text === null || text.trim() === '') return null;
  return text.split(',').map((name) => name.trim());
}

function pageSizeFrom(world: World, text: string | null): number {
  const most = Number(world.switches.value('siebel.maximumPageSize'));
  const size = numberFrom(text, 'PageSize', 10);
  if (size > most) throw fail.pageSize(String(size), most);
  if (size < 1) throw fail.argument(String(size), 'PageSize');
  return size;
}

function numberFrom(text: string | null, name: string, standard: number): number {
  if (text === null || text === '') return standard;
  if (!/^\d+$/.test(text)) throw fail.argument(text, name);
  return Number(text);
}
