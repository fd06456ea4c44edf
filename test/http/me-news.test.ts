import { beforeAll, describe, expect, test } from 'vitest';
import { addContact } from '../support/still-sides.ts';
import { withApi } from './api.ts';
import { inStep } from './in-step.ts';

const api = withApi();
let personId = '';
let linkId = '';

beforeAll(async () => {
  personId = await api().map('ANA');
  await api().map('EVE');
  const sighting = addContact(api().sides, 'ana@example.com', {
    ref: 'maria',
    firstName: 'Maria',
    lastName: 'Lopez',
    isMarked: true,
  });
  ({ linkId } = await inStep(api(), { personId, sighting, siebelRef: 'Contact/1-Lopez' }));
});

const token = (login: string, roles: readonly string[] = []) =>
  api().authority.token({ oid: `user-${login.toLowerCase()}`, ...(roles.length > 0 ? { roles } : {}) });
const ask = (tag: string | null, of = token('ANA')) =>
  api().call('GET', '/api/me', { token: of, headers: tag === null ? {} : { 'if-none-match': tag } });
const tagNow = async (of = token('ANA')): Promise<string> => String((await ask(null, of)).headers['etag']);

describe('who asks again who they are', () => {
  test('is told that nothing changed, with the same word and nothing else', async () => {
    const first = await ask(null);
    expect(first.status, first.text).toBe(200);
    const tag = String(first.headers['etag']);
    expect(tag).toMatch(/^W\/"[^"]+"$/);
    for (const given of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const again = await ask(given);
      expect([again.status, again.text], given).toEqual([304, '']);
      expect(again.headers).toMatchObject({
        etag: tag,
        'cache-control': 'private, no-cache',
        vary: expect.stringMatching(/authorization/i) as string,
      });
    }
    expect((await ask('"other"')).status).toBe(200);
  });

  test('is asked of one index after the other, and never of a side', async () => {
    const { sides } = api();
    const tag = await tagNow();
    const failure = {
      kind: 'unreachable',
      reach: 'side',
      reason: 'Out of reach.',
      retryAfterMs: null,
    } as const;
    sides.outage.failure = failure;
    expect((await ask(tag)).status).toBe(304);
    sides.outage.failure = null;
  });

  test.each([
    ['a Link', () => api().db.updateTable('link').set({ why: 'Changed.' }).where('id', '=', linkId)],
    ['the person', () => api().db.updateTable('person').set({ state: 'inStep' }).where('id', '=', personId)],
    [
      'a look at the mailbox',
      () =>
        api().db.insertInto('cursor').values({
          person_id: personId,
          domain: 'contact',
          feed: 'contacts',
          value: 'x',
          updated_at: '2026-11-22T09:00:00Z',
        }),
    ],
    [
      'a question',
      () =>
        api().db.insertInto('question').values({
          id: 'question-1',
          kind: 'match',
          person_id: personId,
          record_id: null,
          link_id: null,
          domain: 'contact',
          exchange_ref: null,
          fields: '[]',
          candidates: '[]',
          label: 'Maria',
          status: 'open',
          answer: 'null',
          answered_at: null,
          asked_at: '2026-11-22T09:00:00Z',
        }),
    ],
    ['its answer', () => api().db.updateTable('question').set({ status: 'answered' })],
    [
      'an outage',
      () =>
        api().db.insertInto('parked').values({
          id: 'parked-1',
          kind: 'failing',
          person_id: null,
          record_id: null,
          link_id: null,
          domain: 'contact',
          item: null,
          what: null,
          planned: null,
          total: null,
          reason: 'Siebel refuses us.',
          status: 'open',
          resolved_at: null,
          since: '2026-11-22T09:00:00Z',
        }),
    ],
  ] as const)('learns of %s', async (_what, change) => {
    const [tag, before] = [await tagNow(), await ask(null)];
    await change().execute();
    const after = await ask(tag);
    expect(after.status).toBe(200);
    expect(after.json['news']).not.toBe(before.json['news']);
    expect(after.headers['etag']).not.toBe(tag);
  });

  test('learns nothing of what is others’ alone', async () => {
    const eve = await tagNow(token('EVE'));
    await api().db.updateTable('link').set({ why: 'Changed again.' }).where('id', '=', linkId).execute();
    expect((await ask(eve, token('EVE'))).status).toBe(304);
    expect((await ask(eve)).status).toBe(200);
    expect((await ask(await tagNow(), token('ANA', ['Siebel.Admin']))).json['isAdmin']).toBe(true);
  });

  test('gets no word while something is on its way', async () => {
    await api().db.updateTable('link').set({ wish: 'mark' }).where('id', '=', linkId).execute();
    const { headers, json } = await ask(null);
    expect([headers['etag'], headers['cache-control']]).toEqual([undefined, 'no-store']);
    expect(json['news']).toBeDefined();
  });

  test('who is mapped to nobody gets no word either', async () => {
    const { status, headers } = await ask(null, token('STRANGER'));
    expect([status, headers['etag']]).toEqual([200, undefined]);
  });
});
