import type { AddressPart } from './contact-map.ts';
import { valueOf, type Row } from './wire.ts';

/** An address as a contact holds it: one street of several lines. */
export type Address = Readonly<Record<AddressPart, string | null>>;

const emptyAddress: Address = { street: null, city: null, state: null, postalCode: null, country: null };

/** Siebel's fields of an address, with their lengths; the street is two of them. */
const addressFields = {
  city: { name: 'City', length: 50 },
  state: { name: 'State', length: 30 },
  postalCode: { name: 'Postal Code', length: 30 },
  country: { name: 'Country', length: 30 },
} as const satisfies Record<Exclude<AddressPart, 'street'>, Readonly<{ name: string; length: number }>>;

const otherParts = ['city', 'state', 'postalCode', 'country'] as const;

const line1 = 'Street Address';
const line2 = 'Street Address 2';
const streetLength = 200;
const line2Length = 100;

export const addressFieldNames: readonly string[] = [
  'Id',
  line1,
  line2,
  ...Object.values(addressFields).map(({ name }) => name),
];

/** Which part of an address a Siebel field carries; `null` where it is none of them. */
export function partNamed(name: string): AddressPart | null {
  if (name === line1 || name === line2) return 'street';
  return otherParts.find((part) => addressFields[part].name === name) ?? null;
}

/** The row people see: the primary one, else the first. */
export function primaryOf(rows: readonly Row[]): Row | null {
  return rows.find((row) => row.values['IsPrimaryMVG'] === 'Y') ?? rows[0] ?? null;
}

export function addressFromSiebel(row: Row | null): Address {
  if (row === null) return emptyAddress;
  return {
    street: streetFromSiebel(row),
    city: valueOf(row, addressFields.city.name),
    state: valueOf(row, addressFields.state.name),
    postalCode: valueOf(row, addressFields.postalCode.name),
    country: valueOf(row, addressFields.country.name),
  };
}

/**
 * The Siebel fields for the given parts. A street that reads as Siebel's two fields already do is not sent at all, so that
 * their split stays as people made it. `cut` names the parts that did not fit, with what fits.
 */
export function siebelFromAddress(
  parts: Partial<Address>,
  existing: Row | null,
): Readonly<{ values: Readonly<Record<string, string>>; cut: ReadonlyMap<AddressPart, number> }> {
  const values: Record<string, string> = {};
  const cut = new Map<AddressPart, number>();
  const put = (part: AddressPart, name: string, text: string, length: number) => {
    values[name] = shortened(text, length);
    if (values[name] !== text) cut.set(part, length);
  };
  if (parts.street !== undefined && parts.street !== addressFromSiebel(existing).street) {
    const [first, rest] = splitStreet(parts.street);
    put('street', line1, first, streetLength);
    put('street', line2, rest, line2Length);
  }
  for (const part of otherParts) {
    const value = parts[part];
    if (value !== undefined) put(part, addressFields[part].name, value ?? '', addressFields[part].length);
  }
  return { values, cut };
}

/** Siebel has two lines: what does not fit into the first follows in the second, separated by commas. */
export function splitStreet(street: string | null): readonly [string, string] {
  const [first = '', ...rest] = (street ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [first, rest.join(', ')];
}

/** Cuts between what people see as characters, never inside one; `length` counts UTF-16 units. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > length) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

function streetFromSiebel(row: Row): string | null {
  const lines = [valueOf(row, line1), valueOf(row, line2)].filter((line) => line !== null);
  return lines.length === 0 ? null : lines.join('\n');
}
