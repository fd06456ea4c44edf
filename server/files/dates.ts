/** The order in which a language writes a date; where the year comes first there is nothing to choose. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

/** A date whose year the file does not tell: Apple and Exchange write 1604, Outlook 4501 for "none". */
const placeholderYears = new Set([1604, 4501]);

/**
 * `YYYY-MM-DD` of a vCard's BDAY (`19850412`, `1985-04-12`, with or without a time), as written, without regard to a
 * zone: it is a date. `null` where the year, the month or the day is left open.
 */
export function dateFromVcard(text: string): string | null {
  const [, year, month, day] = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text) ?? [];
  return day === undefined ? null : isoDate(Number(year), Number(month), Number(day));
}

/** `YYYY-MM-DD` of a date in a table: any common separator, with or without a time, digits of any script. */
export function dateFromTable(text: string, order: DateOrder): string | null {
  const [first, second, third] = dateNumbers(text);
  if (first === undefined || second === undefined || third === undefined) return null;
  if (first > 31) return isoDate(first, second, third);
  const isMonthFirst = second > 12 || (order === 'mdy' && first <= 12);
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  return isoDate(third < 100 ? third + (third < 30 ? 2000 : 1900) : third, month, day);
}

/**
 * The order a column of dates uses. `13/2` or `2/13` in any row settles it for all; else a point or a hyphen says day
 * first, as no language writes the month first with them; else the language of the headers decides.
 */
export function dateOrder(texts: readonly string[], language: DateOrder): DateOrder {
  for (const text of texts) {
    const [first = 0, second = 0] = dateNumbers(text);
    if (first > 12 && first <= 31) return 'dmy';
    if (first <= 12 && second > 12) return 'mdy';
  }
  return texts.some((text) => /^\D*\d{1,2}[.-]/.test(text)) ? 'dmy' : language;
}

/** Outlook writes an empty date as `0/0/00`, with the separators of the language. */
export function isEmptyDate(text: string): boolean {
  return /\d/.test(text) && !/[1-9]/.test(text);
}

function dateNumbers(text: string): number[] {
  const latin = text.replaceAll(/\p{Nd}/gu, latinDigit).replaceAll(/\p{Cf}/gu, '');
  const match = /^\D{0,3}(\d{1,4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,4})(?!\d)/.exec(latin);
  return match === null ? [] : match.slice(1).map(Number);
}

/** Digits of every script come in runs of ten that begin with their zero. */
function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1000 || placeholderYears.has(year)) return null;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (length === undefined || day < 1 || day > length) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
