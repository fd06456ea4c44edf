import { beforeEach, describe, expect, test } from 'vitest';
import { allDay, anAppointment, attendeesOf, guest, slotAt } from '../support/appointments.ts';
import { appointmentIn, calendarOf, nowIn } from './calendar-world.ts';
import { creation, useGraphWorld } from './graph-world.ts';

const world = useGraphWorld();
const calendar = calendarOf(world);
beforeEach(calendar.reset);

const bruno = guest('bruno@example.com', 'Bruno Boss');
const maria = guest('maria@customer.example', 'Maria');
const meeting = anAppointment({
  subject: 'Kick-off',
  body: 'Agenda\n1. Hello',
  location: 'Ulm',
  timeSlot: slotAt('2027-03-10T09:00:00'),
  attendees: attendeesOf([bruno, maria]),
});

/** The same meeting in Bruno's mailbox. */
const brunosCopy = async (uid: string | null) => {
  const [found] = await world.exchange.find([
    { by: 'uid', domain: 'appointment', holder: world.bruno, uid: uid ?? '' },
  ]);
  const copy = found?.answer === 'found' ? found.sightings[0] : undefined;
  if (copy === undefined) throw new Error(JSON.stringify(found));
  return copy;
};

describe('a meeting', () => {
  test('invites whom it is made with, once, and lies in their mailboxes under one id', async () => {
    const now = await calendar.created(meeting);
    expect(now).toMatchObject({
      isMarked: true,
      stamp: 'stamp-1',
      item: {
        subject: 'Kick-off',
        body: 'Agenda\n1. Hello',
        location: 'Ulm',
        timeSlot: slotAt('2027-03-10T09:00:00'),
        organizer: { address: 'ana@example.com' },
        attendees: [{ address: 'bruno@example.com' }, { address: 'maria@customer.example' }],
        copy: { isOrganizer: true, isOnlineMeeting: false, isCancelled: false },
      },
    });
    expect(await calendar.mails()).toEqual(['invitation bruno@example.com, maria@customer.example']);
    const copy = await brunosCopy(now.uid);
    expect(copy).toMatchObject({ uid: now.uid, isMarked: false, item: { copy: { isOrganizer: false } } });
    expect(copy.ref).not.toBe(now.ref);
  });

  test('is not made twice when the answer to the first request was lost', async () => {
    await world.desk('POST', '/faults', [
      { side: 'graph', method: 'POST', path: '/events$', kind: 'drop-after-commit', times: 1 },
    ]);
    expect(await calendar.create(meeting)).toMatchObject({ outcome: 'unreachable' });
    calendar.reset();
    const again = nowIn(await calendar.create(meeting));
    expect(again.stamp).toBe('stamp-1');
    expect(await calendar.mails()).toHaveLength(1);
    await world.desk('POST', '/behaviour', { 'graph.transactionsRefused': true });
    calendar.reset();
    expect(nowIn(await calendar.create(meeting)).ref).toBe(again.ref);
  });

  test('mails nobody for what only its owner sees', async () => {
    const now = await calendar.created(meeting);
    await calendar.mails();
    const more = {
      categories: ['Golf'],
      showAs: 'oof',
      reminderMinutesBeforeStart: 5,
      isPrivate: true,
    } as const;
    const written = nowIn(await calendar.write(now, more));
    expect(written.item).toMatchObject(more);
    expect(await calendar.mails()).toEqual([]);
  });

  test('mails only who is added and who is left out when nothing but the attendees change', async () => {
    const now = await calendar.created(meeting);
    await calendar.mails();
    const attendees = attendeesOf([bruno, guest('new@customer.example')]);
    const written = nowIn(await calendar.write(now, { attendees }));
    expect(appointmentIn(written).attendees.map(({ address }) => address)).toEqual([
      'bruno@example.com',
      'new@customer.example',
    ]);
    expect((await calendar.mails()).toSorted()).toEqual([
      'cancellation maria@customer.example',
      'invitation new@customer.example',
    ]);
    await calendar.write(written, { attendees: appointmentIn(written).attendees });
    expect(await calendar.mails()).toEqual([]);
  });

  test('keeps whom somebody else added meanwhile, and who declined', async () => {
    const now = await calendar.created(meeting);
    const copy = await brunosCopy(now.uid);
    await world.hand(world.bruno, 'POST', `/events/${copy.ref}/decline`, { comment: '', sendResponse: true });
    const seen = await calendar.seen(now.ref);
    expect(appointmentIn(seen).attendees[0]).toMatchObject({ address: bruno.address, response: 'declined' });
    const present = await world.hand(world.ana, 'GET', `/events/${now.ref}`);
    const room = { type: 'resource', emailAddress: { address: 'room@example.org', name: 'Room' } };
    await world.hand(world.ana, 'PATCH', `/events/${now.ref}`, {
      attendees: [...(Array.isArray(present['attendees']) ? present['attendees'] : []), room],
    });
    await calendar.mails();
    const before = await calendar.seen(now.ref);
    const written = nowIn(
      await calendar.write({ ...before, item: seen.item }, { attendees: attendeesOf([maria]) }),
    );
    expect(appointmentIn(written).attendees.map(({ address }) => address)).toEqual([
      'bruno@example.com',
      'maria@customer.example',
      'room@example.org',
    ]);
    expect(await calendar.mails()).toEqual([]);
  });

  test('is one mail to everybody when its time changes', async () => {
    const now = await calendar.created(meeting);
    await calendar.mails();
    const timeSlot = slotAt('2027-03-11T10:00:00');
    expect(nowIn(await calendar.write(now, { timeSlot })).item).toMatchObject({ timeSlot });
    expect(await calendar.mails()).toEqual(['update bruno@example.com, maria@customer.example']);
  });

  test('is called off by its removal', async () => {
    const now = await calendar.created(meeting);
    const copy = await brunosCopy(now.uid);
    await calendar.mails();
    const removal = { domain: 'appointment', holder: world.ana, ref: now.ref, how: 'delete' } as const;
    expect(await world.exchange.remove([{ ...removal, version: now.version }])).toMatchObject([
      { outcome: 'done' },
    ]);
    expect(await calendar.mails()).toEqual(['cancellation bruno@example.com, maria@customer.example']);
    expect(await calendar.look(copy.ref, world.bruno)).toEqual({ look: 'missing', why: 'deleted' });
  });
});

