import { unreachable } from '../unreachable.ts';
import { fail } from './errors.ts';
import type { Field } from './metadata.ts';

/**
 * Values as the store keeps them and as Siebel writes them. Canonical: dates `YYYY-MM-DD`, date-times UTC
 * `YYYY-MM-DDTHH:MM:SS`, everything else as it is, so that texts compare in the right order. On the wire: `MM/DD/YYYY` and
 * `MM/DD/YYYY HH:MM:SS` in the session user's zone, whatever the locale (`facts/siebel-rest.md` 5).
 */

const wireTime = /^(\d{2})\/(\d{2})\/(\d{4})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

/** Throws SBL-DAT-00359 for a date that is none or is written in another way, ISO 8601 among them. */
export function canonicalFrom(field: Field, text: string, zone: string): string {
  if (text === '') return '';
  switch (field.type) {
    case 'DATE':
      return plainFrom(field, text).toPlainDate().toString();
    case 'UTCDATETIME': {
      const plain = plainFrom(field, text);
      return zone === 'UTC' ? canonicalTime(plain) : canonicalTime(inUtc(plain, zone));
    }
    case 'INTEGER':
    case 'NUMBER':
      if (!/^-?\d+(\.\d+)?$/.test(text)) throw fail.literal(text, field.name);
      return text;
    case 'BOOL':
      return text;
    case 'ID':
    case 'TEXT':
    case 'PHONE':
    case 'NOTE':
      return text;
  }
  return unreachable(field.type);
}

export function wireFrom(field: Field, value: string, zone: string): string {
  if (value === '') return '';
  if (field.type === 'DATE') return `${value.slice(5, 7)}/${value.slice(8, 10)}/${value.slice(0, 4)}`;
  if (field.type !== 'UTCDATETIME') return value;
  const local =
    zone === 'UTC'
      ? value
      : canonicalTime(Temporal.Instant.from(`${value}Z`).toZonedDateTimeISO(zone).toPlainDateTime());
  return `${local.slice(5, 7)}/${local.slice(8, 10)}/${local.slice(0, 4)} ${local.slice(11)}`;
}

/** A canonical date-time of an instant, in whole seconds. */
export function canonicalInstant(at: Date): string {
  return at.toISOString().slice(0, 19);
}

/** Before, equal or after, as the database would order two non-empty values of the field. */
export function compareValues(field: Field, a: string, b: string): number {
  if (field.type === 'INTEGER' || field.type === 'NUMBER') return Number(a) - Number(b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function plainFrom(field: Field, text: string): Temporal.PlainDateTime {
  const match = wireTime.exec(text);
  if (!match) throw fail.literal(text, field.name);
  const [month, day, year, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  try {
    return Temporal.PlainDateTime.from(
      {
        year: year ?? 0,
        month: month ?? 0,
        day: day ?? 0,
        hour: hour ?? 0,
        minute: minute ?? 0,
        second: second ?? 0,
      },
      { overflow: 'reject' },
    );
  } catch {
    // The 30th of February and the 25th hour are no dates.
    throw fail.literal(text, field.name);
  }
}

function inUtc(plain: Temporal.PlainDateTime, zone: string): Temporal.PlainDateTime {
  return plain.toZonedDateTime(zone).withTimeZone('UTC').toPlainDateTime();
}

function canonicalTime(plain: Temporal.PlainDateTime): string {
  return plain.toString({ smallestUnit: 'second' });
}
