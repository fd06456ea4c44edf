import { unreachable } from '../../../shared/domain.ts';
import type { Failure } from '../connector.ts';

/**
 * What a Siebel answer that is not a success means. Most business errors come as HTTP 500, so the code in the text decides,
 * not the status (facts/siebel-rest.md 3.5).
 */
export type Trouble =
  /** Nothing is wrong with the record. `isUnknown`: a write may have been carried out nevertheless. */
  | Readonly<{ trouble: 'failure'; failure: Failure; isUnknown: boolean }>
  | Readonly<{ trouble: 'gone' }>
  | Readonly<{ trouble: 'stale' }>
  | Readonly<{ trouble: 'duplicate'; reason: string }>
  /** `quoted`: the names the text puts in quotes, a field's among them where Siebel names one. */
  | Readonly<{ trouble: 'badValue'; reason: string; quoted: readonly string[] }>
  | Readonly<{ trouble: 'notPermitted'; reason: string }>;

type CodeRule = Readonly<{
  means: Exclude<Trouble['trouble'], 'failure'> | 'misconfigured';
  sentence: string;
}>;

const misconfigured = (sentence: string): CodeRule => ({ means: 'misconfigured', sentence });
const badValue = (sentence: string): CodeRule => ({ means: 'badValue', sentence });
const duplicate = (sentence: string): CodeRule => ({ means: 'duplicate', sentence });
const notPermitted = (sentence: string): CodeRule => ({ means: 'notPermitted', sentence });

const settingsOf = 'compare the settings with the Siebel administrator';

/** Every code with a known meaning; sources in facts/siebel-rest.md 3.5. */
export const errorCodes: Readonly<Record<string, CodeRule>> = {
  'SBL-EAI-50297': misconfigured(
    'Siebel does not offer this business object over REST; ask for it to be enabled',
  ),
  'SBL-EAI-50257': misconfigured('Siebel does not know a business component we ask for; correct its name'),
  'SBL-EAI-50258': misconfigured('Siebel does not know a field we ask for; correct the field map'),
  'SBL-EAI-50238': misconfigured(
    'Siebel cannot describe the business object; look at the workspace it runs on',
  ),
  'SBL-DAT-00416': misconfigured('Siebel does not know a field we search by; correct the field map'),
  'SBL-DAT-00398': misconfigured('Siebel does not know a mapped field; correct the field map'),
  'SBL-DAT-00501': misconfigured(
    'Siebel did not understand a search of ours; tell the makers of this software',
  ),
  'SBL-DAT-00500': misconfigured(
    'Siebel does not page this far back; ask for ExecutionMode ForwardOnly to work',
  ),
  'SBL-DAT-00359': misconfigured('Siebel did not accept a search value for the type of its field'),
  'SBL-EAI-04447': misconfigured('Siebel allows smaller pages than we ask for; lower the page size'),
  'SBL-EAI-04388': misconfigured('Siebel does not accept the view mode; choose one it offers'),
  'SBL-DAT-00825': misconfigured('The Siebel account may not use this resource; ask for the responsibility'),
  'SBL-EAI-04397': badValue('Siebel could not recognise the record by its key fields; fill them in'),
  'SBL-DAT-00498': badValue('Siebel requires a field that is empty; fill it in'),
  'SBL-EAI-04401': badValue("A value is not in Siebel's list of values; choose one from the list"),
  'SBL-DAT-00225': badValue("A value is not in Siebel's list of values; choose one from the list"),
  'SBL-EAI-04390': badValue('Siebel found several records for the same key; remove the ambiguity there'),
  'SBL-DAT-00188': badValue('A value is longer than Siebel allows; shorten it'),
  'SBL-DAT-00511': badValue('Siebel would not take a value; correct the item'),
  'SBL-DAT-00494': badValue('Siebel would not take a value; correct the item'),
  'SBL-DAT-00510': badValue('Siebel would not take a value; correct the item'),
  'SBL-EAI-13011': badValue('Siebel would not take a value; correct the item'),
  'SBL-EAI-04383': duplicate('Siebel already holds a record like this one; adopt it or change what is equal'),
  'SBL-EAI-04381': duplicate('Siebel already holds a record like this one; adopt it or change what is equal'),
  'SBL-DAT-00381': duplicate('Siebel already holds a record like this one; adopt it or change what is equal'),
  'SBL-DAT-00382': duplicate('Siebel already holds a record like this one; adopt it or change what is equal'),
  'SBL-EAI-04378': { means: 'gone', sentence: 'The record is not in Siebel any more' },
  'SBL-DAT-00523': { means: 'stale', sentence: 'The record was changed in Siebel meanwhile' },
  'SBL-EAI-04184': notPermitted('Siebel does not allow new records here; ask the Siebel administrator'),
  'SBL-EAI-04185': notPermitted('Siebel does not allow changes here; ask the Siebel administrator'),
  'SBL-EAI-04421': notPermitted(
    'Siebel does not allow this record to be deleted; ask the Siebel administrator',
  ),
  'SBL-DAT-00279': notPermitted(
    'Siebel does not allow this change to the record; ask the Siebel administrator',
  ),
  'SBL-DAT-00278': notPermitted(
    'Siebel does not allow this change to the record; ask the Siebel administrator',
  ),
  'SBL-DAT-00284': notPermitted(
    'Siebel does not allow this change to the record; ask the Siebel administrator',
  ),
  'SBL-DAT-00542': notPermitted(
    'Siebel does not show this record to the account; ask the Siebel administrator',
  ),
  'SBL-DAT-00553': notPermitted(
    'Siebel does not show this record to the account; ask the Siebel administrator',
  ),
};

