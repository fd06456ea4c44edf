import { fc } from '../support/property.ts';
import { expect, test } from 'vitest';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import type { Marks } from '../../server/connectors/connector.ts';
import {
  contactFromGraph,
  graphFromContact,
  sightingFromGraph,
} from '../../server/connectors/graph/contact.ts';
import { dateFromGraph } from '../../server/connectors/graph/birthday.ts';
import { textFields } from '../../server/connectors/graph/contact-fields.ts';
import { categoriesToWrite } from '../../server/connectors/graph/marks.ts';

const marks: Marks = { write: 'Siebel Contact', accept: ['Siebel-Kontakt'], employee: 'Employee' };
const customFields = [
  { name: 'tier', siebelField: 'Tier', exchangeProperty: 'profession', direction: 'both' },
  {
    name: 'region',
    siebelField: 'Region',
    exchangeProperty: 'String {6f6b2f9e-0c5e-4d7a-8a52-000000000001} Name Region',
    direction: 'both',
  },
  { name: 'chat', siebelField: 'Chat', exchangeProperty: 'imAddresses', direction: 'both' },
] as const;

const line = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => !/[\r\n;]/.test(text));
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const date = fc
  .date({ min: new Date('1604-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

/** A contact Outlook can hold as it is: e-mails and phones without empty places between them. */
const contact: fc.Arbitrary<Contact> = fc
  .record({
    texts: fc.record(Object.fromEntries(textFields.map((field) => [field, orNull(line)]))),
    businessStreet: orNull(lines),
    notes: orNull(lines),
    birthday: orNull(date),
    emails: fc.uniqueArray(fc.emailAddress(), { maxLength: 3, selector: (email) => email.toLowerCase() }),
    phones: fc.array(line, { maxLength: 2 }),
    homePhones: fc.array(line, { maxLength: 2 }),
    isPrivate: fc.boolean(),
    custom: fc.record({ tier: orNull(line), region: orNull(line), chat: orNull(line) }),
  })
  .map(({ texts, emails, phones, homePhones, ...rest }) => ({
    ...emptyContact,
    ...texts,
    ...rest,
    email1: emails[0] ?? null,
    email2: emails[1] ?? null,
    email3: emails[2] ?? null,
    workPhone: phones[0] ?? null,
    workPhone2: phones[1] ?? null,
    homePhone: homePhones[0] ?? null,
    homePhone2: homePhones[1] ?? null,
  }));

const everyField = [...textFields, 'isPrivate', 'custom.tier', 'custom.region', 'custom.chat'] as const;

test('every contact comes back from Outlook as it was written', () => {
  fc.assert(
    fc.property(contact, (item) => {
      const row = { id: 'x', ...graphFromContact(everyField, item, { row: null, customFields }) };
      expect(contactFromGraph(row, marks, customFields)).toEqual(item);
    }),
  );
});

test('a write names nothing but the properties of its fields', () => {
  const patch = graphFromContact(
    ['mobilePhone'],
    { ...emptyContact, mobilePhone: '1' },
    { row: null, customFields },
  );
  expect(patch).toEqual({ mobilePhone: '1' });
});

test('a new last name comes with its display name', () => {
  const item = { ...emptyContact, firstName: 'Maria', lastName: 'Lopez-Vega' };
  expect(graphFromContact(['lastName'], item, { row: null, customFields })).toEqual({
    surname: 'Lopez-Vega',
    displayName: 'Maria Lopez-Vega',
  });
});

test('one part of an address is sent with the other four', () => {
  const item = { ...emptyContact, homeStreet: 'Am Tor 1\nHinterhaus', homeCity: 'Ulm' };
  expect(graphFromContact(['homeCity'], item, { row: null, customFields })).toEqual({
    homeAddress: {
      street: 'Am Tor 1\r\nHinterhaus',
      city: 'Ulm',
      state: null,
      postalCode: null,
      countryOrRegion: null,
    },
  });
});

test('an e-mail address that stays keeps the name it is shown by', () => {
  const row = { id: 'x', emailAddresses: [{ name: 'Maria at work', address: 'Maria@example.com' }] };
  const item = { ...emptyContact, email1: 'maria@example.com', email2: 'm@example.org' };
  expect(graphFromContact(['email2'], item, { row, customFields })).toEqual({
    emailAddresses: [
      { name: 'Maria at work', address: 'maria@example.com' },
      { name: 'm@example.org', address: 'm@example.org' },
    ],
  });
});

test('every way of saying nothing is read as nothing', () => {
  const nothing = {
    id: 'x',
    givenName: '',
    surname: null,
    businessAddress: {},
    homeAddress: null,
    businessPhones: [],
    personalNotes: '',
  };
  expect(contactFromGraph(nothing, marks, [])).toEqual(emptyContact);
});

test('an address Exchange cannot read is kept as it came back', () => {
  const row = { id: 'x', emailAddresses: [{ name: 'maria@@example' }, { name: 'Maria Lopez' }] };
  expect(contactFromGraph(row, marks, [])).toMatchObject({ email1: 'maria@@example', email2: null });
});

test.each([
  ['1974-07-22T11:59:00Z', '1974-07-22'],
  ['1974-07-22T12:00:00Z', '1974-07-22'],
  ['1974-07-22T00:00:00Z', '1974-07-22'],
  ['1974-07-21T22:00:00Z', '1974-07-22'],
  ['1974-07-22T08:00:00Z', '1974-07-22'],
  ['1604-02-29T00:00:00Z', '1604-02-29'],
  ['1974-07-22', '1974-07-22'],
])('the birthday %s is %s wherever its owner wrote it', (wire, date) => {
  expect(dateFromGraph(wire)).toBe(date);
});

test.each([
  [{ id: 'Integer 0x36', value: '2' }, true],
  [{ id: 'Integer 0x0036', value: '3' }, true],
  [{ id: 'boolean {00062008-0000-0000-c000-000000000046} Id 0x8506', value: 'True' }, true],
  [{ id: 'Integer 0x36', value: '0' }, false],
])('a contact with %o is private: %s', (property, isPrivate) => {
  expect(contactFromGraph({ id: 'x', singleValueExtendedProperties: [property] }, marks, []).isPrivate).toBe(
    isPrivate,
  );
});

test('marks are told from the categories of the user, in any case and language', () => {
  const seen = sightingFromGraph(
    { id: 'x', categories: ['VIP', 'siebel-kontakt', 'Golf', 'vip'] },
    marks,
    [],
  );
  expect(seen).toMatchObject({ isMarked: true, kind: 'business', item: { categories: ['Golf', 'VIP'] } });
  expect(sightingFromGraph({ id: 'x', categories: ['employee'] }, marks, [])).toMatchObject({
    kind: 'employee',
    isMarked: true,
  });
  expect(sightingFromGraph({ id: 'x', categories: ['VIP'] }, marks, [])).toMatchObject({ isMarked: false });
});

test('a mark that is there keeps its language, and taking it off leaves the rest', () => {
  const present = ['Siebel-Kontakt', 'VIP'];
  const wish = (mark: boolean | null) => ({ mark, kind: 'business', marks }) as const;
  expect(categoriesToWrite(['VIP'], present, wish(true))).toEqual(['VIP', 'Siebel-Kontakt']);
  expect(categoriesToWrite(['VIP'], present, wish(null))).toEqual(['VIP', 'Siebel-Kontakt']);
  expect(categoriesToWrite(['VIP'], present, wish(false))).toEqual(['VIP']);
  expect(categoriesToWrite(['VIP'], ['VIP'], wish(true))).toEqual(['VIP', 'Siebel Contact']);
});
