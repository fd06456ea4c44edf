/* oxlint-disable typescript/no-unsafe-type-assertion -- a test names its own things, and knows what the sandbox answers */
import { describe, expect, it } from 'vitest';
import { emptyAppointment, type Appointment, type Attendee } from '../../shared/appointment.ts';
import { isAppointment } from '../../shared/item.ts';
import type { CreateRequest, Sighting, Stamp } from '../../server/connectors/connector.ts';
import type { Login } from '../../server/connectors/directory.ts';
import { change } from './change.ts';
import { sightingIn } from './contract.ts';
import { useSiebelWorld } from './siebel-world.ts';

const world = useSiebelWorld({ ANA: 'America/Los_Angeles', BRUNO: 'Pacific/Tongatapu' });
let number = 0;

const request = (item: Partial<Appointment> = {}, holder = world().ana): CreateRequest => {
  number += 1;
  return {
    holder,
    stamp: `visit-${number}` as Stamp,
    kind: 'appointment',
    ownerIfUnknown: null,
    item: { ...emptyAppointment, subject: `Visit ${number}`, timeSlot: morning, ...item },
  };
};
const morning = {
  isAllDay: false,
  start: '2026-06-10T09:00:00',
  end: '2026-06-10T10:00:00',
  zone: 'America/Los_Angeles',
} as const;
const made = async (item: Partial<Appointment> = {}, holder = world().ana) =>
  sightingIn((await world().connector.create([request(item, holder)]))[0]);
const changed = async (seen: Sighting, item: Partial<Appointment>, holder = world().ana) => {
  const [answer] = await world().connector.update([change(holder, seen, item)]);
  if (answer?.outcome !== 'done' || answer.now === null) throw new Error(JSON.stringify(answer));
  return { now: answer.now, item: itemOf(answer.now), notes: answer.notes };
};
const itemOf = ({ item }: Sighting): Appointment => {
  if (!isAppointment(item)) throw new Error('This is no appointment.');
  return item;
};
const pathOf = ({ ref }: Sighting) => `Action/Action/${ref.slice(ref.indexOf('/') + 1)}`;
const look = async (seen: Sighting) => {
  const [answer] = await world().connector.read([{ domain: 'appointment', holder: null, ref: seen.ref }]);
  if (answer?.look !== 'found') throw new Error(JSON.stringify(answer));
  return answer.sighting;
};
const rowOf = async (seen: Sighting) =>
  (await world().siebel('GET', `${pathOf(seen)}?ViewMode=All`)) as Readonly<Record<string, string>>;
const attendee = (address: string, login: string | null = null): Attendee => ({
  address,
  name: null,
  login,
  type: 'required',
  response: 'none',
});

