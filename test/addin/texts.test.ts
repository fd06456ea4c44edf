import { describe, expect, test } from 'vitest';
import { commandTexts } from '../../addin/text/command.ts';
import { directionOf, fill, languageFrom, languages } from '../../addin/text/language.ts';

const longestInInformationBar = 150;

describe('texts', () => {
  test.each(languages)('in %s are complete, fit the information bar and are translated', (language) => {
    const english = commandTexts.en;
    expect(Object.keys(commandTexts[language])).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(commandTexts[language])) {
      expect(text.trim(), key).not.toBe('');
      expect(text.length, key).toBeLessThanOrEqual(longestInInformationBar);
      if (language !== 'en') expect(Object.values(english), key).not.toContain(text);
    }
  });

  test.each([
    ['de-AT', 'de'],
    ['fr', 'fr'],
    ['ar-SA', 'ar'],
    ['EN-us', 'en'],
    ['nl-NL', 'en'],
    ['', 'en'],
  ])('for %s are in %s', (tag, language) => {
    expect(languageFrom(tag)).toBe(language);
  });

  test('Arabic runs from right to left', () => {
    expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
  });

  test('take values as they are, and leave a place nobody fills', () => {
    expect(fill('{name} of {count}', { name: '<b>$&</b>' })).toBe('<b>$&</b> of {count}');
  });
});
