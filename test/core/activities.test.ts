import { describe, expect, test } from 'vitest';
import type { Appointment } from '../../shared/appointment.ts';
import type { Item } from '../../shared/item.ts';
import { defaultPolicy, type Policy } from '../../shared/policy.ts';
import { pairActivities } from '../../server/core/activity-match.ts';
import { startOfActivity, type StartContext } from '../../server/core/activity-start.ts';
import { isHushed, isMasked, maskedItem } from '../../server/core/privacy.ts';
import { isFor } from '../../server/core/selection.ts';
import { isOutside, isOver, windowOf } from '../../server/core/window.ts';
import {
  allDay,
  aMeeting,
  anAppointment,
  aSeries,
  aTask,
  attendeesOf,
  colleague,
  guest,
  slotAt,
  weekly,
} from '../support/appointments.ts';
import { absent, contact, present } from './build.ts';

describe('what stood on both sides before', () => {
  const shown = (item: Item, ref: string) => ({ ...present(item, { ref }), item });
  const pairs = (exchange: readonly Item[], siebel: readonly Item[]) =>
    [
      ...pairActivities(
        exchange.map((item, index) => shown(item, `O${index}`)),
        siebel.map((item, index) => shown(item, `S${index}`)),
      ),
    ].map(([one, other]) => `${one.ref}${other.ref}`);

  test('is paired by subject and time, in whatever zone the time is told', () => {
    const there = anAppointment({ timeSlot: slotAt('2026-06-10T03:00:00', { zone: 'America/New_York' }) });
    expect(pairs([anAppointment()], [there])).toEqual(['O0S0']);
    expect(pairs([anAppointment()], [anAppointment({ subject: ' SITE visit' })])).toEqual(['O0S0']);
    expect(pairs([anAppointment()], [anAppointment({ timeSlot: slotAt('2026-06-10T10:00:00') })])).toEqual(
      [],
    );
    expect(pairs([anAppointment()], [anAppointment({ timeSlot: allDay('2026-06-10') })])).toEqual([]);
  });

  test('stays two where two look equal', () => {
    const two = [anAppointment(), anAppointment()];
    expect(pairs(two, two)).toEqual(['O0S0', 'O1S1']);
    expect(pairs(two, [anAppointment()])).toEqual(['O0S0']);
    expect(pairs([anAppointment()], two)).toEqual(['O0S0']);
  });

  test('is no series where the other is none', () => {
    const single = anAppointment({ subject: 'Sales weekly' });
    expect(pairs([aSeries()], [single])).toEqual([]);
    expect(pairs([aSeries()], [single, aSeries()])).toEqual(['O0S1']);
    expect(pairs([aSeries({ recurrence: weekly(['friday']) })], [aSeries()])).toEqual(['O0S0']);
  });

  test('is no pair without a subject or a time', () => {
    const nameless = anAppointment({ subject: null });
    const timeless = anAppointment({ timeSlot: null });
    expect(pairs([nameless, timeless], [nameless, timeless])).toEqual([]);
  });

  test('is paired, of tasks, by subject and due date', () => {
    expect(pairs([aTask()], [aTask({ dueDate: '2026-06-13' }), aTask()])).toEqual(['O0S1']);
    expect(pairs([aTask({ dueDate: null })], [aTask({ dueDate: null })])).toEqual(['O0S0']);
  });
});

