import { fc } from '../support/property.ts';
import { describe, expect, it } from 'vitest';
import {
  atTime,
  chunked,
  equals,
  equalsIgnoringCase,
  every,
  exists,
  hasId,
  longestSpec,
  searchFields,
  some,
} from '../../server/connectors/siebel/search-spec.ts';

const field = searchFields(['Id', 'Last Name', 'First Name', 'Cellular Phone #', 'Updated', 'Sync List']);
const lastName = field('Last Name');

/** Texts a hostile or careless person might type. */
const hostile = fc.string({
  unit: fc.constantFrom(
    '"',
    "'",
    '*',
    '?',
    '\\',
    ')',
    '(',
    ']',
    '[',
    ' ',
    'O',
    'R',
    'x',
    '=',
    '~',
    '\n',
    '\u0000',
    'é',
    '😀',
  ),
  maxLength: 40,
});

describe('search expressions', () => {
  it('keep every typed text inside its literal', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), (first, second, ignoresCase) => {
        const compare = ignoresCase ? equalsIgnoringCase : equals;
        const spec = some([
          compare(lastName, first),
          every([compare(field('First Name'), second), hasId(field('Id'), '1-A')]),
        ]);
        expect(skeletonOf(spec)).toMatch(
          /^\(\[Last Name\] ~?(=|LIKE) § OR \(\[First Name\] ~?(=|LIKE) § AND \[Id\]=§\)\)$/,
        );
      }),
    );
  });

  it('find the very text, or a pattern that fits it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [literal] = literalsOf(equals(lastName, text));
        if (literal === undefined) throw new Error('There is no literal.');
        const isExact = equals(lastName, text).includes('] = ');
        expect(isExact ? literal === text : fits(text, literal)).toBe(true);
      }),
    );
  });

  it('never hold a wildcard somebody typed', () => {
    expect(equals(lastName, 'a*b')).toBe('[Last Name] = "a*b"');
    expect(equals(lastName, '*"\'')).toBe('[Last Name] LIKE "???"');
  });

  it('quote with the quote the text does not hold', () => {
    expect(equals(lastName, "O'Brien")).toBe('[Last Name] = "O\'Brien"');
    expect(equals(lastName, 'the "old" one')).toBe('[Last Name] = \'the "old" one\'');
    expect(equalsIgnoringCase(lastName, 'smith')).toBe('[Last Name] ~= "smith"');
    expect(exists(equals(field('Sync List'), 'ANA'))).toBe('EXISTS ([Sync List] = "ANA")');
  });

  it('name listed fields only, and no id that is none', () => {
    expect(() => field('Salary')).toThrow('Salary');
    expect(() => searchFields(['Name] IS NULL OR [Id'])).toThrow('no name of a Siebel field');
    expect(() => hasId(field('Id'), "1-A' OR '1'='1")).toThrow('row id');
    expect(hasId(field('Id'), '88-3DS9V5')).toBe("[Id]='88-3DS9V5'");
  });

  it('write times in the zone of the account', () => {
    const instant = Temporal.Instant.from('2026-07-01T22:30:00Z');
    expect(atTime(field('Updated'), '>=', { instant, zone: 'Europe/Berlin' })).toBe(
      '[Updated] >= "07/02/2026 00:30:00"',
    );
  });

  it('are split into as few as fit 2,000 characters', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { maxLength: 400, size: 'max' }), (names) => {
        const chunks = chunked(names, (name) => equals(lastName, name), {
          wrap: (or) => every([exists(equals(field('Sync List'), 'ANA')), or]),
          most: 80,
        });
        expect(chunks.flatMap(({ of }) => of)).toEqual(names);
        expect(chunks.every(({ spec, of }) => spec.length <= longestSpec && of.length <= 80)).toBe(true);
      }),
    );
    const ids = Array.from({ length: 300 }, (_, index) => `1-ABC${index}`);
    expect(chunked(ids, (id) => hasId(field('Id'), id))).toHaveLength(3);
  });
});

/** An independent reader of literals: `'` and `"` open one, the next of the same kind ends it. */
function literalsOf(spec: string): readonly string[] {
  return [...spec.matchAll(/"([^"]*)"|'([^']*)'/g)].map((match) => match[1] ?? match[2] ?? '');
}

function skeletonOf(spec: string): string {
  return spec.replaceAll(/"[^"]*"|'[^']*'/g, '§');
}

function fits(text: string, pattern: string): boolean {
  const characters = Array.from(text);
  const places = Array.from(pattern);
  return (
    characters.length === places.length &&
    places.every((place, at) => place === '?' || place === characters[at])
  );
}