describe("a guest's copy", () => {
  test('takes what is its own, and a note for all that is for the organizer to say', async () => {
    const now = await calendar.created(meeting);
    const copy = await brunosCopy(now.uid);
    await calendar.mails();
    const answer = await calendar.write(
      copy,
      { subject: 'Mine', timeSlot: slotAt('2027-03-12T09:00:00'), attendees: [], categories: ['Golf'] },
      world.bruno,
    );
    expect(answer).toMatchObject({
      outcome: 'done',
      now: { item: { subject: 'Kick-off', categories: ['Golf'], timeSlot: slotAt('2027-03-10T09:00:00') } },
    });
    expect(answer?.outcome === 'done' && answer.notes.map(({ field, what }) => [field, what])).toEqual([
      ['subject', 'notHeld'],
      ['timeSlot', 'notHeld'],
      ['attendees', 'notHeld'],
    ]);
    expect(await calendar.mails()).toEqual([]);
  });

  test('is marked and unmarked without a mail', async () => {
    const copy = await brunosCopy((await calendar.created(meeting)).uid);
    await calendar.mails();
    const [marked] = await world.exchange.update([
      {
        holder: world.bruno,
        ref: copy.ref,
        version: copy.version,
        fields: [],
        item: copy.item,
        before: copy.item,
        mark: true,
        kind: 'appointment',
        list: { add: [], drop: [] },
      },
    ]);
    expect(nowIn(marked)).toMatchObject({ isMarked: true, item: copy.item });
    expect(await calendar.mails()).toEqual([]);
  });

  test('of a meeting from outside is read with its organizer, and gone when that one calls it off', async () => {
    const invitation = {
      organizer: { address: 'Maria@Customer.example', name: 'Maria' },
      event: {
        subject: 'Demo',
        iCalUId: 'outside-1',
        start: { dateTime: '2027-03-10T09:00:00', timeZone: 'Pacific Standard Time' },
        end: { dateTime: '2027-03-10T10:00:00', timeZone: 'Pacific Standard Time' },
        attendees: [{ type: 'required', emailAddress: { address: 'bruno@example.com' } }],
      },
    };
    await world.desk('POST', '/mailboxes/bruno@example.com/invitations', invitation);
    const copy = await brunosCopy('outside-1');
    expect(copy.item).toMatchObject({
      organizer: { address: 'maria@customer.example', name: 'Maria' },
      timeSlot: slotAt('2027-03-10T09:00:00', { zone: 'America/Los_Angeles' }),
      copy: { isOrganizer: false },
    });
    await world.desk('POST', '/mailboxes/bruno@example.com/cancellations', { iCalUId: 'outside-1' });
    expect(await calendar.look(copy.ref, world.bruno)).toEqual({ look: 'missing', why: 'deleted' });
  });
});

