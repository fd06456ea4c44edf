/** Bytes of a quoted-printable text without its soft line breaks. A stray `=` stands for itself. */
export function bytesFromQuotedPrintable(text: string): Uint8Array {
  const source = Buffer.from(text, 'utf8');
  const bytes = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at++) {
    const code = source[at] === 0x3d ? hexByte(source, at + 1) : null;
    bytes[length++] = code ?? source[at] ?? 0;
    if (code !== null) at += 2;
  }
  return bytes.subarray(0, length);
}

function hexByte(source: Uint8Array, at: number): number | null {
  const high = hexDigit(source[at]);
  const low = hexDigit(source[at + 1]);
  return high === null || low === null ? null : high * 16 + low;
}

function hexDigit(byte: number | undefined): number | null {
  if (byte === undefined) return null;
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? null : digit;
}
