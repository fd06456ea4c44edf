import { systemFields, text, type Component, type Field } from '../metadata.ts';

const addressFields: readonly Field[] = [
  ...systemFields,
  text('Street Address', 200),
  text('Street Address 2', 100),
  text('City', 50),
  text('State', 30),
  text('Province', 50),
  text('Postal Code', 30),
  text('Country', 30),
];

/** Addresses of a contact at home. */
export const personalAddress: Component = {
  name: 'Personal Address',
  object: null,
  visibility: 'everybody',
  unique: null,
  rules: null,
  fields: addressFields,
  children: [],
};

/** Addresses of a contact at work. In Siebel they hang on the account; here they are kept with the contact. */
export const businessAddress: Component = { ...personalAddress, name: 'Business Address' };
