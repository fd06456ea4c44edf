import type { World } from '../world.ts';
import { components, componentOf, fieldOf, relations } from './catalog.ts';
import type { Component, Field } from './metadata.ts';
import { Relation } from './relation.ts';
import type { Row } from './row.ts';
import { Table } from './table.ts';

/** A database as plain data: rows by table, linked pairs by relation. */
export type SavedStore = Readonly<{
  rows: Readonly<Record<string, readonly Row[]>>;
  links: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}>;

/** Siebel's database: a table a component, a relation a link, and transactions that undo everything when they fail. */
export class Store {
  readonly #world: World;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #relations: ReadonlyMap<string, Relation>;
  #undo: (() => void)[] | null = null;

  constructor(world: World) {
    this.#world = world;
    const changed = (undo: () => void) => {
      this.#undo?.push(undo);
    };
    this.#tables = new Map(components.map((component) => [component.name, new Table(component, changed)]));
    this.#relations = new Map(relations.map((one) => [one.name, new Relation(one, changed)]));
  }

  table(component: string): Table {
    const found = this.#tables.get(component);
    if (!found) throw new Error(`There is no table of "${component}".`);
    return found;
  }

  relation(name: string): Relation {
    const found = this.#relations.get(name);
    if (!found) throw new Error(`There is no relation "${name}".`);
    return found;
  }

  /** All or nothing: an EAI message is committed whole or rolled back whole. */
  transaction<T>(work: () => T): T {
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      return work();
    } catch (error) {
      this.#undo = null;
      for (const back of undo.reverse()) back();
      throw error;
    } finally {
      this.#undo = null;
    }
  }

  /** `1-` and five digits to base 36 that only grow, so that ids sort in the order of their making. */
  nextId(): string {
    const smallest = 36 ** 4;
    return `1-${(smallest * 10 + this.#world.nextNumber()).toString(36).toUpperCase()}`;
  }

  /** The canonical value of any field, stored, joined or calculated; `''` when empty. */
  valueOf(row: Row, field: Field): string {
    if (field.calculate !== null) return field.calculate(this, row);
    if (field.join === null) return row.values[field.name] ?? '';
    const { by, far, field: farName } = field.join;
    const farRow = this.table(far).get(row.values[by] ?? '');
    const farField = fieldOf(componentOf(far), farName);
    return farRow === null || farField === null ? '' : this.valueOf(farRow, farField);
  }

  /** Changes values without stamping the row, as writes to links and primaries do. */
  setSilently(component: string, id: string, values: Row['values']): void {
    const table = this.table(component);
    const row = table.get(id);
    if (row !== null) table.put({ id, values: { ...row.values, ...values } });
  }

  saved(): SavedStore {
    const tables = [...this.#tables].map(([name, table]) => [name, table.all()] as const);
    const links = [...this.#relations].map(([name, relation]) => [name, relation.pairs()] as const);
    return { rows: Object.fromEntries(tables), links: Object.fromEntries(links) };
  }

  restore({ rows, links }: SavedStore): void {
    for (const [name, all] of Object.entries(rows)) for (const row of all) this.table(name).put(row);
    for (const [name, pairs] of Object.entries(links)) {
      for (const [left, right] of pairs) this.relation(name).link(left, right);
    }
  }

  /** The relations a component takes part in, with the end it stands at. */
  endsOf(component: Component): readonly Readonly<{ relation: Relation; end: 'left' | 'right' }>[] {
    return [...this.#relations.values()].flatMap((relation) => {
      const { left, right } = relation.definition;
      return [
        ...(left === component.name ? [{ relation, end: 'left' as const }] : []),
        ...(right === component.name ? [{ relation, end: 'right' as const }] : []),
      ];
    });
  }
}
