import type { Reason } from '../../../shared/reason.ts';
import type { Recurrence } from '../../../shared/recurrence.ts';
import { sayReason, type Piece } from '../../../shared/say-reason.ts';
import type { FieldTexts } from '../../text/field-texts.ts';
import { fill, type Language } from '../../text/language.ts';
import { fieldTexts, reasonTexts, repeatTexts, valueTexts } from '../../text/words.ts';
import { textsIn } from '../texts.ts';
import { daysIn } from './days.ts';
import { repeatsIn } from './repeat.ts';
import { valuesIn } from './value.ts';

/** How the pane says what the server tells as data. `told` is what the server says in English, where it has to do. */
export type Words = Readonly<{
  /** One list of pieces a reason; `null` where one of them is not known to this pane. */
  reasons: (reasons: readonly Reason[]) => readonly (readonly Piece[])[] | null;
  label: (field: string) => string;
  value: (field: string, value: unknown, told: string | null) => string | null;
  repeats: (rule: Recurrence, told: string) => string;
}>;

const made = new Map<Language, Words>();

export function wordsIn(language: Language): Words {
  const known = made.get(language) ?? wordsFor(language);
  made.set(language, known);
  return known;
}

function wordsFor(language: Language): Words {
  const days = daysIn(language);
  const label = labelsIn(fieldTexts[language], days.day);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const numbers = new Intl.NumberFormat(language);
  const texts = reasonTexts[language];
  const means = {
    texts,
    field: label,
    label,
    list: (names: readonly string[]) => list.format(names),
    day: days.day,
    count: (count: number) => numbers.format(count),
  };
  return {
    reasons: (reasons) =>
      reasons.every(({ code }) => Object.hasOwn(texts, code))
        ? reasons.map((reason) => sayReason(reason, means))
        : null,
    label,
    ...toldIn(language),
  };
}

function labelsIn(texts: FieldTexts, day: (day: string) => string): Words['label'] {
  const isNamed = (field: string): field is keyof FieldTexts => Object.hasOwn(texts, field);
  return (field) => {
    if (field.startsWith('occurrence.')) return fill(texts.occurrence, { day: day(field.slice(11)) });
    if (field.startsWith('custom.')) return field.slice('custom.'.length);
    return isNamed(field) ? texts[field] : field;
  };
}

/** English values and series come from the server as they are. */
function toldIn(language: Language): Pick<Words, 'value' | 'repeats'> {
  if (language === 'en') return { value: (_field, _value, told) => told, repeats: (_rule, told) => told };
  const repeats = repeatsIn(language, repeatTexts[language]);
  const value = valuesIn({ language, texts: valueTexts[language], say: textsIn(language), repeats });
  return {
    value: (field, given, told) => (told === null ? null : value(field, given)),
    repeats: (rule) => repeats(rule),
  };
}
