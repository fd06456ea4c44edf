import { badRequest } from './refusal.ts';
import { unreachable } from '../unreachable.ts';

/** What `$filter` says, as a tree. Literals of date and time are instants in milliseconds. */
export type Filter =
  | Readonly<{ is: 'both' | 'either'; left: Filter; right: Filter }>
  | Readonly<{ is: 'not'; inner: Filter }>
  | Readonly<{ is: 'compare'; how: Comparison; left: Filter; right: Filter }>
  | Readonly<{ is: 'call'; name: string; args: readonly Filter[] }>
  | Readonly<{ is: 'path'; steps: readonly string[] }>
  | Readonly<{ is: 'literal'; value: string | number | boolean | null }>
  | Readonly<{ is: 'instant'; ms: number }>
  | Readonly<{ is: 'each'; how: 'any' | 'all'; steps: readonly string[]; variable: string; body: Filter }>
  | Readonly<{ is: 'some'; steps: readonly string[] }>;

const comparisons = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

type Token = Readonly<{ kind: 'word' | 'text' | 'number' | 'instant' | 'sign'; text: string }>;
type Reader = { tokens: readonly Token[]; at: number; source: string };

const tokenPattern =
  /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)|(-?\d+(?:\.\d+)?)|([A-Za-z_@][\w.@]*(?:\/[A-Za-z_@][\w.@]*)*)|([(),:]))/y;

/** Parses a `$filter`; what it does not understand answers 400, as Graph does. */
export function parseFilter(source: string): Filter {
  const reader: Reader = { tokens: tokenize(source), at: 0, source };
  const filter = readEither(reader);
  if (reader.at < reader.tokens.length) throw invalid(source);
  return filter;
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = source.trim();
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const found = tokenPattern.exec(text);
    if (!found) throw invalid(source);
    const [, quoted, instant, number, word, sign] = found;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll("''", "'") });
    else if (instant !== undefined) tokens.push({ kind: 'instant', text: instant });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

function readEither(reader: Reader): Filter {
  let left = readBoth(reader);
  while (takeWord(reader, 'or')) left = { is: 'either', left, right: readBoth(reader) };
  return left;
}

function readBoth(reader: Reader): Filter {
  let left = readComparison(reader);
  while (takeWord(reader, 'and')) left = { is: 'both', left, right: readComparison(reader) };
  return left;
}

function readComparison(reader: Reader): Filter {
  if (takeWord(reader, 'not')) return { is: 'not', inner: readComparison(reader) };
  const left = readOperand(reader);
  const how = comparisons.find((name) => takeWord(reader, name));
  return how ? { is: 'compare', how, left, right: readOperand(reader) } : left;
}

function readOperand(reader: Reader): Filter {
  const token = reader.tokens[reader.at];
  if (!token) throw invalid(reader.source);
  reader.at += 1;
  switch (token.kind) {
    case 'text':
      return { is: 'literal', value: token.text };
    case 'number':
      return { is: 'literal', value: Number(token.text) };
    case 'instant':
      return { is: 'instant', ms: Date.parse(token.text) };
    case 'sign':
      if (token.text !== '(') throw invalid(reader.source);
      return closing(reader, readEither(reader));
    case 'word':
      return readWord(reader, token.text);
  }
  return unreachable(token.kind);
}

function readWord(reader: Reader, word: string): Filter {
  const lower = word.toLowerCase();
  if (lower === 'null') return { is: 'literal', value: null };
  if (lower === 'true' || lower === 'false') return { is: 'literal', value: lower === 'true' };
  const steps = word.split('/');
  if (!takeSign(reader, '(')) return { is: 'path', steps };
  const last = (steps.at(-1) ?? '').toLowerCase();
  if (last === 'any' || last === 'all') return readEach(reader, last, steps.slice(0, -1));
  if (steps.length > 1) throw invalid(reader.source);
  const args = [readEither(reader)];
  while (takeSign(reader, ',')) args.push(readEither(reader));
  return closing(reader, { is: 'call', name: lower, args });
}

function readEach(reader: Reader, how: 'any' | 'all', steps: readonly string[]): Filter {
  if (takeSign(reader, ')')) return { is: 'some', steps };
  const variable = reader.tokens[reader.at];
  if (variable?.kind !== 'word') throw invalid(reader.source);
  reader.at += 1;
  if (!takeSign(reader, ':')) throw invalid(reader.source);
  return closing(reader, { is: 'each', how, steps, variable: variable.text, body: readEither(reader) });
}

function closing(reader: Reader, filter: Filter): Filter {
  if (!takeSign(reader, ')')) throw invalid(reader.source);
  return filter;
}

function takeWord(reader: Reader, word: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
  reader.at += 1;
  return true;
}

function takeSign(reader: Reader, sign: string): boolean {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'sign' || token.text !== sign) return false;
  reader.at += 1;
  return true;
}

const invalid = (source: string) => badRequest(`Invalid filter clause: ${source}`, 'BadRequest');
