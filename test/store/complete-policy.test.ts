/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../shared/policy.ts';
import { completePolicy } from '../../server/store/complete-policy.ts';

test('an empty document is the shipped policy', () => {
  expect(completePolicy({})).toEqual(defaultPolicy);
});

test('completing a complete policy changes nothing', () => {
  expect(completePolicy(structuredClone(defaultPolicy))).toEqual(defaultPolicy);
});

test('what the organisation said stays, down to one key of one field', () => {
  const given = {
    domains: { contact: { categoryByLanguage: { de: 'Kontakt' }, fields: { notes: { enabled: false } } } },
    groups: [{ name: 'Sales', domains: {} }],
  };
  const completed = completePolicy(given) as typeof defaultPolicy;
  expect(completed.domains.contact.categoryByLanguage).toEqual({ de: 'Kontakt' });
  expect(completed.domains.contact.fields['notes']).toEqual({
    enabled: false,
    direction: 'both',
    conflictWinner: null,
    siebelField: null,
  });
  expect(completed.domains.contact.fields['email1']).toEqual(defaultPolicy.domains.contact.fields['email1']);
  expect(completed.groups).toEqual(given.groups);
  expect(completed.domains.task).toEqual(defaultPolicy.domains.task);
});

test('keys nobody knows are left for the schema to name', () => {
  expect(completePolicy({ colour: 'red' })).toMatchObject({ colour: 'red' });
  expect(completePolicy([])).toEqual([]);
});
