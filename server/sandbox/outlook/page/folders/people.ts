import { textAt, type Json } from '../wire.ts';
import type { Folder } from './folder.ts';

export const people: Folder = {
  name: 'people',
  title: 'People',
  newLabel: 'New contact',
  list: async (graph) => {
    const rows = await graph.rows('/contacts?$top=200');
    return rows.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other)));
  },
  labelOf: (item) => nameOf(item) || textAt(item, 'emailAddresses', 0, 'address') || '(no name)',
  detailOf: (item) => [textAt(item, 'jobTitle'), textAt(item, 'companyName')].filter(Boolean).join(', '),
  groupOf: (item) => nameOf(item).slice(0, 1).toUpperCase(),
  isEditable: () => true,
  fields: [
    [
      { name: 'givenName', label: 'First name', type: 'text' },
      { name: 'surname', label: 'Last name', type: 'text', isRequired: true },
    ],
    [
      { name: 'companyName', label: 'Company', type: 'text' },
      { name: 'jobTitle', label: 'Job title', type: 'text' },
    ],
    [{ name: 'email', label: 'E-mail', type: 'email' }],
    [
      { name: 'businessPhone', label: 'Phone at work', type: 'tel' },
      { name: 'mobilePhone', label: 'Mobile', type: 'tel' },
    ],
    [{ name: 'personalNotes', label: 'Notes', type: 'textarea' }],
  ],
  valuesOf: (item) => ({
    givenName: textAt(item, 'givenName'),
    surname: textAt(item, 'surname'),
    companyName: textAt(item, 'companyName'),
    jobTitle: textAt(item, 'jobTitle'),
    email: textAt(item, 'emailAddresses', 0, 'address'),
    businessPhone: textAt(item, 'businessPhones', 0),
    mobilePhone: textAt(item, 'mobilePhone'),
    personalNotes: textAt(item, 'personalNotes'),
  }),
  bodyOf: ({ email, businessPhone, ...values }) => ({
    ...values,
    emailAddresses: email ? [{ address: email, name: email }] : [],
    businessPhones: businessPhone ? [businessPhone] : [],
  }),
  place: '/contacts',
  pathOf: (item) => `/contacts/${encodeURIComponent(textAt(item, 'id'))}`,
};

function nameOf(item: Json): string {
  return [textAt(item, 'givenName'), textAt(item, 'surname')].filter(Boolean).join(' ');
}