describe('an appointment', () => {
  it('carries every field both ways', async () => {
    const item = {
      subject: 'Review',
      body: 'First line\nSecond line',
      location: 'Room 7',
      isPrivate: true,
      importance: 'low',
      reminderMinutesBeforeStart: 45,
      activityType: 'Presentation',
    } as const;
    const seen = await made(item);
    expect(seen.item).toMatchObject({ ...item, timeSlot: morning });
    expect(await rowOf(seen)).toMatchObject({
      Description: 'Review',
      Display: 'Calendar and Activities',
      Type: 'Presentation',
      MeetingLocation: 'Room 7',
      Private: 'Y',
      Priority: '4-Low',
      Alarm: 'Y',
      'Appt Alarm Time Min': '45',
      Planned: '06/10/2026 16:00:00',
      'Planned Completion': '06/10/2026 17:00:00',
      'Primary Owned By': 'ANA',
    });
    expect((await look(seen)).version).toBe(seen.version);
  });

  it('of whole days begins and ends with the owner’s days, whatever their zone and season', async () => {
    for (const [holder, start, end] of [
      [world().ana, '2026-12-24', '2026-12-27'],
      [world().ana, '2026-03-08', '2026-03-09'],
      [world().ana, '2026-11-01', '2026-11-02'],
      [world().bruno, '2026-12-31', '2027-01-01'],
    ] as const) {
      const slot = { isAllDay: true, start, end } as const;
      const seen = await made({ timeSlot: slot, organizer: null }, holder);
      expect(itemOf(seen).timeSlot).toEqual(slot);
    }
    const summer = await made({ timeSlot: { isAllDay: true, start: '2026-03-08', end: '2026-03-09' } });
    expect(await rowOf(summer)).toMatchObject({
      Planned: '03/08/2026 08:00:00',
      'Planned Completion': '03/09/2026 07:00:00',
    });
  });

  it('keeps a finer priority that means the same, and takes another one', async () => {
    const seen = await made({ importance: 'high' });
    await world().siebel('PUT', pathOf(seen), { Priority: '1-ASAP' });
    const now = await look(seen);
    expect(itemOf(now).importance).toBe('high');
    const kept = await changed(
      { ...now, item: { ...itemOf(now), importance: 'low' } },
      { importance: 'high' },
    );
    expect((await rowOf(kept.now))['Priority']).toBe('1-ASAP');
    const lower = await changed(kept.now, { importance: 'low' });
    expect((await rowOf(lower.now))['Priority']).toBe('4-Low');
  });

  it('without a length lasts a minute in Siebel, and says so', async () => {
    const slot = { ...morning, end: morning.start };
    const [answer] = await world().connector.create([request({ timeSlot: slot })]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { timeSlot: { ...slot, end: '2026-06-10T09:01:00' } } },
      notes: [{ field: 'timeSlot', what: 'notHeld' }],
    });
  });

  it('that ends before it starts, or lies in no known zone, is refused in words', async () => {
    const answers = await world().connector.create([
      request({ timeSlot: { ...morning, end: '2026-06-10T08:00:00' } }),
      request({ timeSlot: { ...morning, zone: 'Nowhere/Land' } }),
      request({ timeSlot: null }),
    ]);
    expect(answers).toMatchObject([
      { outcome: 'refused', field: 'timeSlot', reason: expect.stringContaining('before') },
      { outcome: 'refused', field: 'timeSlot', reason: expect.stringContaining('time zone') },
      { outcome: 'refused', field: 'timeSlot' },
    ]);
  });

  it('is shortened where Siebel holds less, and stored without a type it does not know', async () => {
    const [answer] = await world().connector.create([
      request({ body: 'x'.repeat(1600), activityType: 'Juggling' }),
    ]);
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { body: 'x'.repeat(1500), activityType: null } },
      notes: expect.arrayContaining([
        expect.objectContaining({ field: 'body', what: 'shortened' }),
        expect.objectContaining({ field: 'activityType', what: 'refused' }),
      ]),
    });
  });

  it('that becomes a task in Siebel, or loses its times, is for nobody any more', async () => {
    const seen = await made();
    const [start] = await world().connector.changes([feed(null)]);
    await world().desk('POST', 'clock', { advanceSeconds: 2 });
    await world().siebel('PUT', pathOf(seen), { Display: 'To Do and Activities' });
    expect(await look(seen)).toMatchObject({ ref: seen.ref, kind: 'appointment', members: [] });
    const [answer] = await world().connector.changes([feed(start?.answer === 'changes' ? start.next : null)]);
    const rows = answer?.answer === 'changes' ? answer.rows : [];
    expect(rows.map(({ ref }) => ref)).toEqual(
      expect.arrayContaining([seen.ref, seen.ref.replace('Appointment', 'Task')]),
    );
    const other = await made();
    await world().siebel('PUT', pathOf(other), { 'Planned Completion': '' });
    expect((await look(other)).members).toEqual([]);
  });

  it('whose answer was lost is found again, and not made twice', async () => {
    const fault = { side: 'siebel', method: 'POST', path: 'Action', kind: 'drop-after-commit', times: 1 };
    await world().desk('POST', 'faults', [fault]);
    const asked = request();
    const seen = sightingIn((await world().connector.create([asked]))[0]);
    await world().desk('DELETE', 'faults');
    const [found] = await world().connector.find([
      { by: 'stamp', domain: 'appointment', holder: world().ana, stamp: asked.stamp },
    ]);
    expect(found).toMatchObject({ answer: 'found', sightings: [{ ref: seen.ref }] });
  });

  it('made from a template is none', async () => {
    const seen = await made();
    await world().siebel('PUT', pathOf(seen), { 'Template Flag': 'Y' });
    const [answer] = await world().connector.read([{ domain: 'appointment', holder: null, ref: seen.ref }]);
    expect(answer).toEqual({ look: 'missing', why: 'outOfReach' });
  });
});

const feed = (cursor: string | null) =>
  ({ domain: 'appointment', holder: null, feed: 'activities', cursor }) as const;

