import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { compareCensus, planAudience } from '../../server/core/audience.ts';
import { brake } from '../../server/core/brake.ts';

describe('L10: the brake', () => {
  const guard = { count: 250, percent: 25 };

  test.each([
    ['a handful, be it everything', guard, 9, 9, 'go'],
    ['ten of twenty', guard, 10, 20, 'hold'],
    ['just under the percent', guard, 24, 100, 'go'],
    ['the percent reached', guard, 25, 100, 'hold'],
    ['the count reached', guard, 250, 100_000, 'hold'],
    ['260 of 3,000 contacts', guard, 260, 3_000, 'hold'],
    ['no guard', { count: null, percent: null }, 5_000, 5_000, 'go'],
    ['only a count', { count: 20 }, 19, 19, 'go'],
    ['a first load has no share yet', { count: null, percent: 50 }, 800, 0, 'go'],
  ])('%s', (_, limit, planned, total, expected) => {
    expect(brake({ guard: limit, planned, total })).toBe(expected);
  });

  test('never holds less than it lets go, and never a handful', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(2_000), (some, more, total) => {
        const most = some + more;
        if (brake({ guard, planned: some, total }) === 'hold')
          expect(brake({ guard, planned: most, total })).toBe('hold');
        if (most < 10) expect(brake({ guard, planned: most, total })).toBe('go');
      }),
    );
  });
});

describe('the audience of a record', () => {
  test('opens what is missing and closes what is too much', () => {
    expect(planAudience(['ana', 'bo', 'bo'], ['bo', 'chen'])).toEqual({ open: ['ana'], close: ['chen'] });
  });

  test('is at rest once the plan is followed', () => {
    const people = fc.array(fc.constantFrom('ana', 'bo', 'chen', 'dora'));
    fc.assert(
      fc.property(people, people, (audience, held) => {
        const { open, close } = planAudience(audience, held);
        const now = [...held.filter((one) => !close.includes(one)), ...open];
        expect(planAudience(audience, now)).toEqual({ open: [], close: [] });
        expect(new Set(now)).toEqual(new Set(audience));
      }),
    );
  });
});

describe('a census', () => {
  const known = Array.from({ length: 12 }, (_, index) => `Contact/${index}`);

  test('names who joined and who may have left', () => {
    const listed = [...known.slice(1), 'Contact/new'];
    expect(compareCensus({ known, listed, total: 12 })).toEqual({
      census: 'whole',
      joined: ['Contact/new'],
      left: ['Contact/0'],
    });
  });

  test('with a page missing concludes nothing', () => {
    expect(compareCensus({ known, listed: known.slice(0, 5), total: 12 })).toMatchObject({
      census: 'broken',
    });
    expect(compareCensus({ known, listed: [], total: 12 })).toMatchObject({ census: 'broken' });
  });

  test('of a list that emptied at once is doubtful', () => {
    expect(compareCensus({ known, listed: [], total: 0 })).toMatchObject({ census: 'doubtful', left: known });
    expect(compareCensus({ known: known.slice(0, 2), listed: [], total: 0 })).toMatchObject({
      census: 'whole',
    });
  });
});
