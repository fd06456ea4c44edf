import { emptyAppointment } from '../../../shared/appointment.ts';
import { emptyContact } from '../../../shared/contact.ts';
import type { Domain } from '../../../shared/domain.ts';
import { domainOf, isAppointment, isContact } from '../../../shared/item.ts';
import { emptyTask } from '../../../shared/task.ts';
import type { Item } from '../snapshot.ts';
import type { FieldName, FieldValue } from '../step.ts';
import { appointmentRules } from './appointment.ts';
import { contactRules } from './contact.ts';
import { formOf } from './form.ts';
import type { FieldKind, FieldRule } from './kind.ts';
import { shaped, tidied } from './shape.ts';
import { taskRules } from './task.ts';

/** A field that occurs in several domains is of one kind in all of them. */
const rules: Readonly<Record<string, FieldRule>> = { ...contactRules, ...appointmentRules, ...taskRules };

const ownFields = {
  contact: namesIn(contactRules),
  appointment: namesIn(appointmentRules),
  task: namesIn(taskRules),
} as const satisfies Record<Domain, readonly FieldName[]>;

const customPrefix = 'custom.';
const occurrencePrefix = 'occurrence.';

/** A field's own kind; the organisation's fields are plain texts. */
export function kindOf(field: FieldName): FieldKind {
  const own = rules[field];
  if (own) return own.kind;
  return field.startsWith(occurrencePrefix) ? 'occurrence' : 'text';
}

/** Whether the field holds members that come and go one by one. */
export function isSet(field: FieldName): boolean {
  const kind = kindOf(field);
  return kind === 'set' || kind === 'people';
}

/** Every field of the item: its domain's own, then the organisation's and the single occurrences that it knows. */
export function fieldsOf(item: Item): readonly FieldName[] {
  return fieldsOfAll([item]);
}

/** The same for several items of one domain: a field any of them knows. */
export function fieldsOfAll(items: readonly Item[]): readonly FieldName[] {
  const [first] = items;
  const own = ownFields[first ? domainOf(first) : 'contact'];
  const more = items.flatMap(openFields);
  return more.length === 0 ? own : [...own, ...[...new Set(more)].sort()];
}

function openFields(item: Item): FieldName[] {
  if (isContact(item)) return Object.keys(item.custom).map((key): FieldName => `custom.${key}`);
  if (isAppointment(item)) return Object.keys(item.exceptions).map((day): FieldName => `occurrence.${day}`);
  return [];
}

export function valueOf(item: Item, field: FieldName): FieldValue {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every own field of an item holds a field value
  const value = (item as unknown as Readonly<Record<string, FieldValue | undefined>>)[field];
  if (value !== undefined) return value;
  const open = openPart(item, field);
  if (!open) return blankOf(field);
  return Object.hasOwn(open.values, open.key) ? (open.values[open.key] ?? null) : null;
}

/** The item with one field replaced; a value of the wrong shape counts as blank. */
export function withValue(item: Item, field: FieldName, value: FieldValue): Item {
  const fitting = shaped(kindOf(field), value);
  const open = openPart(item, field);
  if (!open) return { ...item, [field]: fitting };
  const { [open.key]: _, ...others } = open.values;
  // An occurrence that is as the rule says is none of the exceptions.
  const isLeftOut = open.part === 'exceptions' && fitting === null;
  return { ...item, [open.part]: isLeftOut ? others : { ...open.values, [open.key]: fitting } };
}

type OpenPart = Readonly<{
  part: 'custom' | 'exceptions';
  values: Readonly<Record<string, FieldValue>>;
  key: string;
}>;

/** Where the organisation's fields and the single occurrences of a series are kept. */
function openPart(item: Item, field: FieldName): OpenPart | null {
  if (!field.includes('.')) return null;
  if (isContact(item) && field.startsWith(customPrefix))
    return { part: 'custom', values: item.custom, key: field.slice(customPrefix.length) };
  if (isAppointment(item) && field.startsWith(occurrencePrefix))
    return { part: 'exceptions', values: item.exceptions, key: field.slice(occurrencePrefix.length) };
  return null;
}

export function blankOf(field: FieldName): FieldValue {
  return shaped(kindOf(field), null);
}

export function isBlank(field: FieldName, value: FieldValue): boolean {
  return value === null || formOf(kindOf(field), value) === '';
}

/** Whether two values mean the same: blank forms, line ends, trailing blanks, case of addresses, phone punctuation aside. */
export function sameValue(field: FieldName, a: FieldValue, b: FieldValue): boolean {
  return a === b || formOf(kindOf(field), a) === formOf(kindOf(field), b);
}

export function sameItem(a: Item, b: Item): boolean {
  return fieldsOfAll([a, b]).every((field) => sameValue(field, valueOf(a, field), valueOf(b, field)));
}

/** The item in its one written form: tidy texts, blanks as `null`, sets in order, fields in the order people read them. */
export function normalItem(item: Item): Item {
  return fieldsOf(item).reduce(
    (normal, field) => withValue(normal, field, tidied(valueOf(item, field))),
    emptyLike(item),
  );
}

const emptyItems = {
  contact: emptyContact,
  appointment: emptyAppointment,
  task: emptyTask,
} as const satisfies Record<Domain, Item>;

/** An item of that domain with every field blank: what a first contact is measured against. */
export function emptyOf(domain: Domain): Item {
  return emptyItems[domain];
}

export function emptyLike(item: Item): Item {
  return emptyOf(domainOf(item));
}

function namesIn<Name extends FieldName>(table: Readonly<Record<Name, FieldRule>>): readonly Name[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table's keys are its names
  return Object.keys(table) as Name[];
}