describe('what starts in Outlook', () => {
  const usual: StartContext = {
    domain: 'appointment',
    isMarked: false,
    isWished: false,
    window: { from: null, to: null },
    isOrganizerAtWork: false,
    isOrganizerKnown: false,
  };
  const copy = { isOrganizer: false, isOnlineMeeting: false, isCancelled: false };
  const invitation = aMeeting({ copy });
  const own = aMeeting({ copy: { ...copy, isOrganizer: true } });
  const policyOf = (
    appointment: Partial<Policy['domains']['appointment']>,
    more: Partial<Policy> = {},
  ): Policy => ({
    ...defaultPolicy,
    ...more,
    domains: {
      ...defaultPolicy.domains,
      appointment: { ...defaultPolicy.domains.appointment, ...appointment },
    },
  });
  const shipped = defaultPolicy;
  const strict = policyOf({ requireCategory: true });
  const filter = { activityTypeFilter: { enabled: true, default: null } };
  const window = { from: '2026-07-01', to: null };
  const cases: readonly (readonly [string, Item, Policy, Partial<StartContext>, string])[] = [
    ['an appointment', anAppointment(), shipped, {}, 'create'],
    ['a task', aTask(), shipped, { domain: 'task' }, 'create'],
    ['a meeting of the own', own, shipped, {}, 'create'],
    ['what is private', anAppointment({ isPrivate: true }), shipped, {}, 'private'],
    [
      'what is private, marked or not',
      anAppointment({ isPrivate: true }),
      shipped,
      { isWished: true },
      'private',
    ],
    [
      'what is private, masked',
      anAppointment({ isPrivate: true }),
      policyOf({ privateItems: 'mask' }),
      {},
      'create',
    ],
    ['what has no category where it is asked for', anAppointment(), strict, {}, 'uncategorised'],
    ['what has the category', anAppointment(), strict, { isMarked: true }, 'create'],
    ['what its owner asked for', anAppointment(), strict, { isWished: true }, 'create'],
    ['what is over before the window', anAppointment(), shipped, { window }, 'outsideWindow'],
    ['what has no type that is let in', anAppointment(), policyOf({}, filter), {}, 'noActivityType'],
    ['what has a type', anAppointment({ activityType: 'Call' }), policyOf({}, filter), {}, 'create'],
    ['a colleague’s invitation', invitation, shipped, { isOrganizerAtWork: true }, 'organizerBrings'],
    [
      'a colleague’s, marked',
      invitation,
      shipped,
      { isOrganizerAtWork: true, isMarked: true, isOrganizerKnown: true },
      'create',
    ],
    ['a stranger’s, whose first guest owns it', invitation, shipped, {}, 'create'],
    [
      'a stranger’s, left alone',
      invitation,
      policyOf({ externalOrganizer: 'skip' }),
      {},
      'externalOrganizer',
    ],
    [
      'a stranger’s, owned by somebody named',
      invitation,
      policyOf({ externalOrganizer: 'skip', genericOrganizerLogin: 'SADMIN' }),
      {},
      'create',
    ],
    ['what was called off', aMeeting({ copy: { ...copy, isCancelled: true } }), shipped, {}, 'cancelled'],
  ];
  test.each(cases)('%s', (_, item, policy, context, expected) => {
    const start = startOfActivity(item, policy, { ...usual, ...context });
    expect(start.start === 'create' ? 'create' : start.why).toBe(expected);
  });
});

describe('the window of days', () => {
  const input = { today: '2026-06-15', extractFrom: null, pastDays: null, futureDays: null };

  test('begins with the extract or so many days ago, whichever is later', () => {
    expect(windowOf(input)).toEqual({ from: null, to: null });
    expect(windowOf({ ...input, pastDays: 14, futureDays: 30 })).toEqual({
      from: '2026-06-01',
      to: '2026-07-15',
    });
    expect(windowOf({ ...input, pastDays: 14, extractFrom: '2026-06-10' }).from).toBe('2026-06-10');
    expect(windowOf({ ...input, pastDays: 14, extractFrom: '2026-01-01' }).from).toBe('2026-06-01');
  });

  const days = { from: '2026-06-10', to: '2026-06-20' };
  const cases: readonly (readonly [string, Item, boolean])[] = [
    ['an appointment on its first day', anAppointment(), false],
    ['one that ended the day before', anAppointment({ timeSlot: slotAt('2026-06-09T09:00:00') }), true],
    [
      'whole days, the last of them the first of the window',
      anAppointment({ timeSlot: allDay('2026-06-08', 3) }),
      false,
    ],
    ['whole days that end before it', anAppointment({ timeSlot: allDay('2026-06-08', 2) }), true],
    ['one after its last day', anAppointment({ timeSlot: slotAt('2026-06-21T09:00:00') }), true],
    ['a series that began long ago and goes on', aSeries({ timeSlot: slotAt('2026-01-07T09:00:00') }), false],
    [
      'a series that ended before it',
      aSeries({
        timeSlot: slotAt('2026-01-07T09:00:00'),
        recurrence: weekly(['wednesday'], { type: 'endDate', endDate: '2026-06-09' }),
      }),
      true,
    ],
    ['a task due before it', aTask({ dueDate: '2026-06-09' }), true],
    ['a task that is due some day', aTask({ dueDate: null }), false],
    ['a contact', contact({ lastName: 'Lopez' }), false],
  ];
  test.each(cases)('%s: outside is %s', (_, item, expected) => {
    expect(isOutside(item, days)).toBe(expected);
  });

  test('what is over is over where its owner lives', () => {
    const at = (time: string) => Temporal.Instant.from(time);
    const timed = anAppointment();
    expect(isOver(timed, at('2026-06-10T07:59:00Z'), 'UTC')).toBe(false);
    expect(isOver(timed, at('2026-06-10T08:01:00Z'), 'UTC')).toBe(true);
    const day = anAppointment({ timeSlot: allDay('2026-06-10') });
    expect(isOver(day, at('2026-06-11T05:00:00Z'), 'America/New_York')).toBe(true);
    expect(isOver(day, at('2026-06-11T03:00:00Z'), 'America/New_York')).toBe(false);
    expect(isOver(aSeries(), at('2036-01-01T00:00:00Z'), 'UTC')).toBe(false);
  });
});

