import type { Component } from './metadata.ts';
import { OrderedIds } from './ordered-ids.ts';
import type { Row } from './row.ts';

const none: ReadonlySet<string> = new Set();

/**
 * The rows of one component with their indexes: by the order and by the equal values of
 * the fields marked so; `Id` and `Updated` always are.
 */
export class Table {
  readonly component: Component;
  readonly #rows = new Map<string, Row>();
  readonly #ordered: ReadonlyMap<string, OrderedIds>;
  readonly #equal: ReadonlyMap<string, Map<string, Set<string>>>;
  readonly #changed: (undo: () => void) => void;

  /** `changed` is told how to undo every change, for transactions. */
  constructor(component: Component, changed: (undo: () => void) => void) {
    this.component = component;
    this.#changed = changed;
    const ordered = component.fields.filter((field) => field.isOrdered);
    this.#ordered = new Map(ordered.map((field) => [field.name, new OrderedIds()]));
    const indexed = component.fields.filter((field) => field.isIndexed);
    this.#equal = new Map(indexed.map((field) => [field.name, new Map<string, Set<string>>()]));
  }

  get size(): number {
    return this.#rows.size;
  }

  get(id: string): Row | null {
    return this.#rows.get(id) ?? null;
  }

  all(): readonly Row[] {
    return [...this.#rows.values()];
  }

  put(row: Row): void {
    const before = this.get(row.id);
    this.#replace(row.id, row);
    this.#changed(() => this.#replace(row.id, before));
  }

  delete(id: string): void {
    const before = this.get(id);
    this.#replace(id, null);
    this.#changed(() => this.#replace(id, before));
  }

  /** The index by a field's order, which holds the rows that have a value there; null where there is none. */
  ordered(field: string): OrderedIds | null {
    return this.#ordered.get(field) ?? null;
  }

  isIndexed(field: string): boolean {
    return this.#equal.has(field);
  }

  /** Ids of rows whose indexed field has this value, whatever the case. */
  equalTo(field: string, value: string): ReadonlySet<string> {
    return this.#equal.get(field)?.get(value.toLowerCase()) ?? none;
  }

  #replace(id: string, row: Row | null): void {
    const before = this.get(id);
    if (before !== null) this.#unindex(before, row);
    if (row === null) this.#rows.delete(id);
    else this.#rows.set(id, row);
    if (row !== null) this.#index(row, before);
  }

  #unindex(row: Row, after: Row | null): void {
    for (const [field, ids] of this.#ordered) {
      const value = row.values[field];
      if (value !== undefined && value !== after?.values[field]) ids.remove(value, row.id);
    }
    for (const [field, ids] of this.#equal) {
      const value = row.values[field];
      if (value === undefined || value === after?.values[field]) continue;
      const key = value.toLowerCase();
      const set = ids.get(key);
      set?.delete(row.id);
      if (set?.size === 0) ids.delete(key);
    }
  }

  #index(row: Row, before: Row | null): void {
    for (const [field, ids] of this.#ordered) {
      const value = row.values[field];
      if (value !== undefined && value !== before?.values[field]) ids.add(value, row.id);
    }
    for (const [field, ids] of this.#equal) {
      const value = row.values[field];
      if (value === undefined || value === before?.values[field]) continue;
      const key = value.toLowerCase();
      const set = ids.get(key);
      if (set) set.add(row.id);
      else ids.set(key, new Set([row.id]));
    }
  }
}
