/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import { contactFields } from '../../shared/contact.ts';
import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import { outageOfExchange } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();
const url = '/api/admin/policy';

function changed(change: (policy: Record<string, never> & Policy) => void): Policy {
  const policy = structuredClone(defaultPolicy) as Record<string, never> & Policy;
  change(policy);
  return policy;
}

describe('the policy', () => {
  test('shows every key with the shipped default', async () => {
    const answer = await api().admin('GET', url);
    expect(answer.json).toEqual(defaultPolicy);
    expect(Object.keys((answer.json as unknown as Policy).domains.contact.fields)).toEqual([
      ...contactFields,
    ]);
    expect(answer.headers['etag']).toBe('"0"');
  });

  test('comes with its JSON Schema', async () => {
    const { json } = await api().admin('GET', `${url}/schema`);
    expect(json).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('is taken whole and acts at once: every mailbox and record is looked at again', async () => {
    await api().map('ANA');
    const policy = changed(({ domains }) => Object.assign(domains.contact, { conflictWinner: 'ask' }));
    const answer = await api().admin('PUT', url, policy);
    expect(answer.status, answer.text).toBe(200);
    expect((await api().admin('GET', url)).json).toEqual(policy);
    const cues = await api().cues();
    expect(cues.every(({ cause }) => cause === 'policy')).toBe(true);
    expect(cues).toHaveLength(2);
  });

  test('completes what a document does not say with the defaults', async () => {
    const { domains: _, ...rest } = defaultPolicy;
    const answer = await api().admin('PUT', url, {
      ...rest,
      domains: { contact: { fields: { lastName: { direction: 'to-exchange' } } } },
    });
    expect(answer.status, answer.text).toBe(200);
    const { contact } = (answer.json as unknown as Policy).domains;
    expect(contact.category).toBe('Siebel Contact');
    expect(contact.fields['lastName']).toMatchObject({ enabled: true, direction: 'to-exchange' });
    expect(contact.fields['firstName']).toMatchObject({ direction: 'both' });
  });

  test('refuses unknown keys by name, all of them at once, and changes nothing', async () => {
    const before = await api().admin('GET', url);
    const policy = changed((document) => {
      Object.assign(document, { colour: 'red' });
      Object.assign(document.domains.contact, { matchEverything: true });
      Object.assign(document.guards, { wishes: 3 });
    });
    const answer = await api().admin('PUT', url, policy);
    const detail = expectProblem(answer, 422, 'invalid-policy');
    for (const key of ['colour', 'matchEverything', 'wishes'])
      expect(detail).toContain(`unknown key "${key}"`);
    const pointers = (answer.json['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(pointers.sort()).toEqual(['/colour', '/domains/contact/matchEverything', '/guards/wishes']);
    expect((await api().admin('GET', url)).json).toEqual(before.json);
  });

  const mistakes: Readonly<Record<string, [(policy: Record<string, never> & Policy) => void, string]>> = {
    'a field nobody maps': [
      ({ domains }) => Object.assign(domains.contact.fields, { shoeSize: { enabled: true } }),
      '/domains/contact/fields/shoeSize: unknown field "shoeSize"',
    ],
    'a level that does not exist': [
      ({ domains }) => Object.assign(domains.contact, { level: 'sometimes' }),
      'must be one of full, export-only, import-only, none',
    ],
    'one category for two meanings': [
      ({ domains }) => Object.assign(domains.contact, { employeeCategory: 'siebel contact' }),
      '/domains/contact/employeeCategory: the category "siebel contact" already means something else',
    ],
    'a negative count': [
      ({ guards }) => Object.assign(guards.creates, { count: -1 }),
      '/guards/creates/count',
    ],
    'two groups of one name': [
      (policy) =>
        Object.assign(policy, {
          groups: [
            { name: 'A', domains: {} },
            { name: 'A', domains: {} },
          ],
        }),
      '/groups/1/name',
    ],
    'a Siebel field that Siebel does not have': [
      ({ domains }) =>
        Object.assign(domains.contact.fields['jobTitle'] ?? {}, { siebelField: 'Unknown Title' }),
      '/domains/contact/fields/jobTitle/siebelField: Siebel\'s contacts have no field "Unknown Title"',
    ],
    'an added field that Siebel does not have': [
      ({ domains }) =>
        Object.assign(domains.contact, {
          customFields: [
            {
              name: 'hobby',
              siebelField: 'Unknown Hobby',
              exchangeProperty: 'personalNotes',
              direction: 'both',
            },
          ],
        }),
      '/domains/contact/customFields/0/siebelField',
    ],
    'a field no appointment has': [
      ({ domains }) => Object.assign(domains.appointment.fields, { dueDate: { enabled: true } }),
      '/domains/appointment/fields/dueDate: unknown field "dueDate"',
    ],
    'a Siebel field that Siebel’s activities do not have': [
      ({ domains }) =>
        Object.assign(domains.task.fields['subject'] ?? {}, { siebelField: 'Unknown Subject' }),
      '/domains/task/fields/subject/siebelField: Siebel\'s activities have no field "Unknown Subject"',
    ],
    'an organizer from outside that is neither of the two': [
      ({ domains }) => Object.assign(domains.appointment, { externalOrganizer: 'maybe' }),
      '/domains/appointment/externalOrganizer: must be one of first-attendee, skip',
    ],
    'a rule about mails that is none': [
      ({ domains }) => Object.assign(domains.appointment.guestMailKinds, { update: 'ask' }),
      '/domains/appointment/guestMailKinds/update: must be one of allow, defer, forbid',
    ],
    'a document that is a list': [(policy) => Object.assign(policy, { domains: [] }), '/domains'],
  };
  for (const [name, [change, expected]] of Object.entries(mistakes)) {
    test(`refuses ${name} and names the place`, async () => {
      expect(expectProblem(await api().admin('PUT', url, changed(change)), 422, 'invalid-policy')).toContain(
        expected,
      );
    });
  }

  test('takes the names of Siebel fields on trust while Siebel cannot be asked, and logs it', async () => {
    api().sides.outage.failure = outageOfExchange;
    const policy = changed(({ domains }) =>
      Object.assign(domains.contact.fields['jobTitle'] ?? {}, { siebelField: 'Unknown Title' }),
    );
    const answer = await api().admin('PUT', url, policy);
    api().sides.outage.failure = null;
    expect(answer.status, answer.text).toBe(200);
    expect(api().logged.join()).toContain('were not checked');
    expect((await api().admin('PUT', url, {})).status).toBe(200);
  });

  test('keeps two administrators from overwriting each other', async () => {
    const { headers, json } = await api().admin('GET', url);
    const put = (ifMatch: string, body: unknown) =>
      api().call('PUT', url, {
        token: api().authority.token({ roles: ['Siebel.Admin'] }),
        headers: { 'if-match': ifMatch },
        body,
      });
    expect((await put(String(headers['etag']), { ...json, guestMail: 'never' })).status).toBe(200);
    expectProblem(
      await put(String(headers['etag']), { ...json, guestMail: 'always' }),
      412,
      'policy-changed',
    );
  });

  test('is for administrators alone', async () => {
    expectProblem(await api().as('ANA')('GET', url), 403, 'admin-only');
  });
});
