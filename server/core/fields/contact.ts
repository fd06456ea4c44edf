import type { Contact } from '../../../shared/contact.ts';
import type { Item } from '../snapshot.ts';
import type { FieldName, FieldValue } from '../step.ts';
import { canonicalSet, memberForm } from './set.ts';
import { emailForm, phoneForm, textForm, tidyText } from './text.ts';

/** How a field's values are compared and merged: a flag as a whole, a set member by member, the rest as texts of a kind. */
export type FieldKind = 'text' | 'name' | 'phone' | 'email' | 'date' | 'flag' | 'set' | 'note';
export type FieldRule = Readonly<{ kind: FieldKind }>;

const text: FieldRule = { kind: 'text' };
const name: FieldRule = { kind: 'name' };
const phone: FieldRule = { kind: 'phone' };
const email: FieldRule = { kind: 'email' };

/** Every field of a contact, in the order in which people read it; a field added to `Contact` cannot be forgotten here. */
export const contactRules = {
  firstName: name,
  middleName: name,
  lastName: name,
  title: text,
  suffix: text,
  nickname: name,
  jobTitle: text,
  department: text,
  company: name,
  office: text,
  email1: email,
  email2: email,
  email3: email,
  workPhone: phone,
  workPhone2: phone,
  mobilePhone: phone,
  homePhone: phone,
  homePhone2: phone,
  fax: phone,
  assistantPhone: phone,
  businessStreet: text,
  businessCity: text,
  businessState: text,
  businessPostalCode: text,
  businessCountry: text,
  homeStreet: text,
  homeCity: text,
  homeState: text,
  homePostalCode: text,
  homeCountry: text,
  birthday: { kind: 'date' },
  spouse: name,
  assistant: name,
  manager: name,
  notes: { kind: 'note' },
  isPrivate: { kind: 'flag' },
  categories: { kind: 'set' },
} as const satisfies Record<Exclude<keyof Contact, 'custom'>, FieldRule>;

type OwnField = keyof typeof contactRules;
const ownFields = Object.keys(contactRules).filter(isOwn);
const customPrefix = 'custom.';

/** A field's own kind; the organisation's fields are plain texts. */
export function kindOf(field: FieldName): FieldKind {
  return isOwn(field) ? contactRules[field].kind : 'text';
}

/** Every field of the item: the contact's own, then the organisation's that the item knows. */
export function fieldsOf(item: Item): readonly FieldName[] {
  return fieldsOfAll([item]);
}

/** The same for several items: a field any of them knows. */
export function fieldsOfAll(items: readonly Item[]): readonly FieldName[] {
  const custom = new Set(items.flatMap((item) => Object.keys(item.custom)));
  if (custom.size === 0) return ownFields;
  return [...ownFields, ...[...custom].sort().map((key): FieldName => `custom.${key}`)];
}

export function valueOf(item: Item, field: FieldName): FieldValue {
  if (isOwn(field)) return item[field];
  const key = field.slice(customPrefix.length);
  return Object.hasOwn(item.custom, key) ? (item.custom[key] ?? null) : null;
}

/** The item with one field replaced; a value of the wrong shape counts as blank. */
export function withValue(item: Item, field: FieldName, value: FieldValue): Item {
  if (isOwn(field)) return { ...item, [field]: shaped(field, value) };
  const key = field.slice(customPrefix.length);
  return { ...item, custom: { ...item.custom, [key]: typeof value === 'string' ? value : null } };
}

export function blankOf(field: FieldName): FieldValue {
  return shaped(field, null);
}

export function isBlank(field: FieldName, value: FieldValue): boolean {
  return value === null || formOf(field, value) === '';
}

/** Whether two values mean the same: blank forms, line ends, trailing blanks, case of addresses, phone punctuation aside. */
export function sameValue(field: FieldName, a: FieldValue, b: FieldValue): boolean {
  return a === b || formOf(field, a) === formOf(field, b);
}

export function sameItem(a: Item, b: Item): boolean {
  return fieldsOfAll([a, b]).every((field) => sameValue(field, valueOf(a, field), valueOf(b, field)));
}

/** The item in its one written form: tidy texts, blanks as `null`, sets in order, fields in the order people read them. */
export function normalItem(item: Item): Item {
  return fieldsOf(item).reduce(
    (normal, field) => withValue(normal, field, tidyValue(valueOf(item, field))),
    emptyItem,
  );
}

/** An item with every field blank: what a first contact is measured against. */
export const emptyItem = blankItem();

function blankItem(): Item {
  const own = Object.fromEntries(ownFields.map((field) => [field, blankOf(field)]));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `contactRules` names every field of a contact
  return { ...own, custom: {} } as Item;
}

/** A set's members; of any other field, none. */
export function membersOf(value: FieldValue): readonly string[] {
  return isSet(value) ? value : [];
}

function isOwn(field: string): field is OwnField {
  return Object.hasOwn(contactRules, field);
}

function isSet(value: FieldValue): value is readonly string[] {
  return Array.isArray(value);
}

function shaped(field: FieldName, value: FieldValue): FieldValue {
  const kind = kindOf(field);
  if (kind === 'flag') return value === true;
  if (kind === 'set') return membersOf(value);
  return typeof value === 'string' ? value : null;
}

function tidyValue(value: FieldValue): FieldValue {
  if (typeof value === 'string') return tidyText(value) || null;
  return isSet(value) ? canonicalSet(value) : value;
}

/** Equal forms mean equal values; the form of a blank is empty. */
function formOf(field: FieldName, value: FieldValue): string {
  if (value === null || value === false) return '';
  if (value === true) return 'true';
  if (isSet(value)) return value.length === 0 ? '' : canonicalSet(value).map(memberForm).join('\n');
  return textForms[kindOf(field)](value);
}

const textForms: Readonly<Record<FieldKind, (text: string) => string>> = {
  text: textForm,
  name: textForm,
  note: textForm,
  date: textForm,
  flag: textForm,
  set: textForm,
  email: emailForm,
  phone: phoneForm,
};
