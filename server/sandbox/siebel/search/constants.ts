import { unreachable } from '../../unreachable.ts';
import { fail } from '../errors.ts';
import type { Field } from '../metadata.ts';
import { canonicalFrom, canonicalInstant } from '../values.ts';
import type { Operand } from './parse.ts';
import type { Scope } from './scope.ts';

/** What an operand without fields is worth. A `time` is canonical: UTC, or a date in the user's zone. */
type Constant =
  | Readonly<{ constant: 'text'; text: string }>
  | Readonly<{ constant: 'number'; value: number }>
  | Readonly<{ constant: 'time'; text: string }>;

/** The operand's value as a field of that type would hold it; a date in another form is SBL-DAT-00359. */
export function constantFor(field: Field, operand: Operand, scope: Scope): string {
  const constant = constantFrom(operand, scope);
  const isTime = field.type === 'DATE' || field.type === 'UTCDATETIME';
  if (constant.constant === 'number') {
    if (isTime) throw fail.literal(String(constant.value), field.name);
    return String(constant.value);
  }
  if (constant.constant === 'text') {
    return isTime ? canonicalFrom(field, constant.text, scope.session.zone) : constant.text;
  }
  if (field.type === 'DATE') return constant.text.slice(0, 10);
  return constant.text.length === 10 ? midnightUtc(constant.text, scope.session.zone) : constant.text;
}

export function textOf(operand: Operand, scope: Scope): string {
  const constant = constantFrom(operand, scope);
  return constant.constant === 'number' ? String(constant.value) : constant.text;
}

function constantFrom(operand: Operand, scope: Scope): Constant {
  switch (operand.operand) {
    case 'literal':
      return { constant: 'text', text: operand.text };
    case 'number':
      return { constant: 'number', value: operand.value };
    case 'call':
      return callValue(operand.name, operand.values, scope);
    case 'sum':
      return sumValue(operand, scope);
    case 'field':
      // Arithmetic over fields is not part of what searches send; the expression is refused as a whole.
      throw fail.searchSpec(`[${operand.name}]`);
  }
  return unreachable(operand);
}

function callValue(name: string, values: readonly Operand[], scope: Scope): Constant {
  const first = values[0];
  const second = values[1];
  switch (name) {
    case 'TODAY':
      return { constant: 'time', text: today(scope) };
    case 'TIMESTAMP':
      return { constant: 'time', text: canonicalInstant(scope.now()) };
    case 'LOGINNAME':
      return { constant: 'text', text: scope.session.login };
    case 'LOGINID':
      return { constant: 'text', text: scope.session.employeeId };
    case 'POSITIONID':
      return { constant: 'text', text: scope.session.positionId };
    case 'GETPROFILEATTR':
      return { constant: 'text', text: '' };
    case 'LOOKUPVALUE':
      if (!first || !second) throw fail.searchSpec(name);
      return { constant: 'text', text: scope.lookUp(textOf(first, scope), textOf(second, scope)) };
    default:
      throw fail.searchSpec(name);
  }
}

function today(scope: Scope): string {
  return Temporal.Instant.from(scope.now().toISOString())
    .toZonedDateTimeISO(scope.session.zone)
    .toPlainDate()
    .toString();
}

/** Numbers calculate; a number added to a time is days, as in `Timestamp() - 0.5`. */
function sumValue(sum: Extract<Operand, { operand: 'sum' }>, scope: Scope): Constant {
  const left = constantFrom(sum.left, scope);
  const right = constantFrom(sum.right, scope);
  if (right.constant !== 'number') throw fail.searchSpec(sum.sign);
  if (left.constant === 'number') {
    return { constant: 'number', value: calculated(left.value, sum.sign, right.value) };
  }
  if (left.constant !== 'time' || sum.sign === '*' || sum.sign === '/') throw fail.searchSpec(sum.sign);
  const days = sum.sign === '+' ? right.value : -right.value;
  if (left.text.length === 10) {
    const moved = Temporal.PlainDate.from(left.text).add({ days: Math.trunc(days) });
    return { constant: 'time', text: moved.toString() };
  }
  const moved = Temporal.Instant.from(`${left.text}Z`).add({ seconds: Math.round(days * 86_400) });
  return { constant: 'time', text: moved.toString().slice(0, 19) };
}

function calculated(left: number, sign: '+' | '-' | '*' | '/', right: number): number {
  switch (sign) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
  return unreachable(sign);
}

function midnightUtc(date: string, zone: string): string {
  return Temporal.PlainDate.from(date).toZonedDateTime(zone).toInstant().toString().slice(0, 19);
}
