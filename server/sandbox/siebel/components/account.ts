import { phone, field, systemFields, text, type Component } from '../metadata.ts';

/** `Account/Account`. */
export const account: Component = {
  name: 'Account',
  object: 'Account',
  visibility: 'everybody',
  unique: { fields: ['Name', 'Location'], ifOn: 'siebel.uniqueAccounts' },
  rules: null,
  fields: [
    ...systemFields,
    text('Name', 100, { isRequired: true, isIndexed: true }),
    text('Location', 50),
    phone('Main Phone Number'),
    phone('Main Fax Number'),
    text('Home Page', 100),
    text('Description', 250),
    text('Type', 30),
    text('Account Status', 30, { initial: 'Active' }),
    text('Integration Id', 30, { isIndexed: true }),
    field('Primary Organization Id', 'ID', 15),
    text('Primary Organization', 100, {
      isPick: true,
      join: { by: 'Primary Organization Id', far: 'Organization', field: 'Name' },
    }),
  ],
  children: [
    {
      name: 'Contact',
      far: 'Contact',
      relation: 'contact-account',
      parentIs: 'right',
      kind: 'insert',
      fields: null,
    },
  ],
};
