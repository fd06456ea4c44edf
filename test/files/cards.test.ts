import { describe, expect, test } from 'vitest';
import { generateCards } from '../support/cards.ts';

const contacts = generateCards({ count: 5000, seed: 42 });
const share = (count: number): number => (count / contacts.length) * 100;

describe('the generator of contacts', () => {
  test('gives the same people for the same seed and others for another', () => {
    expect(generateCards({ count: 50, seed: 5 })).toEqual(generateCards({ count: 50, seed: 5 }));
    expect(generateCards({ count: 50, seed: 5 })).not.toEqual(generateCards({ count: 50, seed: 6 }));
  });

  test('gives nobody the address of another, save the shared info@ of a company', () => {
    const addresses = contacts.flatMap(({ email1, email2, email3 }) => [email1, email2, email3]);
    const own = addresses.filter((address) => address !== null && !address.startsWith('info@'));
    expect(new Set(own).size).toBe(own.length);
    expect(
      share(addresses.filter((address) => address?.startsWith('info@') === true).length),
    ).toBeGreaterThan(1);
    expect(share(contacts.filter(({ email1 }) => email1 === null).length)).toBeGreaterThan(5);
  });

  test('puts about eight people into a company, each company in one place', () => {
    const offices = Map.groupBy(contacts, ({ company }) => company);
    expect(offices.size).toBeGreaterThan(550);
    expect(offices.size).toBeLessThanOrEqual(625);
    for (const people of offices.values()) expect(new Set(people.map(({ office }) => office)).size).toBe(1);
  });

  test('writes in many scripts, with emoji, with long notes', () => {
    const names = contacts.map(({ firstName, lastName }) => `${firstName} ${lastName}`);
    for (const script of [
      /\p{sc=Cyrl}/u,
      /\p{sc=Han}/u,
      /\p{sc=Arab}/u,
      /\p{sc=Hebr}/u,
      /[ŁŻÇÖé]/,
      /\p{Extended_Pictographic}/u,
    ])
      expect(names.some((name) => script.test(name))).toBe(true);
    const long = share(contacts.filter(({ notes }) => (notes ?? '').length > 1000).length);
    expect(long).toBeGreaterThan(1);
    expect(long).toBeLessThan(3);
  });

  test('fills a dozen fields in the plain profile', () => {
    const [plain] = generateCards({ count: 1, seed: 1, profile: 'plain' });
    expect(plain).toMatchObject({ homePhone: null, categories: [], isPrivate: false, spouse: null });
  });
});
