/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things */
import { fc } from '../support/property.ts';
import { describe, expect, it } from 'vitest';
import { emptyContact, contactFields } from '../../shared/contact.ts';
import {
  addressFromSiebel,
  primaryOf,
  shortened,
  siebelFromAddress,
  splitStreet,
} from '../../server/connectors/siebel/address.ts';
import { contactMapOf } from '../../server/connectors/siebel/contact-map.ts';
import {
  contactFromSiebel,
  sightingFromContact,
  siebelFromContact,
} from '../../server/connectors/siebel/contact.ts';
import {
  comesTwice,
  dateFromSiebel,
  instantFromSiebel,
  plainFloor,
  siebelFromDate,
  siebelFromInstant,
} from '../../server/connectors/siebel/dates.ts';
import { errorCodes, isNothingFound, troubleOf } from '../../server/connectors/siebel/errors.ts';
import { siebelDefaults } from '../../server/connectors/siebel/settings.ts';
import { rowsFrom, type Row } from '../../server/connectors/siebel/wire.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata'] as const;
const instants = fc
  .integer({ min: 1_600_000_000, max: 2_000_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000));

describe('Siebel dates', () => {
  it('come back as the same instant, except in an hour that comes twice', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const back = instantFromSiebel(siebelFromInstant(instant, zone), zone);
        if (!comesTwice(instant, zone)) expect(back?.toString()).toBe(instant.toString());
        else expect(Math.abs(back?.until(instant).total('hours') ?? 99)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are searched from a time that has one meaning', () => {
    const secondHalfPastTwo = Temporal.Instant.from('2026-10-25T01:30:00Z');
    expect(comesTwice(secondHalfPastTwo, 'Europe/Berlin')).toBe(true);
    const floor = plainFloor(secondHalfPastTwo, 'Europe/Berlin');
    expect(comesTwice(floor, 'Europe/Berlin')).toBe(false);
    expect(Temporal.Instant.compare(floor, secondHalfPastTwo)).toBeLessThan(0);
    expect(plainFloor(secondHalfPastTwo, 'UTC')).toBe(secondHalfPastTwo);
  });

  it('know month from day and refuse what is no date', () => {
    expect(instantFromSiebel('01/31/2026 23:00:00', 'UTC')?.toString()).toBe('2026-01-31T23:00:00Z');
    expect(instantFromSiebel('2026-01-31T23:00:00Z', 'UTC')).toBeNull();
    expect(instantFromSiebel('02/30/2026 10:00:00', 'UTC')).toBeNull();
    expect(dateFromSiebel('02/29/1980')).toBe('1980-02-29');
    expect(dateFromSiebel('02/29/1980 00:00:00')).toBe('1980-02-29');
    expect(dateFromSiebel('29.02.1980')).toBeNull();
    expect(siebelFromDate('1980-02-29')).toBe('02/29/1980');
  });
});

describe('addresses', () => {
  const line = fc
    .string({ minLength: 1, maxLength: 30 })
    .map((text) => text.replaceAll(/[\r\n]/g, ' ').trim())
    .filter((text) => text !== '');

  it('of one or two lines come back as they were', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 2 }), (lines) => {
        const street = lines.join('\n');
        const { values } = siebelFromAddress({ street }, null);
        expect(addressFromSiebel(row(values)).street).toBe(street);
      }),
    );
  });

  it('put every further line into the second field', () => {
    expect(splitStreet('Building 7\n1 Main Street\nFloor 2')).toEqual([
      'Building 7',
      '1 Main Street, Floor 2',
    ]);
    expect(splitStreet(null)).toEqual(['', '']);
  });

  it('keep the split people made in Siebel while the street reads the same', () => {
    const existing = row({ 'Street Address': '', 'Street Address 2': '1 Main Street', City: 'Ulm' });
    const same = siebelFromAddress({ street: '1 Main Street', city: 'Bonn' }, existing);
    expect(same.values).toEqual({ City: 'Bonn' });
    expect(siebelFromAddress({ street: '2 Main Street' }, existing).values).toEqual({
      'Street Address': '2 Main Street',
      'Street Address 2': '',
    });
  });

  it('are the primary ones, else the first', () => {
    const [first, second] = [row({ City: 'Ulm' }), row({ City: 'Bonn', IsPrimaryMVG: 'Y' })];
    expect(primaryOf([first, second])).toBe(second);
    expect(primaryOf([first])).toBe(first);
    expect(primaryOf([])).toBeNull();
  });
});

