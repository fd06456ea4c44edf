import { unreachable } from '../../../shared/domain.ts';
import { contactFields, type Contact } from '../../../shared/contact.ts';

/**
 * Where each field of a Contact lives in a Graph contact. The six collections and compound values are written whole
 * (facts/graph.md 4.2): changing one phone sends all of its kind.
 */
export type TextField = Exclude<keyof Contact, 'isPrivate' | 'categories' | 'custom'>;

type AddressPart = 'street' | 'city' | 'state' | 'postalCode' | 'countryOrRegion';
type PhoneList = 'businessPhones' | 'homePhones';
type Address = 'businessAddress' | 'homeAddress';

export type Slot =
  /** A text of its own; `lines` are separated by CR LF on the wire. */
  | Readonly<{ at: 'text'; property: string; hasLines: boolean }>
  /** Outlook's three e-mail slots are the order of one collection. */
  | Readonly<{ at: 'emailAddresses'; index: number }>
  | Readonly<{ at: 'phones'; list: PhoneList; index: number }>
  | Readonly<{ at: 'address'; address: Address; part: AddressPart }>
  | Readonly<{ at: 'birthday' }>
  /** Graph has no property for it; the MAPI one is written and must be asked for. */
  | Readonly<{ at: 'extended'; id: string }>;

export const contactSlots = {
  firstName: text('givenName'),
  middleName: text('middleName'),
  lastName: text('surname'),
  title: text('title'),
  suffix: text('generation'),
  nickname: text('nickName'),
  jobTitle: text('jobTitle'),
  department: text('department'),
  company: text('companyName'),
  office: text('officeLocation'),
  email1: { at: 'emailAddresses', index: 0 },
  email2: { at: 'emailAddresses', index: 1 },
  email3: { at: 'emailAddresses', index: 2 },
  workPhone: { at: 'phones', list: 'businessPhones', index: 0 },
  workPhone2: { at: 'phones', list: 'businessPhones', index: 1 },
  mobilePhone: text('mobilePhone'),
  homePhone: { at: 'phones', list: 'homePhones', index: 0 },
  homePhone2: { at: 'phones', list: 'homePhones', index: 1 },
  /** PidTagBusinessFaxNumber and PidTagAssistantTelephoneNumber, MS-OXPROPS. */
  fax: { at: 'extended', id: 'String 0x3A24' },
  assistantPhone: { at: 'extended', id: 'String 0x3A2E' },
  businessStreet: { at: 'address', address: 'businessAddress', part: 'street' },
  businessCity: { at: 'address', address: 'businessAddress', part: 'city' },
  businessState: { at: 'address', address: 'businessAddress', part: 'state' },
  businessPostalCode: { at: 'address', address: 'businessAddress', part: 'postalCode' },
  businessCountry: { at: 'address', address: 'businessAddress', part: 'countryOrRegion' },
  homeStreet: { at: 'address', address: 'homeAddress', part: 'street' },
  homeCity: { at: 'address', address: 'homeAddress', part: 'city' },
  homeState: { at: 'address', address: 'homeAddress', part: 'state' },
  homePostalCode: { at: 'address', address: 'homeAddress', part: 'postalCode' },
  homeCountry: { at: 'address', address: 'homeAddress', part: 'countryOrRegion' },
  birthday: { at: 'birthday' },
  spouse: text('spouseName'),
  assistant: text('assistantName'),
  manager: text('manager'),
  notes: { at: 'text', property: 'personalNotes', hasLines: true },
} as const satisfies Record<TextField, Slot>;

export const textFields: readonly TextField[] = contactFields.filter(
  (field) => field !== 'isPrivate' && field !== 'categories',
);

/** Exchange makes the display name from these. */
export const nameFields: readonly TextField[] = ['firstName', 'middleName', 'lastName', 'suffix'];

/** The Graph property a field is written with. */
export function propertyOf(slot: Slot): string {
  switch (slot.at) {
    case 'text':
      return slot.property;
    case 'phones':
      return slot.list;
    case 'address':
      return slot.address;
    case 'emailAddresses':
    case 'birthday':
      return slot.at;
    case 'extended':
      return 'singleValueExtendedProperties';
  }
  return unreachable(slot);
}

/** Everything of a contact we read; extended properties come through `$expand`. */
export const selectedProperties: readonly string[] = [
  ...new Set([
    'id',
    'changeKey',
    'parentFolderId',
    'categories',
    'displayName',
    'fileAs',
    ...textFields.map((field) => propertyOf(contactSlots[field])),
  ]),
].filter((property) => property !== 'singleValueExtendedProperties');

function text(property: string): Slot & { at: 'text' } {
  return { at: 'text', property, hasLines: false };
}
