import { textOr } from '../json.ts';
import { changesFrom, type Changes, type Sent } from './changes.ts';
import type { Engine } from './engine.ts';
import { fail } from './errors.ts';
import type { ClassWrite } from './class-rules.ts';
import { letGo, link } from './links.ts';
import type { Component } from './metadata.ts';
import type { Row } from './row.ts';
import { stampFor } from './stamp.ts';
import { canonicalInstant } from './values.ts';

/** Inserts a row with a new id and gives it what its component's inserts always have. Answers the id. */
export function insertRow(
  engine: Engine,
  component: Component,
  changes: Changes,
  fixedId: string | null = null,
): string {
  const { store, session } = engine;
  const id = fixedId ?? store.nextId();
  const stamp = stampFor(engine);
  const initial = Object.fromEntries(component.fields.map((field) => [field.name, field.initial]));
  const system = {
    ...stamp,
    Created: stamp.Updated,
    'Created By': session.employeeId,
    'Mod Id': '0',
    Id: id,
  };
  const sent = ruled(engine, component, { id, before: initial, isNew: true, sent: changes.values });
  const values = { ...initial, ...sent, ...system };
  checkRequired(component, values);
  checkUnique(engine, component, { id, values });
  store.table(component.name).put({ id, values: withoutEmpty(values) });
  keepPrimariesLinked(engine, component, id);
  joinMaker(engine, component, id);
  return id;
}

/** Writes what differs; a body that changes nothing leaves the row and its stamp alone. Answers whether it wrote. */
export function updateRow(
  engine: Engine,
  component: Component,
  { row, sent }: Readonly<{ row: Row; sent: Sent }>,
): boolean {
  const { store, world } = engine;
  const modId = sent['Mod Id'];
  if (
    world.switches.isOn('siebel.modificationKey') &&
    modId !== undefined &&
    textOr(modId, '') !== row.values['Mod Id']
  ) {
    throw fail.modified();
  }
  const asked = changesFrom(engine, component, sent).values;
  const values = ruled(engine, component, { id: row.id, before: row.values, isNew: false, sent: asked });
  const hasChanged = Object.entries(values).some(([name, value]) => (row.values[name] ?? '') !== value);
  if (!hasChanged) return false;
  const system = { ...stampFor(engine), 'Mod Id': String(Number(row.values['Mod Id']) + 1) };
  const after = { ...row.values, ...values, ...system };
  checkRequired(component, after);
  checkUnique(engine, component, { id: row.id, values: after });
  store.table(component.name).put({ id: row.id, values: withoutEmpty(after) });
  keepPrimariesLinked(engine, component, row.id);
  releaseFormerOwner(engine, component, row);
  promoteNext(engine, component, { before: row, id: row.id });
  return true;
}

/** The values to write, as the component's class completes or refuses them. */
function ruled(
  { world, store, session }: Engine,
  { rules }: Component,
  write: Pick<ClassWrite, 'id' | 'before' | 'isNew' | 'sent'>,
): ClassWrite['sent'] {
  if (rules === null) return write.sent;
  const now = canonicalInstant(world.now());
  return rules({ ...write, rows: store, session, now, isOn: world.switches.isOn });
}

function withoutEmpty(values: Row['values']): Row['values'] {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}

function checkRequired(component: Component, values: Row['values']): void {
  const missing = component.fields.find((field) => field.isRequired && !values[field.name]?.trim());
  if (missing !== undefined) throw fail.required(missing.name);
}

function checkUnique(
  { store, world }: Engine,
  component: Component,
  { id, values }: Readonly<{ id: string; values: Row['values'] }>,
): void {
  const { unique } = component;
  if (unique === null || (unique.ifOn !== null && !world.switches.isOn(unique.ifOn))) return;
  const table = store.table(component.name);
  const twin = [...table.equalTo(unique.fields[0], values[unique.fields[0]] ?? '')].find((other) => {
    const row = table.get(other);
    return other !== id && unique.fields.every((name) => (row?.values[name] ?? '') === (values[name] ?? ''));
  });
  if (twin !== undefined) throw fail.duplicate(component.name);
}

/** A row named as primary is a member too: writing `Account Id` links the account if it is not linked yet. */
function keepPrimariesLinked(engine: Engine, component: Component, id: string): void {
  for (const { relation, end } of engine.store.endsOf(component)) {
    const { primary } = relation.definition;
    const right = primary === null ? null : engine.store.table(component.name).get(id)?.values[primary];
    if (end === 'left' && right) link(engine, relation, [id, right]);
  }
}

/** Who owned a record until now leaves it. */
function releaseFormerOwner(engine: Engine, component: Component, before: Row): void {
  for (const { relation, end } of engine.store.endsOf(component)) {
    const { primary } = relation.definition;
    const owner = primary === null ? undefined : before.values[primary];
    if (end === 'left' && owner !== undefined) letGo(engine, relation, [before.id, owner]);
  }
}

/** Clearing a primary promotes the next member, while the switch is on. */
function promoteNext(
  engine: Engine,
  component: Component,
  { before, id }: Readonly<{ before: Row; id: string }>,
): void {
  if (!engine.world.switches.isOn('siebel.autoPrimary')) return;
  for (const { relation, end } of engine.store.endsOf(component)) {
    const { primary } = relation.definition;
    if (end !== 'left' || primary === null) continue;
    const was = before.values[primary];
    const isCleared = Boolean(was) && !engine.store.table(component.name).get(id)?.values[primary];
    const next = [...relation.rightsOf(id)].find((right) => right !== was);
    if (isCleared && next !== undefined) engine.store.setSilently(component.name, id, { [primary]: next });
  }
}

/** The maker joins a contact's team, and a contact without an organisation belongs to the maker's. */
function joinMaker(engine: Engine, component: Component, id: string): void {
  const { store, session } = engine;
  for (const { relation, end } of store.endsOf(component)) {
    if (end !== 'left' || component.name !== 'Contact') continue;
    if (relation.definition.right === 'Position' && session.positionId !== '') {
      link(engine, relation, [id, session.positionId]);
    }
    if (relation.definition.right === 'Organization' && relation.rightsOf(id).size === 0) {
      link(engine, relation, [id, session.organizationId]);
    }
  }
  if (component.name === 'Account' && !store.table('Account').get(id)?.values['Primary Organization Id']) {
    store.setSilently('Account', id, { 'Primary Organization Id': session.organizationId });
  }
}
