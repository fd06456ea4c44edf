/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import { claimCues, finishCues } from '../../server/store/cues.ts';
import { holdMailbox, parkItems } from '../../server/store/parked.ts';
import { writeJournal, type JournalEntry } from '../../server/store/save-turns.ts';
import { aMeeting, aTask } from '../support/appointments.ts';
import { addItem } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';
import { inStep } from './in-step.ts';

const api = withApi();

/** Does what a worker does with cues, without any work. */
async function workOff(): Promise<void> {
  const { db, context } = api();
  const now = context.clock.now();
  const cues = await claimCues(db, {
    kinds: ['siebel', 'mailbox', 'turn'],
    limit: 100,
    now,
    leaseMs: 60_000,
  });
  const next = now.add({ hours: 1 });
  await finishCues(
    db,
    cues.map((cue) => ({ cue, next: cue.kind === 'turn' ? null : next, failures: 0, parkedReason: null })),
  );
}

function journalEntry(personId: string, more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    at: api().context.clock.now().toString(),
    person_id: personId,
    record_id: 'record-1',
    link_id: null,
    domain: 'contact',
    siebel_ref: 'Contact/1-ABC',
    exchange_ref: 'item-1',
    cause: 'change',
    verdict: 'merge',
    step: 'exchange update',
    why: 'The last name changed in Siebel.',
    reasons: null,
    before: { lastName: 'A' },
    after: { lastName: 'B' },
    lost: [{ field: 'lastName', side: 'exchange', value: 'C' }],
    wrote_siebel: 0,
    wrote_exchange: 1,
    replay: { secret: true },
    ...more,
  };
}

