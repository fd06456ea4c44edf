import { CsvError, parse } from 'csv-parse/sync';
import type { Problem } from './read-card.ts';

/** One row; `line` is where it begins, as quoted cells may hold line ends. */
export type CsvRecord = Readonly<{ line: number; cells: readonly string[] }>;

type Delimiter = ',' | ';' | '\t';

/** How often reading begins again after a quotation mark that never closes, before such marks are taken as text. */
const mostRestarts = 20;

/**
 * The rows of a table, empty ones left out. A quotation mark that is opened and never closed would swallow the rest of
 * the file: its row becomes a problem, and reading goes on with the next line. Never throws.
 */
export function csvRecords(
  text: string,
): Readonly<{ records: readonly CsvRecord[]; problems: readonly Problem[] }> {
  const lines = text.replaceAll(/\r\n?/g, '\n');
  // Excel's own first line says which separator follows.
  const announced = /^sep=([,;\t])\n/i.exec(lines)?.[1];
  const delimiter = announcedDelimiter(announced) ?? likeliestDelimiter(lines);
  const records: CsvRecord[] = [];
  const problems: Problem[] = [];
  let at = announced === undefined ? 0 : 6;
  let before = announced === undefined ? 0 : 1;
  for (let restarts = 0; at < lines.length; restarts++) {
    const read = recordsUntilError(lines.slice(at), delimiter, restarts < mostRestarts);
    records.push(...read.records.map(({ line, cells }) => ({ line: line + before, cells })));
    if (read.linesRead === null) break;
    problems.push({
      line: before + read.linesRead + 1,
      reason: 'A quotation mark is opened in this row and never closed.',
    });
    at = offsetOfLine(lines, at, read.linesRead + 1);
    before += read.linesRead + 1;
  }
  return { records: records.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')), problems };
}

function announcedDelimiter(sign: string | undefined): Delimiter | null {
  return sign === ',' || sign === ';' || sign === '\t' ? sign : null;
}

/** The separator the first line has most of outside of quotation marks. */
function likeliestDelimiter(text: string): Delimiter {
  const header = (/^(?:"[^"]*"|[^\n"])*/.exec(text.trimStart())?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const delimiters: Delimiter[] = [',', ';', '\t'];
  const count = (delimiter: Delimiter): number => header.split(delimiter).length;
  return delimiters.toSorted((one, other) => count(other) - count(one))[0] ?? ',';
}

/** `linesRead` is null when the text was read to its end, else the number of lines before the row that broke. */
function recordsUntilError(
  text: string,
  delimiter: Delimiter,
  hasQuotes: boolean,
): Readonly<{ records: readonly CsvRecord[]; linesRead: number | null }> {
  const records: CsvRecord[] = [];
  let linesRead = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      quote: hasQuotes ? '"' : false,
      relax_quotes: true,
      relax_column_count: true,
      on_record: (cells: string[], context) => {
        records.push({ line: linesRead + 1, cells });
        linesRead = context.lines;
        return null;
      },
    });
    return { records, linesRead: null };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return { records, linesRead };
  }
}

function offsetOfLine(text: string, from: number, lines: number): number {
  let at = from;
  for (let line = 0; line < lines; line++) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}
