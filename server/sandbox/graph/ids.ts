import { createHash } from 'node:crypto';

/**
 * Ids the way Exchange Online makes them look: long, url-safe base64, case-sensitive, with nothing to read out of them.
 * Inside, a constant prefix of the mailbox and a number; so an id needs no place in memory. Neighbouring numbers give ids
 * that differ in the case of one letter only, which catches stores that compare ids carelessly.
 */
export type IdPrefixes = Readonly<{
  mutable: string;
  immutable: string;
  folder: string;
  entry: string;
  changeKey: string;
}>;

/** `seed` names the mailbox and how often it was moved. */
export function idPrefixes(userId: string, seed: string): IdPrefixes {
  const hash = (purpose: string, length: number) =>
    createHash('sha512').update(`${purpose}:${seed}`).digest().subarray(0, length);
  const store = Buffer.concat([
    Buffer.from([0x00, 0x03, 0x24, 0x00]),
    Buffer.from(userId.padEnd(36, '0').slice(0, 36), 'ascii'),
    Buffer.from([0x00, 0x46, 0, 0, 0, 0, 0]),
    hash('store', 16),
    Buffer.from([0x07, 0x00]),
    hash('replica', 16),
  ]);
  return {
    mutable: Buffer.concat([store, hash('items', 24)]).toString('base64url'),
    immutable: `AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A${hash('immutable', 15).toString('base64url')}`,
    folder: store.toString('base64url'),
    entry: `AAAAA${hash('entry', 42).toString('base64url').slice(0, 55)}`,
    changeKey: Buffer.concat([Buffer.from([0x11, 0, 0, 0, 0x16, 0, 0, 0]), hash('store', 16)]).toString(
      'base64',
    ),
  };
}

/** `prefix` is one of the prefixes above; the tail holds the number and padding as real ids have. */
export function encodeId(prefix: string, number: number): string {
  const tail = Buffer.alloc(8);
  tail.writeUIntBE(number, 0, 6);
  return `${prefix}${tail.toString('base64url')}=`;
}

/** The number in an id with exactly this prefix, or null. */
export function decodeId(prefix: string, id: string): number | null {
  if (id.length !== prefix.length + 12 || !id.startsWith(prefix)) return null;
  const tail = Buffer.from(id.slice(prefix.length), 'base64url');
  if (tail.length !== 8) return null;
  const number = tail.readUIntBE(0, 6);
  return encodeId(prefix, number) === id ? number : null;
}

/** Standard base64, not the url-safe kind, as on the wire. */
export function encodeChangeKey(prefix: string, version: number): string {
  const tail = Buffer.alloc(6);
  tail.writeUIntBE(version, 0, 6);
  return prefix + tail.toString('base64');
}

/** A path segment that no Exchange id can be. */
export const isMalformedId = (id: string): boolean => !/^[A-Za-z0-9_=+/-]{20,}$/.test(id);
