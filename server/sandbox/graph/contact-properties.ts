import type { Contact } from '@microsoft/microsoft-graph-types';

/** How a property of a contact is stored and shown. `slot` is one of the three e-mail addresses by itself. */
export type PropertyKind = 'text' | 'texts' | 'address' | 'emails' | 'instant' | 'slot';

/** In the order in which the service sends them. */
export const contactProperties = {
  birthday: 'instant',
  fileAs: 'text',
  displayName: 'text',
  givenName: 'text',
  initials: 'text',
  middleName: 'text',
  nickName: 'text',
  surname: 'text',
  title: 'text',
  yomiGivenName: 'text',
  yomiSurname: 'text',
  yomiCompanyName: 'text',
  generation: 'text',
  imAddresses: 'texts',
  jobTitle: 'text',
  companyName: 'text',
  department: 'text',
  officeLocation: 'text',
  profession: 'text',
  businessHomePage: 'text',
  assistantName: 'text',
  manager: 'text',
  homePhones: 'texts',
  mobilePhone: 'text',
  businessPhones: 'texts',
  spouseName: 'text',
  personalNotes: 'text',
  children: 'texts',
  emailAddresses: 'emails',
  primaryEmailAddress: 'slot',
  secondaryEmailAddress: 'slot',
  tertiaryEmailAddress: 'slot',
  homeAddress: 'address',
  businessAddress: 'address',
  otherAddress: 'address',
} as const satisfies Partial<Record<keyof Contact | SlotName, PropertyKind>>;

/** In the CSDL since March 2026, not yet in the published typings. */
type SlotName = 'primaryEmailAddress' | 'secondaryEmailAddress' | 'tertiaryEmailAddress';

export type ContactProperty = keyof typeof contactProperties;

export const slotNames: readonly string[] = [
  'primaryEmailAddress',
  'secondaryEmailAddress',
  'tertiaryEmailAddress',
] satisfies readonly SlotName[];

export const isContactProperty = (name: string): name is ContactProperty =>
  Object.hasOwn(contactProperties, name);

/** Set by the service: taken in a body, and passed over. */
export const readOnlyProperties: ReadonlySet<string> = new Set([
  'id',
  'changeKey',
  'createdDateTime',
  'lastModifiedDateTime',
]);

/** Everything `$select`, `$filter` and `$orderby` may name on a contact. */
export const selectableProperties: ReadonlySet<string> = new Set([
  ...Object.keys(contactProperties),
  ...readOnlyProperties,
  'categories',
  'parentFolderId',
  'singleValueExtendedProperties',
  'multiValueExtendedProperties',
  'extensions',
]);

/**
 * The most entries a collection takes. E-mail addresses and business phones: microsoft-graph-docs#15276; the other two by
 * the same slots of Outlook.
 */
export const mostEntries: Readonly<Record<string, number>> = {
  emailAddresses: 3,
  businessPhones: 2,
  homePhones: 2,
  imAddresses: 3,
};

/** Names that make up `displayName` and `fileAs` where nobody says otherwise. */
export const nameParts: readonly string[] = ['givenName', 'middleName', 'surname', 'generation'];

export const addressParts: readonly string[] = ['street', 'city', 'state', 'countryOrRegion', 'postalCode'];
