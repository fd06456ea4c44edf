import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** What the bytes were taken for: the encoding's name and a sentence for the person whose file it is. */
export type Encoding = Readonly<{ name: string; assumed: string }>;

const byteOrderMarks = [
  { bytes: [0xef, 0xbb, 0xbf], name: 'utf-8' },
  { bytes: [0xff, 0xfe], name: 'utf-16le' },
  { bytes: [0xfe, 0xff], name: 'utf-16be' },
] as const;

/**
 * The encoding of a file: its byte order mark, else UTF-16 by its zero bytes, else UTF-8 if all but a few bytes fit,
 * else the code page of western Windows, which fits anything.
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const mark = byteOrderMarks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte));
  if (mark !== undefined)
    return { name: mark.name, assumed: `The file says it is ${mark.name.toUpperCase()}.` };
  const wide = wideEncoding(bytes);
  if (wide !== null)
    return { name: wide, assumed: `The file was read as ${wide.toUpperCase()}, judging by its zero bytes.` };
  if (isUtf8(bytes)) return { name: 'utf-8', assumed: 'The file was read as UTF-8; every byte fits.' };
  if (isMostlyUtf8(bytes))
    return { name: 'utf-8', assumed: 'The file was read as UTF-8; a few of its characters are broken.' };
  return {
    name: 'windows-1252',
    assumed: 'The file is not UTF-8; it was read as Windows-1252 (western European).',
  };
}

/** Text of the bytes in an encoding; what does not fit becomes U+FFFD, an unknown encoding is read as Windows-1252. */
export function decode(bytes: Uint8Array, encoding: string): string {
  const known = iconv.encodingExists(encoding) ? encoding : 'windows-1252';
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), known);
}

/** A few broken bytes must not spoil every name of a file: text of a code page hardly ever forms UTF-8 by chance. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const letters = decode(bytes, 'utf-8').match(/[^\p{ASCII}]/gu) ?? [];
  const broken = letters.filter((letter) => letter === '\uFFFD').length;
  return letters.length - broken > broken * 4;
}

/**
 * Neither UTF-8 nor a code page writes zero bytes; UTF-16 writes one beside every line end, comma and Latin letter. A
 * card or calendar that opens in plain bytes is none, however many stray zeros follow.
 */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (/begin\s*:/i.test(decode(bytes.subarray(0, 65_536), 'latin1'))) return null;
  const zeros = [0, 0];
  const end = Math.min(bytes.length, 65_536);
  for (let at = 0; at < end; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) * 50 < end) return null;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : null;
}
