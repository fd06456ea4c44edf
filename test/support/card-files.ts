import type { Contact } from '../../shared/contact.ts';
import { headerTables } from '../../server/files/csv-columns.ts';
import { type Column, columns } from '../../server/files/csv-headers/table.ts';

export type VcfVersion = '2.1' | '3.0' | '4.0';

/** Contacts as a vCard file: 2.1 as Outlook writes it, 3.0 as Apple's and Google's do, 4.0 as RFC 6350 asks. */
export function writeVcf(contacts: readonly Contact[], version: VcfVersion): string {
  return contacts.map((contact) => card(contact, version).join('\r\n')).join('');
}

function card(contact: Contact, version: VcfVersion): string[] {
  const lines = [...properties(contact, version)].map((property) =>
    version === '2.1' ? oldLine(property) : foldedLine(property),
  );
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''];
}

/** Parts of a value are written apart by `separator`; types stand in the head. */
type Property = Readonly<{
  name: string;
  types?: readonly string[];
  parts: readonly string[];
  separator?: string;
}>;

function* properties(contact: Contact, version: VcfVersion): Generator<Property> {
  const { firstName, middleName, lastName, title, suffix, company, department } = contact;
  yield { name: 'N', parts: [lastName, firstName, middleName, title, suffix].map(orEmpty) };
  yield { name: 'FN', parts: [[firstName, lastName].filter((part) => part !== null).join(' ')] };
  if (company !== null || department !== null)
    yield { name: 'ORG', parts: [company, department].map(orEmpty) };
  for (const [name, value] of singles(contact, version)) if (value !== null) yield { name, parts: [value] };
  yield* reachable(contact, version);
  if (contact.categories.length > 0) yield { name: 'CATEGORIES', parts: contact.categories, separator: ',' };
  if (contact.isPrivate) yield { name: 'CLASS', parts: ['PRIVATE'] };
  if (version === '2.1') yield { name: 'X-MS-OL-DEFAULT-POSTAL-ADDRESS', parts: ['2'] };
}

function singles(contact: Contact, version: VcfVersion): (readonly [string, string | null])[] {
  const prefix = version === '2.1' ? 'X-MS-' : 'X-';
  return [
    ['NICKNAME', contact.nickname],
    ['TITLE', contact.jobTitle],
    [
      'BDAY',
      version === '2.1' || version === '4.0'
        ? (contact.birthday?.replaceAll('-', '') ?? null)
        : contact.birthday,
    ],
    ['NOTE', contact.notes],
    [version === '4.0' ? 'RELATED;VALUE=text;TYPE=spouse' : `${prefix}SPOUSE`, contact.spouse],
    [`${prefix}ASSISTANT`, contact.assistant],
    [`${prefix}MANAGER`, contact.manager],
    ...(version === '2.1' ? [] : ([['X-OFFICE', contact.office]] as const)),
  ];
}

function* reachable(contact: Contact, version: VcfVersion): Generator<Property> {
  for (const [at, email] of [contact.email1, contact.email2, contact.email3].entries())
    if (email !== null)
      yield { name: 'EMAIL', types: at === 0 ? ['pref', 'internet'] : ['internet'], parts: [email] };
  for (const [types, phone] of [
    [['work', 'voice'], contact.workPhone],
    [['work', 'voice'], contact.workPhone2],
    [['cell', 'voice'], contact.mobilePhone],
    [['home', 'voice'], contact.homePhone],
    [['home', 'voice'], contact.homePhone2],
    [['work', 'fax'], contact.fax],
    [['x-assistant'], contact.assistantPhone],
  ] as const)
    if (phone !== null) yield { name: 'TEL', types, parts: [phone] };
  const office = version === '2.1' ? contact.office : null;
  const work = [
    contact.businessStreet,
    contact.businessCity,
    contact.businessState,
    contact.businessPostalCode,
    contact.businessCountry,
  ];
  const home = [
    contact.homeStreet,
    contact.homeCity,
    contact.homeState,
    contact.homePostalCode,
    contact.homeCountry,
  ];
  if ([office, ...work].some((part) => part !== null))
    yield { name: 'ADR', types: ['work', 'pref'], parts: [null, office, ...work].map(orEmpty) };
  if (home.some((part) => part !== null))
    yield { name: 'ADR', types: ['home'], parts: [null, null, ...home].map(orEmpty) };
}

const orEmpty = (text: string | null): string => text ?? '';