describe('status and sync', () => {
  test('quiet means that nothing is due, running or to be tried again', async () => {
    const personId = await api().map('ANA');
    expect((await api().admin('GET', '/api/admin/status')).json).toMatchObject({
      quiet: false,
      cues: { due: 1, running: 0, waiting: 0, parked: 0 },
      people: [
        { mailbox: 'ana@example.com', siebelLogin: 'ANA', state: 'new', lastSyncedAt: null, error: null },
      ],
    });
    await workOff();
    expect((await api().admin('GET', '/api/admin/status')).json).toMatchObject({
      quiet: true,
      cues: { due: 0, waiting: 0 },
    });
    const failing = (failures: number) =>
      api().db.updateTable('cue').set({ failures }).where('key', '=', `mailbox:${personId}`).execute();
    await failing(1);
    expect((await api().admin('GET', '/api/admin/status')).json).toMatchObject({
      quiet: false,
      cues: { waiting: 1 },
    });
    await failing(6);
    expect((await api().admin('GET', '/api/admin/status')).json).toMatchObject({
      quiet: true,
      cues: { waiting: 1 },
    });
    await failing(0);
  });

  test('a sync without waiting leaves cues for everybody and answers at once', async () => {
    const answer = await api().call('POST', '/api/admin/sync', {
      token: api().authority.token({ roles: ['Siebel.Admin'] }),
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.json).toEqual({ quiet: false, written: { siebel: 0, exchange: 0 }, parked: 0 });
    expect((await api().cues()).map(({ cause }) => cause)).toEqual(['request', 'request']);
  });

  test('a sync that waits answers when all is quiet, with what was written since', async () => {
    const person = await api().db.selectFrom('person').select('id').executeTakeFirstOrThrow();
    const before = await wishes();
    const waiting = api().admin('POST', '/api/admin/sync?wait=20', {});
    await expect.poll(() => wishes()).toBeGreaterThan(before);
    await writeJournal(api().db, [
      journalEntry(person.id),
      journalEntry(person.id, { wrote_siebel: 2, wrote_exchange: 0 }),
    ]);
    await workOff();
    const answer = await waiting;
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toEqual({ quiet: true, written: { siebel: 2, exchange: 1 }, parked: 0 });
  });

  test('a sync that takes longer answers at the limit', async () => {
    const answer = await api().admin('POST', '/api/admin/sync?wait=0.3', { mailbox: 'ANA@example.com' });
    expect(answer.status, answer.text).toBe(202);
    expect(answer.json).toMatchObject({ quiet: false });
    await workOff();
  });

  test('a sync of nobody we know is refused by name', async () => {
    const answer = await api().admin('POST', '/api/admin/sync', { mailbox: 'ghost@example.com' });
    expect(expectProblem(answer, 404, 'person-not-found')).toContain('ghost@example.com');
    expectProblem(await api().admin('POST', '/api/admin/sync?wait=soon'), 400, 'invalid-request');
    expectProblem(await api().admin('POST', '/api/admin/sync', { mailboxes: [] }), 400, 'invalid-request');
  });
});

async function wishes(): Promise<number> {
  const rows = await api().db.selectFrom('cue').select('dirty').execute();
  return Math.min(...rows.map((row) => Number(row.dirty)));
}

describe('the journal', () => {
  test('shows what was done, the newest first, without what only a replay needs', async () => {
    const { json } = await api().admin('GET', '/api/admin/journal?mailbox=Ana@example.com&limit=1');
    const [row] = json['items'] as Record<string, unknown>[];
    expect(row).toMatchObject({
      mailbox: 'ana@example.com',
      domain: 'contact',
      item: 'item-1',
      cause: 'change',
      step: 'exchange update',
      before: { lastName: 'A' },
      after: { lastName: 'B' },
      lost: [{ field: 'lastName', side: 'exchange', value: 'C' }],
    });
    expect(row).not.toHaveProperty('replay');
    const next = await api().admin('GET', `/api/admin/journal?limit=1&after=${String(json['next'])}`);
    expect(next.json).toMatchObject({ items: [{}], next: null });
  });

  test('is found by mailbox, by item on either side, and by time', async () => {
    const count = async (query: string) =>
      ((await api().admin('GET', `/api/admin/journal?${query}`)).json['items'] as unknown[]).length;
    expect(await count('item=1-ABC')).toBe(2);
    expect(await count('item=item-1&domain=contact')).toBe(2);
    expect(await count('item=item-2')).toBe(0);
    expect(await count('domain=task')).toBe(0);
    expect(await count('mailbox=ghost@example.com')).toBe(0);
    expect(await count('since=2020-01-01')).toBe(2);
    expect(await count('since=2999-01-01T00:00:00Z')).toBe(0);
    expectProblem(await api().admin('GET', '/api/admin/journal?since=yesterday'), 400, 'invalid-request');
    expectProblem(await api().admin('GET', '/api/admin/journal?after=bm9wZQ'), 400, 'invalid-cursor');
  });
});

describe('what is parked', () => {
  test('is listed with its reason, tried again, approved or rejected', async () => {
    const { db, context } = api();
    const person = await db.selectFrom('person').select('id').executeTakeFirstOrThrow();
    const at = context.clock.now().toString();
    const [refused, brake] = [context.newId(), context.newId()];
    const reason = 'Siebel refused lastName: longer than 50.';
    await parkItems(db, [
      {
        id: refused,
        personId: person.id,
        recordId: 'record-1',
        linkId: 'link-1',
        domain: 'contact',
        item: 'item-1',
        reason,
        at,
      },
    ]);
    await holdMailbox(db, {
      id: brake,
      personId: person.id,
      domain: 'contact',
      what: 'deletions',
      planned: 260,
      total: 800,
      reason: '260 of 800 contacts would be deleted.',
      at,
    });
    await db.deleteFrom('cue').execute();
    const { json } = await api().admin('GET', '/api/admin/parked');
    const rows = json['items'] as { id: string; since: string }[];
    expect(rows).toHaveLength(2);
    expect(rows.find(({ id }) => id === refused)).toMatchObject({
      mailbox: 'ana@example.com',
      domain: 'contact',
      item: 'item-1',
      reason,
    });
    expect(rows.find(({ id }) => id === brake)).toMatchObject({
      kind: 'brake',
      what: 'deletions',
      planned: 260,
      total: 800,
    });
    expect(rows[0]?.since.slice(0, 23)).toBe(at.slice(0, 23));
    expect((await api().admin('GET', '/api/admin/status')).json).toMatchObject({
      quiet: true,
      cues: { parked: 2 },
      people: [{ state: 'held' }],
    });

    expect((await api().admin('POST', `/api/admin/parked/${refused}/retry`)).status).toBe(202);
    expectProblem(await api().admin('POST', `/api/admin/parked/${refused}/reject`), 409, 'already-decided');
    const approved = await api().admin('POST', `/api/admin/parked/${brake}/retry`);
    expect(approved.json).toEqual({ id: brake, status: 'approved' });
    expectProblem(await api().admin('POST', `/api/admin/parked/${brake}/reject`), 409, 'already-decided');
    expectProblem(await api().admin('POST', '/api/admin/parked/nothing/retry'), 404, 'parked-not-found');
    expect(await api().cues()).toEqual([
      { key: `mailbox:${person.id}`, cause: 'retry' },
      { key: 'turn:record-1', cause: 'retry' },
    ]);
  });

  test('mails that are held are approved or taken back for their own domain alone', async () => {
    const { db, context } = api();
    const person = await db.selectFrom('person').select('id').executeTakeFirstOrThrow();
    const at = context.clock.now().toString();
    const ids = await Promise.all(
      (['appointment', 'task'] as const).map(async (domain) => {
        const item = domain === 'task' ? aTask() : aMeeting();
        const ref = domain === 'task' ? 'list-1/task-1' : 'event-1';
        const sighting = addItem(api().sides, 'ana@example.com', { ref, item });
        const siebelRef = `${domain}/1-${domain}`;
        return (await inStep(api(), { personId: person.id, sighting, siebelRef, held: 'mails' })).linkId;
      }),
    );
    const brake = { id: context.newId(), personId: person.id, domain: 'appointment', what: 'mails' } as const;
    await holdMailbox(db, { ...brake, planned: 40, total: 100, reason: '40 guests would be mailed.', at });
    const { json } = await api().admin('GET', '/api/admin/parked');
    expect(json['items']).toContainEqual(
      expect.objectContaining({ id: brake.id, what: 'mails', planned: 40 }),
    );
    expect((await api().admin('POST', `/api/admin/parked/${brake.id}/reject`)).status).toBe(202);
    const links = await db
      .selectFrom('link')
      .select(['domain', 'wish', 'held', 'is_silent'])
      .where('id', 'in', ids)
      .orderBy('domain')
      .execute();
    expect(links).toEqual([
      { domain: 'appointment', wish: 'revert', held: null, is_silent: true },
      { domain: 'task', wish: null, held: 'mails', is_silent: false },
    ]);
  });
});
