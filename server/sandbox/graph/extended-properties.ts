import { badRequest } from './refusal.ts';
import type { ExtendedProperty } from './state.ts';

/** What can hold extended properties. */
type Extended = { extended: readonly ExtendedProperty[] | null };

/**
 * MAPI properties under the three forms of id that Graph takes: `{type} {guid} Name {name}`, `{type} {guid} Id 0x{hex}`
 * and `{type} 0x{tag}`. Names are case-sensitive, everything else is not; the service answers its own spelling.
 * https://learn.microsoft.com/graph/api/resources/extended-properties-overview
 */
const types =
  'String Integer Boolean Binary SystemTime Double Short Long Float Currency CLSID ApplicationTime'.split(
    ' ',
  );
const typePattern = `(?<type>${types.flatMap((name) => [name, `${name}Array`]).join('|')})`;
const guidPattern = '\\{?(?<guid>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\}?';
const pattern = new RegExp(
  `^${typePattern} (?:${guidPattern} (?:Name (?<name>.+)|Id 0x(?<id>[0-9a-f]+))|0x(?<tag>[0-9a-f]+))$`,
  'i',
);

const canonicalTypes = new Map(
  types.flatMap((name) => [name, `${name}Array`]).map((name) => [name.toLowerCase(), name]),
);

/** The service's spelling of an id of an extended property; null for what is none. */
export function canonicalPropertyId(text: string): string | null {
  // Most text is no property id, and filters ask for every row: a look at its shape spares the pattern.
  if (!text.includes('0x') && !text.includes(' Name ') && !text.includes('0X') && !/ name /i.test(text))
    return null;
  const known = spelled.get(text);
  if (known !== undefined) return known;
  const canonical = spell(text);
  if (canonical !== null && spelled.size < mostSpelled) spelled.set(text, canonical);
  return canonical;
}

/** Ids seen before, so that thousands of items share the text of the few ids there are. */
const spelled = new Map<string, string>();
const mostSpelled = 10_000;

function spell(text: string): string | null {
  const groups = pattern.exec(text)?.groups;
  const type = canonicalTypes.get(groups?.['type']?.toLowerCase() ?? '');
  if (!groups || !type) return null;
  const number = (hex: string) => `0x${hex.toLowerCase().replace(/^0+(?=.)/, '')}`;
  if (groups['tag'] !== undefined) return `${type} ${number(groups['tag'])}`;
  const guid = `{${groups['guid']?.toLowerCase() ?? ''}}`;
  return groups['id'] === undefined
    ? `${type} ${guid} Name ${groups['name'] ?? ''}`
    : `${type} ${guid} Id ${number(groups['id'])}`;
}

/** Stores what a body says of extended properties; null takes one away. The answer never echoes them. */
export function writeExtendedProperties(item: Extended, rows: unknown): void {
  for (const { id, value } of readExtendedProperties(rows)) {
    const others = (item.extended ?? []).filter((one) => one.id !== id);
    const kept = value === null ? others : [...others, { id, value }];
    item.extended = kept.length === 0 ? null : kept;
  }
}

/** Reads and checks them without storing, so that a body is refused before it has any effect. */
export function readExtendedProperties(
  rows: unknown,
): readonly Readonly<{ id: string; value: string | readonly string[] | null }>[] {
  if (rows === undefined || rows === null) return [];
  if (!Array.isArray(rows)) throw badRequest('Extended properties are a collection.', 'RequestBodyRead');
  return rows.map((row: unknown) => {
    const fields: Readonly<Record<string, unknown>> =
      typeof row === 'object' && row !== null ? { ...row } : {};
    const given = typeof fields['id'] === 'string' ? fields['id'] : '';
    const id = canonicalPropertyId(given);
    if (id === null)
      throw badRequest(`The property id '${given}' is invalid.`, 'ErrorInvalidExtendedProperty');
    return { id, value: checkedValue(id, fields['value']) };
  });
}

function checkedValue(id: string, value: unknown): string | readonly string[] | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(String);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (id.startsWith('Boolean ')) {
    if (!/^(true|false)$/i.test(text)) throw invalidValue(id, text);
    return text.toLowerCase();
  }
  if (/^(Integer|Short|Long) /.test(id) && !/^-?\d+$/.test(text)) throw invalidValue(id, text);
  return text;
}

const invalidValue = (id: string, text: string) =>
  badRequest(`The value '${text}' does not fit the property '${id}'.`, 'ErrorInvalidExtendedPropertyValue');

/** The properties of one item that are of the single-value (or multi-value) kind. */
export function extendedRows(item: Extended, kind: 'single' | 'multi'): readonly ExtendedProperty[] {
  if (!item.extended) return [];
  return item.extended.filter(({ value }) => Array.isArray(value) === (kind === 'multi'));
}
