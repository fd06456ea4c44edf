import type { WireRequest } from '../wire.ts';
import { parseFilter, type Filter } from './filter-parse.ts';
import { badRequest } from './refusal.ts';

export type Expansion = Readonly<{
  property: string;
  filter: Filter | null;
  select: readonly string[] | null;
}>;

/** The OData query options of a request. Names are taken in any case, with the dollar sign or without. */
export type Query = Readonly<{
  /** Every option as it was named, for links and for what a collection does not take. */
  names: readonly string[];
  select: readonly string[] | null;
  top: number | null;
  skip: number;
  wantsCount: boolean;
  orderBy: readonly Readonly<{ property: string; descending: boolean }>[];
  filter: Filter | null;
  expand: readonly Expansion[];
  skipToken: string | null;
  deltaToken: string | null;
}>;

/** A list page is 1 to 1,000 rows. */
const largestPage = 1000;

export function readQuery(params: URLSearchParams): Query {
  const options = new Map([...params].map(([name, value]) => [plainName(name), value]));
  const text = (name: string) => options.get(name) ?? null;
  const filter = text('filter');
  return {
    names: [...params.keys()],
    select: text('select') ? commaList(text('select') ?? '') : null,
    top: countOf(text('top'), 'top', largestPage),
    skip: countOf(text('skip'), 'skip', Number.MAX_SAFE_INTEGER) ?? 0,
    wantsCount: text('count')?.toLowerCase() === 'true',
    orderBy: commaList(text('orderby') ?? '').map(orderFrom),
    filter: filter === null ? null : parseFilter(filter),
    expand: text('expand') ? splitOutside(text('expand') ?? '', ',').map(expansionFrom) : [],
    skipToken: text('skiptoken'),
    deltaToken: text('deltatoken'),
  };
}

export const plainName = (name: string): string => name.toLowerCase().replace(/^\$/, '');

/** What a `Prefer` header asks for. */
export type Preferences = Readonly<{
  immutableIds: boolean;
  maxPageSize: number | null;
  /** As the request names it, by a Windows or an IANA name; null for UTC. */
  timeZone: string | null;
  /** Bodies as text rather than as HTML. */
  textBodies: boolean;
}>;

export function readPreferences(headers: WireRequest['headers']): Preferences {
  const prefer = headers['prefer'] ?? '';
  const zone = /outlook\.timezone\s*=\s*["']?([^"',;]+)/i.exec(prefer)?.[1];
  const size = /odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(prefer)?.[1];
  return {
    immutableIds: /IdType\s*=\s*"?ImmutableId"?/i.test(prefer),
    timeZone: zone?.trim() ?? null,
    textBodies: /outlook\.body-content-type\s*=\s*"?text"?/i.test(prefer),
    maxPageSize: size === undefined ? null : Math.min(Math.max(Number(size), 1), largestPage),
  };
}

const commaList = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function orderFrom(text: string) {
  const [property = '', direction = 'asc'] = text.split(/\s+/);
  return { property, descending: direction.toLowerCase() === 'desc' };
}

function countOf(text: string | null, name: string, most: number): number | null {
  if (text === null) return null;
  const count = Number(text);
  if (!/^\d+$/.test(text.trim()) || count > most) {
    throw badRequest(
      `Invalid value '${text}' for $${name} query option found. It must be an integer between 0 and ${most}.`,
      'BadRequest',
    );
  }
  return count;
}

/** `singleValueExtendedProperties($filter=id eq 'A' or id eq 'B')` */
function expansionFrom(text: string): Expansion {
  const open = text.indexOf('(');
  if (open < 0) return { property: text.trim(), filter: null, select: null };
  if (!text.trim().endsWith(')')) throw badRequest('Parsing OData Select and Expand failed.', 'BadRequest');
  const inside = text.trim().slice(open + 1, -1);
  const options = new Map(
    splitOutside(inside, ';').map((part) => {
      const equals = part.indexOf('=');
      return [plainName(part.slice(0, equals).trim()), part.slice(equals + 1)];
    }),
  );
  const filter = options.get('filter');
  const select = options.get('select');
  return {
    property: text.slice(0, open).trim(),
    filter: filter === undefined ? null : parseFilter(filter),
    select: select === undefined ? null : commaList(select),
  };
}

/** Splits at a sign that stands outside of parentheses and quotes. */
function splitOutside(text: string, sign: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (letter === "'") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === sign && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.filter((part) => part.trim() !== '');
}
