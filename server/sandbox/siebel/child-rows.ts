import type { Child, Component } from './metadata.ts';
import type { Store } from './store.ts';

/** Ids of a child's rows, in the order of linking. */
export function farIds(store: Store, child: Child, parentId: string): ReadonlySet<string> {
  const relation = store.relation(child.relation);
  return child.parentIs === 'left' ? relation.rightsOf(parentId) : relation.leftsOf(parentId);
}

/** Ids of the parents a far row is linked to. */
export function parentIds(store: Store, child: Child, farId: string): ReadonlySet<string> {
  const relation = store.relation(child.relation);
  return child.parentIs === 'left' ? relation.leftsOf(farId) : relation.rightsOf(farId);
}

/** The parent's field that names the child's primary, or null where the link has none. */
export function primaryField(store: Store, child: Child): string | null {
  return child.parentIs === 'left' ? store.relation(child.relation).definition.primary : null;
}

export function childNamed(component: Component, name: string): Child | null {
  return component.children.find((child) => child.name === name) ?? null;
}