describe('an online meeting', () => {
  test('keeps the way into it when its text changes in Siebel', async () => {
    const made = await world.hand(world.ana, 'POST', '/events', {
      subject: 'Call',
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      start: { dateTime: '2027-03-10T09:00:00', timeZone: 'UTC' },
      end: { dateTime: '2027-03-10T10:00:00', timeZone: 'UTC' },
    });
    const seen = await calendar.seen(made.id);
    expect(appointmentIn(seen).copy?.isOnlineMeeting).toBe(true);
    const answer = await calendar.write(seen, { body: 'Overwritten', subject: 'Call again' });
    expect(answer).toMatchObject({ outcome: 'done', notes: [{ field: 'body', what: 'notHeld' }] });
    expect(nowIn(answer).item).toMatchObject({ subject: 'Call again', body: appointmentIn(seen).body });
    expect(await world.hand(world.ana, 'GET', `/events/${made.id}`)).toMatchObject({ isOnlineMeeting: true });
  });
});

describe('an appointment', () => {
  test('of whole days stays on them, and becomes a timed one and back', async () => {
    const now = await calendar.created(anAppointment({ timeSlot: allDay('2027-03-28', 3) }));
    expect(now.item).toMatchObject({ timeSlot: allDay('2027-03-28', 3) });
    const timed = nowIn(await calendar.write(now, { timeSlot: slotAt('2027-03-28T09:00:00') }));
    expect(timed.item).toMatchObject({ timeSlot: slotAt('2027-03-28T09:00:00') });
    const back = nowIn(await calendar.write(timed, { timeSlot: allDay('2027-03-28') }));
    expect(await calendar.seen(back.ref)).toMatchObject({ item: back.item, version: back.version });
  });

  test.each(['America/Los_Angeles', 'Asia/Kolkata', 'Pacific/Auckland', 'Europe/Vienna'])(
    'in %s is at its hour there',
    async (zone) => {
      const timeSlot = slotAt('2027-03-28T02:30:00', { zone });
      const now = await calendar.created(anAppointment({ timeSlot }));
      const row = await world.hand(world.ana, 'GET', `/events/${now.ref}`);
      const start = Temporal.PlainDateTime.from('2027-03-28T02:30:00').toZonedDateTime(zone).toInstant();
      expect(row['start']).toMatchObject({
        dateTime: `${start.toString().slice(0, 19)}.0000000`,
        timeZone: 'UTC',
      });
    },
  );

  test('without a reminder gets none, and without a time is refused', async () => {
    expect((await calendar.created(anAppointment({ reminderMinutesBeforeStart: null }))).item).toMatchObject({
      reminderMinutesBeforeStart: null,
    });
    expect(await calendar.create(anAppointment({ timeSlot: null }))).toMatchObject({
      outcome: 'refused',
      field: 'timeSlot',
    });
  });

  test('with a text of a megabyte is kept', async () => {
    const body = 'A line of text.\n'.repeat(65_536).trimEnd();
    expect((await calendar.created(anAppointment({ body }))).item).toMatchObject({ body });
  });

  test('that went to the archive is out of reach, and one that was deleted is deleted', async () => {
    const [archived, deleted] = [
      await calendar.created(anAppointment()),
      await calendar.created(anAppointment()),
    ];
    await world.desk('POST', '/mailboxes/ana@example.com/archive', { id: archived.ref });
    await world.hand(world.ana, 'DELETE', `/events/${deleted.ref}`);
    expect(await calendar.look(archived.ref)).toEqual({ look: 'missing', why: 'outOfReach' });
    expect(await calendar.look(deleted.ref)).toEqual({ look: 'missing', why: 'deleted' });
  });

  test('is found among others by people who search, the latest first', async () => {
    const items = ['One', 'Two', 'Three'].map((subject, index) =>
      anAppointment({ subject, timeSlot: slotAt(`2027-03-1${index}T09:00:00`) }),
    );
    await world.exchange.create(items.map((item, index) => creation(world.ana, item, `browse-${index}`)));
    const request = { domain: 'appointment', holder: world.ana, after: null, limit: 2 } as const;
    const page = await world.exchange.browse({ ...request, search: null });
    expect(page).toMatchObject({
      sightings: [{ item: { subject: 'Three' } }, { item: { subject: 'Two' } }],
      next: '2',
    });
    expect(await world.exchange.browse({ ...request, search: 'one' })).toMatchObject({
      sightings: [{ item: { subject: 'One' } }],
      next: null,
    });
  });
});
