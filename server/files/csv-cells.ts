import type { Column } from './csv-headers/table.ts';
import { isHidden, isYes } from './csv-words.ts';
import { dateFromTable, type DateOrder, isEmptyDate } from './dates.ts';
import { type Draft, setField } from './draft.ts';

/** A cell that holds something, under its header, in a file that writes dates in this order. */
type Cell = Readonly<{ text: string; header: string; dates: DateOrder }>;

/** Gives a cell its place in the contact; what has none is noted by its header. */
export function placeCell(draft: Draft, column: Column, cell: Cell): void {
  if (isSpecial(column)) special[column](draft, cell);
  else setField(draft, column, cell.text, cell.header);
}

type Reader = (draft: Draft, cell: Cell) => void;

/** The second and third line of a street follow the first. */
const addStreet =
  (field: 'businessStreet' | 'homeStreet'): Reader =>
  (draft, { text, header }) => {
    const street = draft.fields.get(field);
    draft.fields.delete(field);
    setField(draft, field, street === undefined ? text : `${street}\n${text}`, header);
  };

const addEmail =
  (rank: number): Reader =>
  (draft, { text, header }) => {
    draft.emails.push({ value: text, kinds: new Set(), rank, source: header });
  };

/** Columns that are more than the text of one field. */
const special = {
  displayName: (draft, { text }) => {
    draft.displayName ??= text;
  },
  email1: addEmail(1),
  email2: addEmail(2),
  email3: addEmail(3),
  businessStreet: addStreet('businessStreet'),
  businessStreet2: addStreet('businessStreet'),
  businessStreet3: addStreet('businessStreet'),
  homeStreet: addStreet('homeStreet'),
  homeStreet2: addStreet('homeStreet'),
  homeStreet3: addStreet('homeStreet'),
  birthday: (draft, { text, header, dates }) => {
    const date = dateFromTable(text, dates);
    if (date !== null) setField(draft, 'birthday', date, header);
    else if (!isEmptyDate(text)) draft.unread.add(header);
  },
  notes: (draft, { text }) => {
    draft.notes.push(text);
  },
  categories: (draft, { text }) => {
    draft.categories.push(...text.split(text.includes(' ::: ') ? ' ::: ' : ';'));
  },
  private: (draft, { text }) => {
    draft.isPrivate ||= isYes(text);
  },
  sensitivity: (draft, { text }) => {
    draft.isPrivate ||= isHidden(text);
  },
  // "0/0/00" of an empty date and "0" of an empty number are no loss.
  unplaced: (draft, { text, header }) => {
    if (text !== '0' && !isEmptyDate(text)) draft.unread.add(header);
  },
  silent: () => {},
} as const satisfies Partial<Record<Column, Reader>>;

function isSpecial(column: Column): column is keyof typeof special {
  return column in special;
}
