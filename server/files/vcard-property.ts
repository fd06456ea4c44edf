import { isUtf8 } from 'node:buffer';
import ICAL from 'ical.js';
import { decode } from './encoding.ts';
import { bytesFromQuotedPrintable } from './quoted-printable.ts';
import type { LogicalLine } from './vcard-lines.ts';

/** One property of a card, its encoding and character set undone, its value still as the version writes it. */
export type Property = Readonly<{
  line: number;
  /** Apple and Google tie a label to a property by a common group: `item1.TEL`, `item1.X-ABLabel`. */
  group: string | null;
  /** Upper case. */
  name: string;
  /** What it is for (`work`, `fax`, …), lower case. */
  types: ReadonlySet<string>;
  /** Other parameters by name in upper case. */
  params: ReadonlyMap<string, string>;
  value: string;
  isQuotedPrintable: boolean;
}>;

/** `2.1` writes values in a way of its own; everything else is read as 3.0 and 4.0 are. */
export type VcardVersion = '2.1' | '3.0' | '4.0';

/** What may stand alone in a 2.1 head without being a type. */
const encodings = new Set(['QUOTED-PRINTABLE', 'BASE64', 'B', '8BIT', '7BIT']);

/** The property of a line, or `null` where there is no name and value. `isRaw`: characters stand for bytes. */
export function propertyFromLine(line: LogicalLine, isRaw: boolean): Property | null {
  const colon = endOfHead(line.text);
  if (colon < 0) return null;
  const [first = '', ...rest] = splitHead(line.text.slice(0, colon));
  const dot = first.lastIndexOf('.');
  const name = first
    .slice(dot + 1)
    .trim()
    .toUpperCase();
  if (!/^[A-Z0-9_-]+$/.test(name)) return null;
  const { types, params } = parameters(rest);
  const isQuotedPrintable = params.get('ENCODING')?.toUpperCase() === 'QUOTED-PRINTABLE';
  return {
    line: line.line,
    group: dot < 0 ? null : first.slice(0, dot).trim().toLowerCase(),
    name,
    types,
    params,
    value: decodedValue(line.text.slice(colon + 1), params, isRaw),
    isQuotedPrintable,
  };
}

/** The whole value as one text. */
export function textOf(property: Property, version: VcardVersion): string {
  return version === '2.1' ? unescapeOld(property.value, property) : unescape(property.value);
}

/** The entries of a list (CATEGORIES, NICKNAME). */
export function listOf(property: Property, version: VcardVersion): string[] {
  return splitEscaped(property.value, ',').map((entry) =>
    version === '2.1' ? unescapeOld(entry, property) : unescape(entry),
  );
}

/**
 * The parts of a structured value (N, ADR, ORG); a part that is a list is joined with `separator`. ical.js reads those
 * of 3.0 and 4.0. It only ever sees the value: heads as they are found in the wild would make it refuse the line.
 */
export function partsOf(property: Property, version: VcardVersion, separator: string): string[] {
  if (version === '2.1') return splitEscaped(property.value, ';').map((part) => unescapeOld(part, property));
  const parsed: unknown = ICAL.parse.property(`N:${property.value}`, ICAL.design.vcard3);
  const parts: unknown = Array.isArray(parsed) ? parsed[3] : '';
  return (Array.isArray(parts) ? parts : [parts]).map((part) =>
    Array.isArray(part) ? part.join(separator) : typeof part === 'string' ? part : '',
  );
}

/** The escapes of 3.0 and 4.0 in one pass. ical.js leaves `\;` as it is outside of structured values; Apple writes it. */
function unescape(text: string): string {
  return text.replaceAll(/\\([\\;,:nN])/g, (_, sign: string) => (sign === 'n' || sign === 'N' ? '\n' : sign));
}

/** 2.1 knows `\;` only; `\,` and, outside quoted-printable, `\n` come from writers that mix the versions up. */
function unescapeOld(text: string, { isQuotedPrintable }: Property): string {
  const plain = text.replaceAll(/\\([;,])/g, '$1');
  return isQuotedPrintable ? plain : plain.replaceAll(/\\n/gi, '\n');
}

function splitEscaped(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === separator) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** Position of the colon that ends the head; a quotation mark that never closes hides none. */
function endOfHead(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] === ':' && !isQuoted) return at;
  }
  return text.indexOf(':');
}

function splitHead(head: string): string[] {
  return head.match(/(?:"[^"]*"|[^;])+/g) ?? [];
}

function parameters(parts: readonly string[]): Pick<Property, 'types' | 'params'> {
  const types = new Set<string>();
  const params = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const key = part.slice(0, Math.max(0, equals)).trim().toUpperCase();
    const value = part
      .slice(equals + 1)
      .trim()
      .replaceAll('"', '');
    if (key === 'TYPE') for (const type of value.split(',')) types.add(type.trim().toLowerCase());
    else if (key !== '') params.set(key, withoutCarets(value));
    else if (encodings.has(value.toUpperCase())) params.set('ENCODING', value);
    else types.add(value.toLowerCase());
  }
  types.delete('');
  return { types, params };
}

/** RFC 6868: how a parameter value carries line ends and quotation marks. */
function withoutCarets(value: string): string {
  return value.replaceAll(/\^([n'^])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === '^' ? '^' : '"',
  );
}

/** The character set is the one named, else UTF-8 where the bytes fit, else western Windows. */
function decodedValue(value: string, params: ReadonlyMap<string, string>, isRaw: boolean): string {
  const bytes = encodedBytes(value, params.get('ENCODING')?.toUpperCase() ?? '', isRaw);
  if (bytes === null) return value;
  const charset = params.get('CHARSET');
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return decode(bytes, charset);
  return decode(bytes, isUtf8(bytes) ? 'utf-8' : 'windows-1252');
}

function encodedBytes(value: string, encoding: string, isRaw: boolean): Uint8Array | null {
  if (encoding === 'QUOTED-PRINTABLE') return bytesFromQuotedPrintable(value);
  if (encoding === 'BASE64' || encoding === 'B') return Buffer.from(value, 'base64');
  return isRaw && /[^\p{ASCII}]/u.test(value) ? Buffer.from(value, 'latin1') : null;
}