describe('values that are too long', () => {
  it('are cut between characters people see, never inside one', () => {
    expect(shortened('ab👨‍👩‍👧cd', 6)).toBe('ab');
    expect(shortened('e\u0301e\u0301', 3)).toBe('e\u0301');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, length) => {
        const cut = shortened(text, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });

  it('are noted; half an address or number is refused instead', () => {
    const item = { ...emptyContact, lastName: 'x'.repeat(60), email1: `${'x'.repeat(120)}@example.com` };
    const { values, notes } = siebelFromContact(['lastName', 'email1'], item, map);
    expect(values).toEqual({ 'Last Name': 'x'.repeat(50) });
    expect(notes).toMatchObject([
      { field: 'lastName', what: 'shortened' },
      { field: 'email1', what: 'refused' },
    ]);
  });
});

const map = contactMapOf({ fieldMap: {}, customFields: [], children: siebelDefaults.children });

describe('contacts', () => {
  it('read blank as absent, Y as private, and their children', () => {
    const [read] = rowsFrom({ items: { ...wireContact, Link: [{ rel: 'self' }] } });
    if (read === undefined) throw new Error('No row was read.');
    const sighting = sightingFromContact(read, map);
    expect(sighting).toMatchObject({
      ref: 'Contact/1-ABC',
      kind: 'personal',
      members: ['ANA', 'BRUNO'],
      team: ['ANA'],
      stamp: 'stamp-1',
      item: {
        firstName: 'Maria',
        middleName: null,
        workPhone: '+15550100',
        company: 'Acme',
        birthday: '1980-02-29',
        homeStreet: '1 Main Street\nFloor 2',
        isPrivate: true,
        categories: [],
      },
    });
    expect(Object.keys(sighting.item).sort()).toEqual(['custom', ...contactFields].sort());
  });

  it('have another version when a list or the name of their account changes', () => {
    const versionOf = (change: object) => {
      const [read] = rowsFrom([{ ...wireContact, ...change }]);
      return read === undefined ? '' : sightingFromContact(read, map).version;
    };
    expect(versionOf({})).toBe(versionOf({ Link: [] }));
    expect(versionOf({ 'Sync List': [{ Id: '0-2', 'Login Name': 'BRUNO' }] })).not.toBe(versionOf({}));
    expect(versionOf({ Account: 'Acme Inc.' })).not.toBe(versionOf({}));
    expect(versionOf({ 'Sync List': wireContact['Sync List'].toReversed() })).toBe(versionOf({}));
  });

  it('follow the names a customer gives to fields, and its own fields', () => {
    const own = contactMapOf({
      fieldMap: { email1: 'Primary Email', workPhone2: 'Work Phone 2 #' },
      customFields: [
        { name: 'tier', siebelField: 'X_TIER', exchangeProperty: 'String {1} Name Tier', direction: 'both' },
      ],
      children: { ...siebelDefaults.children, homeAddress: null },
    });
    const item = {
      ...emptyContact,
      email1: 'm@example.com',
      workPhone2: '5',
      homeCity: 'Ulm',
      custom: { tier: 'Gold' },
    };
    const { values } = siebelFromContact(['email1', 'workPhone2', 'homeCity', 'custom.tier'], item, own);
    expect(values).toEqual({ 'Primary Email': 'm@example.com', 'Work Phone 2 #': '5', X_TIER: 'Gold' });
    expect(contactFromSiebel(row({ ...values }), own)).toMatchObject({
      workPhone2: '5',
      custom: { tier: 'Gold' },
    });
  });
});

describe('answers of Siebel', () => {
  it('are read in every shape', () => {
    expect(rowsFrom({ items: [{ Id: '1' }, { Id: '2' }] }).map(({ id }) => id)).toEqual(['1', '2']);
    expect(rowsFrom({ items: { Id: '1' } }).map(({ id }) => id)).toEqual(['1']);
    expect(rowsFrom({ Id: '1' }).map(({ id }) => id)).toEqual(['1']);
    expect(rowsFrom([{ Id: '1' }]).map(({ id }) => id)).toEqual(['1']);
    expect(rowsFrom({ Link: [] })).toEqual([]);
    expect(rowsFrom(null)).toEqual([]);
    expect(rowsFrom({ Id: '1', Position: { Id: '9' } })[0]?.children).toMatchObject({
      Position: [{ id: '9' }],
    });
  });

  it('tell nothing found from a wrong address', () => {
    expect(isNothingFound(404, '{"ERROR":"There is no data for the requested resource"}')).toBe(true);
    expect(isNothingFound(204, '')).toBe(true);
    expect(isNothingFound(404, '{"ERROR":"Invalid object name"}')).toBe(false);
    expect(trouble(404, '{"ERROR":"Invalid object name"}')).toMatchObject({
      failure: { kind: 'misconfigured' },
    });
  });

  it('are sorted by the code in their text, innermost first, whatever the status', () => {
    expect(trouble(500, "'Last Name' is a required field(SBL-DAT-00498)")).toMatchObject({
      trouble: 'badValue',
      quoted: ['Last Name'],
    });
    expect(trouble(500, 'the field Country of buscomp X does not match(SBL-DAT-00225)')).toMatchObject({
      trouble: 'badValue',
    });
    expect(trouble(500, 'changed(SBL-DAT-00523)(SBL-EAI-04451)')).toEqual({ trouble: 'stale' });
    expect(trouble(500, 'wrapped(SBL-EAI-04451): gone(SBL-EAI-04378)')).toEqual({ trouble: 'gone' });
    expect(trouble(409, 'match(SBL-EAI-04383)')).toMatchObject({ trouble: 'duplicate' });
    expect(trouble(403, 'denied(SBL-DAT-00825)')).toMatchObject({ failure: { kind: 'misconfigured' } });
    expect(trouble(401, '')).toMatchObject({ failure: { kind: 'unauthorized' } });
  });

  it('leave open whether a write was done when nothing says that it was refused', () => {
    expect(trouble(500, 'Internal error')).toMatchObject({ trouble: 'failure', isUnknown: true });
    expect(trouble(500, 'odd(SBL-XYZ-99999)')).toMatchObject({ trouble: 'failure', isUnknown: true });
    expect(trouble(400, 'odd(SBL-XYZ-99999)')).toMatchObject({ trouble: 'badValue' });
    expect(trouble(502, '<html>Bad gateway</html>', true)).toMatchObject({
      failure: { kind: 'unreachable' },
    });
    expect(trouble(200, '<html>Sign in</html>', true)).toMatchObject({ failure: { kind: 'misconfigured' } });
    expect(trouble(429, '')).toMatchObject({ failure: { kind: 'throttled' } });
  });

  it('have a sentence for people for every code, which names no data', () => {
    for (const [code, { sentence }] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^SBL-(EAI|DAT)-\d{5}$/);
      expect(sentence).toMatch(/^(Siebel|The|A) .{20,}[^.]$/);
    }
  });
});

const wireContact = {
  Id: '1-ABC',
  'Mod Id': '3',
  Updated: '01/31/2026 10:00:00',
  'First Name': 'Maria',
  'Middle Name': '',
  'Work Phone #': '+15550100\n+0 000 0000',
  'Birth Date': '02/29/1980',
  'Personal Contact': 'Y',
  Account: 'Acme',
  'Integration Id': 'stamp-1',
  'Sync List': [
    { Id: '0-2', 'Login Name': 'BRUNO' },
    { Id: '0-1', 'Login Name': 'ANA' },
  ],
  Position: [{ Id: '0-9', Name: 'Rep', 'Active Login Name': 'ANA' }],
  'Personal Address': [
    { Id: '1-X', 'Street Address': '1 Main Street', 'Street Address 2': 'Floor 2', IsPrimaryMVG: 'Y' },
  ],
};

function trouble(status: number, text: string, isHtml = false) {
  return troubleOf({ status, text, isHtml, retryAfterMs: null });
}

function row(values: Readonly<Record<string, string>>): Row {
  return { id: '1-ABC', values, children: {} };
}
