import { isRecord } from '../json.ts';
import { componentOf, fieldOf, relations } from './catalog.ts';
import { childNamed } from './child-rows.ts';
import { zoneOf, type Engine } from './engine.ts';
import { fail } from './errors.ts';
import type { Child, Component, Field } from './metadata.ts';
import { asSwitched } from './switched-field.ts';
import { canonicalFrom } from './values.ts';

/** A record as a request body sends it. */
export type Sent = Readonly<Record<string, unknown>>;

/** What a body asks for: canonical values of writable fields, and child records that travel inside. */
export type Changes = Readonly<{
  values: Readonly<Record<string, string>>;
  children: readonly Readonly<{ child: Child; sent: readonly Sent[] }>[];
}>;

/** Keys of a body that are no fields: our own answers sent back, and EAI's attributes. */
const attributes: readonly string[] = ['Id', 'Link', 'IsPrimaryMVG', 'operation', 'searchspec'];

/** Reads a body. Read-only fields are ignored, unknown ones refused; values are checked one by one. */
export function changesFrom(engine: Engine, component: Component, sent: Sent): Changes {
  const values: Record<string, string> = {};
  const children: { child: Child; sent: readonly Sent[] }[] = [];
  for (const [name, value] of Object.entries(sent)) {
    if (attributes.includes(name)) continue;
    if (typeof value === 'object' && value !== null) {
      const child = childNamed(component, name);
      if (child === null) throw fail.unknownBodyField(name, component.name);
      if (engine.world.switches.isOn('siebel.nestedChildren'))
        children.push({ child, sent: recordsFrom(value) });
      continue;
    }
    const field = fieldOf(component, name);
    if (field === null || field.isSearchOnly) throw fail.unknownBodyField(name, component.name);
    if (!field.isReadOnly)
      Object.assign(values, written(engine, { component, field, text: textFrom(value) }));
  }
  return { values, children };
}

/** Child records come as an array or, when there is one, as an object. */
export function recordsFrom(value: unknown): readonly Sent[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((one: unknown) => {
    if (!isRecord(one)) throw fail.body();
    return one;
  });
}

function textFrom(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Writing = Readonly<{ component: Component; field: Field; text: string }>;

function written(engine: Engine, writing: Writing): Readonly<Record<string, string>> {
  const { component } = writing;
  const field = asSwitched(engine.world, writing.field);
  const text = rewritten(engine, field, writing.text);
  if (text.length > field.length && field.type !== 'DATE' && field.type !== 'UTCDATETIME') {
    throw fail.tooLong(field.name, field.length);
  }
  if (field.type === 'BOOL' && text !== '' && text !== 'Y' && text !== 'N')
    throw fail.literal(text, field.name);
  checkPicklist(engine, component, { field, text });
  if (field.isPick && field.join !== null) return { [field.join.by]: picked(engine, writing) };
  const value = canonicalFrom(field, text, zoneOf(engine));
  checkPrimary(engine, component, { field, value });
  return { [field.name]: value };
}

/** What a customised Siebel does to values before it stores them, while the switches ask for it. */
function rewritten({ world }: Engine, field: Field, text: string): string {
  const isDigits = field.type === 'PHONE' && world.switches.isOn('siebel.phoneDigits');
  const cut = world.switches.isOn('siebel.trimTexts') ? text.trim() : text;
  return isDigits ? cut.replace(/(?!^\+)\D/g, '') : cut;
}

function checkPicklist(
  { store }: Engine,
  component: Component,
  { field, text }: Readonly<{ field: Field; text: string }>,
): void {
  if (field.picklist === null || !field.picklist.isBounded || text === '') return;
  const table = store.table('List Of Values');
  const isKnown = [...table.equalTo('Type', field.picklist.lov)].some((id) => {
    const row = table.get(id);
    return row?.values['Value'] === text && row.values['Active'] === 'Y';
  });
  if (!isKnown) throw fail.picklist(field.name, component.name, field.picklist.lov);
}

/** The id of the far row that a written name means. */
function picked({ store }: Engine, { component, field, text }: Writing): string {
  if (text === '' || field.join === null) return '';
  const { far, field: farName } = field.join;
  const table = store.table(far);
  const found = [...table.equalTo(farName, text)].find((id) => table.get(id)?.values[farName] === text);
  if (found === undefined) throw fail.picklist(field.name, component.name, componentOf(far).name);
  return found;
}

/** A written primary must be a row that exists. */
function checkPrimary(
  { store }: Engine,
  component: Component,
  { field, value }: Readonly<{ field: Field; value: string }>,
): void {
  const relation = relations.find((one) => one.left === component.name && one.primary === field.name);
  if (relation === undefined || value === '') return;
  if (store.table(relation.right).get(value) === null) {
    throw fail.picklist(field.name, component.name, relation.right);
  }
}
