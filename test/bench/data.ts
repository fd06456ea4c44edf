import type { Contact } from '../../shared/contact.ts';
import { outlookFromContact } from '../../server/files/outlook-contact.ts';
import { generateCards } from '../support/cards.ts';

const category = 'Siebel Contact';

/**
 * Contacts as people keep them, the same for a seed. What would make other scenarios of them is taken out: nobody is private
 * or without a first name, which Siebel requires, and numbered last names keep any two from being taken for one person.
 */
export function people(count: number, seed: number): readonly Contact[] {
  return generateCards({ count, seed }).map((card, index) => ({
    ...card,
    firstName: card.firstName ?? 'Kim',
    lastName: `${(card.lastName ?? 'Meier').slice(0, 30)} ${seed}-${index}`,
    email1:
      card.email1?.startsWith('info@') === false ? card.email1 : `person.${seed}.${index}@people.example`,
    isPrivate: false,
  }));
}

/** The body of a Graph contact that its owner has marked. */
export function markedContact(contact: Contact): Record<string, unknown> {
  return { ...outlookFromContact(contact), categories: [...contact.categories, category] };
}

type Pair = readonly [siebel: string, length: number, graph: (row: Values) => unknown];
type Values = Readonly<Record<string, unknown>>;

/** What is compared: a Siebel field, its length, and where Graph keeps the same thing. */
const pairs: readonly Pair[] = [
  ['First Name', 50, (row) => row['givenName']],
  ['Middle Name', 50, (row) => row['middleName']],
  ['Last Name', 50, (row) => row['surname']],
  ['M/M', 15, (row) => row['title']],
  ['Suffix', 15, (row) => row['generation']],
  ['Alias', 50, (row) => row['nickName']],
  ['Job Title', 75, (row) => row['jobTitle']],
  ['Department', 75, (row) => row['department']],
  ['Account', 100, (row) => row['companyName']],
  ['Account Location', 50, (row) => row['officeLocation']],
  ['Email Address', 100, (row) => address(row, 0)],
  ['Email Address 2', 100, (row) => address(row, 1)],
  ['Email Address 3', 100, (row) => address(row, 2)],
  ['Work Phone #', 40, (row) => listOf(row['businessPhones'])[0]],
  ['Cellular Phone #', 40, (row) => row['mobilePhone']],
  ['Home Phone #', 40, (row) => listOf(row['homePhones'])[0]],
  ['Spouse', 50, (row) => row['spouseName']],
  ['Assistant', 50, (row) => row['assistantName']],
  ['Manager', 50, (row) => row['manager']],
  ['Comment', 1500, (row) => row['personalNotes']],
];

export const comparedFields = ['Id', ...pairs.map(([name]) => name)];

/** One text for equal contacts, whichever side they were read from; what Siebel cannot hold does not count. */
export function faceOfSiebel(row: Values): string {
  return JSON.stringify(pairs.map(([name, length]) => plain(row[name], length)));
}

export function faceOfOutlook(row: Values): string {
  return JSON.stringify(pairs.map(([, length, graph]) => plain(graph(row), length)));
}

function plain(value: unknown, length: number): string {
  const text = typeof value === 'string' ? value.replaceAll('\r\n', '\n') : '';
  return text.slice(0, Math.max(0, length - 2)).trim();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function address(row: Values, index: number): unknown {
  const entry = listOf(row['emailAddresses'])[index];
  return typeof entry === 'object' && entry !== null && 'address' in entry ? entry.address : null;
}

/** A Siebel contact as somebody at a Siebel screen would have entered it, on the lists of the given employees. */
export function siebelRow(
  contact: Contact,
  { accountId, listedFor }: Readonly<{ accountId: string | null; listedFor: readonly string[] }>,
): Record<string, unknown> {
  const [first = null, ...rest] = contact.businessStreet?.split('\n') ?? [];
  const fields = {
    'First Name': contact.firstName,
    'Middle Name': contact.middleName,
    'Last Name': contact.lastName,
    'M/M': contact.title,
    Suffix: contact.suffix,
    Alias: contact.nickname,
    'Job Title': contact.jobTitle,
    Department: contact.department,
    'Email Address': contact.email1,
    'Email Address 2': contact.email2,
    'Email Address 3': contact.email3,
    'Work Phone #': contact.workPhone,
    'Cellular Phone #': contact.mobilePhone,
    'Home Phone #': contact.homePhone,
    'Fax Phone #': contact.fax,
    Spouse: contact.spouse,
    Assistant: contact.assistant,
    Manager: contact.manager,
    Comment: contact.notes?.slice(0, 1500) ?? null,
    'Account Id': accountId,
  };
  const street = { 'Street Address': first, 'Street Address 2': rest.join(', ') || null };
  const place = {
    City: contact.businessCity,
    'Postal Code': contact.businessPostalCode,
    Country: contact.businessCountry,
  };
  return {
    ...filled(fields),
    'Sync List': listedFor.map((Id) => ({ Id })),
    'Business Address': [filled({ ...street, ...place })],
  };
}

function filled(fields: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
