import { encodeChangeKey, encodeId } from '../ids.ts';
import type { Mailbox } from '../state.ts';
import type { Instance } from './instance.ts';
import type { EventItem } from './state.ts';

const dayMs = 86_400_000;
/** Days from the year 1 to 1970, so that a day is never zero. */
const daysBefore1970 = 719_163;

/** The id a client sees; that of an occurrence is made of its series and its date, as an exception it keeps it. */
export function eventId(mailbox: Mailbox, { item, date }: Instance, isImmutable: boolean): string {
  const { prefixes } = mailbox;
  return instanceId(isImmutable ? prefixes.immutable : prefixes.mutable, {
    number: isImmutable ? item.number : item.mutableNumber,
    date,
  });
}

export type NumberedInstance = Readonly<{ number: number; date: string | null }>;

/** As `encodeId`, with the day of an occurrence in the bytes a plain id leaves empty. */
export function instanceId(prefix: string, { number, date }: NumberedInstance): string {
  if (date === null) return encodeId(prefix, number);
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs + daysBefore1970;
  const tail = Buffer.alloc(8);
  tail.writeUInt8(day >> 16, 0);
  tail.writeUIntBE(number, 1, 5);
  tail.writeUInt16BE(day & 0xffff, 6);
  return `${prefix}${tail.toString('base64url')}=`;
}

/** What an id with exactly this prefix says, or null. */
export function decodeInstance(prefix: string, id: string): NumberedInstance | null {
  if (id.length !== prefix.length + 12 || !id.startsWith(prefix)) return null;
  const tail = Buffer.from(id.slice(prefix.length), 'base64url');
  if (tail.length !== 8) return null;
  const day = tail.readUInt8(0) * 65_536 + tail.readUInt16BE(6);
  const number = tail.readUIntBE(1, 5);
  const date = day === 0 ? null : new Date((day - daysBefore1970) * dayMs).toISOString().slice(0, 10);
  return instanceId(prefix, { number, date }) === id ? { number, date } : null;
}

/** A series and its occurrences are one item, so a change to one of them gives all another change key. */
export const changeKeyOf = (mailbox: Mailbox, item: EventItem): string =>
  encodeChangeKey(mailbox.prefixes.changeKey, item.version);

export const eventEtag = (mailbox: Mailbox, item: EventItem): string => `W/"${changeKeyOf(mailbox, item)}"`;

const header = '040000008200E00074C5B7101A82E008';
const noDate = '00000000';

/** A global object id as Exchange makes them (MS-OXOCAL 2.2.1.27), in which occurrences differ by their date. */
export function newICalUId(uuid: string, ms: number): string {
  const made = (ms + 11_644_473_600_000).toString(16).toUpperCase().padStart(16, '0');
  return `${header}${noDate}${made}${'0'.repeat(16)}10000000${uuid.replaceAll('-', '').toUpperCase()}`;
}

/** Ids from outside that are none of Exchange's are the same for all occurrences. */
export function occurrenceICalUId(iCalUId: string, date: string): string {
  if (!iCalUId.startsWith(header)) return iCalUId;
  const [year = '', month = '', day = ''] = date.split('-');
  const hex = (text: string, length: number) => Number(text).toString(16).toUpperCase().padStart(length, '0');
  const stamp = hex(year, 4) + hex(month, 2) + hex(day, 2);
  return header + stamp + iCalUId.slice(header.length + noDate.length);
}

/** The series and the date in the id of an occurrence that was sent by itself; null for any other id. */
export function seriesOfICalUId(iCalUId: string): Readonly<{ iCalUId: string; date: string }> | null {
  const stamp = iCalUId.slice(header.length, header.length + noDate.length);
  if (!iCalUId.startsWith(header) || stamp === noDate) return null;
  const part = (from: number, to: number) => String(Number.parseInt(stamp.slice(from, to), 16));
  const date = `${part(0, 4).padStart(4, '0')}-${part(4, 6).padStart(2, '0')}-${part(6, 8).padStart(2, '0')}`;
  return { iCalUId: header + noDate + iCalUId.slice(header.length + noDate.length), date };
}
