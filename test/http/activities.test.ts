/* oxlint-disable typescript/no-unsafe-type-assertion -- a test knows what it is answered */
import { describe, expect, test } from 'vitest';
import type { Appointment } from '../../shared/appointment.ts';
import { emptyContact } from '../../shared/contact.ts';
import type { Item } from '../../shared/item.ts';
import { setWish } from '../../server/store/marks.ts';
import { writeJournal } from '../../server/store/save-turns.ts';
import {
  aMeeting,
  anAppointment,
  aSeries,
  aTask,
  attendeesOf,
  colleague,
  guest,
  slotAt,
} from '../support/appointments.ts';
import { addItem } from '../support/still-sides.ts';
import { expectProblem, withApi } from './api.ts';
import { inStep } from './in-step.ts';

const api = withApi();
const ana = 'ana@example.com';
const mine: Appointment['copy'] = { isOrganizer: true, isOnlineMeeting: false, isCancelled: false };
const asGuest: Appointment['copy'] = { ...mine, isOrganizer: false };

let anaId: string | null = null;
async function anasId(): Promise<string> {
  anaId ??= await api().map('ANA');
  return anaId;
}

function put(ref: string, item: Item, more: { isMarked?: boolean; uid?: string } = {}) {
  return addItem(api().sides, ana, { ref, item, ...more });
}

async function get(path: string): Promise<Record<string, unknown>> {
  const answer = await api().as('ANA')('GET', path);
  expect(answer.status, answer.text).toBe(200);
  return answer.json;
}

async function rules(change: (policy: { domains: Record<string, Record<string, unknown>> }) => void) {
  const policy = structuredClone((await api().admin('GET', '/api/admin/policy')).json);
  change(policy as Parameters<typeof change>[0]);
  const answer = await api().admin('PUT', '/api/admin/policy', policy);
  expect(answer.status, answer.text).toBe(200);
  await api().db.deleteFrom('cue').execute();
}

