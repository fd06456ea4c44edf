import { describe, expect, test } from 'vitest';
import { item } from '../../addin/text/en/item.ts';
import { lists } from '../../addin/text/en/lists.ts';
import { pane } from '../../addin/text/en/pane.ts';
import { languages } from '../../addin/text/language.ts';
import { paneTexts, type PaneKey } from '../../addin/text/pane.ts';
import { textsIn } from '../../addin/pane/texts.ts';

const keys = Object.keys(paneTexts.en) as PaneKey[];
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();
/** Names of products and words that are the same in several languages. */
const mayBeAlike = new Set<string>([
  'siebel',
  'outlook',
  'inSiebel',
  'inOutlook',
  'state_inStep',
  'questions',
  'tabContacts',
]);

describe('the texts of the pane', () => {
  test('no section takes the word of another', () => {
    const count = [pane, item, lists].flatMap((section) => Object.keys(section)).length;
    expect(new Set(keys).size).toBe(count);
  });

  for (const language of languages) {
    test(`are complete in ${language}, with the same places to fill in`, () => {
      const texts = paneTexts[language];
      expect(Object.keys(texts).toSorted()).toEqual(keys.toSorted());
      for (const key of keys) {
        expect(texts[key].trim(), key).not.toBe('');
        expect(places(texts[key]), key).toEqual(places(paneTexts.en[key]));
      }
    });
  }

  test('are translated, and not merely copied', () => {
    for (const language of languages.filter((one) => one !== 'en')) {
      const copied = keys.filter(
        (key) => paneTexts[language][key] === paneTexts.en[key] && !mayBeAlike.has(key),
      );
      expect(copied, language).toEqual([]);
    }
  });

  test('show names as they are, scripts among them', () => {
    const name = '<img src=x onerror=alert(1)> $& {time}';
    expect(textsIn('de')('marked', { label: name })).toBe(`${name} geht nach Siebel.`);
  });
});
