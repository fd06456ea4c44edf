/** The languages every text is complete in. */
export const languages = ['en', 'de', 'fr', 'ar'] as const;
export type Language = (typeof languages)[number];

/** The language of ours for Outlook's (`de-AT` is `de`), English for any other. */
export function languageFrom(tag: string): Language {
  const [base = ''] = tag.toLowerCase().split('-');
  return languages.find((language) => language === base) ?? 'en';
}

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** Puts values where a text says `{name}`. They are put in as they are: whoever shows the text shows text, not markup. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
