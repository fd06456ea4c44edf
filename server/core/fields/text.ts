/**
 * Spellings of one text. Both systems rewrite what they are given (trailing blanks, line ends, Unicode form, phone
 * punctuation); a form that is the same for all spellings keeps such rewriting from looking like an edit.
 */

/** Line ends as `\n`, no blanks at the ends of lines, none around the whole. */
export function tidyText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\S\n]+$/gm, '')
    .trim();
}

/** The form in which two spellings of a text are equal: tidy, and composed (NFC), since Outlook for Mac decomposes. */
export function textForm(text: string): string {
  return tidyText(text).normalize('NFC');
}

export function emailForm(text: string): string {
  return textForm(text).toLowerCase();
}

const extension = /(?:;ext=|ext\.?|x|#)\s*(\d+)$/i;
const punctuation = /[\s().\-/\u2010-\u2015\u00b7]/g;

/**
 * A phone number as digits with a leading `+` where the country is known, and `x` before an extension. `00` dials what `+`
 * writes, and the `(0)` of "+49 (0)30" is not dialled after a country. "030 1234" and "+49 30 1234" stay different: nothing
 * here says which country the first one means. What is no number ("ask Maria") is compared as text.
 */
export function phoneForm(text: string): string {
  const tidy = textForm(text);
  const extensionDigits = extension.exec(tidy)?.[1] ?? null;
  const main = extensionDigits === null ? tidy : tidy.replace(extension, '');
  const international = main.trim().replace(/^00/, '+');
  const untrunked = international.startsWith('+') ? international.replace(/\(0\)/, '') : international;
  const digits = untrunked.replaceAll(punctuation, '');
  if (!/^\+?\d+$/.test(digits)) return tidy.toLowerCase();
  return extensionDigits === null ? digits : `${digits}x${extensionDigits}`;
}
