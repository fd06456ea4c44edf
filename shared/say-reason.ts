import { labelOfField } from './describe-item.ts';
import type { Both } from './domain.ts';
import type { Facts, Reason } from './reason.ts';
import { englishReasons, type ReasonTexts } from './reason-texts.ts';

/** What a language says reasons with. */
export type ReasonWords = Readonly<{
  texts: ReasonTexts;
  /** A field as logs name it, and as people call it; where no log is written, the same. */
  field: (name: string) => string;
  label: (name: string) => string;
  list: (words: readonly string[]) => string;
  day: (day: string) => string;
  count: (count: number) => string;
}>;

/** A stretch of a sentence: its own words, or what was put in at a place, which may run in another direction. */
export type Piece = Readonly<{ text: string; place: keyof Facts | null }>;

/** One reason in the words of a language. */
export function sayReason(reason: Reason, words: ReasonWords): readonly Piece[] {
  const { code, ...facts } = reason;
  return words.texts[code].split(/(\{\w+\})/).flatMap((part): Piece[] => {
    const place = placeIn(part);
    if (place !== null) return [{ text: told(place, facts, words), place }];
    return part === '' ? [] : [{ text: part, place: null }];
  });
}

/** Reasons in English, one after the other: what logs, the journal and the command line say. */
export function sentenceOf(reasons: readonly Reason[]): string {
  return reasons.map((reason) => textOf(sayReason(reason, english))).join(' ');
}

/** The same beside the reasons themselves, for readers of other languages. */
export function telling(...reasons: readonly Reason[]): Telling {
  return { why: sentenceOf(reasons), reasons };
}

/** Why, in one English sentence; `reasons` is null where that is in words of a side's own. */
export type Telling = Readonly<{ why: string | null; reasons: readonly Reason[] | null }>;

export const nothingTold: Telling = { why: null, reasons: null };

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

const english: ReasonWords = {
  texts: englishReasons,
  field: (name) => name,
  label: labelOfField,
  list: (names) => names.join(', '),
  day: (day) => day,
  count: String,
};

/** What people call the sides, in every language. */
export const sideNames: Both<string> = { siebel: 'Siebel', exchange: 'Outlook' };

const sideNamed: Teller<'side' | 'from' | 'to' | 'winner'> = (side) => sideNames[side];

type Teller<Place extends keyof Facts> = (fact: Facts[Place], words: ReasonWords) => string;

const tellers: { readonly [Place in keyof Facts]: Teller<Place> } = {
  field: (name, { field }) => field(name),
  fields: (names, { field, list }) => list(names.map(field)),
  labels: (names, { label, list }) => list(names.map(label)),
  side: sideNamed,
  from: sideNamed,
  to: sideNamed,
  winner: sideNamed,
  domain: (domain, { texts }) => texts[`domain_${domain}`],
  category: (category) => category,
  count: (count, words) => words.count(count),
  day: (day, words) => words.day(day),
  rule: (rule, { texts }) => texts[`rule_${rule}`],
  text: (text) => text,
};

function placeIn(part: string): keyof Facts | null {
  const name = part.startsWith('{') ? part.slice(1, -1) : '';
  return isPlace(name) ? name : null;
}

function isPlace(name: string): name is keyof Facts {
  return Object.hasOwn(tellers, name);
}

function told<Place extends keyof Facts>(
  place: Place,
  facts: Readonly<Partial<Facts>>,
  words: ReasonWords,
): string {
  const fact: Facts[Place] | undefined = facts[place];
  return fact === undefined ? '' : tellers[place](fact, words);
}
