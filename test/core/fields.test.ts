import { describe, expect, test } from 'vitest';
import { contactFields, emptyContact } from '../../shared/contact.ts';
import { contactRules } from '../../server/core/fields/contact.ts';
import {
  emptyOf,
  fieldsOf,
  normalItem,
  sameItem,
  sameValue,
  valueOf,
  withValue,
} from '../../server/core/fields/item.ts';
import type { FieldName, FieldValue } from '../../server/core/step.ts';
import { contact } from './build.ts';

describe('a contact’s fields', () => {
  test('every field of a contact has a rule, in the order of the contact', () => {
    expect(Object.keys(contactRules)).toEqual(contactFields);
    expect(emptyOf('contact')).toEqual(emptyContact);
  });

  test('the organisation’s own fields come after them', () => {
    const item = contact({ custom: { region: 'Nord', constructor: null } });
    expect(fieldsOf(item).slice(-2)).toEqual(['custom.constructor', 'custom.region']);
    expect(valueOf(item, 'custom.region')).toBe('Nord');
    expect(valueOf(contact({}), 'custom.constructor')).toBeNull();
    expect(valueOf(withValue(item, 'custom.region', 'Süd'), 'custom.region')).toBe('Süd');
  });

  const same: readonly (readonly [string, FieldName, FieldValue, FieldValue])[] = [
    ['blank forms', 'lastName', null, '  '],
    ['an empty set and nothing', 'categories', [], null],
    ['not private and nothing', 'isPrivate', false, null],
    ['trailing blanks and line ends', 'notes', 'one  \r\ntwo\r\n', 'one\ntwo'],
    ['composed and decomposed letters', 'lastName', 'M\u00fcller', 'Mu\u0308ller'],
    ['addresses in another case', 'email1', 'Ana@Example.com', 'ana@example.com '],
    ['phones written another way', 'workPhone', '+49 (30) 12-34', '0049 30 1234'],
    ['the trunk zero nobody dials from abroad', 'workPhone', '+49 (0)30 1234', '+49 30 1234'],
    ['extensions written another way', 'workPhone', '030 1234 ext. 5', '030/1234 x5'],
    ['sets in another order and case', 'categories', ['VIP', 'Kunde'], ['kunde', 'vip', 'VIP']],
  ];
  test.each(same)('mean the same: %s', (_, field, a, b) => {
    expect(sameValue(field, a, b)).toBe(true);
    expect(sameValue(field, b, a)).toBe(true);
  });

  const different: readonly (readonly [string, FieldName, FieldValue, FieldValue])[] = [
    ['names in another case', 'lastName', 'mcdonald', 'McDonald'],
    ['a local number and one with its country', 'workPhone', '+49 (0)30 1234', '030 1234'],
    ['a number with and without extension', 'workPhone', '030 1234', '030 1234 x5'],
    ['an extension and digits at the end', 'workPhone', '030 1234 x5', '030 12345'],
    ['what is no number', 'workPhone', 'ask Maria', 'ask Ana'],
    ['lines and one line', 'businessStreet', 'a\nb', 'a b'],
  ];
  test.each(different)('differ: %s', (_, field, a, b) => {
    expect(sameValue(field, a, b)).toBe(false);
  });

  test('an item has one written form, which means the same as the item', () => {
    const item = contact({
      lastName: ' Lopez ',
      notes: 'a \r\nb',
      firstName: ' ',
      categories: ['b ', 'A', 'a', ''],
    });
    const normal = normalItem(item);
    expect(normal).toEqual(contact({ lastName: 'Lopez', notes: 'a\nb', categories: ['A', 'b'] }));
    expect(sameItem(item, normal)).toBe(true);
    expect(normalItem(normal)).toEqual(normal);
    expect(Object.keys(normal)).toEqual(Object.keys(emptyContact));
  });
});
