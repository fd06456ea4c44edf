import { columnsFromHeaders, type Mapping } from './csv-columns.ts';
import { csvRecords } from './csv-records.ts';
import { readOutlookCsv } from './csv.ts';
import { decode, detectEncoding, type Encoding } from './encoding.ts';
import { type CardsRead, ContactFileError } from './read-card.ts';
import { readVcards } from './vcard.ts';

type ContactFile = Readonly<{
  /** Only for messages: what the file is shows in its content. */
  name: string;
  bytes: Uint8Array;
  mapping?: Mapping;
}>;

export type ContactFileRead = CardsRead &
  Readonly<{
    format: 'vcard' | 'outlook-csv' | 'google-csv';
    encoding: Encoding;
  }>;

/**
 * The contacts of a person's own export, vCards or a table, whatever its name ends in. Cards and rows that could not be
 * read are in `problems` by line. Throws a ContactFileError for a file that is neither, and for a table without a single
 * column that is known to tell who a person is.
 */
export function readContactFile({ name, bytes, mapping }: ContactFile): ContactFileRead {
  const encoding = detectEncoding(bytes);
  const start = decode(bytes.subarray(0, 262_144), encoding.name);
  if (holdsVcards(start)) return { ...readVcards(bytes, encoding), format: 'vcard' };
  if (!looksLikeTable(start))
    throw new ContactFileError(
      `${name} holds neither vCards (no line BEGIN:VCARD) nor a table with a header row. Export the contacts from Outlook as CSV or as vCard files and try again.`,
    );
  const read = readOutlookCsv(bytes, mapping === undefined ? {} : { mapping });
  const [problem] = read.problems;
  if (!read.isKnown) throw new ContactFileError(`${name}: ${problem?.reason ?? 'the file is empty.'}`);
  return read;
}

/** A table may have cards in its notes; three headers that are known are no chance. */
function holdsVcards(text: string): boolean {
  if (!/^\s*BEGIN\s*:\s*VCARD\s*$/im.test(text)) return false;
  const [header] = csvRecords(text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '').records;
  return columnsFromHeaders(header?.cells ?? []).known < 3;
}

/** A first line of several names without control characters: a picture or a mailbox archive has none. */
function looksLikeTable(text: string): boolean {
  const [line = ''] = text.trimStart().split(/\r\n|\n|\r/, 1);
  const isText = Array.from(line).every((letter) => letter >= ' ' || letter === '\t');
  return isText && /[,;\t]/.test(line) && line.length < 20_000;
}
