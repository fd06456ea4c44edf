import { describe, expect, test } from 'vitest';
import type { Contact, ContactKind } from '../../shared/contact.ts';
import type { ContactPolicy } from '../../shared/policy.ts';
import { matchContact } from '../../server/core/match.ts';
import {
  becomesPersonal,
  mayStart,
  seenInExchange,
  seenInSiebel,
  type Shown,
} from '../../server/core/selection.ts';
import { contact, policyWith, present } from './build.ts';

describe('which contact an unlinked one is', () => {
  const bill = { firstName: 'Bill', lastName: 'Gates', email1: 'bill@example.com' };
  const candidate = (id: string, fields: Partial<Contact>) => {
    const item = contact(fields);
    return { ref: present(item, { ref: id }).ref, item };
  };
  const info = { email1: 'info@example.com' };
  const cases: readonly (readonly [string, Partial<Contact>, readonly Partial<Contact>[], unknown])[] = [
    [
      'one with the address',
      bill,
      [{ ...bill, email1: null, email3: 'BILL@example.com' }],
      { match: 'one', ref: '0' },
    ],
    ['a nickname', bill, [{ ...bill, firstName: 'William' }], { match: 'one', ref: '0' }],
    ['a new last name', bill, [{ ...bill, lastName: 'Gates-French' }], { match: 'one', ref: '0' }],
    [
      'the address of a stranger',
      bill,
      [{ ...bill, firstName: 'Ana', lastName: 'Ruiz' }],
      { match: 'ask', refs: ['0'] },
    ],
    ['an address without a name', bill, [{ email2: bill.email1 }], { match: 'one', ref: '0' }],
    [
      'two with the address, one of the name',
      bill,
      [{ ...bill, firstName: 'Melinda' }, bill],
      { match: 'one', ref: '1' },
    ],
    [
      'two with a shared address',
      { ...bill, ...info },
      [
        { ...info, lastName: 'Ant' },
        { ...info, lastName: 'Bee' },
      ],
      { match: 'ask', refs: ['0', '1'] },
    ],
    ['two alike', bill, [bill, bill], { match: 'ask', refs: ['0', '1'] }],
    [
      'name and company under another address',
      { ...bill, company: 'Acme' },
      [{ ...bill, email1: 'b@acme.com', company: 'ACME' }],
      { match: 'ask', refs: ['0'] },
    ],
    [
      'only the name under another address',
      bill,
      [{ ...bill, email1: 'other@example.com' }],
      { match: 'none' },
    ],
    ['a name without an address', { ...bill, email1: null }, [bill], { match: 'one', ref: '0' }],
    [
      'a name without an address, twice',
      { ...bill, email1: null },
      [bill, bill],
      { match: 'ask', refs: ['0', '1'] },
    ],
    ['half a name', { lastName: 'Gates' }, [{ lastName: 'Gates' }], { match: 'none' }],
    ['nobody', bill, [], { match: 'none' }],
  ];
  test.each(cases)('%s', (_, item, candidates, expected) => {
    expect(
      matchContact(
        contact(item),
        candidates.map((one, index) => candidate(String(index), one)),
      ),
    ).toEqual(expected);
  });
});

function shown(fields: Partial<Shown> & { isPrivate?: boolean } = {}): Shown {
  const { isPrivate = false, ...rest } = fields;
  const { ref, version, item } = present(contact({ lastName: 'Lopez', isPrivate }));
  return { ref, version, item, kind: 'business', isMarked: true, members: ['ANA'], team: ['ANA'], ...rest };
}

function seen(snapshot: ReturnType<typeof seenInExchange>): string {
  return snapshot.state === 'present' ? 'present' : snapshot.why;
}

