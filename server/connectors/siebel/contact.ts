import { hash } from 'node:crypto';
import type { Contact, ContactField } from '../../../shared/contact.ts';
import { unreachable } from '../../../shared/domain.ts';
import { noteOf } from '../../core/note.ts';
import type { Version } from '../../core/snapshot.ts';
import type { FieldNote } from '../../core/step.ts';
import type { Sighting } from '../connector.ts';
import type { Login } from '../directory.ts';
import { addressFromSiebel, primaryOf, shortened, type Address } from './address.ts';
import {
  columnOf,
  stampField,
  type AddressKind,
  type Column,
  type ContactMap,
  type FieldType,
} from './contact-map.ts';
import { dateFromSiebel, siebelFromDate } from './dates.ts';
import { customName, isCustom, loginFrom, refOf, stampFrom, versionFrom } from './names.ts';
import { valueOf, type Row } from './wire.ts';

/** A Siebel contact, read with its children, as both sides agree on contacts. */
export function contactFromSiebel(row: Row, map: ContactMap): Contact {
  const addresses = { home: addressOf(row, map, 'home'), business: addressOf(row, map, 'business') };
  const entries = Object.entries(map.columns).map(([field, column]) => [
    field,
    valueAt(row, column, addresses),
  ]);
  const custom = map.custom.map(({ name, column }) => [
    name,
    column.at === 'field' ? valueOf(row, column.name) : null,
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the map names every field, with its type
  const own = Object.fromEntries(entries) as Omit<Contact, 'custom'>;
  return { ...own, custom: Object.fromEntries(custom) };
}

export type SiebelValues = Readonly<{
  values: Readonly<Record<string, string>>;
  notes: readonly FieldNote[];
}>;

/**
 * The fields of the Siebel record itself that carry the given fields of the item; an empty one is `""`, which blanks it.
 * Addresses, the account and the lists are children or joined and written elsewhere (address.ts, account.ts, team.ts).
 */
export function siebelFromContact(
  fields: readonly ContactField[],
  item: Contact,
  map: ContactMap,
): SiebelValues {
  const values: Record<string, string> = {};
  const notes: FieldNote[] = [];
  for (const field of fields) {
    const column = columnOf(map, field);
    if (column.at !== 'field') continue;
    const text = textFrom(fieldOf(item, field), column.type);
    const sent = fitting(text, column);
    if (sent !== text) notes.push(tooLong(field, column.length ?? 0, sent !== null));
    if (sent !== null) values[column.name] = sent;
  }
  return { values, notes };
}

/** The value of a field, the organisation's own ones included. */
export function fieldOf(item: Contact, field: ContactField): string | boolean | readonly string[] | null {
  return isCustom(field) ? (item.custom[customName(field)] ?? null) : item[field];
}

export function shortenedNote(field: ContactField, length: number): FieldNote {
  return noteOf(field, 'shortened', { code: 'shortened', count: length });
}

/** A contact as it stands in Siebel, with its people. */
export function sightingFromContact(row: Row, map: ContactMap): Sighting {
  const item = contactFromSiebel(row, map);
  const members = loginsOf(row.children[map.children.syncList], 'Login Name');
  const team = loginsOf(row.children[map.children.position], 'Active Login Name');
  return {
    ref: refOf('Contact', row.id),
    version: versionOf(row, [item, members, team]),
    item,
    kind: item.isPrivate ? 'personal' : 'business',
    isMarked: true,
    members,
    team,
    stamp: stampFrom(valueOf(row, stampField)),
    uid: null,
  };
}

/**
 * `Mod Id`, `Updated` and a hash of the content, because lists, addresses and the account's name change without touching
 * either (facts/siebel-rest.md 7: a write to an association leaves the record's `Updated` alone).
 */
export function versionOf(row: Row, content: unknown): Version {
  const short = hash('sha256', JSON.stringify(content), 'base64url').slice(0, 12);
  return versionFrom(`${row.values['Mod Id'] ?? ''}|${row.values['Updated'] ?? ''}|${short}`);
}

/** The `Mod Id` inside a version of ours; `null` where Siebel gave none. */
export function modIdOf(version: Version): string | null {
  return /^\d+(?=\|)/.exec(version)?.[0] ?? null;
}

/** Different people, in a steady order. */
export function loginsOf(rows: readonly Row[] | undefined, field: string): readonly Login[] {
  const logins = (rows ?? []).flatMap((row) => valueOf(row, field) ?? []);
  return [...new Set(logins)].sort().map(loginFrom);
}

function addressOf(row: Row, map: ContactMap, kind: AddressKind): Address {
  const child = kind === 'home' ? map.children.homeAddress : map.children.businessAddress;
  return addressFromSiebel(child === null ? null : primaryOf(row.children[child] ?? []));
}

function valueAt(row: Row, column: Column, addresses: Readonly<Record<AddressKind, Address>>): unknown {
  switch (column.at) {
    case 'field':
      return fromText(valueOf(row, column.name), column.type);
    case 'account':
      return valueOf(row, column.name);
    case 'address':
      return addresses[column.kind][column.part];
    case 'nowhere':
      return column.type === 'list' ? [] : null;
  }
  return unreachable(column);
}

function fromText(text: string | null, type: FieldType): unknown {
  switch (type) {
    case 'flag':
      return text === 'Y';
    case 'list':
      return text === null
        ? []
        : text
            .split(';')
            .map((one) => one.trim())
            .filter((one) => one !== '')
            .sort();
    case 'date':
      return text === null ? null : dateFromSiebel(text);
    case 'phone':
      // Siebel keeps a number's display format behind a line break (facts/siebel-rest.md 5).
      return text?.split('\n')[0] ?? null;
    case 'text':
    case 'email':
      return text;
  }
  return unreachable(type);
}

function textFrom(value: string | boolean | readonly string[] | null, type: FieldType): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Y' : 'N';
  if (typeof value !== 'string') return value.join('; ');
  return type === 'date' ? siebelFromDate(value) : value;
}

/** The text cut to its column; `null` where half of it would mean something else. */
function fitting(
  text: string,
  { type, length }: Readonly<{ type: FieldType; length: number | null }>,
): string | null {
  if (length === null || text.length <= length) return text;
  return type === 'text' ? shortened(text, length) : null;
}

function tooLong(field: ContactField, length: number, isCut: boolean): FieldNote {
  if (isCut) return shortenedNote(field, length);
  return noteOf(field, 'refused', { code: 'tooLong', count: length });
}
