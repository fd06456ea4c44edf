import { contactFields, type Contact, type ContactField } from '../../../shared/contact.ts';
import type { DescribedFields } from './description.ts';
import { isCustom } from './names.ts';
import type { ChildNames, SiebelPolicy } from './settings.ts';

/** What a value is in Siebel. Addresses and numbers that would lose their meaning are never cut, texts are. */
export type FieldType = 'text' | 'email' | 'phone' | 'date' | 'flag' | 'list';

export type AddressKind = 'home' | 'business';
export type AddressPart = 'street' | 'city' | 'state' | 'postalCode' | 'country';

/** Where a field of a contact lies in Siebel. */
export type Column =
  | Readonly<{ at: 'field'; name: string; type: FieldType; length: number | null }>
  /** Joined from the primary account; written through `Account Id`. */
  | Readonly<{ at: 'account'; name: string }>
  | Readonly<{ at: 'address'; kind: AddressKind; part: AddressPart }>
  /** The shipped contact has no place for it; a customer's field map may give it one of this type. */
  | Readonly<{ at: 'nowhere'; type: FieldType }>;

type OwnField = Exclude<keyof Contact, 'custom'>;

const text = (name: string, length: number): Column => ({ at: 'field', name, type: 'text', length });
const email = (name: string): Column => ({ at: 'field', name, type: 'email', length: 100 });
const phone = (name: string): Column => ({ at: 'field', name, type: 'phone', length: 40 });
const part = (kind: AddressKind, part: AddressPart): Column => ({ at: 'address', kind, part });

/**
 * The shipped field map of `Contact/Contact`; names and lengths from facts/siebel-rest.md 5 and 6.1. A customer's own
 * lengths come from `/describe`.
 */
const shipped = {
  firstName: text('First Name', 50),
  middleName: text('Middle Name', 50),
  lastName: text('Last Name', 50),
  title: text('M/M', 15),
  suffix: text('Suffix', 15),
  nickname: text('Alias', 50),
  jobTitle: text('Job Title', 75),
  department: text('Department', 75),
  company: { at: 'account', name: 'Account' },
  office: { at: 'account', name: 'Account Location' },
  email1: email('Email Address'),
  email2: email('Email Address 2'),
  email3: email('Email Address 3'),
  workPhone: phone('Work Phone #'),
  workPhone2: { at: 'nowhere', type: 'phone' },
  mobilePhone: phone('Cellular Phone #'),
  homePhone: phone('Home Phone #'),
  homePhone2: { at: 'nowhere', type: 'phone' },
  fax: phone('Fax Phone #'),
  assistantPhone: phone('Assistant Phone #'),
  businessStreet: part('business', 'street'),
  businessCity: part('business', 'city'),
  businessState: part('business', 'state'),
  businessPostalCode: part('business', 'postalCode'),
  businessCountry: part('business', 'country'),
  homeStreet: part('home', 'street'),
  homeCity: part('home', 'city'),
  homeState: part('home', 'state'),
  homePostalCode: part('home', 'postalCode'),
  homeCountry: part('home', 'country'),
  birthday: { at: 'field', name: 'Birth Date', type: 'date', length: null },
  spouse: text('Spouse', 50),
  assistant: text('Assistant', 50),
  manager: text('Manager', 50),
  notes: text('Comment', 1500),
  isPrivate: { at: 'field', name: 'Personal Contact', type: 'flag', length: null },
  categories: { at: 'nowhere', type: 'list' },
} as const satisfies Record<OwnField, Column>;

const contactColumns: Readonly<Record<OwnField, Column>> = shipped;

/** Fields that are never mapped to a field of people. */
export const stampField = 'Integration Id';
export const stampLength = 30;

/** The map of one customer: the shipped one with its names put in, and the fields the organisation added. */
export type ContactMap = Readonly<{
  columns: Readonly<Record<OwnField, Column>>;
  custom: readonly Readonly<{ field: `custom.${string}`; name: string; column: Column }>[];
  children: ChildNames;
}>;

export function contactMapOf(
  settings: Pick<SiebelPolicy, 'fieldMap' | 'customFields'> & Readonly<{ children: ChildNames }>,
): ContactMap {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of every field of `contactColumns`
  const columns = Object.fromEntries(
    Object.entries(contactColumns).map(([field, column]) => [
      field,
      inPlace(renamed(column, settings.fieldMap[field]), settings.children),
    ]),
  ) as Record<OwnField, Column>;
  const custom = settings.customFields.map(({ name, siebelField }) => ({
    field: `custom.${name}` as const,
    name,
    column: { at: 'field', name: siebelField, type: 'text', length: null } as const,
  }));
  return { columns, custom, children: settings.children };
}

/** The map with the lengths Siebel itself gives for texts; what it does not describe keeps the shipped ones. */
export function withLengths(map: ContactMap, described: DescribedFields): ContactMap {
  const measured = (column: Column): Column => {
    if (column.at !== 'field' || column.type === 'date' || column.type === 'flag') return column;
    return { ...column, length: described.get(column.name)?.maxLength ?? column.length };
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of every field of `map.columns`
  const columns = Object.fromEntries(
    Object.entries(map.columns).map(([field, column]) => [field, measured(column)]),
  ) as ContactMap['columns'];
  return { ...map, columns, custom: map.custom.map((one) => ({ ...one, column: measured(one.column) })) };
}

/** Where a field lies; a custom field the map does not know lies nowhere. */
export function columnOf(map: ContactMap, field: ContactField): Column {
  if (!isCustom(field)) return map.columns[field];
  return map.custom.find((one) => one.field === field)?.column ?? { at: 'nowhere', type: 'text' };
}

/** Our name of a Siebel field, for messages to people; `null` where it is none of ours. */
export function fieldNamed(map: ContactMap, siebelName: string): ContactField | null {
  const own = contactFields.find((field) => isNamed(map.columns[field], siebelName));
  if (own !== undefined) return own;
  return map.custom.find(({ column }) => isNamed(column, siebelName))?.field ?? null;
}

/** Names of all fields of the contact itself that a read needs, system fields among them. */
export function readFields(map: ContactMap): readonly string[] {
  const columns = [...Object.values(map.columns), ...map.custom.map(({ column }) => column)];
  const names = columns.flatMap((column) =>
    column.at === 'field' || column.at === 'account' ? [column.name] : [],
  );
  return [...new Set(['Id', 'Updated', 'Mod Id', 'Account Id', stampField, ...names])];
}

function renamed(column: Column, name: string | undefined): Column {
  if (name === undefined || column.at === 'address') return column;
  return column.at === 'nowhere'
    ? { at: 'field', name, type: column.type, length: null }
    : { ...column, name };
}

/** A customer without a child for an address cannot hold its parts. */
function inPlace(column: Column, children: ChildNames): Column {
  if (column.at !== 'address') return column;
  const child = column.kind === 'home' ? children.homeAddress : children.businessAddress;
  return child === null ? { at: 'nowhere', type: 'text' } : column;
}

function isNamed(column: Column, name: string): boolean {
  return (column.at === 'field' || column.at === 'account') && column.name === name;
}
