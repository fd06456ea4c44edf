import { emptyContact, type Contact, type ContactKind } from '../../../shared/contact.ts';
import { unreachable } from '../../../shared/domain.ts';
import type { CustomField } from '../../../shared/policy.ts';
import { isContact } from '../../../shared/item.ts';
import type { Item } from '../../core/snapshot.ts';
import type { FieldName } from '../../core/step.ts';
import type { Marks, Sighting } from '../connector.ts';
import { dateFromGraph, graphFromDate } from './birthday.ts';
import {
  contactSlots,
  nameFields,
  propertyOf,
  textFields,
  type Slot,
  type TextField,
} from './contact-fields.ts';
import { extendedEntry, extendedValue, isExtended, isPrivateRow, privateEntries } from './extended.ts';
import { categoriesOf, markedAs, ownCategories } from './marks.ts';
import { refOf, stampOf, versionOf } from './names.ts';
import { listFrom, objectFrom, textFrom, type GraphContact, type GraphPatch } from './wire.ts';

/** A contact of Outlook as the engine knows it. The row must have been read with all extended properties. */
export function sightingFromGraph(
  row: GraphContact,
  marks: Marks,
  customFields: readonly CustomField[],
): Sighting {
  const item = contactFromGraph(row, marks, customFields);
  const mark = markedAs(categoriesOf(row), marks);
  return {
    ref: refOf(row),
    version: versionOf(row),
    item,
    kind: kindOf(mark, item.isPrivate),
    isMarked: mark !== null,
    members: [],
    team: [],
    stamp: stampOf(row),
    uid: null,
  };
}

/** `""`, `null`, `{}` and a missing property all become `null`. */
export function contactFromGraph(
  row: GraphContact,
  marks: Marks,
  customFields: readonly CustomField[],
): Contact {
  const texts: Record<TextField, string | null> = { ...emptyContact };
  for (const field of textFields) texts[field] = readSlot(row, contactSlots[field]);
  const custom = customFields.map((field) => [field.name, readCustom(row, field)] as const);
  return {
    ...texts,
    isPrivate: isPrivateRow(row),
    categories: ownCategories(categoriesOf(row), marks),
    custom: Object.fromEntries(custom),
  };
}

/**
 * The properties that bring `fields` to the values in `item`, and no others. Categories are not among them: they carry the
 * mark besides the user's own (see `marks.ts`). `row` is the contact as it stands, for what a collection holds beside our
 * fields (the display names of e-mail addresses); `null` for a new one.
 */
export function graphFromContact(
  fields: readonly FieldName[],
  item: Contact,
  beside: Readonly<{ row: GraphContact | null; customFields: readonly CustomField[] }>,
): GraphPatch {
  const patch: Record<string, unknown> = {};
  const extended: unknown[] = [];
  for (const field of textFields.filter((name) => fields.includes(name))) {
    const slot: Slot = contactSlots[field];
    if (slot.at === 'extended') extended.push(extendedEntry(slot.id, item[field]));
    else patch[propertyOf(slot)] ??= writeSlot(slot, item, { value: item[field], row: beside.row });
  }
  if (fields.includes('isPrivate')) extended.push(...privateEntries(item.isPrivate));
  for (const field of beside.customFields.filter(({ name }) => fields.includes(`custom.${name}`))) {
    const value = item.custom[field.name] ?? null;
    if (isExtended(field)) extended.push(extendedEntry(field.exchangeProperty, value));
    else patch[field.exchangeProperty] = writeCustom(field, value);
  }
  // The service makes up a display name when another name changes, unless one comes along.
  if (nameFields.some((field) => fields.includes(field))) patch['displayName'] = displayNameOf(item);
  if (extended.length > 0) patch['singleValueExtendedProperties'] = extended;
  return patch;
}

/** An item sent to the contacts of a mailbox is one; anything else is a mistake of ours. */
export function asContact(item: Item): Contact {
  if (isContact(item)) return item;
  throw new Error('Something that is no contact was sent to the contacts of a mailbox.');
}

/** "Maria del Carmen Lopez Jr."; a contact without a name is called by its company or address, as Outlook does. */
export function displayNameOf(item: Contact): string {
  const name = nameFields.map((field) => item[field]).filter((part) => part !== null);
  return name.join(' ') || item.company || item.email1 || '';
}

