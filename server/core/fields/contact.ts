import type { Contact } from '../../../shared/contact.ts';
import type { FieldRule } from './kind.ts';

const text: FieldRule = { kind: 'text' };
const name: FieldRule = { kind: 'name' };
const phone: FieldRule = { kind: 'phone' };
const email: FieldRule = { kind: 'email' };

/** Every field of a contact, in the order in which people read it; a field added to `Contact` cannot be forgotten here. */
export const contactRules = {
  firstName: name,
  middleName: name,
  lastName: name,
  title: text,
  suffix: text,
  nickname: name,
  jobTitle: text,
  department: text,
  company: name,
  office: text,
  email1: email,
  email2: email,
  email3: email,
  workPhone: phone,
  workPhone2: phone,
  mobilePhone: phone,
  homePhone: phone,
  homePhone2: phone,
  fax: phone,
  assistantPhone: phone,
  businessStreet: text,
  businessCity: text,
  businessState: text,
  businessPostalCode: text,
  businessCountry: text,
  homeStreet: text,
  homeCity: text,
  homeState: text,
  homePostalCode: text,
  homeCountry: text,
  birthday: { kind: 'date' },
  spouse: name,
  assistant: name,
  manager: name,
  notes: { kind: 'note' },
  isPrivate: { kind: 'flag' },
  categories: { kind: 'set' },
} as const satisfies Record<Exclude<keyof Contact, 'custom'>, FieldRule>;
