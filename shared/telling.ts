import { labelOfField } from './describe-item.ts';
import type { Reason } from './reason.ts';
import { englishReasons } from './reason-texts.ts';
import { sayReason, type ReasonWords } from './say-reason.ts';

/** Reasons in English, one after the other: what logs, the journal and the command line say. */
export function sentenceOf(reasons: readonly Reason[]): string {
  return reasons.map((reason) => textIn(reason)).join(' ');
}

/** The same beside the reasons themselves, for readers of other languages. */
export function telling(...reasons: readonly Reason[]): Telling {
  return { why: sentenceOf(reasons), reasons };
}

/** Why, in one English sentence; `reasons` is null where that is in words of a side's own. */
export type Telling = Readonly<{ why: string | null; reasons: readonly Reason[] | null }>;

export const nothingTold: Telling = { why: null, reasons: null };

function textIn(reason: Reason): string {
  return sayReason(reason, english)
    .map(({ text }) => text)
    .join('');
}

const english: ReasonWords = {
  texts: englishReasons,
  field: (name) => name,
  label: labelOfField,
  list: (names) => names.join(', '),
  day: (day) => day,
  count: String,
};