describe('my appointments', () => {
  test('say when they are, how they repeat, and which rule leaves them alone', async () => {
    const personId = await anasId();
    await api().map('BRUNO');
    const sighting = put('event-weekly', aSeries({ copy: mine }), { isMarked: true });
    await inStep(api(), { personId, sighting, siebelRef: 'Appointment/1-W' });
    put('event-private', anAppointment({ subject: 'Doctor', isPrivate: true, copy: mine }));
    put('event-bruno', aMeeting({ subject: 'Planning', organizer: colleague('BRUNO'), copy: asGuest }));
    put('event-gone', anAppointment({ subject: 'Cancelled', copy: { ...mine, isCancelled: true } }));
    put('event-new', anAppointment({ subject: 'New', copy: mine }));
    put('event-old', anAppointment({ subject: 'Old', timeSlot: slotAt('2001-06-10T09:00:00'), copy: mine }));
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { pastDays: 7300 }));
    const { items } = await get('/api/items?domain=appointment');
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { pastDays: null }));
    expect(items).toMatchObject([
      {
        itemId: 'event-weekly',
        domain: 'appointment',
        kind: 'appointment',
        label: 'Sales weekly',
        detail: '10 June 2026, 09:00 to 10:00 (Europe/Berlin); every Wednesday',
        when: '2026-06-10T09:00:00',
        state: 'inStep',
        categories: ['Siebel Calendar'],
        siebelId: '1-W',
      },
      { label: 'Doctor', state: 'off', why: 'It is private, and private items stay in Outlook.' },
      { label: 'Planning', state: 'off', why: expect.stringContaining('the calendar of its organizer') },
      { label: 'Cancelled', state: 'off', why: 'Its organizer cancelled it.' },
      { label: 'New', state: 'off', why: 'It is looked at next.' },
      { label: 'Old', state: 'off', why: 'It lies outside the time that is kept in step.' },
    ]);
  });

  test('that are in step are listed by their start, the last first, and found by subject and place', async () => {
    const personId = await anasId();
    for (const [ref, day] of [
      ['event-a', '2026-07-01'],
      ['event-b', '2026-09-01'],
    ] as const) {
      const slot = slotAt(`${day}T10:00:00`);
      const sighting = put(
        ref,
        anAppointment({ subject: ref, location: 'Room Oslo', timeSlot: slot, copy: mine }),
      );
      await inStep(api(), { personId, sighting, siebelRef: `Appointment/1-${ref}` });
    }
    const ids = async (query: string) => {
      const { items, next } = await get(`/api/items?domain=appointment&filter=on&${query}`);
      return { ids: (items as { itemId: string }[]).map(({ itemId }) => itemId), next };
    };
    expect((await ids('')).ids).toEqual(['event-b', 'event-a', 'event-weekly']);
    const first = await ids('limit=2');
    expect(await ids(`limit=2&after=${String(first.next)}`)).toEqual({ ids: ['event-weekly'], next: null });
    expect((await ids('search=oslo')).ids).toEqual(['event-b', 'event-a']);
    expect((await get('/api/items?domain=task&filter=on'))['items']).toEqual([]);
  });

  test('show who attends, what each is in Siebel, and no answer as accepted that was not given', async () => {
    const personId = await anasId();
    const people = attendeesOf([
      colleague('BRUNO'),
      guest('dora@example.com'),
      guest('maria@customer.example'),
    ]);
    const [bruno, ...others] = people;
    const attendees = [{ ...bruno, response: 'accepted' } as (typeof people)[number], ...others];
    const sighting = put('event-meeting', aMeeting({ attendees, copy: mine }), { isMarked: true });
    // Only Siebel knows that Dora works here; nobody there knows Maria.
    const siebel = aMeeting({ attendees: attendeesOf([colleague('BRUNO'), colleague('DORA')]) });
    api().sides.records.set('Appointment/1-M', siebel);
    api().sides.records.set('Contact/1-EVE', { ...emptyContact, email1: 'eve@customer.example' });
    await inStep(api(), { personId, sighting, siebelRef: 'Appointment/1-M' });
    const detail = await get('/api/items/appointment/event-meeting');
    expect(detail['attendees']).toEqual([
      {
        address: 'bruno@example.com',
        name: 'Bruno',
        type: 'required',
        response: 'accepted',
        siebel: 'employee',
        isSynced: true,
      },
      expect.objectContaining({
        address: 'dora@example.com',
        siebel: 'employee',
        isSynced: false,
        response: 'none',
      }),
      expect.objectContaining({ address: 'maria@customer.example', siebel: 'unknown', isSynced: false }),
    ]);
    expect(detail['siebelUrl']).toBe('https://siebel.example.com/siebel/v1.0/data/Action/Action/1-M');
    const fields = detail['fields'] as { field: string; exchange: string | null; siebel: string | null }[];
    expect(fields.find(({ field }) => field === 'attendees')).toMatchObject({
      exchange: 'Bruno (accepted), dora@example.com (no answer), maria@customer.example (no answer)',
      siebel: 'Bruno (no answer), Dora (no answer)',
    });
    expect(fields.find(({ field }) => field === 'timeSlot')).toMatchObject({
      label: 'time',
      siebel: '10 June 2026, 09:00 to 10:00 (Europe/Berlin)',
    });
    expect(fields.map(({ field }) => field)).not.toContain('isPrivate');
  });

  test('not in step show who of their guests is a contact in Siebel', async () => {
    const attendees = attendeesOf([guest('eve@customer.example'), guest('nobody@customer.example')]);
    put('event-strangers', aMeeting({ attendees, copy: mine }));
    const detail = await get('/api/items/appointment/event-strangers');
    expect(detail).toMatchObject({
      state: 'off',
      why: 'It is looked at next.',
      attendees: [
        { address: 'eve@customer.example', siebel: 'contact' },
        { address: 'nobody@customer.example', siebel: 'unknown' },
      ],
      held: [],
      history: [],
    });
  });

  test('that repeat tell what Siebel holds of the series, and how single occurrences differ', async () => {
    const personId = await anasId();
    const moved = {
      isCancelled: false,
      subject: 'Sales weekly',
      body: null,
      location: 'Oslo',
      timeSlot: slotAt('2026-06-18T09:00:00'),
    } as const;
    const series = aSeries({
      exceptions: { '2026-06-24': { isCancelled: true }, '2026-06-17': moved },
      copy: mine,
    });
    const sighting = put('event-series', series);
    const reason = 'Siebel holds separate activities until 2026-12-31; it cannot repeat by this rule.';
    const because = { code: 'separateActivities', day: '2026-12-31' } as const;
    const notes = [{ field: 'recurrence', what: 'notHeld', reason, because }] as const;
    const siebel = aSeries({ exceptions: { '2026-06-24': { isCancelled: true } } });
    await inStep(api(), { personId, sighting, siebelRef: 'Series/abc', siebel, notes });
    expect(await get('/api/items/appointment/event-series')).toMatchObject({
      siebelId: null,
      siebelUrl: null,
      repeats: 'every Wednesday',
      fidelity: reason,
      notes,
      occurrences: [
        {
          day: '2026-06-17',
          siebel: null,
          exchange: '18 June 2026, 09:00 to 10:00 (Europe/Berlin), Sales weekly, Oslo',
        },
        { day: '2026-06-24', siebel: 'cancelled', exchange: 'cancelled' },
      ],
    });
  });

  test('show what waits in Siebel because guests would be mailed, and who they are', async () => {
    const personId = await anasId();
    const sighting = put('event-held', aMeeting({ location: 'Room 1', copy: mine }));
    const held = aMeeting({ location: 'Room 2', attendees: attendeesOf([colleague('BRUNO')]) });
    api().sides.records.set('Appointment/1-H', held);
    const reason = 'Outlook would mail guests about it.';
    const because = { code: 'wouldMail' } as const;
    const notes = (['location', 'attendees'] as const).map((field) => ({
      field,
      what: 'mailHeld' as const,
      reason,
      because,
    }));
    await inStep(api(), { personId, sighting, siebelRef: 'Appointment/1-H', notes });
    const detail = await get('/api/items/appointment/event-held');
    expect(detail).toMatchObject({
      state: 'held',
      why: `What changed in Siebel waits (place, attendees). ${reason}`,
      reasons: [{ code: 'waitsInSiebel', labels: ['location', 'attendees'] }, because],
      held: [
        {
          field: 'location',
          label: 'place',
          siebel: 'Room 2',
          exchange: 'Room 1',
          reason,
          because,
          wouldMail: ['bruno@example.com', 'chen@example.com', 'maria@customer.example'],
        },
        { field: 'attendees', wouldMail: ['chen@example.com', 'maria@customer.example'] },
      ],
    });
    const { items } = await get('/api/items?domain=appointment&filter=attention');
    expect(items).toMatchObject([{ itemId: 'event-held' }]);
    expect((await get('/api/me'))['domains']).toMatchObject([{}, { items: { held: 1 } }, {}]);
  });

  test('that have left the time that is kept in step are off, although both sides keep them', async () => {
    const personId = await anasId();
    const old = anAppointment({ subject: 'Long ago', timeSlot: slotAt('2001-06-10T09:00:00'), copy: mine });
    const sighting = put('event-long-ago', old, { isMarked: true });
    await inStep(api(), { personId, sighting, siebelRef: 'Appointment/1-L' });
    const on = async () => {
      const { items } = await get('/api/items?domain=appointment&filter=on&search=long');
      return (items as { itemId: string }[]).map(({ itemId }) => itemId);
    };
    expect(await on()).toEqual(['event-long-ago']);
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { pastDays: 7300 }));
    const out = { state: 'off', why: 'It lies outside the time that is kept in step.', siebelId: '1-L' };
    expect(await get('/api/items/appointment/event-long-ago')).toMatchObject(out);
    expect(await on()).toEqual([]);
    const { items } = await get('/api/items?domain=appointment&filter=off&search=long');
    expect(items).toMatchObject([out]);
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { pastDays: null }));
  });

  test('of people whose level keeps them out say so, in lists and when they are marked', async () => {
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { level: 'none' }));
    const none = 'The policy keeps no appointments of yours in step; ask an administrator.';
    expect((await get('/api/items/appointment/event-new'))['why']).toBe(none);
    expectProblem(await api().as('ANA')('PUT', '/api/marks/appointment/event-new'), 409, 'domain-off');
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { level: 'export-only' }));
    expect((await get('/api/items/appointment/event-new'))['why']).toContain('from Siebel to Outlook alone');
    expect((await get('/api/me'))['domains']).toMatchObject([
      { level: 'full' },
      { level: 'export-only' },
      {},
    ]);
    await rules(({ domains }) => Object.assign(domains['appointment'] ?? {}, { level: 'full' }));
  });

  test('can be marked, keep their iCalUId, and say why they were given up', async () => {
    put('event-mark', anAppointment({ subject: 'Mark me', copy: mine }), { uid: 'uid-1' });
    const answer = await api().as('ANA')('PUT', '/api/marks/appointment/event-mark');
    expect(answer.status, answer.text).toBe(202);
    expect(answer.json).toMatchObject({ domain: 'appointment', itemId: 'event-mark', state: 'waiting' });
    const link = await api()
      .db.selectFrom('link')
      .innerJoin('siebel_record', 'siebel_record.id', 'link.record_id')
      .select(['link.id', 'link.domain', 'link.state', 'siebel_record.kind'])
      .where('link.ref', '=', 'event-mark' as never)
      .executeTakeFirstOrThrow();
    expect(link).toMatchObject({ domain: 'appointment', state: 'asked', kind: 'appointment' });
    await api()
      .db.updateTable('link')
      .set({ state: 'closed', closed_why: 'leftActivity', wish: null })
      .where('id', '=', link.id)
      .execute();
    const why = 'You were taken off it in Siebel.';
    expect(await get('/api/items/appointment/event-mark')).toMatchObject({ state: 'off', why });
    const { items } = await get('/api/items?domain=appointment&search=mark');
    expect(items).toMatchObject([{ state: 'off', why }]);
    await setWish(api().db, { linkId: link.id, wish: 'mark' });
    expect(await get('/api/items/appointment/event-mark')).toMatchObject({ state: 'waiting' });
    expectProblem(await api().as('ANA')('PUT', '/api/marks/contact/event-mark'), 404, 'item-not-found');
  });
});

