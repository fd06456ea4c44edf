import { unreachable } from '../../unreachable.ts';
import { componentOf, fieldOf } from '../catalog.ts';
import { childNamed, farIds } from '../child-rows.ts';
import type { Field } from '../metadata.ts';
import type { Row } from '../row.ts';
import { compareValues } from '../values.ts';
import { constantFor, textOf } from './constants.ts';
import type { Expression, Operator } from './parse.ts';
import { searchField, type Scope } from './scope.ts';
import { soundOf } from './sound.ts';

/** The child row an `EXISTS` looks at just now. */
type Member = Readonly<{ child: string; row: Row }> | null;

/** True, false, or null where an empty field makes the answer unknown, as SQL has it; only true finds a row. */
export type Test = (row: Row, member: Member) => boolean | null;

/** Turns an expression into a test of rows. Unknown fields and wrong literals throw here, before any row is read. */
export function testFrom(expression: Expression, scope: Scope): Test {
  switch (expression.is) {
    case 'and': {
      const tests = expression.parts.map((part) => testFrom(part, scope));
      return (row, member) => all(tests, row, member);
    }
    case 'or': {
      const tests = expression.parts.map((part) => testFrom(part, scope));
      return (row, member) => not(all(tests.map(negated), row, member));
    }
    case 'not':
      return negated(testFrom(expression.part, scope));
    case 'exists':
      return existsTest(expression.part, scope);
    case 'null': {
      const { operand } = expression;
      if (operand.operand !== 'field') {
        const isEmpty = textOf(operand, scope) === '';
        return () => isEmpty;
      }
      const read = reader(searchField(scope, operand.name), scope);
      return (row, member) => read(row, member) === '';
    }
    case 'compare':
      return compareTest(expression, scope);
  }
  return unreachable(expression);
}

function all(tests: readonly Test[], row: Row, member: Member): boolean | null {
  let isUnknown = false;
  for (const test of tests) {
    const answer = test(row, member);
    if (answer === false) return false;
    if (answer === null) isUnknown = true;
  }
  return isUnknown ? null : true;
}

function not(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer;
}

function negated(test: Test): Test {
  return (row, member) => not(test(row, member));
}

/** `EXISTS` asks every row of the multi-value field named inside; without one it asks the record itself. */
function existsTest(part: Expression, scope: Scope): Test {
  const test = testFrom(part, scope);
  const childName = memberChildOf(part, scope);
  const child = childName === null ? null : childNamed(scope.component, childName);
  if (child === null) return (row) => test(row, null);
  const table = scope.store.table(child.far);
  return (row) => {
    for (const id of farIds(scope.store, child, row.id)) {
      const far = table.get(id);
      if (far !== null && test(row, { child: child.name, row: far }) === true) return true;
    }
    return false;
  };
}

/** The child whose rows an `EXISTS` over this expression ranges over. */
function memberChildOf(expression: Expression, scope: Scope): string | null {
  switch (expression.is) {
    case 'and':
    case 'or':
      return expression.parts.map((part) => memberChildOf(part, scope)).find((name) => name !== null) ?? null;
    case 'not':
    case 'exists':
      return memberChildOf(expression.part, scope);
    case 'null':
      return childOfOperand(expression.operand, scope);
    case 'compare':
      return childOfOperand(expression.left, scope) ?? childOfOperand(expression.right, scope);
  }
  return unreachable(expression);
}

function childOfOperand(
  operand: Extract<Expression, { is: 'null' }>['operand'],
  scope: Scope,
): string | null {
  if (operand.operand !== 'field') return null;
  return searchField(scope, operand.name).members?.child ?? null;
}

type Reader = (row: Row, member: Member) => string;

/** A multi-value field is read from the row `EXISTS` looks at, outside of it from the primary or the first. */
function reader(field: Field, scope: Scope): Reader {
  const { store, component } = scope;
  if (field.calculate === null && field.join === null && field.members === null) {
    return (row) => row.values[field.name] ?? '';
  }
  if (field.members === null) return (row) => store.valueOf(row, field);
  const { child: childName, field: farName } = field.members;
  const child = childNamed(component, childName);
  const farField = child === null ? null : fieldOf(componentOf(child.far), farName);
  if (child === null || farField === null) return (row) => store.valueOf(row, field);
  return (row, member) => {
    if (member?.child === childName) return store.valueOf(member.row, farField);
    if (field.join !== null) return store.valueOf(row, field);
    const [first] = farIds(store, child, row.id);
    const far = first === undefined ? null : store.table(child.far).get(first);
    return far === null ? '' : store.valueOf(far, farField);
  };
}

function compareTest(compare: Extract<Expression, { is: 'compare' }>, scope: Scope): Test {
  const { left, right, operator, ignoresCase } = compare;
  if (left.operand === 'field' && right.operand === 'field') {
    const field = searchField(scope, left.name);
    const readLeft = reader(field, scope);
    const readRight = reader(searchField(scope, right.name), scope);
    return (row, member) => {
      const value = readRight(row, member);
      return value === '' ? null : holds(field, readLeft(row, member), { operator, ignoresCase, value });
    };
  }
  if (left.operand === 'field') {
    const field = searchField(scope, left.name);
    const value = isPattern(operator) ? textOf(right, scope) : constantFor(field, right, scope);
    return againstConstant(field, reader(field, scope), { operator, ignoresCase, value });
  }
  if (right.operand === 'field') {
    return compareTest({ ...compare, left: right, right: left, operator: mirrored[operator] }, scope);
  }
  const isTrue = textOf(left, scope) === textOf(right, scope);
  return () => (operator === '=' ? isTrue : !isTrue);
}

const mirrored: Readonly<Record<Operator, Operator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  LIKE: 'LIKE',
  SOUNDSLIKE: 'SOUNDSLIKE',
};

type Against = Readonly<{ operator: Operator; ignoresCase: boolean; value: string }>;

function isPattern(operator: Operator): boolean {
  return operator === 'LIKE' || operator === 'SOUNDSLIKE';
}

function againstConstant(field: Field, read: Reader, against: Against): Test {
  const { operator, value, ignoresCase } = against;
  // Siebel turns a comparison with the empty text into IS NULL and IS NOT NULL.
  if (value === '' && operator === '=') return (row, member) => read(row, member) === '';
  if (value === '' && operator === '<>') return (row, member) => read(row, member) !== '';
  if (operator === 'LIKE') {
    const pattern = patternFrom(value, ignoresCase);
    return (row, member) => {
      const text = read(row, member);
      return text === '' ? null : pattern.test(text);
    };
  }
  return (row, member) => holds(field, read(row, member), against);
}

function holds(field: Field, text: string, { operator, ignoresCase, value }: Against): boolean | null {
  if (text === '') return null;
  const order = ignoresCase
    ? compareValues(field, text.toLowerCase(), value.toLowerCase())
    : compareValues(field, text, value);
  switch (operator) {
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case 'LIKE':
      return patternFrom(value, ignoresCase).test(text);
    case 'SOUNDSLIKE':
      return soundOf(text) === soundOf(value);
  }
  return unreachable(operator);
}

/** `*` stands for any characters, `?` for one. */
function patternFrom(value: string, ignoresCase: boolean): RegExp {
  const source = value
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, ignoresCase ? 'isu' : 'su');
}