/** 2.1 escapes the separator only and puts what is not ASCII into quoted-printable with soft line breaks. */
function oldLine({ name, types = [], parts, separator = ';' }: Property): string {
  const value = parts.map((part) => part.replaceAll(separator, `\\${separator}`)).join(separator);
  const head = [name, ...types.map((type) => type.toUpperCase())].join(';');
  if (/^[ -~]*$/.test(value)) return `${head}:${value}`;
  return softBroken(`${head};ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:`, quotedPrintable(value));
}

function quotedPrintable(text: string): string[] {
  return Array.from(text.replaceAll('\n', '\r\n')).flatMap((letter) =>
    /[ -<>-~]/.test(letter)
      ? [letter]
      : [...Buffer.from(letter, 'utf8')].map(
          (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
        ),
  );
}

function softBroken(head: string, tokens: readonly string[]): string {
  let line = head;
  const lines: string[] = [];
  for (const token of tokens) {
    if (line.length + token.length > 75) {
      lines.push(`${line}=`);
      line = '';
    }
    line += token;
  }
  return [...lines, line].join('\r\n');
}

function foldedLine({ name, types = [], parts, separator = ';' }: Property): string {
  const value = parts
    .map((part) => part.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n'))
    .join(separator);
  const head = types.length === 0 ? name : `${name};TYPE=${types.join(',')}`;
  let line = '';
  const lines: string[] = [];
  for (const letter of `${head}:${value}`) {
    if (Buffer.byteLength(line) + Buffer.byteLength(letter) > 74) {
      lines.push(line);
      line = ' ';
    }
    line += letter;
  }
  return [...lines, line].join('\r\n');
}

/** Contacts as the Outlook of a language exports them: its headers, its dates, its yes and no. */
export function writeOutlookCsv(contacts: readonly Contact[], language: string, delimiter = ','): string {
  const table = headerTables.find((table) => table.language === language);
  if (table === undefined) throw new Error(`There are no headers for ${language}.`);
  const written = columns.filter(
    (column) =>
      column !== 'unplaced' && column !== 'silent' && column !== 'displayName' && column in table.headers,
  );
  const header = written.map((column) => (table.headers[column] ?? '').split(' | ')[0] ?? '');
  const rows = contacts.map((contact) => written.map((column) => cell(contact, column, language)));
  const quoted = [header, ...rows].map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`));
  return quoted.map((row) => `${row.join(delimiter)}\r\n`).join('');
}

const yesNo: Readonly<Record<string, readonly [string, string]>> = {
  en: ['True', 'False'],
  de: ['Wahr', 'Falsch'],
  fr: ['Vrai', 'Faux'],
  es: ['Verdadero', 'Falso'],
  it: ['Vero', 'Falso'],
  nl: ['Waar', 'Onwaar'],
  'pt-BR': ['Verdadeiro', 'Falso'],
  'pt-PT': ['Verdadeiro', 'Falso'],
  sv: ['Sant', 'Falskt'],
  da: ['Sand', 'Falsk'],
  nb: ['Sann', 'Usann'],
  fi: ['Tosi', 'Epätosi'],
  ru: ['Истина', 'Ложь'],
  pl: ['Prawda', 'Fałsz'],
  cs: ['Pravda', 'Nepravda'],
  hu: ['Igaz', 'Hamis'],
  tr: ['Doğru', 'Yanlış'],
  ar: ['صحيح', 'خطأ'],
};

function cell(contact: Contact, column: Column, language: string): string {
  const [, place, line] = /^(business|home)Street([23]?)$/.exec(column) ?? [];
  if (place !== undefined)
    return streetLine(place === 'home' ? contact.homeStreet : contact.businessStreet, line ?? '');
  if (column === 'categories') return contact.categories.join(';');
  if (column === 'private') return (yesNo[language] ?? ['True', 'False'])[contact.isPrivate ? 0 : 1] ?? '';
  if (column === 'birthday') return dateText(contact.birthday, language);
  const value = Object.entries(contact).find(([name]) => name === column)?.[1];
  return typeof value === 'string' ? value.replaceAll('\n', '\r\n') : '';
}

/** Outlook gives a street three columns; the last takes the rest. */
function streetLine(street: string | null, line: string): string {
  const lines = (street ?? '').split('\n');
  if (line === '3') return lines.slice(2).join('\r\n');
  return lines[line === '2' ? 1 : 0] ?? '';
}

function dateText(date: string | null, language: string): string {
  const [year, month, day] = (date ?? '').split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return '0/0/00';
  const order = headerTables.find((table) => table.language === language)?.dates;
  if (order === 'ymd') return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return order === 'mdy' ? `${month}/${day}/${year}` : `${day}.${month}.${year}`;
}
