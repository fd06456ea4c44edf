/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import { emptyContact, type Contact } from '../../shared/contact.ts';
import { writeJournal } from '../../server/store/save-turns.ts';
import type { Ref } from '../../server/core/snapshot.ts';
import { addContact, outageOfExchange } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';
import { inStep } from './in-step.ts';

const api = withApi();
const longId = (name: string) => `AAMkAGI2${name.padEnd(140, 'x')}=`;

/** Puts a contact into Ana's mailbox that both sides agree on. */
async function contactInStep(
  personId: string,
  contact: { ref: string } & Partial<Contact>,
): Promise<{ recordId: string; linkId: string }> {
  const sighting = addContact(api().sides, 'ana@example.com', { ...contact, isMarked: true });
  return inStep(api(), { personId, sighting, siebelRef: `Contact/1-${contact.lastName}` });
}

describe('my items', () => {
  test('are what my mailbox holds, each with where it stands', async () => {
    const personId = await api().map('ANA');
    await contactInStep(personId, {
      ref: longId('maria'),
      firstName: 'Maria',
      lastName: 'Lopez',
      company: 'Acme',
      categories: ['Friends'],
    });
    addContact(api().sides, 'ana@example.com', { ref: longId('otto'), firstName: 'Otto', lastName: 'Ohm' });
    const { json, status, text } = await api().as('ANA')('GET', '/api/items?domain=contact');
    expect(status, text).toBe(200);
    expect(json['items']).toMatchObject([
      {
        label: 'Maria Lopez',
        detail: 'Acme',
        state: 'inStep',
        siebelId: '1-Lopez',
        categories: ['Siebel Contact', 'Friends'],
      },
      {
        label: 'Otto Ohm',
        state: 'off',
        siebelId: null,
        why: 'It lacks the category "Siebel Contact".',
        reasons: [{ code: 'uncategorised', category: 'Siebel Contact' }],
        categories: [],
      },
    ]);
  });

  test('can be searched, filtered and turned over', async () => {
    const ana = api().as('ANA');
    const labels = async (query: string) =>
      ((await ana('GET', `/api/items?${query}`)).json['items'] as { label: string }[]).map(
        (item) => item.label,
      );
    expect(await labels('search=otto')).toEqual(['Otto Ohm']);
    expect(await labels('filter=on')).toEqual(['Maria Lopez']);
    expect(await labels('filter=on&search=100%25')).toEqual([]);
    expect(await labels('filter=off')).toEqual(['Otto Ohm']);
    expect(await labels('filter=attention')).toEqual([]);
    const first = await ana('GET', '/api/items?limit=1');
    const second = await ana('GET', `/api/items?limit=1&after=${String(first.json['next'])}`);
    expect(second.json).toMatchObject({ items: [{ label: 'Otto Ohm' }], next: null });
    expectProblem(await ana('GET', '/api/items?after=%C3%A4'), 400, 'invalid-cursor');
  });

  test('show one by one both sides, the Siebel record and the history', async () => {
    const link = await api().db.selectFrom('link').selectAll().executeTakeFirstOrThrow();
    await writeJournal(api().db, [
      {
        at: api().context.clock.now().toString(),
        person_id: link.person_id,
        record_id: link.record_id,
        link_id: link.id,
        domain: 'contact',
        siebel_ref: 'Contact/1-Lopez',
        exchange_ref: link.ref,
        cause: 'change',
        verdict: 'merge',
        step: 'siebel update',
        why: 'The last name changed in Outlook.',
        reasons: null,
        before: { lastName: 'Lopes' },
        after: { lastName: 'Lopez' },
        lost: [],
        wrote_siebel: 1,
        wrote_exchange: 0,
        replay: null,
      },
    ]);
    api().sides.mutable.set('MUTABLE/with+signs=', longId('maria'));
    const path = `/api/items/contact/${encodeURIComponent('MUTABLE/with+signs=')}`;
    const { json, status, text } = await api().as('ANA')('GET', path);
    expect(status, text).toBe(200);
    expect(json).toMatchObject({
      itemId: longId('maria'),
      state: 'inStep',
      siebelId: '1-Lopez',
      siebelUrl: 'https://siebel.example.com/siebel/v1.0/data/Contact/Contact/1-Lopez',
      values: { siebel: { lastName: 'Lopez' }, exchange: { lastName: 'Lopez' } },
      history: [{ step: 'siebel update', before: { lastName: 'Lopes' }, after: { lastName: 'Lopez' } }],
    });
  });

  test('that do not exist, or cannot be asked for, are named as such', async () => {
    const ana = api().as('ANA');
    expectProblem(await ana('GET', `/api/items/contact/${longId('nobody')}`), 404, 'item-not-found');
    expectProblem(await ana('GET', `/api/items/task/${longId('nobody')}`), 404, 'item-not-found');
    expectProblem(await ana('GET', `/api/items/appointment/${longId('maria')}`), 404, 'item-not-found');
    expectProblem(await ana('GET', '/api/items?domain=letter'), 400, 'invalid-request');
    api().sides.outage.failure = outageOfExchange;
    const answer = await ana('GET', '/api/items');
    api().sides.outage.failure = null;
    expect(expectProblem(answer, 503, 'side-unreachable')).toContain('refuses connections');
    expect(answer.headers['retry-after']).toBe('7');
  });

  test('are not shown to anybody else', async () => {
    await api().map('EVE');
    expect((await api().as('EVE')('GET', '/api/items?filter=on')).json['items']).toEqual([]);
    expectProblem(
      await api().as('EVE')('GET', `/api/items/contact/${longId('maria')}`),
      404,
      'item-not-found',
    );
    expectProblem(await api().as('STRANGER')('GET', '/api/items'), 403, 'person-unmapped');
  });
});

