import type { Brand } from '../../../shared/domain.ts';
import { siebelFromDate, siebelFromInstant } from './dates.ts';

/**
 * The only place where Siebel search expressions are built. A text that ended its own literal would be executed as part of
 * the expression and return other people's records (measured, facts/siebel-rest.md 2.1), so nothing else may paste one.
 */
export type Spec = Brand<string, 'SearchSpec'>;
export type SearchField = Brand<string, 'SearchField'>;

/** Oracle's documented cap for a search expression. */
export const longestSpec = 2000;

/**
 * The fields that may be searched, by name. Asking for another, or listing a name that could break out of its brackets, is
 * a mistake in our code or settings and throws.
 */
export function searchFields(names: readonly string[]): (name: string) => SearchField {
  for (const name of names) {
    if (!/^[\p{L}\p{N} #/_.&()-]{1,75}$/u.test(name))
      throw new Error(`"${name}" is no name of a Siebel field.`);
  }
  const allowed = new Set(names);
  return (name) => {
    if (!allowed.has(name)) throw new Error(`"${name}" is not among the fields that may be searched.`);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the name has just been checked
    return name as SearchField;
  };
}

export function equals(field: SearchField, text: string): Spec {
  return compare(field, text, ['=', 'LIKE']);
}

/** Finds more than asked for where the text cannot be written down safely; callers compare the rows themselves. */
export function equalsIgnoringCase(field: SearchField, text: string): Spec {
  return compare(field, text, ['~=', '~LIKE']);
}

const rowId = /^[0-9A-Za-z+-]{1,30}$/;

export function isRowId(text: string): boolean {
  return rowId.test(text);
}

/** `[Id]='1-ABC'`, short because a hundred share an expression; a text that is no row id is our mistake and throws. */
export function hasId(field: SearchField, id: string): Spec {
  if (!isRowId(id)) throw new Error('A Siebel row id has letters, digits, "-" and "+" only.');
  return spec(`[${field}]='${id}'`);
}

/** Ids in the order in which Siebel sorts them, after the given one. */
export function idAfter(field: SearchField, id: string): Spec {
  if (!isRowId(id)) throw new Error('A Siebel row id has letters, digits, "-" and "+" only.');
  return spec(`[${field}]>'${id}'`);
}

export function atTime(
  field: SearchField,
  operator: '>=' | '>' | '=' | '<=',
  time: Readonly<{ instant: Temporal.Instant; zone: string }>,
): Spec {
  return spec(`[${field}] ${operator} "${siebelFromInstant(time.instant, time.zone)}"`);
}

/** A plain date, on that day or later. */
export function fromDay(field: SearchField, date: string): Spec {
  return spec(`[${field}] >= "${siebelFromDate(date)}"`);
}

/** Texts that begin so; finds more than asked for where the text cannot be written down safely. */
export function startsWith(field: SearchField, text: string): Spec {
  return spec(`[${field}] LIKE "${patternOf(text)}*"`);
}

/** Texts that begin otherwise, and empty ones. */
export function startsOtherwise(field: SearchField, text: string): Spec {
  return spec(`([${field}] IS NULL OR [${field}] NOT LIKE "${patternOf(text)}*")`);
}

/** Flags that are not set; an empty one is none. */
export function isNotSet(field: SearchField): Spec {
  return spec(`([${field}] IS NULL OR [${field}] <> "Y")`);
}

/** Every other number; of empty fields SQL says nothing. */
export function isOtherThan(field: SearchField, number: number): Spec {
  return spec(`[${field}] <> "${number}"`);
}

export function isEmpty(field: SearchField): Spec {
  return spec(`[${field}] IS NULL`);
}

export function isNotEmpty(field: SearchField): Spec {
  return spec(`[${field}] IS NOT NULL`);
}

/** The record of whoever Siebel takes us for. */
export function isCaller(field: SearchField): Spec {
  return spec(`[${field}] = LoginName()`);
}

/** True of a record when one row of its multi-value field fits; without it Siebel tests the primary row alone. */
export function exists(inner: Spec): Spec {
  return spec(`EXISTS (${inner})`);
}

export function every(specs: readonly Spec[]): Spec {
  return specs.length === 1 && specs[0] !== undefined ? specs[0] : spec(`(${specs.join(' AND ')})`);
}

export function some(specs: readonly Spec[]): Spec {
  return specs.length === 1 && specs[0] !== undefined ? specs[0] : spec(`(${specs.join(' OR ')})`);
}

export type Chunk<T> = Readonly<{ of: readonly T[]; spec: Spec }>;

/**
 * Splits a list into as few OR-expressions as fit: each, wrapped as given, at most 2,000 characters, and at most 100
 * alternatives or as many as told.
 */
export function chunked<T>(
  list: readonly T[],
  specOf: (one: T) => Spec,
  { wrap = (or) => or, most = 100 }: Readonly<{ wrap?: (or: Spec) => Spec; most?: number }> = {},
): readonly Chunk<T>[] {
  const room = longestSpec - wrap(spec('')).length - '()'.length;
  const chunks: Chunk<T>[] = [];
  let of: T[] = [];
  let specs: Spec[] = [];
  let length = 0;
  const close = () => {
    if (of.length > 0) chunks.push({ of, spec: wrap(some(specs)) });
    of = [];
    specs = [];
    length = 0;
  };
  for (const one of list) {
    const spec = specOf(one);
    if (of.length === most || length + spec.length + ' OR '.length > room) close();
    of.push(one);
    specs.push(spec);
    length += spec.length + ' OR '.length;
  }
  close();
  return chunks;
}

function compare(field: SearchField, text: string, [exact, pattern]: readonly [string, string]): Spec {
  const literal = exactLiteral(text);
  return spec(
    literal === null ? `[${field}] ${pattern} "${patternOf(text)}"` : `[${field}] ${exact} ${literal}`,
  );
}

function spec(text: string): Spec {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this file may call a text an expression
  return text as Spec;
}

/** How a doubled quote or a backslash is read inside a literal is not established, so none is ever sent. */
function exactLiteral(text: string): string | null {
  if (/[\\\p{Cc}]/u.test(text)) return null;
  if (!text.includes('"')) return `"${text}"`;
  return text.includes("'") ? null : `'${text}'`;
}

/** `?` stands for any one character; quotes, wildcards, backslashes and control characters become it. */
function patternOf(text: string): string {
  return text.replaceAll(/["'*\\\p{Cc}]/gu, '?');
}