describe('what an Outlook copy counts as', () => {
  const context = { kind: 'business', wasMarked: true, isUnmarkWished: false } as const;
  const cases: readonly (readonly [
    string,
    Shown,
    Partial<{ kind: ContactKind; wasMarked: boolean; isUnmarkWished: boolean }>,
    string,
  ])[] = [
    ['marked', shown(), {}, 'present'],
    ['without the category it had', shown({ isMarked: false }), {}, 'unmarked'],
    ['not yet marked', shown({ isMarked: false }), { wasMarked: false }, 'present'],
    ['a person pressed the button', shown(), { isUnmarkWished: true }, 'unmarked'],
    ['a business contact turned private', shown({ isPrivate: true }), {}, 'unmarked'],
    ['a personal contact is private', shown({ isPrivate: true }), { kind: 'personal' }, 'present'],
  ];
  test.each(cases)('%s', (_, sighting, changed, expected) => {
    expect(seen(seenInExchange({ look: 'found', sighting }, { ...context, ...changed }))).toBe(expected);
  });

  test.each(['deleted', 'outOfReach'] as const)('missing: %s', (why) => {
    expect(seen(seenInExchange({ look: 'missing', why }, context))).toBe(why);
  });

  test('a contact that turned private goes on as a personal one only where private items are carried', () => {
    const look = { look: 'found', sighting: shown({ isPrivate: true }) } as const;
    expect(becomesPersonal(look, { ...context, privateItems: 'carry' })).toBe(true);
    expect(becomesPersonal(look, { ...context, privateItems: 'skip' })).toBe(false);
  });
});

describe('what a Siebel record counts as for Ana', () => {
  const context = { login: 'ana', wasMember: true, wasOnTeam: true, matchScope: 'sales-rep' } as const;
  const cases: readonly (readonly [
    string,
    Shown,
    Partial<{ wasMember: boolean; wasOnTeam: boolean; matchScope: ContactPolicy['matchScope'] }>,
    string,
  ])[] = [
    ['on her list and team', shown(), {}, 'present'],
    ['she left the list', shown({ members: ['BO'] }), {}, 'unmarked'],
    ['she is not on the list yet', shown({ members: [] }), { wasMember: false }, 'present'],
    ['she left the team', shown({ team: [] }), {}, 'outOfReach'],
    ['she never was on the team', shown({ team: [] }), { wasOnTeam: false }, 'present'],
    ['the team does not matter', shown({ team: [] }), { matchScope: 'all' }, 'present'],
    ['employees have no team', shown({ team: [], kind: 'employee' }), {}, 'present'],
  ];
  test.each(cases)('%s', (_, sighting, changed, expected) => {
    expect(seen(seenInSiebel({ look: 'found', sighting }, { ...context, ...changed }))).toBe(expected);
  });

  test('a record that is deleted is gone, one that merely does not show proves nothing', () => {
    expect(seen(seenInSiebel({ look: 'missing', why: 'deleted' }, context))).toBe('deleted');
    expect(seen(seenInSiebel({ look: 'missing', why: 'outOfReach' }, context))).toBe('never');
  });
});

describe('what an unlinked Outlook contact may start', () => {
  const cases: readonly (readonly [string, Shown, Partial<ContactPolicy>, boolean, string])[] = [
    ['marked', shown(), {}, false, 'create'],
    ['marked and private', shown({ isPrivate: true }), {}, false, 'ignore'],
    ['marked and private, carried', shown({ isPrivate: true }), { privateItems: 'carry' }, false, 'create'],
    ['marked and private, masked', shown({ isPrivate: true }), { privateItems: 'mask' }, false, 'ignore'],
    ['unmarked', shown({ isMarked: false }), {}, false, 'ignore'],
    ['unmarked, no category needed', shown({ isMarked: false }), { requireCategory: false }, false, 'create'],
    ['unmarked at the first load', shown({ isMarked: false }), {}, true, 'adoptOnly'],
    [
      'unmarked at the first load, only categorized',
      shown({ isMarked: false }),
      { onlyCategorizedAtFirstLoad: true },
      true,
      'ignore',
    ],
    [
      'unmarked and private at the first load',
      shown({ isMarked: false, isPrivate: true }),
      {},
      true,
      'ignore',
    ],
    ['an employee', shown({ kind: 'employee' }), {}, true, 'ignore'],
  ];
  test.each(cases)('%s', (_, sighting, contactPolicy, isFirstLoad, expected) => {
    expect(mayStart(sighting, policyWith(contactPolicy), { isFirstLoad })).toBe(expected);
  });
});
