import { canonicalPropertyId } from './extended-properties.ts';
import type { Comparison, Filter } from './filter-parse.ts';
import { badRequest } from './refusal.ts';
import { unreachable } from '../unreachable.ts';

/** Reads a property of a row by the name it has on the wire; `undefined` where the type has no such property. */
export type Read = (name: string) => unknown;

type Scope = Readonly<{ read: Read; variables: Readonly<Record<string, unknown>> }>;
type Value = string | number | boolean | null;

/** Whether a row fulfils a filter. Text is compared ignoring case, as Exchange does. */
export const matches = (filter: Filter, read: Read): boolean => truth(filter, { read, variables: {} });

/** Two values in the order of `$orderby`; nothing comes first. */
export function compareValues(left: unknown, right: unknown): number {
  const [a, b] = [plain(left), plain(right)];
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1;
  return Number(a) - Number(b);
}

function truth(filter: Filter, scope: Scope): boolean {
  switch (filter.is) {
    case 'both':
      return truth(filter.left, scope) && truth(filter.right, scope);
    case 'either':
      return truth(filter.left, scope) || truth(filter.right, scope);
    case 'not':
      return !truth(filter.inner, scope);
    case 'compare':
      return holds(filter.how, valueOf(filter.left, scope), valueOf(filter.right, scope));
    case 'some':
      return rowsAt(filter.steps, scope).length > 0;
    case 'each': {
      const { variable, body } = filter;
      const isTrue = (row: unknown) =>
        truth(body, { read: scope.read, variables: { ...scope.variables, [variable]: row } });
      const rows = rowsAt(filter.steps, scope);
      return filter.how === 'any' ? rows.some(isTrue) : rows.every(isTrue);
    }
    case 'call':
    case 'path':
    case 'literal':
    case 'instant':
      return valueOf(filter, scope) === true;
  }
  return unreachable(filter);
}

function valueOf(filter: Filter, scope: Scope): Value {
  if (filter.is === 'literal') return plain(filter.value);
  if (filter.is === 'instant') return filter.ms;
  if (filter.is === 'path') return plain(resolve(filter.steps, scope));
  if (filter.is === 'call') return callFunction(filter.name, filter.args, scope);
  return truth(filter, scope);
}

const functions: Readonly<Record<string, (a: string, b: string) => Value>> = {
  startswith: (a, b) => a.startsWith(b),
  endswith: (a, b) => a.endsWith(b),
  contains: (a, b) => a.includes(b),
  substringof: (a, b) => b.includes(a),
  tolower: (a) => a,
  toupper: (a) => a,
  trim: (a) => a.trim(),
};

function callFunction(name: string, args: readonly Filter[], scope: Scope): Value {
  const [first, second] = args;
  if (name === 'cast' && first) return Number(valueOf(first, scope));
  const known = functions[name];
  if (!known || !first) throw badRequest(`An unknown function with name '${name}' was found.`, 'BadRequest');
  const left = valueOf(first, scope);
  const right = second ? valueOf(second, scope) : '';
  return left === null || right === null ? false : known(String(left), String(right));
}

/** Instants on one side make text on the other an instant as well. */
function holds(how: Comparison, left: Value, right: Value): boolean {
  const order = orderOf(left, right);
  switch (how) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'gt':
      return order !== null && order > 0;
    case 'ge':
      return order !== null && order >= 0;
    case 'lt':
      return order !== null && order < 0;
    case 'le':
      return order !== null && order <= 0;
  }
  return unreachable(how);
}

function orderOf(left: Value, right: Value): number | null {
  if (left === null || right === null) return left === right ? 0 : null;
  if (typeof left === typeof right) return compareValues(left, right);
  const [a, b] = [numeric(left), numeric(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? null : a - b;
}

function numeric(value: Value): number {
  if (typeof value !== 'string') return Number(value);
  return /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value.toUpperCase()) : Number(value);
}

function rowsAt(steps: readonly string[], scope: Scope): readonly unknown[] {
  const found = resolve(steps, scope);
  return Array.isArray(found) ? found : [];
}

function resolve(steps: readonly string[], scope: Scope): unknown {
  const [first = '', ...rest] = steps;
  let value: unknown = first in scope.variables ? scope.variables[first] : scope.read(first);
  if (value === undefined) {
    throw badRequest(`Could not find a property named '${first}' on the type.`, 'RequestBroker--ParseUri');
  }
  for (const step of rest) {
    value = typeof value === 'object' && value !== null ? (Reflect.get(value, step) ?? null) : null;
  }
  return value;
}

function plain(value: unknown): Value {
  if (typeof value === 'string') return canonicalPropertyId(value) ?? value.toLowerCase();
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