describe('a mark', () => {
  const otto = longId('otto');

  test('on a new item is kept for the next sweep of the mailbox, once however often it is set', async () => {
    await api().db.deleteFrom('cue').execute();
    const first = await api().as('ANA')('PUT', `/api/marks/contact/${otto}`);
    const second = await api().as('ANA')('PUT', `/api/marks/contact/${otto}`);
    expect([first.status, second.status], first.text).toEqual([202, 202]);
    expect(second.json).toMatchObject({ domain: 'contact', itemId: otto, state: 'waiting' });
    const links = await api()
      .db.selectFrom('link')
      .selectAll()
      .where('ref', '=', otto as Ref)
      .execute();
    expect(links).toMatchObject([
      { state: 'asked', wish: 'mark', siebel_absent: 'never', exchange_absent: 'never' },
    ]);
    expect(await api().cues()).toEqual([{ key: `mailbox:${links[0]?.person_id}`, cause: 'mark' }]);
  });

  test('taken off before it began leaves nothing to do, and may be set anew', async () => {
    const ana = api().as('ANA');
    const answer = await ana('DELETE', `/api/marks/contact/${otto}`);
    expect(answer.status, answer.text).toBe(202);
    expect(answer.json).toMatchObject({ state: 'off' });
    const anew = await ana('PUT', `/api/marks/contact/${otto}`);
    expect(anew.json).toMatchObject({ state: 'waiting' });
  });

  test('is refused on employees, on items never kept in step, and where sync is off', async () => {
    const ana = api().as('ANA');
    expectProblem(await ana('DELETE', `/api/marks/contact/${longId('nobody')}`), 409, 'not-in-step');
    expectProblem(await ana('PUT', `/api/marks/contact/${longId('nobody')}`), 404, 'item-not-found');
    const personId = (
      await api()
        .db.selectFrom('person')
        .select('id')
        .where('siebel_login', '=', 'ANA')
        .executeTakeFirstOrThrow()
    ).id;
    const { recordId } = await contactInStep(personId, {
      ref: longId('colleague'),
      ...emptyContact,
      lastName: 'Colleague',
    });
    await api()
      .db.updateTable('siebel_record')
      .set({ kind: 'employee' })
      .where('id', '=', recordId)
      .execute();
    expect(
      expectProblem(
        await ana('DELETE', `/api/marks/contact/${longId('colleague')}`),
        409,
        'employee-exported',
      ),
    ).toContain('Sync List');
    const { json } = await api().admin('GET', '/api/admin/policy');
    const policy = structuredClone(json) as { domains: { contact: { level: string } } };
    policy.domains.contact.level = 'none';
    await api().admin('PUT', '/api/admin/policy', policy);
    expectProblem(await ana('PUT', `/api/marks/contact/${otto}`), 409, 'domain-off');
  });

  test('counts in what I see of myself', async () => {
    const { json } = await api().as('ANA')('GET', '/api/me');
    expect(json['domains']).toMatchObject([
      { domain: 'contact', category: 'Siebel Contact', items: { waiting: 3, off: 0 } },
      { domain: 'appointment', category: 'Siebel Calendar', items: { inStep: 0 }, loadedAt: null },
      { domain: 'task', category: 'Siebel Task', requireCategory: false, employeeCategory: null },
    ]);
  });
});
