/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import { addPerson, outageOfExchange } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();
const people = '/api/admin/people';

describe('the user map', () => {
  test('maps a person and begins at once', async () => {
    addPerson(api().sides, 'ANA');
    const body = { mailbox: 'Ana@Example.com', siebelLogin: 'ANA', enabled: true };
    const answer = await api().admin('POST', people, body);
    expect(answer.status, answer.text).toBe(201);
    expect(answer.json).toEqual({
      mailbox: 'ana@example.com',
      siebelLogin: 'ANA',
      enabled: true,
      language: 'en',
      extractFrom: null,
      levels: {},
    });
    const keys = (await api().cues()).map((cue) => cue.key);
    expect(keys.some((key) => key.startsWith('mailbox:'))).toBe(true);
    const me = await api().as('ANA')('GET', '/api/me');
    expect(me.json).toMatchObject({
      mailbox: 'ana@example.com',
      siebelLogin: 'ANA',
      state: 'new',
      isAdmin: false,
    });
  });

  test('takes with PUT what GET gives', async () => {
    const { json } = await api().admin('GET', `${people}/ANA@example.com`);
    const answer = await api().admin('PUT', `${people}/ana@example.com`, {
      ...json,
      extractFrom: '2030-02-28',
      language: 'de',
    });
    expect(answer.status, answer.text).toBe(200);
    expect((await api().admin('GET', `${people}/ana@example.com`)).json).toMatchObject({
      extractFrom: '2030-02-28',
      language: 'de',
    });
  });

  test('makes no twin of a person that is mapped again', async () => {
    const again = { mailbox: 'ana@example.com', siebelLogin: 'ANA', enabled: true };
    expect((await api().admin('POST', people, again)).status).toBe(200);
    const before = await rowId('ana@example.com');
    expect((await api().admin('DELETE', `${people}/ana@example.com`)).status).toBe(204);
    expectProblem(await api().admin('GET', `${people}/ana@example.com`), 404, 'person-not-found');
    expect((await api().as('ANA')('GET', '/api/me')).json['mailbox']).toBeNull();
    expect((await api().admin('POST', people, again)).status).toBe(201);
    expect(await rowId('ana@example.com')).toBe(before);
  });

  test('knows a person again whose mailbox got another address', async () => {
    await api().map('RITA');
    const before = await rowId('rita@example.com');
    await api().admin('DELETE', `${people}/rita@example.com`);
    const user = api().sides.users.get('rita@example.com');
    if (!user) throw new Error('Rita is not there.');
    api().sides.users.set('rita.new@example.com', { ...user, mailbox: 'rita.new@example.com' });
    await api().admin('POST', people, {
      mailbox: 'rita.new@example.com',
      siebelLogin: 'RITA',
      enabled: true,
    });
    expect(await rowId('rita.new@example.com')).toBe(before);
  });

  test('refuses two people on one mailbox and one person on two, naming both', async () => {
    await api().map('BRUNO');
    addPerson(api().sides, 'CHEN');
    const twoOnOne = await api().admin('POST', people, {
      mailbox: 'bruno@example.com',
      siebelLogin: 'CHEN',
      enabled: true,
    });
    const detail = expectProblem(twoOnOne, 409, 'mailbox-taken');
    expect(detail).toContain('BRUNO');
    expect(detail).toContain('CHEN');
    expect(detail).toContain('end that mapping first');
    const oneOnTwo = await api().admin('POST', people, {
      mailbox: 'chen@example.com',
      siebelLogin: 'BRUNO',
      enabled: true,
    });
    expect(expectProblem(oneOnTwo, 409, 'login-taken')).toContain('bruno@example.com');
  });

  test('refuses two addresses of one mailbox', async () => {
    const user = api().sides.users.get('bruno@example.com');
    if (!user) throw new Error('Bruno is not there.');
    api().sides.users.set('b.alias@example.com', user);
    const answer = await api().admin('POST', people, {
      mailbox: 'b.alias@example.com',
      siebelLogin: 'CHEN',
      enabled: true,
    });
    expect(expectProblem(answer, 409, 'mailbox-taken')).toContain('bruno@example.com');
  });

  test('says which mailbox or login does not exist and what to do', async () => {
    const noMailbox = await api().admin('POST', people, {
      mailbox: 'ghost@example.com',
      siebelLogin: 'CHEN',
      enabled: true,
    });
    expect(expectProblem(noMailbox, 422, 'mailbox-not-found')).toMatch(
      /ghost@example\.com.*check the address/,
    );
    const noLogin = await api().admin('POST', people, {
      mailbox: 'chen@example.com',
      siebelLogin: 'Chen',
      enabled: true,
    });
    expect(expectProblem(noLogin, 422, 'login-not-found')).toMatch(/login Chen.*capitals/);
  });

  test('takes a mapping while Microsoft 365 is out of reach, and finds the person out later', async () => {
    api().sides.outage.failure = outageOfExchange;
    const answer = await api().admin('POST', people, {
      mailbox: 'chen@example.com',
      siebelLogin: 'CHEN',
      enabled: true,
    });
    api().sides.outage.failure = null;
    expect(answer.status, answer.text).toBe(201);
    const row = await api()
      .db.selectFrom('person')
      .selectAll()
      .where('siebel_login', '=', 'CHEN')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ user_id: null, state: 'new', enabled: true });
  });

  test('names unknown keys, missing keys and dates no calendar has', async () => {
    const unknown = await api().admin('POST', people, {
      mailbox: 'x@example.com',
      siebelLogin: 'X',
      enabled: true,
      colour: 'red',
    });
    expect(expectProblem(unknown, 400, 'invalid-request')).toContain('unknown key "colour"');
    const missing = await api().admin('POST', people, { mailbox: 'x@example.com', enabled: true });
    expect(expectProblem(missing, 400, 'invalid-request')).toContain('siebelLogin');
    const date = { mailbox: 'x@example.com', siebelLogin: 'X', enabled: true, extractFrom: '2030-02-30' };
    expect(expectProblem(await api().admin('POST', people, date), 400, 'invalid-request')).toContain(
      '2030-02-30',
    );
  });

  test('switches a person off and on again', async () => {
    const { json } = await api().admin('GET', `${people}/bruno@example.com`);
    await api().admin('PUT', `${people}/bruno@example.com`, { ...json, enabled: false });
    expect(await stateOf('bruno@example.com')).toBe('disabled');
    expectProblem(await api().as('BRUNO')('POST', '/api/sync'), 409, 'person-disabled');
    await api().admin('PUT', `${people}/bruno@example.com`, { ...json, enabled: true });
    expect(await stateOf('bruno@example.com')).toBe('new');
    expect((await api().as('BRUNO')('POST', '/api/sync')).status).toBe(202);
  });

  test('lists everybody by mailbox, a page at a time', async () => {
    const seen: unknown[] = [];
    let next: string | null = null;
    do {
      const page = await api().admin('GET', `${people}?limit=1${next === null ? '' : `&after=${next}`}`);
      expect(page.status).toBe(200);
      seen.push(...(page.json['items'] as { mailbox: string }[]).map((person) => person.mailbox));
      next = page.json['next'] as string | null;
    } while (next !== null);
    expect(seen).toEqual([
      'ana@example.com',
      'bruno@example.com',
      'chen@example.com',
      'rita.new@example.com',
    ]);
  });
});

async function rowId(mailbox: string): Promise<string> {
  const row = await api()
    .db.selectFrom('person')
    .select('id')
    .where('mailbox', '=', mailbox)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function stateOf(mailbox: string): Promise<unknown> {
  const { json } = await api().admin('GET', '/api/admin/status');
  return (json['people'] as { mailbox: string; state: string }[]).find((person) => person.mailbox === mailbox)
    ?.state;
}
