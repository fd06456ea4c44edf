import { eastAsian } from './csv-headers/east-asian.ts';
import { english } from './csv-headers/english.ts';
import { germanic } from './csv-headers/germanic.ts';
import { hungarianTurkishArabic } from './csv-headers/hungarian-turkish-arabic.ts';
import { nordic } from './csv-headers/nordic.ts';
import { portuguese } from './csv-headers/portuguese.ts';
import { romance } from './csv-headers/romance.ts';
import { slavic } from './csv-headers/slavic.ts';
import { type Column, columns, type HeaderTable } from './csv-headers/table.ts';
import { normalWords } from './csv-words.ts';
import type { DateOrder } from './dates.ts';
import { ContactFileError } from './read-card.ts';

/** Every language whose headers are known, English first: it wins where two fit equally well. */
export const headerTables: readonly HeaderTable[] = [
  english,
  ...germanic,
  ...romance,
  ...portuguese,
  ...nordic,
  ...slavic,
  ...hungarianTurkishArabic,
  ...eastAsian,
];

/** What the user says a header means, by header; `silent` leaves a column out without a word. */
export type Mapping = Readonly<Record<string, Column>>;

export type ColumnPlan = Readonly<{
  /** By position; `null` for a header nobody knows. */
  columns: readonly (Column | null)[];
  language: string;
  codePage: string;
  dates: DateOrder;
  /** How many headers are known; what the choice of language and code page goes by. */
  known: number;
}>;

/** The mapping of `--map "Header=field"` options. Throws a ContactFileError that lists the fields for a wrong one. */
export function mappingFromOptions(options: readonly string[]): Mapping {
  const mapping: Record<string, Column> = {};
  for (const option of options) {
    const equals = option.lastIndexOf('=');
    const column = columns.find((name) => name === option.slice(equals + 1).trim());
    if (equals < 1 || column === undefined)
      throw new ContactFileError(
        `--map takes "Header=field", not "${option}". Fields: ${columns.filter((name) => name !== 'unplaced').join(', ')}.`,
      );
    mapping[option.slice(0, equals).trim()] = column;
  }
  return mapping;
}

/** The columns of a header row, in the language that knows most of its headers; what it does not know, English may. */
export function columnsFromHeaders(headers: readonly string[], mapping: Mapping = {}): ColumnPlan {
  const ranked = dictionaries
    .map((dictionary) => ({
      ...dictionary,
      known: headers.filter((header) => look(dictionary, header).length > 0).length,
    }))
    .toSorted((one, other) => other.known - one.known);
  const best = ranked[0] ?? { ...englishDictionary, known: 0 };
  const chosen = chooseColumns(headers, best, mapping);
  const known = chosen.filter((column) => column !== null).length;
  const { language, codePage, dates } = best.table;
  return { columns: chosen, language, codePage, dates, known };
}

/** Headers with one meaning take it; those with several then take the first meaning that is left. */
function chooseColumns(
  headers: readonly string[],
  dictionary: Dictionary,
  mapping: Mapping,
): (Column | null)[] {
  const mapped = new Map(Object.entries(mapping).map(([header, column]) => [normalWords(header), column]));
  const meanings = headers.map((header): readonly Column[] => {
    const own = mapped.get(normalWords(header));
    if (own !== undefined) return [own];
    const found = look(dictionary, header);
    return found.length > 0 ? found : look(englishDictionary, header);
  });
  const taken = new Set(meanings.flatMap((some) => (some.length === 1 ? some : [])));
  return meanings.map((some) => {
    if (some.length < 2) return some[0] ?? null;
    const column = some.find((candidate) => !taken.has(candidate)) ?? null;
    if (column !== null) taken.add(column);
    return column;
  });
}

/** A table turned round: from the words of a header, as they stand and sorted, to the columns it may be. */
type Dictionary = Readonly<{ table: HeaderTable; byWords: ReadonlyMap<string, readonly Column[]> }>;

const dictionaries: readonly Dictionary[] = headerTables.map(dictionaryOf);
const englishDictionary: Dictionary = dictionaryOf(english);

function dictionaryOf(table: HeaderTable): Dictionary {
  const byWords = new Map<string, Column[]>();
  for (const column of columns)
    for (const header of (table.headers[column] ?? '').split(' | '))
      for (const key of keysOf(header)) {
        const present = byWords.get(key) ?? [];
        if (key !== '' && !present.includes(column)) byWords.set(key, [...present, column]);
      }
  return { table, byWords };
}

function look({ byWords }: Dictionary, header: string): readonly Column[] {
  const [asWritten, sorted] = keysOf(header);
  return byWords.get(asWritten) ?? byWords.get(sorted) ?? [];
}

/** "Rue (bureau) 2" and "Rue 2 (bureau)" are one header; "E-Mail" and "Email" too. */
function keysOf(header: string): readonly [string, string] {
  const words = normalWords(header);
  return [words.replaceAll(' ', ''), words.split(' ').sort().join(' ')];
}
