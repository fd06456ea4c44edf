import { fail } from '../errors.ts';

export type Token =
  | Readonly<{ token: 'field'; text: string }>
  | Readonly<{ token: 'literal'; text: string }>
  | Readonly<{ token: 'number'; text: string }>
  /** Keywords and function names, in upper case. */
  | Readonly<{ token: 'word'; text: string }>
  | Readonly<{ token: 'sign'; text: string }>;

const signs = ['<>', '<=', '>=', '=', '<', '>', '~', '(', ')', ',', '+', '-', '*', '/'] as const;

/**
 * Cuts a search expression into tokens. A literal ends at the next quote of its kind, whatever was meant: a quote inside
 * pasted text turns the rest into expression, as measured on a live Siebel (`facts/siebel-rest.md` 2.1).
 */
export function tokensFrom(spec: string, isQuoteDoubled: boolean): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < spec.length) {
    if (/\s/.test(spec.charAt(at))) {
      at += 1;
      continue;
    }
    const [token, length] = tokenAt(spec, at, isQuoteDoubled);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(spec: string, at: number, isQuoteDoubled: boolean): readonly [Token, number] {
  const first = spec.charAt(at);
  if (first === '[') {
    const end = spec.indexOf(']', at);
    if (end < 0) throw fail.searchSpec(spec);
    return [{ token: 'field', text: spec.slice(at + 1, end).trim() }, end + 1 - at];
  }
  if (first === '"' || first === "'") return literalAt(spec, at, isQuoteDoubled);
  const word = /^[A-Za-z_][A-Za-z0-9_]*/.exec(spec.slice(at, at + 40))?.[0];
  if (word !== undefined) return [{ token: 'word', text: word.toUpperCase() }, word.length];
  const number = /^\d+(\.\d+)?/.exec(spec.slice(at, at + 40))?.[0];
  if (number !== undefined) return [{ token: 'number', text: number }, number.length];
  const sign = signs.find((candidate) => spec.startsWith(candidate, at));
  if (sign === undefined) throw fail.searchSpec(spec);
  return [{ token: 'sign', text: sign }, sign.length];
}

function literalAt(spec: string, at: number, isQuoteDoubled: boolean): readonly [Token, number] {
  const quote = spec.charAt(at);
  let text = '';
  let place = at + 1;
  for (;;) {
    const end = spec.indexOf(quote, place);
    if (end < 0) throw fail.searchSpec(spec);
    text += spec.slice(place, end);
    place = end + 1;
    if (!isQuoteDoubled || spec.charAt(place) !== quote) break;
    text += quote;
    place += 1;
  }
  return [{ token: 'literal', text }, place - at];
}
