import type { CustomField } from '../../../shared/policy.ts';
import { contactSlots, textFields, type Slot } from './contact-fields.ts';
import {
  listFrom,
  literal,
  objectFrom,
  textFrom,
  type GraphContact,
  type GraphExtendedProperty,
} from './wire.ts';

/**
 * MAPI properties behind a contact. The service echoes none of them after a write and shows only those asked for by id
 * (facts/graph.md 4.4), so every read names them all.
 */

/** Our own mark on a contact we made, by which it is found again after an answer was lost. The GUID is ours alone. */
export const stampId = 'String {b3b8f9c4-5eb1-4e1f-9a0d-3c6c2f5b7d51} Name SiebelSyncStamp';

/** Finds what carries a stamp. Exchange compares the values of extended properties ignoring case. */
export function stampFilter(stamp: string): string {
  const [id, value] = [literal(stampId), literal(stamp)];
  return `singleValueExtendedProperties/Any(ep: ep/id eq ${id} and ep/value eq ${value})`;
}

/** Outlook's "Private" is two properties that must agree (facts/graph.md 4.4). */
const sensitivityId = 'Integer 0x36';
const privateId = 'Boolean {00062008-0000-0000-C000-000000000046} Id 0x8506';

export function isExtended(field: CustomField): boolean {
  return field.exchangeProperty.includes(' ');
}

/** The ids every read of a contact asks for. */
export function extendedIds(customFields: readonly CustomField[]): readonly string[] {
  const own = textFields
    .map((field): Slot => contactSlots[field])
    .flatMap((slot) => (slot.at === 'extended' ? [slot.id] : []));
  const custom = customFields.filter(isExtended).map((field) => field.exchangeProperty);
  return [...new Set([...own, sensitivityId, privateId, stampId, ...custom])];
}

export function expandOf(ids: readonly string[]): string {
  const asked = ids.map((id) => `id eq '${id.replaceAll("'", "''")}'`).join(' or ');
  return `singleValueExtendedProperties($filter=${asked})`;
}

/** The value of an extended property on a row; ids come back in another case or with leading zeros in numbers. */
export function extendedValue(row: GraphContact, id: string): string | null {
  const wanted = plainId(id);
  for (const entry of listFrom(row.singleValueExtendedProperties)) {
    const property = objectFrom(entry);
    const itsId = textFrom(property?.['id']);
    if (itsId !== null && plainId(itsId) === wanted) return textFrom(property?.['value']);
  }
  return null;
}

/** No way to remove an extended property is documented; a text is emptied instead, which reads as absent. */
export function extendedEntry(id: string, value: string | null): GraphExtendedProperty {
  return { id, value: value ?? (/^string /i.test(id) ? '' : null) };
}

export function privateEntries(isPrivate: boolean): readonly GraphExtendedProperty[] {
  return [
    { id: sensitivityId, value: isPrivate ? '2' : '0' },
    { id: privateId, value: String(isPrivate) },
  ];
}

/**
 * Private, personal and confidential all mean that it is to be kept from others. The two properties should agree; where
 * they do not, the sensitivity counts, which is what Outlook shows and what people and their programs change.
 */
export function isPrivateRow(row: GraphContact): boolean {
  const sensitivity = extendedValue(row, sensitivityId);
  if (sensitivity !== null) return sensitivity !== '0';
  return extendedValue(row, privateId)?.toLowerCase() === 'true';
}

/** For comparing only: GUIDs and types change case on their way, and no two ids of ours differ in case alone. */
function plainId(id: string): string {
  return id.toLowerCase().replace(/\b0x0+(?=[0-9a-f])/g, '0x');
}
