import { englishReasons, type ReasonTexts } from '../../shared/reason-texts.ts';
import { fields as fieldsAr } from './ar/fields.ts';
import { reasons as reasonsAr } from './ar/reasons.ts';
import { repeats as repeatsAr, values as valuesAr } from './ar/values.ts';
import { fields as fieldsDe } from './de/fields.ts';
import { reasons as reasonsDe } from './de/reasons.ts';
import { repeats as repeatsDe, values as valuesDe } from './de/values.ts';
import { fields as fieldsEn } from './en/fields.ts';
import type { FieldTexts } from './field-texts.ts';
import { fields as fieldsFr } from './fr/fields.ts';
import { reasons as reasonsFr } from './fr/reasons.ts';
import { repeats as repeatsFr, values as valuesFr } from './fr/values.ts';
import type { Language } from './language.ts';
import type { RepeatTexts, ValueTexts } from './value-texts.ts';

/** English names the reasons; a language that lacks one does not compile. */
export const reasonTexts: Readonly<Record<Language, ReasonTexts>> = {
  en: englishReasons,
  de: reasonsDe,
  fr: reasonsFr,
  ar: reasonsAr,
};

export const fieldTexts: Readonly<Record<Language, FieldTexts>> = {
  en: fieldsEn,
  de: fieldsDe,
  fr: fieldsFr,
  ar: fieldsAr,
};

/** Values and series are told in English by the server. */
type Translated = Exclude<Language, 'en'>;

export const valueTexts: Readonly<Record<Translated, ValueTexts>> = {
  de: valuesDe,
  fr: valuesFr,
  ar: valuesAr,
};

export const repeatTexts: Readonly<Record<Translated, RepeatTexts>> = {
  de: repeatsDe,
  fr: repeatsFr,
  ar: repeatsAr,
};
