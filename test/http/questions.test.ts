/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { expect, test } from 'vitest';
import { openLinks } from '../../server/store/open-links.ts';
import { askMatches } from '../../server/store/matches.ts';
import { askConflicts } from '../../server/store/save-turns.ts';
import type { Ref, Version } from '../../server/core/snapshot.ts';
import { allDay, attendeesOf, colleague, slotAt, weekly } from '../support/appointments.ts';
import { expectProblem, withApi } from './api.ts';

const api = withApi();

async function ask(): Promise<{ conflict: string; match: string; linkId: string; recordId: string }> {
  const { context, db } = api();
  const personId = await api().map('ANA');
  const [recordId, linkId, conflict, match] = [
    context.newId(),
    context.newId(),
    context.newId(),
    context.newId(),
  ];
  const exchange = { ref: 'item-1' as Ref, version: '1' as Version };
  await openLinks(
    db,
    [
      {
        recordId,
        linkId,
        personId,
        domain: 'contact',
        kind: 'business',
        siebel: null,
        exchange,
        uid: null,
        isSilent: false,
        isListed: true,
        isWished: false,
      },
    ],
    context.clock.now(),
  );
  const at = context.clock.now().toString();
  const fields = [
    { field: 'lastName', siebel: 'Lopez', exchange: 'Lopez-Vega' },
    { field: 'jobTitle', siebel: 'CEO', exchange: null },
  ];
  await askConflicts(db, [
    {
      id: conflict,
      domain: 'contact',
      personId,
      recordId,
      linkId,
      exchangeRef: 'item-1',
      label: 'Maria Lopez',
      fields,
      at,
    },
  ]);
  const candidates = ['Contact/1-A', 'Contact/1-B'].map((ref) => ({ ref, label: 'Info', detail: ref }));
  await askMatches(db, [
    { id: match, domain: 'contact', personId, exchangeRef: 'item-2' as Ref, label: 'Info', candidates, at },
  ]);
  await db.deleteFrom('cue').execute();
  return { conflict, match, linkId, recordId };
}

test('questions are listed with both values, answered by their own person alone, and lead to work', async () => {
  const { conflict, match, linkId, recordId } = await ask();
  const ana = api().as('ANA');
  const { json } = await ana('GET', '/api/conflicts');
  const items = (json['items'] as { kind: string }[]).sort((one, other) =>
    one.kind.localeCompare(other.kind),
  );
  expect(items).toMatchObject([
    {
      id: conflict,
      kind: 'conflict',
      itemId: 'item-1',
      fields: [{ field: 'lastName', siebel: 'Lopez', exchange: 'Lopez-Vega' }, { field: 'jobTitle' }],
    },
    { id: match, kind: 'match', candidates: [{ ref: 'Contact/1-A' }, { ref: 'Contact/1-B' }] },
  ]);

  await api().map('EVE');
  expectProblem(
    await api().as('EVE')('POST', `/api/conflicts/${conflict}`, { choices: {} }),
    404,
    'question-not-found',
  );

  const half = await ana('POST', `/api/conflicts/${conflict}`, { choices: { lastName: 'exchange' } });
  expect(expectProblem(half, 400, 'invalid-request')).toContain('/choices/jobTitle is missing');
  const stranger = await ana('POST', `/api/conflicts/${conflict}`, { choices: { shoeSize: 'siebel' } });
  expect(expectProblem(stranger, 400, 'invalid-request')).toContain('shoeSize');

  await api().db.deleteFrom('cue').execute();
  const choices = { lastName: 'exchange', jobTitle: 'siebel' };
  const answered = await ana('POST', `/api/conflicts/${conflict}`, { choices });
  expect(answered.status, answered.text).toBe(202);
  const link = await api()
    .db.selectFrom('link')
    .selectAll()
    .where('id', '=', linkId)
    .executeTakeFirstOrThrow();
  expect(link).toMatchObject({ decisions: choices, needs_look: true });
  expect(await api().cues()).toEqual([{ key: `turn:${recordId}`, cause: 'answer' }]);
  expect((await ana('POST', `/api/conflicts/${conflict}`, { choices })).status).toBe(202);
  const other = { choices: { lastName: 'siebel', jobTitle: 'siebel' } };
  expectProblem(await ana('POST', `/api/conflicts/${conflict}`, other), 409, 'already-answered');

  expectProblem(
    await ana('POST', `/api/conflicts/${match}`, { candidate: 'Contact/1-C' }),
    400,
    'invalid-request',
  );
  expect((await ana('POST', `/api/conflicts/${match}`, { candidate: 'Contact/1-B' })).status).toBe(202);
  const question = await api()
    .db.selectFrom('question')
    .selectAll()
    .where('id', '=', match)
    .executeTakeFirstOrThrow();
  expect(question).toMatchObject({ status: 'answered', answer: { candidate: 'Contact/1-B' } });
  expect((await api().cues()).some(({ key }) => key.startsWith('mailbox:'))).toBe(true);
  expect((await ana('GET', '/api/conflicts')).json['items']).toEqual([]);
});

