import { describe, expect, test } from 'vitest';
import { defaultPolicy, type Level, type Policy } from '../../shared/policy.ts';
import { categoriesOf, resolvePolicy, type PersonInput, type Rules } from '../../server/core/policy.ts';
import { fieldPolicy, policyWith, rulesFor } from './build.ts';

const ana: PersonInput = {
  mailbox: 'ana@example.com',
  groups: { position: ['Sales DE'], organization: ['Field'] },
  levels: {},
};

function resolve(policy: Policy, person: Partial<PersonInput> = {}, kind: Rules['kind'] = 'business'): Rules {
  const holds = { siebel: () => true, exchange: () => true };
  return resolvePolicy({ policy, kind, person: { ...ana, ...person }, holds });
}

function grouped(level: Level, members: Partial<Policy['groups'][number]>): Policy {
  return { ...defaultPolicy, groups: [{ name: 'Group', domains: { contact: { level } }, ...members }] };
}

describe('a person’s level', () => {
  const cases: readonly (readonly [string, Rules, Level])[] = [
    ['is the domain’s', resolve(defaultPolicy), 'full'],
    [
      'is lowered by a group that names the person',
      resolve(grouped('export-only', { people: ['Ana@Example.com'] })),
      'export-only',
    ],
    ['is lowered by a position', resolve(grouped('import-only', { position: 'Sales DE' })), 'import-only'],
    ['is lowered by an organisation', resolve(grouped('none', { organization: 'Field' })), 'none'],
    [
      'is not touched by another’s group',
      resolve(grouped('none', { position: 'Service', people: ['bo@example.com'] })),
      'full',
    ],
    [
      'is the person’s own in place of the group’s',
      resolve(grouped('none', { position: 'Sales DE' }), { levels: { contact: 'full' } }),
      'full',
    ],
    [
      'never exceeds the domain’s',
      resolve(policyWith({ level: 'export-only' }), { levels: { contact: 'full' } }),
      'export-only',
    ],
    [
      'of export and import only is none',
      resolve(policyWith({ level: 'export-only' }), { levels: { contact: 'import-only' } }),
      'none',
    ],
    ['is export only for employees', resolve(defaultPolicy, {}, 'employee'), 'export-only'],
    [
      'is none for employees of those who only import',
      resolve(policyWith({ level: 'import-only' }), {}, 'employee'),
      'none',
    ],
  ];
  test.each(cases)('%s', (_, { level }, expected) => {
    expect(level).toBe(expected);
  });
});

describe('a field', () => {
  test('travels by its direction, its switch and the level', () => {
    const rules = rulesFor({
      fields: { jobTitle: fieldPolicy({ direction: 'to-exchange' }), notes: fieldPolicy({ enabled: false }) },
      customFields: [
        { name: 'region', siebelField: 'Region', exchangeProperty: 'Region', direction: 'to-siebel' },
      ],
    });
    const ways = (field: Parameters<Rules['mayTravel']>[0]) => [
      rules.mayTravel(field, 'siebel'),
      rules.mayTravel(field, 'exchange'),
    ];
    expect(ways('lastName')).toEqual([true, true]);
    expect(ways('jobTitle')).toEqual([false, true]);
    expect(ways('notes')).toEqual([false, false]);
    expect(ways('custom.region')).toEqual([true, false]);
    expect(ways('custom.unknown')).toEqual([false, false]);
    expect(rulesFor({ level: 'export-only' }).mayTravel('lastName', 'siebel')).toBe(false);
  });
});

describe('the categories of a mailbox', () => {
  const policy = policyWith({ categoryByLanguage: { de: 'Siebel-Kontakt', 'pt-BR': 'Contato Siebel' } });

  test.each([
    ['de', 'Siebel-Kontakt'],
    ['de-AT', 'Siebel-Kontakt'],
    ['pt-br', 'Contato Siebel'],
    ['pt', 'Siebel Contact'],
    [null, 'Siebel Contact'],
  ])('are written in the language %s as %s', (language, expected) => {
    expect(categoriesOf(policy, language).contact.write).toBe(expected);
  });

  test('are accepted in every language', () => {
    const { accept, employee } = categoriesOf(policy, 'fr').contact;
    expect(accept.toSorted()).toEqual(['Contato Siebel', 'Siebel Contact', 'Siebel-Kontakt']);
    expect(employee).toBe('Employee');
  });
});
