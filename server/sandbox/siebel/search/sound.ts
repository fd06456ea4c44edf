const digits: Readonly<Record<string, string>> = {
  B: '1',
  F: '1',
  P: '1',
  V: '1',
  C: '2',
  G: '2',
  J: '2',
  K: '2',
  Q: '2',
  S: '2',
  X: '2',
  Z: '2',
  D: '3',
  T: '3',
  L: '4',
  M: '5',
  N: '5',
  R: '6',
};

/** American Soundex, which databases offer for SOUNDSLIKE: the first letter and three digits. */
export function soundOf(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z]/g, '');
  let sound = letters.charAt(0);
  let last = digits[sound] ?? '';
  for (const letter of letters.slice(1)) {
    const digit = digits[letter] ?? '';
    if (digit !== '' && digit !== last) sound += digit;
    if (letter !== 'H' && letter !== 'W') last = digit;
  }
  return sound.padEnd(4, '0').slice(0, 4);
}
