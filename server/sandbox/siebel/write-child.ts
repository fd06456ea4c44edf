import { componentOf } from './catalog.ts';
import { changesFrom, type Sent } from './changes.ts';
import { farIds, primaryField } from './child-rows.ts';
import type { Engine } from './engine.ts';
import { fail } from './errors.ts';
import { deleteRow, endsOf, link, unlink } from './links.ts';
import type { Child } from './metadata.ts';
import { insertRow, updateRow } from './write-row.ts';

export type ChildWrite = Readonly<{ child: Child; parentId: string; parentComponent: string }>;

/**
 * Upserts one child record: an existing row is linked (and, where it is no mere association, updated), an unknown one is
 * inserted where the component allows it. Never removes anything. Answers the record with its real id.
 */
export function putChild(engine: Engine, write: ChildWrite, sent: Sent): Sent {
  const { child, parentId } = write;
  const id = typeof sent['Id'] === 'string' ? sent['Id'] : null;
  const far = componentOf(child.far);
  const row = id === null ? null : engine.store.table(child.far).get(id);
  // Rows of another parent's own are unknown here: an address cannot be shared.
  const isForeign =
    child.kind === 'own' && row !== null && !farIds(engine.store, child, parentId).has(row.id);
  if (row === null || isForeign) {
    if (child.kind === 'associate') {
      throw id === null ? fail.noUserKey(child.name) : fail.notAssociated(child.name, id);
    }
    const made = insertRow(engine, far, changesFrom(engine, far, sent));
    return linked(engine, write, { sent, farId: made });
  }
  if (child.kind !== 'associate') updateRow(engine, far, { row, sent });
  return linked(engine, write, { sent, farId: row.id });
}

function linked(
  engine: Engine,
  { child, parentId, parentComponent }: ChildWrite,
  { sent, farId }: Readonly<{ sent: Sent; farId: string }>,
): Sent {
  link(engine, engine.store.relation(child.relation), endsOf(child, parentId, farId));
  const primary = primaryField(engine.store, child);
  if (primary !== null && sent['IsPrimaryMVG'] === 'Y') {
    engine.store.setSilently(parentComponent, parentId, { [primary]: farId });
  }
  return { ...sent, Id: farId };
}

/** Removes the link; a row that belongs to its parent goes with it. False where there is no such link. */
export function deleteChild(engine: Engine, { child, parentId }: ChildWrite, farId: string): boolean {
  if (!farIds(engine.store, child, parentId).has(farId)) return false;
  unlink(engine, engine.store.relation(child.relation), endsOf(child, parentId, farId));
  if (child.kind === 'own') deleteRow(engine, componentOf(child.far), farId);
  return true;
}
