import type { Contact, ContactField } from '../../../shared/contact.ts';
import { noteOf } from '../../core/note.ts';
import type { FieldNote } from '../../core/step.ts';
import { addressFromSiebel, primaryOf, siebelFromAddress, type Address } from './address.ts';
import type { SentChild } from './batch.ts';
import { fieldOf, shortenedNote } from './contact.ts';
import { columnOf, type AddressKind, type AddressPart, type ContactMap } from './contact-map.ts';
import type { Row } from './wire.ts';

export type AddressWrites = Readonly<{
  children: readonly SentChild[];
  drops: readonly Readonly<{ name: string; childId: string }>[];
  notes: readonly FieldNote[];
}>;

/**
 * What the address fields among the given ones mean for the record's address children: a change of the primary address,
 * a first address, or, when every part was emptied, its removal. With further addresses there another would step into
 * its place unasked, so that is refused. `row` is `null` for a new record.
 */
export function addressWrites(
  fields: readonly ContactField[],
  { item, row }: Readonly<{ item: Contact; row: Row | null }>,
  map: ContactMap,
): AddressWrites {
  const kinds = (['home', 'business'] as const).map((kind) => writesOfKind(fields, { item, row, kind }, map));
  return {
    children: kinds.flatMap(({ children }) => children),
    drops: kinds.flatMap(({ drops }) => drops),
    notes: kinds.flatMap(({ notes }) => notes),
  };
}

const nothing: AddressWrites = { children: [], drops: [], notes: [] };

function writesOfKind(
  fields: readonly ContactField[],
  { item, row, kind }: Readonly<{ item: Contact; row: Row | null; kind: AddressKind }>,
  map: ContactMap,
): AddressWrites {
  const name = kind === 'home' ? map.children.homeAddress : map.children.businessAddress;
  const mine = partsAmong(fields, kind, map);
  if (name === null || mine.length === 0) return nothing;
  const rows = row?.children[name] ?? [];
  const existing = primaryOf(rows);
  const parts = Object.fromEntries(
    mine.map(([field, part]) => [part, textOf(item, field)]),
  ) as Partial<Address>;
  const isEmptied = Object.values({ ...addressFromSiebel(existing), ...parts }).every(
    (part) => part === null,
  );
  const named = mine.map(([field]) => field);
  if (isEmptied && existing === null) return nothing;
  if (isEmptied && rows.length > 1) return { ...nothing, notes: named.map(otherAddressNote) };
  if (isEmptied && existing !== null) return { ...nothing, drops: [{ name, childId: existing.id }] };
  const { values, cut } = siebelFromAddress(parts, existing);
  const notes = mine.flatMap(([field, part]) => {
    const length = cut.get(part);
    return length === undefined ? [] : [shortenedNote(field, length)];
  });
  if (Object.keys(values).length === 0) return { ...nothing, notes };
  const sent = existing === null ? filled(values) : { Id: existing.id, ...values };
  return { children: [{ name, row: sent, fields: named }], drops: [], notes };
}

function partsAmong(
  fields: readonly ContactField[],
  kind: AddressKind,
  map: ContactMap,
): readonly (readonly [ContactField, AddressPart])[] {
  return fields.flatMap((field) => {
    const column = columnOf(map, field);
    return column.at === 'address' && column.kind === kind ? [[field, column.part] as const] : [];
  });
}

function textOf(item: Contact, field: ContactField): string | null {
  const value = fieldOf(item, field);
  return typeof value === 'string' ? value : null;
}

function filled(values: Readonly<Record<string, string>>): SentChild['row'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function otherAddressNote(field: ContactField): FieldNote {
  return noteOf(field, 'refused', { code: 'furtherAddresses' });
}
