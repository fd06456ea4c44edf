import type { ItemKind } from '../../../shared/item.ts';
import type { Marks } from '../connector.ts';
import { listFrom, textFrom, type GraphContact } from './wire.ts';

/** Categories that carry the mark, apart from those that are the user's own. Outlook compares them ignoring case. */
export function categoriesOf(row: GraphContact): readonly string[] {
  return listFrom(row.categories)
    .map(textFrom)
    .filter((name) => name !== null);
}

/** The user's own categories: without marks, sorted, none twice. */
export function ownCategories(categories: readonly string[], marks: Marks): readonly string[] {
  const own = new Map<string, string>();
  for (const name of categories) {
    const key = name.toLowerCase();
    if (!isMark(name, marks) && !own.has(key)) own.set(key, name);
  }
  return [...own.values()].sort();
}

function isMark(name: string, marks: Marks): boolean {
  return isOwnMark(name, marks) || isEmployeeMark(name, marks);
}

/**
 * `null`: not marked; `item`: with the domain's own mark. A contact that carries the employee's mark beside it counts as a
 * contact, of which less is overwritten.
 */
export function markedAs(categories: readonly string[], marks: Marks): 'item' | 'employee' | null {
  if (categories.some((name) => isOwnMark(name, marks))) return 'item';
  return categories.some((name) => isEmployeeMark(name, marks)) ? 'employee' : null;
}

/** The mark a kind is written with. */
function markFor(kind: ItemKind, marks: Marks): string {
  return kind === 'employee' ? (marks.employee ?? marks.write) : marks.write;
}

/**
 * The categories to write: the user's own, and the mark. `mark` puts it on (true), takes it off (false) or leaves what is
 * there (null); a mark that is there keeps its spelling and language.
 */
export function categoriesToWrite(
  own: readonly string[],
  present: readonly string[],
  wish: Readonly<{ mark: boolean | null; kind: ItemKind; marks: Marks }>,
): readonly string[] {
  const kept = wish.mark === false ? [] : present.filter((name) => isMark(name, wish.marks));
  const wanted = wish.kind === 'employee' ? 'employee' : 'item';
  const isMissing = wish.mark === true && markedAs(kept, wish.marks) !== wanted;
  return [...own, ...kept, ...(isMissing ? [markFor(wish.kind, wish.marks)] : [])];
}

function isOwnMark(name: string, marks: Marks): boolean {
  return isSame(name, marks.write) || marks.accept.some((accepted) => isSame(name, accepted));
}

function isEmployeeMark(name: string, marks: Marks): boolean {
  return marks.employee !== null && isSame(name, marks.employee);
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name) => other.includes(name));
}
