import type { DateOrder } from '../dates.ts';

/**
 * What a column of a table may be. `unplaced` is a column we know and a contact has no place for (a pager, a second
 * address); `silent` one whose value says nothing about the person (the type of an address, a priority).
 */
export const columns = [
  'title',
  'firstName',
  'middleName',
  'lastName',
  'suffix',
  'nickname',
  'displayName',
  'company',
  'department',
  'jobTitle',
  'office',
  'email1',
  'email2',
  'email3',
  'workPhone',
  'workPhone2',
  'mobilePhone',
  'homePhone',
  'homePhone2',
  'fax',
  'assistantPhone',
  'businessStreet',
  'businessStreet2',
  'businessStreet3',
  'businessCity',
  'businessState',
  'businessPostalCode',
  'businessCountry',
  'homeStreet',
  'homeStreet2',
  'homeStreet3',
  'homeCity',
  'homeState',
  'homePostalCode',
  'homeCountry',
  'birthday',
  'spouse',
  'assistant',
  'manager',
  'notes',
  'categories',
  'private',
  'sensitivity',
  'unplaced',
  'silent',
] as const;
export type Column = (typeof columns)[number];

/**
 * The headers one language's Outlook writes. Spellings are separated by ` | `, the one written today first; they are
 * compared ignoring case, accents, punctuation and the order of words. A header that stands for two columns (French
 * writes "Titre" twice) takes them in the order in which they are listed.
 */
export type HeaderTable = Readonly<{
  language: string;
  /** What a Windows of that language writes where it does not write UTF-8. */
  codePage: string;
  dates: DateOrder;
  headers: Readonly<Partial<Record<Column, string>>>;
}>;
