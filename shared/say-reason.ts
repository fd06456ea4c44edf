import type { Both, Side } from './domain.ts';
import type { Facts, Reason } from './reason.ts';
import type { ReasonTexts } from './reason-texts.ts';

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
    if (place !== null) return [{ text: tellers[place](facts, words), place }];
    return part === '' ? [] : [{ text: part, place: null }];
  });
}

/** What people call the sides, in every language. */
const sideNames: Both<string> = { siebel: 'Siebel', exchange: 'Outlook' };

type Teller = (facts: Readonly<Partial<Facts>>, words: ReasonWords) => string;

const tellers: Readonly<Record<keyof Facts, Teller>> = {
  field: ({ field = '' }, words) => words.field(field),
  fields: ({ fields = [] }, { field, list }) => list(fields.map(field)),
  labels: ({ labels = [] }, { label, list }) => list(labels.map(label)),
  side: ({ side }) => named(side),
  from: ({ from }) => named(from),
  to: ({ to }) => named(to),
  winner: ({ winner }) => named(winner),
  domain: ({ domain }, { texts }) => (domain === undefined ? '' : texts[`domain_${domain}`]),
  category: ({ category = '' }) => category,
  count: ({ count = 0 }, words) => words.count(count),
  day: ({ day = '' }, words) => words.day(day),
  rule: ({ rule }, { texts }) => (rule === undefined ? '' : texts[`rule_${rule}`]),
  text: ({ text = '' }) => text,
};

function named(side: Side | undefined): string {
  return side === undefined ? '' : sideNames[side];
}

function placeIn(part: string): keyof Facts | null {
  const name = part.startsWith('{') ? part.slice(1, -1) : '';
  return isPlace(name) ? name : null;
}

function isPlace(name: string): name is keyof Facts {
  return Object.hasOwn(tellers, name);
}
