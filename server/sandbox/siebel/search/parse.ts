import { unreachable } from '../../unreachable.ts';
import { fail } from '../errors.ts';
import { tokensFrom, type Token } from './tokens.ts';

export type Operand =
  | Readonly<{ operand: 'field'; name: string }>
  | Readonly<{ operand: 'literal'; text: string }>
  | Readonly<{ operand: 'number'; value: number }>
  | Readonly<{ operand: 'call'; name: string; values: readonly Operand[] }>
  | Readonly<{ operand: 'sum'; sign: '+' | '-' | '*' | '/'; left: Operand; right: Operand }>;

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'LIKE' | 'SOUNDSLIKE';

export type Expression =
  | Readonly<{ is: 'and' | 'or'; parts: readonly Expression[] }>
  | Readonly<{ is: 'not'; part: Expression }>
  | Readonly<{ is: 'exists'; part: Expression }>
  | Readonly<{ is: 'null'; operand: Operand }>
  | Readonly<{ is: 'compare'; operator: Operator; ignoresCase: boolean; left: Operand; right: Operand }>;

const operators = ['=', '<>', '<', '<=', '>', '>='] as const;

/** Reads a search expression; anything that is none is SBL-DAT-00501. */
export function parseSearch(spec: string, isQuoteDoubled: boolean): Expression {
  const tokens = tokensFrom(spec, isQuoteDoubled);
  const parser = new Parser(tokens, spec);
  const expression = parser.either();
  parser.end();
  return expression;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #spec: string;
  #at = 0;

  constructor(tokens: readonly Token[], spec: string) {
    this.#tokens = tokens;
    this.#spec = spec;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#wrong();
  }

  either(): Expression {
    const parts = [this.#both()];
    while (this.#takes('word', 'OR')) parts.push(this.#both());
    return parts.length === 1 && parts[0] ? parts[0] : { is: 'or', parts };
  }

  #both(): Expression {
    const parts = [this.#negation()];
    while (this.#takes('word', 'AND')) parts.push(this.#negation());
    return parts.length === 1 && parts[0] ? parts[0] : { is: 'and', parts };
  }

  #negation(): Expression {
    if (this.#takes('word', 'NOT')) return { is: 'not', part: this.#negation() };
    if (this.#takes('word', 'EXISTS')) {
      this.#needs('(');
      const part = this.either();
      this.#needs(')');
      return { is: 'exists', part };
    }
    if (this.#takes('sign', '(')) {
      const inner = this.either();
      this.#needs(')');
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Expression {
    const left = this.#sum();
    if (this.#takes('word', 'IS')) {
      const isNegated = this.#takes('word', 'NOT');
      if (!this.#takes('word', 'NULL')) throw this.#wrong();
      const test: Expression = { is: 'null', operand: left };
      return isNegated ? { is: 'not', part: test } : test;
    }
    const isNegated = this.#takes('word', 'NOT');
    const ignoresCase = this.#takes('sign', '~');
    const operator = this.#operator();
    if (isNegated && operator !== 'LIKE') throw this.#wrong();
    const compare: Expression = { is: 'compare', operator, ignoresCase, left, right: this.#sum() };
    return isNegated ? { is: 'not', part: compare } : compare;
  }

  #operator(): Operator {
    const token = this.#next();
    if (token.token === 'word' && (token.text === 'LIKE' || token.text === 'SOUNDSLIKE')) return token.text;
    const sign = operators.find((known) => token.token === 'sign' && known === token.text);
    if (sign === undefined) throw this.#wrong();
    return sign;
  }

  #sum(): Operand {
    let left = this.#operand();
    for (;;) {
      const token = this.#tokens[this.#at];
      const sign = token?.token === 'sign' ? token.text : '';
      if (sign !== '+' && sign !== '-' && sign !== '*' && sign !== '/') return left;
      this.#at += 1;
      left = { operand: 'sum', sign, left, right: this.#operand() };
    }
  }

  #operand(): Operand {
    const token = this.#next();
    switch (token.token) {
      case 'field':
        return { operand: 'field', name: token.text };
      case 'literal':
        return { operand: 'literal', text: token.text };
      case 'number':
        return { operand: 'number', value: Number(token.text) };
      case 'word':
        return this.#call(token.text);
      case 'sign':
        return this.#negative(token.text);
    }
    return unreachable(token);
  }

  #negative(sign: string): Operand {
    const token = this.#next();
    if (sign !== '-' || token.token !== 'number') throw this.#wrong();
    return { operand: 'number', value: -Number(token.text) };
  }

  #call(name: string): Operand {
    this.#needs('(');
    const values: Operand[] = [];
    while (!this.#takes('sign', ')')) {
      if (values.length > 0) this.#needs(',');
      values.push(this.#sum());
    }
    return { operand: 'call', name, values };
  }

  #takes(kind: Token['token'], text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.token !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #needs(sign: string): void {
    if (!this.#takes('sign', sign)) throw this.#wrong();
  }

  #next(): Token {
    const token = this.#tokens[this.#at];
    if (!token) throw this.#wrong();
    this.#at += 1;
    return token;
  }

  #wrong(): Error {
    return fail.searchSpec(this.#spec);
  }
}