/** The one text by which Siebel says that nothing fits, not that the address is wrong; both are 404. */
const nothingFound = 'There is no data for the requested resource';

export function isNothingFound(status: number, text: string): boolean {
  return status === 204 || (status === 404 && text.includes(nothingFound));
}

export type ErrorAnswer = Readonly<{
  status: number;
  text: string;
  /** A page for browsers, from a proxy or a sign-in screen, and never from Siebel's REST. */
  isHtml: boolean;
  retryAfterMs: number | null;
}>;

/** Sorts an answer that is neither a success nor "nothing found". */
export function troubleOf(answer: ErrorAnswer): Trouble {
  const { status, text } = answer;
  if (status === 401)
    return unauthorized('Siebel does not accept the sign-in; check the account and its password');
  if (answer.isHtml) return htmlTrouble(answer);
  const code = innermostCode(text);
  const rule = code === null ? undefined : errorCodes[code];
  if (code !== null && rule !== undefined) return codeTrouble(code, rule, text);
  if (status === 403) return unauthorized('Siebel denies access; check the responsibilities of the account');
  if (status === 429 || status === 503) return throttled(answer);
  if (code !== null) return unlistedTrouble(code, answer);
  if (status === 408 || status >= 500)
    return mayHaveWorked(`Siebel answered ${status} without saying why`, answer);
  return failure('misconfigured', `Siebel answered ${status}; check SIEBEL_URL and ${settingsOf}.`);
}

/** The codes of a text nest, innermost first; wrappers whose meaning we do not list are skipped where a known one follows. */
function innermostCode(text: string): string | null {
  const codes = text.match(/SBL-[A-Z]{2,4}-\d{5}/g) ?? [];
  return codes.find((code) => code in errorCodes) ?? codes[0] ?? null;
}

/** A code without a known meaning: with a 5xx the weather, tried again for a while, else a value Siebel will not take. */
function unlistedTrouble(code: string, answer: ErrorAnswer): Trouble {
  if (answer.status >= 500)
    return mayHaveWorked(`Siebel answered with ${code}, which has no known cause`, answer);
  const reason = `Siebel would not take the item and gives ${code} as the reason; look it up there.`;
  return { trouble: 'badValue', reason, quoted: quotedIn(answer.text) };
}

function codeTrouble(code: string, rule: CodeRule, text: string): Trouble {
  const reason = `${rule.sentence} (${code}).`;
  switch (rule.means) {
    case 'misconfigured':
      return failure('misconfigured', reason);
    case 'badValue':
      return { trouble: 'badValue', reason, quoted: quotedIn(text) };
    case 'duplicate':
    case 'notPermitted':
      return { trouble: rule.means, reason };
    case 'gone':
    case 'stale':
      return { trouble: rule.means };
  }
  return unreachable(rule.means);
}

/** What stands in quotes or brackets, and what follows the word "field" without any. */
function quotedIn(text: string): readonly string[] {
  const named = /'([^']{1,75})'|"([^"]{1,75})"|\[([^\]]{1,75})\]|\bfield ([^'"[\]]{1,75}?) of\b/g;
  return [...text.matchAll(named)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
}

function htmlTrouble(answer: ErrorAnswer): Trouble {
  const what = 'A web page came instead of Siebel data, from a proxy or a sign-in screen';
  return answer.status >= 500 || answer.status === 429
    ? mayHaveWorked(what, answer)
    : failure('misconfigured', `${what}; check SIEBEL_URL and what stands in front of it.`);
}

function throttled(answer: ErrorAnswer): Trouble {
  const { retryAfterMs } = answer;
  const reason = 'Siebel asks to be left alone for a while; it is asked again later.';
  return {
    trouble: 'failure',
    isUnknown: answer.status === 503,
    failure: { kind: 'throttled', reach: 'side', reason, retryAfterMs },
  };
}

function mayHaveWorked(what: string, { retryAfterMs }: ErrorAnswer): Trouble {
  const reason = `${what}; it is asked again later.`;
  return {
    trouble: 'failure',
    isUnknown: true,
    failure: { kind: 'unreachable', reach: 'item', reason, retryAfterMs },
  };
}

function unauthorized(sentence: string): Trouble {
  return failure('unauthorized', `${sentence}.`);
}

function failure(kind: Failure['kind'], reason: string): Trouble {
  return {
    trouble: 'failure',
    isUnknown: false,
    failure: { kind, reach: 'side', reason, retryAfterMs: null },
  };
}

/** The same trouble for verbs that only look: everything is a failure there. */
export function failureFrom(trouble: Trouble): Failure {
  switch (trouble.trouble) {
    case 'failure':
      return trouble.failure;
    case 'badValue':
    case 'duplicate':
    case 'notPermitted':
      return { kind: 'refused', reach: 'item', reason: trouble.reason, retryAfterMs: null };
    case 'gone':
    case 'stale':
      return {
        kind: 'unreachable',
        reach: 'item',
        reason: 'Siebel changed while we looked; it is asked again later.',
        retryAfterMs: null,
      };
  }
  return unreachable(trouble);
}
