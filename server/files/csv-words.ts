/** How Outlook says yes in its "Private" column, in the languages of the header tables and their neighbours. */
const yes = words(
  'true yes 1 on wahr ja vrai oui verdadero sí vero si verdadeiro sim waar prawda tak sant sand sann tosi pravda ano',
  'igaz igen истина да doğru evet صحيح نعم 是 真 はい',
);

/** "Private" and "Confidential" of the "Sensitivity" column; "Normal" and "Personal" hide nothing. */
const hidden = words(
  'private confidential privat vertraulich privé confidentiel privado confidencial privato riservato',
  'vertrouwelijk particular prywatne prywatny poufne poufny konfidentiellt privata fortroligt fortrolig konfidentielt',
  'konfidensielt yksityinen luottamuksellinen soukromé soukromý důvěrné důvěrný magánjellegű bizalmas частное личное',
  'конфиденциально özel gizli خاص سري 私有 机密 保密 プライベート 個人用 社外秘 親展',
);

export function isYes(text: string): boolean {
  return yes.has(normalWord(text));
}

export function isHidden(text: string): boolean {
  return hidden.has(normalWord(text));
}

/** Letters that are no accented form of another one by Unicode's own account. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ı: 'i',
};

/** Text in lower case without accents and width variants; words apart by single spaces, punctuation gone. */
export function normalWords(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[ßłøæœđı]/g, (letter) => plainLetters[letter] ?? letter)
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function normalWord(text: string): string {
  return normalWords(text).replaceAll(' ', '');
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')).map(normalWord));
}