describe('my tasks', () => {
  test('are known by To Do’s own id, in step or not, whatever list they lie in', async () => {
    const personId = await anasId();
    const task = put('list-1/task-1', aTask(), { isMarked: true });
    await inStep(api(), { personId, sighting: task, siebelRef: 'Task/1-T' });
    put('list-2/task-2', aTask({ subject: 'Call back', dueDate: null }));
    const { items } = await get('/api/items?domain=task');
    expect(items).toMatchObject([
      {
        itemId: 'task-1',
        kind: 'task',
        label: 'Send the quotation',
        detail: 'due 12 June 2026',
        when: '2026-06-12',
        state: 'inStep',
        categories: ['Siebel Task'],
        siebelId: '1-T',
      },
      { itemId: 'task-2', label: 'Call back', detail: null, state: 'off', why: 'It is looked at next.' },
    ]);
    for (const id of ['task-1', 'list-1%2Ftask-1'])
      expect(await get(`/api/items/task/${id}`)).toMatchObject({
        itemId: 'task-1',
        siebelId: '1-T',
        attendees: [],
      });
    expect(await get('/api/items/task/task-2')).toMatchObject({ itemId: 'task-2', label: 'Call back' });
    expectProblem(await api().as('ANA')('GET', '/api/items/task/task-3'), 404, 'item-not-found');
    const marked = await api().as('ANA')('PUT', '/api/marks/task/task-2');
    expect(marked.json).toMatchObject({ domain: 'task', itemId: 'task-2', state: 'waiting' });
    const unmarked = await api().as('ANA')('DELETE', '/api/marks/task/task-2');
    expect(unmarked.json).toMatchObject({ itemId: 'task-2', state: 'off' });
    expectProblem(await api().as('ANA')('DELETE', '/api/marks/task/task-3'), 409, 'not-in-step');
  });

  test('lead to their journal by either id', async () => {
    const link = await api()
      .db.selectFrom('link')
      .selectAll()
      .where('ref', '=', 'list-1/task-1' as never)
      .executeTakeFirstOrThrow();
    await writeJournal(api().db, [
      {
        at: api().context.clock.now().toString(),
        person_id: link.person_id,
        record_id: link.record_id,
        link_id: link.id,
        domain: 'task',
        siebel_ref: 'Task/1-T',
        exchange_ref: link.ref,
        cause: 'change',
        verdict: 'merge',
        step: 'siebel update',
        why: 'Outlook’s dueDate goes to Siebel.',
        reasons: [{ code: 'delivered', from: 'exchange', to: 'siebel', fields: ['dueDate'] }],
        before: { dueDate: '2026-06-11' },
        after: { dueDate: '2026-06-12' },
        lost: [],
        wrote_siebel: 1,
        wrote_exchange: 0,
        replay: null,
      },
    ]);
    for (const item of ['task-1', '1-T', 'list-1/task-1']) {
      const { json } = await api().admin('GET', `/api/admin/journal?item=${encodeURIComponent(item)}`);
      expect(json['items']).toMatchObject([{ item: 'task-1', siebelId: '1-T', domain: 'task' }]);
    }
    expect((await get('/api/items/task/task-1'))['history']).toMatchObject([
      { step: 'siebel update', reasons: [{ code: 'delivered', fields: ['dueDate'], to: 'siebel' }] },
    ]);
  });
});
