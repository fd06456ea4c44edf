import { componentOf } from './catalog.ts';
import { changesFrom, type Sent } from './changes.ts';
import { farIds, primaryField } from './child-rows.ts';
import type { Engine } from './engine.ts';
import { fail } from './errors.ts';
import { deleteRow, endsOf, letGo, link, unlink } from './links.ts';
import type { Child } from './metadata.ts';
import { stampFor } from './stamp.ts';
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
  write: ChildWrite,
  { sent, farId }: Readonly<{ sent: Sent; farId: string }>,
): Sent {
  const { child, parentId, parentComponent } = write;
  const relation = engine.store.relation(child.relation);
  const isNew = !farIds(engine.store, child, parentId).has(farId);
  link(engine, relation, endsOf(child, parentId, farId));
  const primary = primaryField(engine.store, child);
  if (primary !== null && sent['IsPrimaryMVG'] === 'Y') {
    const former = engine.store.table(parentComponent).get(parentId)?.values[primary];
    engine.store.setSilently(parentComponent, parentId, { [primary]: farId });
    if (former !== undefined) letGo(engine, relation, [parentId, former]);
  }
  if (isNew) stampParent(engine, write);
  return { ...sent, Id: farId };
}

/** Removes the link; a row that belongs to its parent goes with it. False where there is no such link. */
export function deleteChild(engine: Engine, write: ChildWrite, farId: string): boolean {
  const { child, parentId } = write;
  if (!farIds(engine.store, child, parentId).has(farId)) return false;
  refuseWithoutOwner(engine, write, farId);
  unlink(engine, engine.store.relation(child.relation), endsOf(child, parentId, farId));
  if (child.kind === 'own') deleteRow(engine, componentOf(child.far), farId);
  stampParent(engine, write);
  return true;
}

/** Inferred: an owner cannot leave without a successor, for the field that names the owner is required. */
function refuseWithoutOwner(
  { store }: Engine,
  { child, parentId, parentComponent }: ChildWrite,
  farId: string,
): void {
  const primary = primaryField(store, child);
  if (primary === null || !store.relation(child.relation).definition.isOwned) return;
  if (store.table(parentComponent).get(parentId)?.values[primary] === farId) throw fail.required(primary);
}

/** Links do not touch their parent (`facts/siebel-rest.md` 7), except where the switch says so. */
function stampParent(engine: Engine, { parentId, parentComponent }: ChildWrite): void {
  const row = engine.store.table(parentComponent).get(parentId);
  if (row === null || !engine.world.switches.isOn('siebel.childrenStampParent')) return;
  const modId = String(Number(row.values['Mod Id']) + 1);
  engine.store.setSilently(parentComponent, parentId, { ...stampFor(engine), 'Mod Id': modId });
}