describe('a private appointment', () => {
  const copy = { isOrganizer: true, isOnlineMeeting: false, isCancelled: false };
  const secret = aMeeting({
    isPrivate: true,
    body: 'secret',
    location: 'secret',
    categories: ['secret'],
    copy,
    exceptions: {
      '2026-06-17': {
        isCancelled: false,
        subject: 'secret',
        body: 'secret',
        location: 'secret',
        timeSlot: slotAt('2026-06-17T10:00:00'),
      },
      '2026-06-24': { isCancelled: true },
    },
    recurrence: weekly(['wednesday']),
  });

  test('tells Siebel when and whose it is, and nothing else', () => {
    const masked = maskedItem(secret, defaultPolicy);
    expect(JSON.stringify({ ...masked, copy: null })).not.toMatch(/secret|Project|bruno|maria/i);
    expect(masked).toMatchObject({
      subject: 'Private appointment',
      timeSlot: secret.timeSlot,
      recurrence: secret.recurrence,
      organizer: { login: 'ANA' },
      isPrivate: true,
      attendees: [],
      exceptions: { '2026-06-24': { isCancelled: true } },
    });
  });

  test('still knows on our side whom a change would mail, however often it is masked', () => {
    const masked = maskedItem(secret, defaultPolicy);
    expect(masked.copy?.hiddenGuests).toEqual(secret.attendees);
    expect(maskedItem(masked, defaultPolicy).copy?.hiddenGuests).toEqual(secret.attendees);
  });

  test('is masked unless Siebel itself keeps it private with its words', () => {
    const around = (base: Appointment | null, siebel: Appointment | null, policy = defaultPolicy) => ({
      policy,
      base: base === null ? absent('never') : present(base),
      siebel,
      isOwner: true,
    });
    expect(isMasked(secret, around(null, null))).toBe(true);
    expect(isMasked(secret, around(null, aMeeting()))).toBe(true);
    expect(isMasked(secret, around(null, aMeeting({ isPrivate: true })))).toBe(false);
    expect(isMasked(secret, around(secret, aMeeting({ isPrivate: true })))).toBe(false);
    expect(isMasked(secret, around(maskedItem(secret, defaultPolicy), aMeeting({ isPrivate: true })))).toBe(
      true,
    );
    expect(isMasked({ ...secret, isPrivate: false }, around(null, null))).toBe(false);
    const { domains } = defaultPolicy;
    const appointment = { ...domains.appointment, privateItems: 'carry' as const };
    const open = { ...defaultPolicy, domains: { ...domains, appointment } };
    expect(isMasked(secret, around(null, null, open))).toBe(false);
  });

  test('of somebody who only attends says nothing to Siebel, where it stays as its owner has it', () => {
    const attending = { policy: defaultPolicy, base: absent('never'), isOwner: false } as const;
    const known = { ...attending, siebel: aMeeting() };
    expect([isHushed(secret, known), isMasked(secret, known)]).toEqual([true, false]);
    const unknown = { ...attending, siebel: null };
    expect([isHushed(secret, unknown), isMasked(secret, unknown)]).toEqual([false, true]);
    expect(isHushed(secret, { ...known, isOwner: true })).toBe(false);
    expect(isHushed({ ...secret, isPrivate: false }, known)).toBe(false);
  });

  test('of Siebel is for its owner alone', () => {
    const members = ['ANA', 'BRUNO'];
    const item = anAppointment({
      attendees: attendeesOf([colleague('BRUNO'), guest('maria@customer.example')]),
    });
    expect(isFor({ members, item }, 'BRUNO')).toBe(true);
    expect(isFor({ members, item: { ...item, isPrivate: true } }, 'BRUNO')).toBe(false);
    expect(isFor({ members, item: { ...item, isPrivate: true } }, 'ana')).toBe(true);
    expect(isFor({ members, item }, 'CHEN')).toBe(false);
  });
});
