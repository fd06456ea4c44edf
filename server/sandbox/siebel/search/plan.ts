import { unreachable } from '../../unreachable.ts';
import { componentOf, fieldOf } from '../catalog.ts';
import { childNamed, parentIds } from '../child-rows.ts';
import type { Field } from '../metadata.ts';
import { constantFor, textOf } from './constants.ts';
import type { Expression, Operand } from './parse.ts';
import { searchField, type Scope } from './scope.ts';

/** Ids that are worth testing: every row the expression can be true of is among them. Null means any row may fit. */
export type Candidates = ReadonlySet<string> | null;

/** Picks an index: equality on an indexed field, `[Id]`, or a member of a multi-value field. */
export function candidatesFrom(expression: Expression, scope: Scope): Candidates {
  switch (expression.is) {
    case 'and': {
      const sets = expression.parts.map((part) => candidatesFrom(part, scope)).filter((set) => set !== null);
      return sets.reduce<Candidates>(
        (least, set) => (least === null || set.size < least.size ? set : least),
        null,
      );
    }
    case 'or':
      return union(expression.parts.map((part) => candidatesFrom(part, scope)));
    case 'exists':
      return memberCandidates(expression.part, scope);
    case 'compare':
      return equalityCandidates(expression, scope);
    case 'not':
    case 'null':
      return null;
  }
  return unreachable(expression);
}

function union(sets: readonly Candidates[]): Candidates {
  const ids = new Set<string>();
  for (const set of sets) {
    if (set === null) return null;
    for (const id of set) ids.add(id);
  }
  return ids;
}

type Equality = Readonly<{ field: Field; value: Operand }>;

/** `[field] = constant`, also written the other way round, with `~` or as a LIKE without wildcards. */
function equalityOf(expression: Expression, scope: Scope): Equality | null {
  if (expression.is !== 'compare') return null;
  const { operator, left, right } = expression;
  if (left.operand !== 'field' || right.operand === 'field') return null;
  const isEquality = operator === '=' || (operator === 'LIKE' && !/[*?]/.test(textOf(right, scope)));
  return isEquality ? { field: searchField(scope, left.name), value: right } : null;
}

function equalityCandidates(expression: Extract<Expression, { is: 'compare' }>, scope: Scope): Candidates {
  const equality = equalityOf(expression, scope);
  if (equality === null) return null;
  const { field } = equality;
  const value = constantFor(field, equality.value, scope);
  if (value === '' || (field.name === 'Id' && expression.ignoresCase)) return null;
  return idsWith(scope.component.name, field, { value, scope });
}

/** Rows of a component whose field has a value, from an index; null where only a scan would tell. */
function idsWith(
  component: string,
  field: Field,
  { value, scope }: Readonly<{ value: string; scope: Scope }>,
): Candidates {
  const table = scope.store.table(component);
  if (field.name === 'Id') return new Set([value]);
  if (table.isIndexed(field.name)) return table.equalTo(field.name, value);
  if (field.lookUp !== null) return new Set(field.lookUp(scope.store, value));
  if (field.join === null) return null;
  const { by, far, field: farName } = field.join;
  const farField = fieldOf(componentOf(far), farName);
  const farIds = farField === null ? null : idsWith(far, farField, { value, scope });
  if (farIds === null || !table.isIndexed(by)) return null;
  return union([...farIds].map((id) => table.equalTo(by, id)));
}

/** The parents of the member rows that fit; an `OR` of several members is the union of theirs. */
function memberCandidates(part: Expression, scope: Scope): Candidates {
  if (part.is === 'or') return union(part.parts.map((one) => memberCandidates(one, scope)));
  if (part.is === 'and') {
    return part.parts.map((one) => memberCandidates(one, scope)).find((set) => set !== null) ?? null;
  }
  const equality = equalityOf(part, scope);
  const members = equality?.field.members ?? null;
  const child = members === null ? null : childNamed(scope.component, members.child);
  if (equality === null || members === null || child === null) return null;
  const farField = fieldOf(componentOf(child.far), members.field);
  if (farField === null) return null;
  const value = constantFor(equality.field, equality.value, scope);
  const farIds = value === '' ? null : idsWith(child.far, farField, { value, scope });
  if (farIds === null) return null;
  return union([...farIds].map((id) => parentIds(scope.store, child, id)));
}

/** The bounds an expression sets on a field; `null` ends are open. */
export type Range = Readonly<{ low: string; high: string | null }>;

/** The narrowest range of a field that holds every row the expression can be true of. */
export function rangeOf(expression: Expression, fieldName: string, scope: Scope): Range | null {
  if (expression.is === 'and') {
    const ranges = expression.parts
      .map((part) => rangeOf(part, fieldName, scope))
      .filter((range) => range !== null);
    return ranges.length === 0 ? null : ranges.reduce(intersection);
  }
  if (expression.is === 'or') {
    const ranges = expression.parts.map((part) => rangeOf(part, fieldName, scope));
    return ranges.reduce((hull, range) => (hull === null || range === null ? null : hullOf(hull, range)));
  }
  if (expression.is !== 'compare' || expression.left.operand !== 'field' || expression.ignoresCase)
    return null;
  const field = searchField(scope, expression.left.name);
  if (field.name !== fieldName || expression.right.operand === 'field') return null;
  const { operator } = expression;
  if (operator !== '=' && operator !== '>' && operator !== '>=' && operator !== '<' && operator !== '<=')
    return null;
  const value = constantFor(field, expression.right, scope);
  // A comparison with nothing asks for empty fields, which no range holds.
  if (value === '') return null;
  if (operator === '=') return { low: value, high: value };
  return operator === '>' || operator === '>=' ? { low: value, high: null } : { low: '', high: value };
}

function intersection(a: Range, b: Range): Range {
  const high = a.high === null ? b.high : b.high === null ? a.high : a.high < b.high ? a.high : b.high;
  return { low: a.low > b.low ? a.low : b.low, high };
}

function hullOf(a: Range, b: Range): Range {
  const high = a.high === null || b.high === null ? null : a.high > b.high ? a.high : b.high;
  return { low: a.low < b.low ? a.low : b.low, high };
}