describe('people of a meeting', () => {
  it('are found by login and address, in any case, and strangers are counted in one note', async () => {
    await world().siebel('POST', 'Contact/Contact', {
      'First Name': 'Cora',
      'Last Name': 'Contact',
      'Email Address 2': 'Cora@Customer.example',
    });
    const attendees = [
      attendee('BRUNO@example.com'),
      attendee('whatever@example.com', 'CHEN'),
      attendee('cora@customer.example'),
      attendee('stranger@nowhere.example'),
      attendee('other@nowhere.example'),
      { ...attendee('declined@example.com'), response: 'declined' } as const,
    ];
    const [answer] = await world().connector.create([request({ attendees })]);
    const seen = sightingIn(answer);
    expect(itemOf(seen).attendees.map(({ address, login }) => [address, login])).toEqual([
      ['bruno@example.com', 'BRUNO'],
      ['chen@example.com', 'CHEN'],
      ['cora@customer.example', null],
    ]);
    expect(seen.members).toEqual(['ANA', 'BRUNO', 'CHEN']);
    expect(itemOf(seen).organizer).toEqual({ address: 'ana@example.com', name: 'ANA Test', login: 'ANA' });
    expect(answer?.outcome === 'done' && answer.notes).toMatchObject([
      { field: 'attendees', what: 'notHeld', reason: expect.stringContaining('2 guests') },
    ]);
  });

  it('come and go as they are asked and decline, and nobody else is touched', async () => {
    const attendees = [attendee('bruno@example.com'), attendee('chen@example.com')];
    const seen = await made({ attendees });
    const declined = itemOf(seen).attendees.map((one) =>
      one.login === 'BRUNO' ? ({ ...one, response: 'declined' } as const) : one,
    );
    const after = await changed(seen, { attendees: declined });
    expect(after.now.members).toEqual(['ANA', 'CHEN']);
    const [back] = await world().connector.update([
      { ...change(world().ana, after.now, {}), list: { add: [world().bruno], drop: [world().chen] } },
    ]);
    expect(sightingIn(back).members).toEqual(['ANA', 'BRUNO']);
    expect(sightingIn(back).version).not.toBe(after.now.version);
  });

  it('with two hundred of them take three requests for one more', async () => {
    const users = Array.from({ length: 130 }, (_, index) => ({
      login: `MANY${index}`,
      firstName: 'Many',
      lastName: String(index),
      mailbox: `many${index}@example.com`,
      timeZone: 'UTC',
    }));
    await world().desk('POST', 'users', users);
    const attendees = [
      ...users.map(({ mailbox }) => attendee(mailbox)),
      ...Array.from({ length: 70 }, (_, index) => attendee(`guest${index}@nowhere.example`)),
    ];
    const seen = await made({ attendees });
    expect(seen.members).toHaveLength(131);
    await world().requests();
    const more = await changed(seen, {
      attendees: [...itemOf(seen).attendees, attendee('bruno@example.com')],
    });
    expect(more.now.members).toHaveLength(132);
    expect(await world().requests()).toBe(3);
    expect(await look(more.now)).toEqual(more.now);
  });

  it('move to another owner, whose days whole days then are', async () => {
    const slot = { isAllDay: true, start: '2026-07-01', end: '2026-07-02' } as const;
    const seen = await made({ timeSlot: slot, attendees: [attendee('bruno@example.com')] });
    const organizer = { address: 'bruno@example.com', name: null, login: null };
    const { item, now } = await changed(seen, { organizer });
    expect(item).toMatchObject({ organizer: { login: 'BRUNO' }, timeSlot: slot, attendees: [] });
    expect(now.members).toEqual(['BRUNO']);
  });

  it('whose organizer is nobody in Siebel are owned by who stands in, else refused', async () => {
    const organizer = { address: 'boss@elsewhere.example', name: 'Boss', login: null };
    const asked = request({ organizer }, world().bruno);
    const [refused] = await world().connector.create([asked]);
    expect(refused).toMatchObject({ outcome: 'refused', field: 'organizer' });
    const [owned] = await world().connector.create([{ ...asked, ownerIfUnknown: world().bruno.login }]);
    expect(sightingIn(owned).item).toMatchObject({ organizer: { login: 'BRUNO' } });
  });

  it('whose owner has left are refused with a sentence', async () => {
    const [gone] = (await world().desk('POST', 'users', [
      { login: 'GONE', firstName: 'Gone', lastName: 'Away', mailbox: 'gone@example.com', timeZone: 'UTC' },
    ])) as readonly { employeeId: string }[];
    await world().siebel('PUT', `Employee/Employee/${gone?.employeeId}`, {
      'Employment Status': 'Terminated',
    });
    const organizer = { address: 'gone@example.com', name: null, login: null };
    const [answer] = await world().connector.create([request({ organizer })]);
    expect(answer).toMatchObject({
      outcome: 'refused',
      field: 'organizer',
      reason: expect.stringContaining('left'),
    });
  });

  it('leave a meeting, but never the one they own', async () => {
    const seen = await made({ attendees: [attendee('bruno@example.com')] });
    const leaving = { domain: 'appointment', ref: seen.ref, version: seen.version, how: 'unlist' } as const;
    const answers = await world().connector.remove([
      { ...leaving, holder: world().bruno },
      { ...leaving, holder: world().ana },
    ]);
    expect(answers).toMatchObject([{ outcome: 'done' }, { outcome: 'refused' }]);
    expect((await look(seen)).members).toEqual(['ANA']);
  });
});

describe('the census of a calendar', () => {
  it('counts what is for a person from a day on, and what repeats beyond it', async () => {
    const past = { ...morning, start: '2025-01-10T09:00:00', end: '2025-01-10T10:00:00' };
    const recurrence = { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd' } } as const;
    const attendees = [attendee('chen@example.com')];
    const before = await page('CHEN', '2026-06-01');
    await made({ timeSlot: past, attendees });
    const series = await made({ timeSlot: past, recurrence, attendees });
    const later = await made({ attendees });
    const after = await page('CHEN', '2026-06-01');
    expect(after.total - before.total).toBe(2);
    expect(after.sightings.map(({ ref }) => ref)).toEqual(expect.arrayContaining([series.ref, later.ref]));
    const all = await page('CHEN', null);
    expect(all.total - after.total).toBe(1);
  });

  async function page(login: string, from: string | null) {
    const [answer] = await world().connector.census([
      {
        login: login as Login,
        kinds: ['appointment'],
        from: from === null ? {} : { appointment: from },
        offset: 0,
      },
    ]);
    if (answer?.answer !== 'page') throw new Error(JSON.stringify(answer));
    return answer;
  }
});
