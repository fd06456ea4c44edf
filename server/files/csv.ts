import { placeCell } from './csv-cells.ts';
import { type ColumnPlan, columnsFromHeaders, headerTables, type Mapping } from './csv-columns.ts';
import type { Column } from './csv-headers/table.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { type DateOrder, dateOrder } from './dates.ts';
import { contactFromDraft, type Draft, newDraft } from './draft.ts';
import { decode, detectEncoding, type Encoding } from './encoding.ts';
import { draftFromGoogleRow, isGoogleHeader } from './google-csv.ts';
import type { CardsRead, Problem, ReadCard } from './read-card.ts';

type CsvRead = CardsRead &
  Readonly<{
    encoding: Encoding;
    format: 'outlook-csv' | 'google-csv';
    language: string;
    /** False where no column tells who a person is: no row was read. */
    isKnown: boolean;
  }>;

/**
 * The contacts of a table: Outlook's export in any language whose headers are known, Google Contacts', or any other
 * with a mapping. Never throws; every row that is not empty ends in `contacts` or in `problems`.
 */
export function readOutlookCsv(bytes: Uint8Array, options: Readonly<{ mapping?: Mapping }> = {}): CsvRead {
  const { text, encoding } = decodeTable(bytes, options.mapping);
  const { records, problems } = csvRecords(text);
  const [header, ...rows] = records;
  const plan = columnsFromHeaders(header?.cells ?? [], options.mapping);
  const isGoogle = isGoogleHeader(header?.cells ?? []);
  const table = { header: header?.cells ?? [], headerLine: header?.line ?? 1, rows, plan };
  const isKnown = plan.columns.some((column) => column !== null && identifying.has(column));
  const read = isKnown
    ? readRows(table, isGoogle)
    : { contacts: [], problems: [unknownTable(table), ...rows.map(rowOfUnknownTable)], remarks: [] };
  return {
    contacts: read.contacts,
    problems: [...problems, ...read.problems].toSorted((one, other) => one.line - other.line),
    remarks: read.remarks,
    encoding,
    format: isGoogle ? 'google-csv' : 'outlook-csv',
    language: plan.language,
    isKnown,
  };
}

type Table = Readonly<{
  header: readonly string[];
  headerLine: number;
  rows: readonly CsvRecord[];
  plan: ColumnPlan;
}>;

const identifying: ReadonlySet<Column> = new Set<Column>([
  'firstName',
  'lastName',
  'displayName',
  'company',
  'email1',
  'email2',
  'email3',
]);

/** Outlook writes its table in the code page of the Windows it runs on; some are of languages we have no headers of. */
const codePages = [
  ...new Set(headerTables.map(({ codePage }) => codePage)),
  'windows-1253',
  'windows-1255',
  'windows-1257',
  'big5',
  'euc-kr',
];

/**
 * A file that is neither UTF-8 nor UTF-16 is in the code page in which most of its headers make sense; where several
 * do, in that of the headers' language.
 */
function decodeTable(bytes: Uint8Array, mapping?: Mapping): Readonly<{ text: string; encoding: Encoding }> {
  const encoding = detectEncoding(bytes);
  if (encoding.name !== 'windows-1252') return { text: decode(bytes, encoding.name), encoding };
  const end = bytes.indexOf(0x0a);
  const header = bytes.subarray(0, end < 0 ? bytes.length : end);
  const score = (codePage: string): number => {
    const [record] = csvRecords(decode(header, codePage)).records;
    const plan = columnsFromHeaders(record?.cells ?? [], mapping);
    return plan.known + (plan.codePage === codePage && plan.known > 0 ? 0.5 : 0);
  };
  const scored = codePages.map((codePage) => ({ codePage, score: score(codePage) }));
  const [best] = scored.toSorted((one, other) => other.score - one.score);
  if (best === undefined || best.codePage === 'windows-1252')
    return { text: decode(bytes, 'windows-1252'), encoding };
  const assumed = `The file is not UTF-8; it was read as ${best.codePage}, in which its headers make sense.`;
  return { text: decode(bytes, best.codePage), encoding: { name: best.codePage, assumed } };
}

function readRows(table: Table, isGoogle: boolean): CardsRead {
  const contacts: ReadCard[] = [];
  const problems: Problem[] = [];
  const dates = dateOrder(
    table.rows.flatMap(({ cells }) => cells.filter((_, at) => table.plan.columns[at] === 'birthday')),
    table.plan.dates,
  );
  for (const { line, cells } of table.rows) {
    const draft = isGoogle ? draftFromGoogleRow(table.header, cells) : newDraft();
    for (const [at, cell] of cells.entries())
      if (!isGoogle || table.plan.columns[at] !== null) readCell(draft, { table, at, cell, dates });
    const contact = contactFromDraft(draft);
    if (contact === null)
      problems.push({ line, reason: 'The row has neither a name nor an e-mail address.' });
    else contacts.push({ line, contact, isPrivate: contact.isPrivate, unread: [...draft.unread] });
  }
  return { contacts, problems, remarks: isGoogle ? [] : unknownColumns(table) };
}

type Cell = Readonly<{ table: Table; at: number; cell: string; dates: DateOrder }>;

function readCell(draft: Draft, { table, at, cell, dates }: Cell): void {
  const column = table.plan.columns[at];
  const text = cell.trim();
  if (text === '' || column === undefined) return;
  placeCell(draft, column ?? 'unplaced', { text, header: table.header[at] ?? '', dates });
}

/** Only columns that hold something are worth a word. */
function unknownColumns({ header, headerLine, rows, plan }: Table): Problem[] {
  return header.flatMap((name, at) => {
    const count = rows.filter(({ cells }) => (cells[at] ?? '').trim() !== '').length;
    if (plan.columns[at] !== null || count === 0) return [];
    const reason = `The column "${name}" is not known; it was left out in ${count} row(s). To read it, say what it is, for example --map "${name}=workPhone".`;
    return [{ line: headerLine, reason }];
  });
}

function unknownTable({ header, headerLine }: Table): Problem {
  const names = header.map((name) => `"${name}"`).join(', ');
  return {
    line: headerLine,
    reason: `None of the columns is known to hold a name, a company or an e-mail address: ${names.slice(0, 300)}. Say which does, for example --map "${header[0] ?? 'Header'}=lastName".`,
  };
}

function rowOfUnknownTable({ line }: CsvRecord): Problem {
  return { line, reason: 'The row was not read, as the columns are not known.' };
}
