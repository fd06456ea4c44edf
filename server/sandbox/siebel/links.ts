import type { Engine } from './engine.ts';
import type { Child, Component } from './metadata.ts';
import type { Relation } from './relation.ts';

/**
 * Links and their primaries. None of these touch the parent's `Updated`: intersection writes never do
 * (`facts/siebel-rest.md` 10.8).
 */

/** Links two rows; the first row linked becomes the primary. */
export function link({ store }: Engine, relation: Relation, [left, right]: readonly [string, string]): void {
  const { left: component, primary } = relation.definition;
  const isNew = !relation.has(left, right);
  relation.link(left, right);
  if (primary === null || !isNew) return;
  const hasPrimary = Boolean(store.table(component).get(left)?.values[primary]);
  if (!hasPrimary) store.setSilently(component, left, { [primary]: right });
}

/** Removes a link; when it was the primary's, there is none, or the next one while `autoPrimary` is on. */
export function unlink(
  { world, store }: Engine,
  relation: Relation,
  [left, right]: readonly [string, string],
): void {
  const { left: component, primary } = relation.definition;
  relation.unlink(left, right);
  if (primary === null || store.table(component).get(left)?.values[primary] !== right) return;
  const [next] = world.switches.isOn('siebel.autoPrimary') ? relation.rightsOf(left) : [];
  store.setSilently(component, left, { [primary]: next });
}

/** Unlinks an owner who handed over to another, unless the switch lets former owners stay. */
export function letGo(
  { world, store }: Engine,
  relation: Relation,
  [left, former]: readonly [string, string],
): void {
  const { left: component, primary, isOwned } = relation.definition;
  if (primary === null || !isOwned || world.switches.isOn('siebel.formerOwnerStays')) return;
  if (store.table(component).get(left)?.values[primary] !== former) relation.unlink(left, former);
}

/** The two ends of a child's link, in the relation's order. */
export function endsOf(child: Child, parentId: string, farId: string): readonly [string, string] {
  return child.parentIs === 'left' ? [parentId, farId] : [farId, parentId];
}

/** Removes a row with all its links and with the rows that are its own. */
export function deleteRow(engine: Engine, component: Component, id: string): void {
  const { store } = engine;
  for (const { relation, end } of store.endsOf(component)) {
    const isOwner = component.children.some(
      (child) => child.kind === 'own' && child.relation === relation.definition.name,
    );
    const far = [...(end === 'left' ? relation.rightsOf(id) : relation.leftsOf(id))];
    for (const farId of far) {
      unlink(engine, relation, end === 'left' ? [id, farId] : [farId, id]);
      if (end === 'left' && isOwner) store.table(relation.definition.right).delete(farId);
    }
  }
  store.table(component.name).delete(id);
}
