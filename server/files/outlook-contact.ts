import type { Contact } from '../../shared/contact.ts';

/**
 * A contact as its owner would put it into their own mailbox: the body of `POST /users/{id}/contacts` of Microsoft
 * Graph v1.0. Graph has no property for the private flag, the business fax and the assistant's phone; they travel as the
 * MAPI properties Outlook itself keeps them in.
 */
export function outlookFromContact(contact: Contact): Readonly<Record<string, unknown>> {
  const display = displayName(contact);
  const emails = present([contact.email1, contact.email2, contact.email3]);
  const extended = extendedProperties(contact);
  return {
    displayName: display,
    ...plainProperties(contact),
    ...(contact.birthday === null ? {} : { birthday: `${contact.birthday}T11:59:00Z` }),
    emailAddresses: emails.map((address) => ({ address, name: display })),
    businessPhones: present([contact.workPhone, contact.workPhone2]),
    homePhones: present([contact.homePhone, contact.homePhone2]),
    businessAddress: addressOf(contact, 'business'),
    homeAddress: addressOf(contact, 'home'),
    categories: contact.categories,
    ...(extended.length === 0 ? {} : { singleValueExtendedProperties: extended }),
  };
}

const graphNames = [
  ['firstName', 'givenName'],
  ['middleName', 'middleName'],
  ['lastName', 'surname'],
  ['title', 'title'],
  ['suffix', 'generation'],
  ['nickname', 'nickName'],
  ['jobTitle', 'jobTitle'],
  ['department', 'department'],
  ['company', 'companyName'],
  ['office', 'officeLocation'],
  ['mobilePhone', 'mobilePhone'],
  ['spouse', 'spouseName'],
  ['assistant', 'assistantName'],
  ['manager', 'manager'],
  ['notes', 'personalNotes'],
] as const;

function plainProperties(contact: Contact): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [field, name] of graphNames) {
    const value = contact[field];
    if (value !== null) properties[name] = value;
  }
  return properties;
}

/** Outlook shows first, middle and last name; without them the company, without it the address. */
function displayName(contact: Contact): string {
  const name = present([contact.firstName, contact.middleName, contact.lastName]).join(' ');
  return name || (contact.company ?? contact.nickname ?? contact.email1 ?? '');
}

function addressOf(contact: Contact, place: 'business' | 'home'): Record<string, string> {
  const parts = {
    street: contact[`${place}Street`],
    city: contact[`${place}City`],
    state: contact[`${place}State`],
    postalCode: contact[`${place}PostalCode`],
    countryOrRegion: contact[`${place}Country`],
  };
  return Object.fromEntries(
    Object.entries(parts).filter((part): part is [string, string] => part[1] !== null),
  );
}

/** PidTagSensitivity and PidLidPrivate (both, as Outlook sets them), PidTagBusinessFaxNumber, the assistant's phone. */
function extendedProperties(contact: Contact): Readonly<{ id: string; value: string }>[] {
  return [
    ...(contact.isPrivate
      ? [
          { id: 'Integer 0x36', value: '2' },
          { id: 'Boolean {00062008-0000-0000-C000-000000000046} Id 0x8506', value: 'true' },
        ]
      : []),
    ...(contact.fax === null ? [] : [{ id: 'String 0x3A24', value: contact.fax }]),
    ...(contact.assistantPhone === null ? [] : [{ id: 'String 0x3A2E', value: contact.assistantPhone }]),
  ];
}

function present(values: readonly (string | null)[]): string[] {
  return values.filter((value) => value !== null);
}
