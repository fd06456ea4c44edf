import { fieldOf, fieldOfSearch } from './catalog.ts';
import { fail } from './errors.ts';
import type { Component, Field } from './metadata.ts';
import type { Row } from './row.ts';
import type { Store } from './store.ts';
import { compareValues } from './values.ts';

export type SortKey = Readonly<{ field: Field; isDescending: boolean }>;

/** `Field:asc,Field2:desc`; blanks around the parts do not matter, the direction defaults to ascending. */
export function sortFrom(component: Component, text: string): readonly SortKey[] {
  return text
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', direction = 'asc'] = part.split(':').map((piece) => piece.trim());
      const bare = name.replace(/^\[|\]$/g, '');
      const field = fieldOfSearch(component, bare) ?? fieldOf(component, bare);
      if (field === null) throw fail.unknownSearchField(bare, component.name);
      return { field, isDescending: /^desc/i.test(direction) };
    });
}

/** Orders rows; empty values come last, as a database sorts them, and equal rows stand in the order of their ids. */
export function sorted(store: Store, rows: readonly Row[], keys: readonly SortKey[]): readonly Row[] {
  const keyed = rows.map((row) => ({ row, values: keys.map(({ field }) => store.valueOf(row, field)) }));
  keyed.sort((a, b) => {
    for (const [place, { field, isDescending }] of keys.entries()) {
      const order = orderOf(field, a.values[place] ?? '', b.values[place] ?? '');
      if (order !== 0) return isDescending ? -order : order;
    }
    return a.row.id < b.row.id ? -1 : a.row.id > b.row.id ? 1 : 0;
  });
  return keyed.map(({ row }) => row);
}

function orderOf(field: Field, a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  return compareValues(field, a, b);
}