test('questions about times, people and series show both values in words beside what they are', async () => {
  const { context, db } = api();
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('siebel_login', '=', 'ANA')
    .executeTakeFirstOrThrow();
  const [siebel, exchange] = [slotAt('2026-06-10T09:00:00'), allDay('2026-06-10', 2)];
  const rule = weekly(['monday', 'thursday']);
  await askConflicts(db, [
    {
      id: context.newId(),
      domain: 'task',
      personId: person.id,
      recordId: context.newId(),
      linkId: context.newId(),
      exchangeRef: 'list-1/task-1',
      label: 'Kick-off',
      fields: [
        { field: 'timeSlot', siebel, exchange },
        { field: 'attendees', siebel: [], exchange: attendeesOf([colleague('BRUNO')], 'declined') },
        { field: 'recurrence', siebel: rule, exchange: null },
        { field: 'occurrence.2026-06-17', siebel: { isCancelled: true }, exchange: null },
      ],
      at: context.clock.now().toString(),
    },
  ]);
  const { json } = await api().as('ANA')('GET', '/api/conflicts');
  expect(json['items']).toMatchObject([
    {
      itemId: 'task-1',
      fields: [
        {
          label: 'time',
          siebel,
          siebelText: '10 June 2026, 09:00 to 10:00 (Europe/Berlin)',
          exchangeText: '10 June 2026 to 11 June 2026, all day',
        },
        { siebelText: null, exchangeText: 'Bruno (declined)' },
        { label: 'repeats', siebel: rule, siebelText: 'every Monday and Thursday', exchangeText: null },
        { label: 'occurrence of 17 June 2026', siebelText: 'cancelled' },
      ],
    },
  ]);
});

test('an answer can be taken back until it is carried out', async () => {
  const ana = api().as('ANA');
  const { db, context } = api();
  const [row] = await db.selectFrom('question').selectAll().where('kind', '=', 'conflict').execute();
  const { id = '', link_id = '', record_id = '' } = row ?? {};
  const take = () => ana('DELETE', `/api/conflicts/${id}`);
  const decisions = async () =>
    (
      await db
        .selectFrom('link')
        .select('decisions')
        .where('id', '=', link_id ?? '')
        .executeTakeFirst()
    )?.decisions;
  const choices = { lastName: 'exchange', jobTitle: 'siebel' };
  await db.updateTable('question').set({ status: 'open' }).where('id', '=', id).execute();
  await db
    .updateTable('link')
    .set({ decisions: JSON.stringify({ email1: 'siebel' }) })
    .execute();

  expect((await ana('POST', `/api/conflicts/${id}`, { choices })).status).toBe(202);
  expect((await take()).status).toBe(204);
  expect((await take()).status).toBe(204);
  expect(await decisions()).toEqual({ email1: 'siebel' });
  const { items } = (await ana('GET', '/api/conflicts')).json as { items: { id: string }[] };
  expect(items.map((one) => one.id)).toContain(id);

  expect((await ana('POST', `/api/conflicts/${id}`, { choices })).status).toBe(202);
  const later = context.clock.now().add({ seconds: 30 }).toString();
  const cue = db.updateTable('cue').where('key', '=', `turn:${record_id}`);
  await cue.set({ lease_until: later }).execute();
  expectProblem(await take(), 409, 'already-carried-out');
  await cue.set({ lease_until: null }).execute();
  expectProblem(await api().as('EVE')('DELETE', `/api/conflicts/${id}`), 404, 'question-not-found');

  // As a turn leaves it that carried the answer out.
  await db.updateTable('link').set({ decisions: '{}' }).execute();
  expectProblem(await take(), 409, 'already-carried-out');
});

test('which record it is can be taken back until the item has its Link', async () => {
  const ana = api().as('ANA');
  const { db } = api();
  const [row] = await db.selectFrom('question').selectAll().where('kind', '=', 'match').execute();
  const { id = '' } = row ?? {};
  await db.updateTable('question').set({ status: 'open' }).where('id', '=', id).execute();
  await db.deleteFrom('cue').execute();
  expect((await ana('POST', `/api/conflicts/${id}`, { candidate: 'new' })).status).toBe(202);
  expect((await ana('DELETE', `/api/conflicts/${id}`)).status).toBe(204);
  expect((await ana('POST', `/api/conflicts/${id}`, { candidate: 'new' })).status).toBe(202);
  await db
    .updateTable('link')
    .set({ ref: 'item-2' as Ref })
    .execute();
  expectProblem(await ana('DELETE', `/api/conflicts/${id}`), 409, 'already-carried-out');
});
