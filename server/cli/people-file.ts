import { parse } from 'csv-parse/sync';
import { isDate } from '../map-people.ts';
import type { Mapping } from '../store/people.ts';

/** A line of a file of people: a mapping, or what is wrong with it. */
export type PeopleLine =
  | Readonly<{ line: number; mapping: Mapping }>
  | Readonly<{ line: number; wrong: string }>;

/** Column names we take, SSSE's own among them, compared without capitals, blanks and signs. */
const columns = {
  mailbox: ['mailbox', 'email', 'emailaddress', 'emailaddr', 'pimuseridentifier', 'smtpaddress'],
  siebelLogin: ['siebellogin', 'login', 'loginname', 'siebeluserlogin', 'userid'],
  enabled: ['enabled', 'syncenabled'],
  language: ['language', 'languagecode'],
  extractFrom: ['extractfrom', 'extractstartdate'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof columns;
const columnNames: readonly Column[] = ['mailbox', 'siebelLogin', 'enabled', 'language', 'extractFrom'];

/**
 * Reads a CSV file of people: a heading line, then one person a line, separated by commas, semicolons or tabs. Mailbox and
 * login are needed; absent columns take their defaults. Answers a sentence when it is no such file at all.
 */
export function peopleFromCsv(text: string): readonly PeopleLine[] | string {
  const rows = rowsOf(text);
  if (typeof rows === 'string') return rows;
  const [head, ...body] = rows;
  if (head === undefined)
    return 'The file is empty; its first line names the columns mailbox and siebelLogin.';
  const places = placesIn(head);
  for (const needed of ['mailbox', 'siebelLogin'] as const) {
    if (places[needed] === undefined) {
      return `The first line of the file names no column "${needed}"; it has ${head.join(', ')}.`;
    }
  }
  return body.map((row, index) => lineFrom(row, places, index + 2));
}

function rowsOf(text: string): readonly (readonly string[])[] | string {
  const [first = ''] = text.split('\n');
  const delimiter = [';', '\t'].find((sign) => first.includes(sign)) ?? ',';
  try {
    return parse(text, {
      bom: true,
      delimiter,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    });
  } catch (error) {
    return `The file is no CSV: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function placesIn(head: readonly string[]): Partial<Record<Column, number>> {
  const names = head.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''));
  const places: Partial<Record<Column, number>> = {};
  for (const column of columnNames) {
    const known: readonly string[] = columns[column];
    const at = names.findIndex((name) => known.includes(name));
    if (at >= 0) places[column] = at;
  }
  return places;
}

function lineFrom(row: readonly string[], places: Partial<Record<Column, number>>, line: number): PeopleLine {
  const cell = (column: Column) => row[places[column] ?? -1] || null;
  const [mailbox, siebelLogin] = [cell('mailbox'), cell('siebelLogin')];
  const enabled = switchFrom(cell('enabled') ?? 'Y');
  const language = (cell('language') ?? 'en').toLowerCase();
  const extractFrom = cell('extractFrom');
  if (mailbox === null || siebelLogin === null) return { line, wrong: 'It lacks a mailbox or a login.' };
  if (!/^[^@\s/]+@[^@\s/]+$/.test(mailbox)) return { line, wrong: `"${mailbox}" is no mail address.` };
  if (enabled === null) return { line, wrong: `"${cell('enabled')}" is neither yes nor no.` };
  if (!/^[a-z]{2}(-[a-z]+)?$/.test(language))
    return { line, wrong: `"${language}" is no language such as en or de.` };
  if (extractFrom !== null && !isDate(extractFrom))
    return { line, wrong: `"${extractFrom}" is no date like 2030-01-31.` };
  return {
    line,
    mapping: { mailbox: mailbox.toLowerCase(), siebelLogin, enabled, language, extractFrom, levels: {} },
  };
}

function switchFrom(text: string): boolean | null {
  if (/^(y|yes|true|1|on)$/i.test(text)) return true;
  return /^(n|no|false|0|off)$/i.test(text) ? false : null;
}