/** "Lopez, Maria": how Outlook sorts contacts. */
export function fileAsOf(item: Contact): string {
  const given = [item.firstName, item.middleName].filter((part) => part !== null).join(' ');
  return [item.lastName, given].filter(Boolean).join(', ') || displayNameOf(item);
}

/** The extended properties of a contact that a write did not touch, as a read would show them. */
export function extendedFromContact(item: Contact, customFields: readonly CustomField[]): readonly unknown[] {
  const custom = customFields.map(({ name }) => `custom.${name}` as const);
  const fields: readonly FieldName[] = [...textFields, 'isPrivate', ...custom];
  return listFrom(
    graphFromContact(fields, item, { row: null, customFields })['singleValueExtendedProperties'],
  );
}

function kindOf(mark: 'item' | 'employee' | null, isPrivate: boolean): ContactKind {
  if (mark === 'employee') return 'employee';
  return isPrivate ? 'personal' : 'business';
}

function readSlot(row: GraphContact, slot: Slot): string | null {
  switch (slot.at) {
    case 'text':
      return fromLines(textFrom(row[slot.property]));
    case 'emailAddresses':
      return emailFrom(listFrom(row['emailAddresses'])[slot.index]);
    case 'phones':
      return textFrom(listFrom(row[slot.list])[slot.index]);
    case 'address':
      return fromLines(textFrom(objectFrom(row[slot.address])?.[slot.part]));
    case 'birthday':
      return dateFromGraph(textFrom(row['birthday']));
    case 'extended':
      return extendedValue(row, slot.id);
  }
  return unreachable(slot);
}

/** The service drops an address it cannot read and keeps the text as the name (msgraph docs issue 2186). */
function emailFrom(entry: unknown): string | null {
  const email = objectFrom(entry);
  const name = textFrom(email?.['name']);
  return textFrom(email?.['address']) ?? (name?.includes('@') === true ? name : null);
}

function writeSlot(
  slot: Exclude<Slot, { at: 'extended' }>,
  item: Contact,
  beside: Readonly<{ value: string | null; row: GraphContact | null }>,
): unknown {
  switch (slot.at) {
    case 'text':
      return slot.hasLines ? toLines(beside.value) : beside.value;
    case 'emailAddresses':
      return emailsOf(item, beside.row);
    case 'phones':
      return textFields.flatMap((field) => {
        const other: Slot = contactSlots[field];
        return other.at === 'phones' && other.list === slot.list ? (item[field] ?? []) : [];
      });
    case 'address':
      return Object.fromEntries(
        textFields.flatMap((field) => {
          const other: Slot = contactSlots[field];
          return other.at === 'address' && other.address === slot.address
            ? [[other.part, toLines(item[field])]]
            : [];
        }),
      );
    case 'birthday':
      return graphFromDate(beside.value);
  }
  return unreachable(slot);
}

/** Addresses close ranks: the collection has no empty places. One that stays keeps the name it is shown by. */
function emailsOf(item: Contact, row: GraphContact | null): readonly unknown[] {
  const present = listFrom(row?.['emailAddresses']);
  return [item.email1, item.email2, item.email3]
    .filter((address) => address !== null)
    .map((address) => {
      const known = present.find((entry) => emailFrom(entry)?.toLowerCase() === address.toLowerCase());
      return { address, name: textFrom(objectFrom(known)?.['name']) ?? address };
    });
}

function readCustom(row: GraphContact, field: CustomField): string | null {
  if (isExtended(field)) return extendedValue(row, field.exchangeProperty);
  const value = row[field.exchangeProperty];
  const texts = listFrom(value).filter((entry) => typeof entry === 'string');
  return Array.isArray(value) ? textFrom(texts.join('; ')) : fromLines(textFrom(value));
}

/** Graph's two free collections of texts, shown to people as one text. */
const collections: ReadonlySet<string> = new Set(['imAddresses', 'children']);

function writeCustom(field: CustomField, value: string | null): unknown {
  if (!collections.has(field.exchangeProperty)) return value;
  return value === null ? [] : value.split('; ');
}

function fromLines(text: string | null): string | null {
  return text === null ? null : text.replaceAll(/\r\n?/g, '\n');
}

function toLines(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\n', '\r\n');
}
