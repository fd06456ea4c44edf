import { describe, expect, test } from 'vitest';
import { emptyAppointment, type Appointment } from '../../shared/appointment.ts';
import { defaultPolicy, type AppointmentPolicy } from '../../shared/policy.ts';
import { meetingRules, type MeetingContext } from '../../server/core/meeting.ts';
import { reconcile, type Plan } from '../../server/core/plan.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { settle } from '../../server/core/settle.ts';
import { bothOf } from '../../server/core/side.ts';
import type { Snapshot } from '../../server/core/snapshot.ts';
import type { Step } from '../../server/core/step.ts';
import { aMeeting, attendeesOf, colleague, guest, slotAt } from '../support/appointments.ts';
import { absent, carriedOut, present } from './build.ts';

const never = { siebel: absent('never'), exchange: absent('never') };
const maria = guest('maria@customer.example');
const inside = aMeeting({ attendees: attendeesOf([colleague('BRUNO'), colleague('CHEN')]) });
const outside = aMeeting();

/** Ana's own future meeting with two colleagues, long in step, unless the test says otherwise. */
const usual: MeetingContext = {
  role: 'organizer',
  isOrganizerLinked: false,
  isOwner: true,
  isAlone: false,
  isFirstContact: false,
  isSilent: false,
  isPast: false,
  isOnlineMeeting: false,
  isMasked: false,
  isHushed: false,
  isPrivate: false,
  guests: ['bruno', 'chen'],
  outsiders: [],
  copyHolders: [],
  guestMail: 'colleagues',
  mailKinds: { invitation: 'allow', update: 'allow', cancellation: 'allow' },
};
const alone: Partial<MeetingContext> = { guests: [], outsiders: [] };
const withMaria: Partial<MeetingContext> = {
  guests: ['bruno', 'chen', 'maria@customer.example'],
  outsiders: ['maria@customer.example'],
};

function appointmentRules(appointment: Partial<AppointmentPolicy> = {}): Rules {
  const { domains } = defaultPolicy;
  const policy = {
    ...defaultPolicy,
    domains: { ...domains, appointment: { ...domains.appointment, ...appointment } },
  };
  const person = { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} };
  return resolvePolicy({ policy, kind: 'appointment', person, holds: bothOf(() => () => true) });
}

function rulesIn(context: Partial<MeetingContext>): Rules {
  return meetingRules(appointmentRules(), { ...usual, ...context });
}

/** "update exchange location mailing bruno+chen, open". */
function told({ steps, link }: Plan): string {
  return [...steps.map(inWords), link].join(', ');
}

function inWords(step: Step): string {
  const fields = step.do === 'update' ? ` ${step.fields.join('+')}` : '';
  const how = step.do === 'remove' ? ` ${step.how}` : '';
  const mails = step.notifies.length > 0 ? ` mailing ${step.notifies.join('+')}` : '';
  return `${step.do} ${step.side}${fields}${how}${mails}`;
}

function agreed(item: Appointment) {
  return { siebel: present(item), exchange: present(item) };
}

/** What becomes of a change in Siebel. */
function afterSiebel(
  before: Appointment,
  change: Partial<Appointment>,
  context: Partial<MeetingContext>,
): Plan {
  const base = agreed(before);
  const seen = { siebel: present({ ...before, ...change }, { version: 'v2' }), exchange: base.exchange };
  return reconcile(base, seen, rulesIn(context));
}

describe('a change in Siebel that guests can see', () => {
  const forbidden = { mailKinds: { ...usual.mailKinds, update: 'forbid' as const } };
  const cases: readonly (readonly [string, Partial<MeetingContext>, string, string])[] = [
    ['of an appointment without guests', alone, 'update exchange location, open', ''],
    ['among colleagues', {}, 'update exchange location mailing bruno+chen, open', ''],
    ['with a guest from outside', withMaria, 'open', 'location'],
    [
      'with a guest from outside, where everybody may be mailed',
      { ...withMaria, guestMail: 'always' },
      'update exchange location mailing bruno+chen+maria@customer.example, open',
      '',
    ],
    ['where nobody may be mailed', { guestMail: 'never' }, 'open', 'location'],
    ['where changes wait', { mailKinds: { ...usual.mailKinds, update: 'defer' } }, 'open', 'location'],
    ['where changes stay in Siebel', forbidden, 'open', ''],
    ['of a meeting that is over', { isPast: true }, 'open', 'location'],
    ['of an invitation somebody got', { role: 'attendee' }, 'open', 'location'],
    [
      'of an invitation, where the organizer’s calendar is in step too',
      { role: 'attendee', isOrganizerLinked: true },
      'open',
      '',
    ],
    ['of a copy we made', { role: 'copy', ...alone }, 'update exchange location, open', ''],
    [
      'of a copy we made, to which its owner invited a stranger',
      { role: 'copy', guests: ['maria@customer.example'], outsiders: ['maria@customer.example'] },
      'open',
      'location',
    ],
  ];
  test.each(cases)('%s', (_, context, expected, held) => {
    const plan = afterSiebel(inside, { location: 'Ulm' }, context);
    expect(told(plan)).toBe(expected);
    expect(plan.held.map(({ field }) => field).join()).toBe(held);
  });

  test('waits, and is written as soon as the policy allows it', () => {
    const base = agreed(outside);
    const seen = { siebel: present({ ...outside, location: 'Ulm' }), exchange: base.exchange };
    const plan = reconcile(base, seen, rulesIn(withMaria));
    const settled = settle({ base, seen, plan, outcomes: [] });
    const later = reconcile(settled.base, seen, rulesIn({ ...withMaria, guestMail: 'always' }));
    expect(later.steps).toMatchObject([{ side: 'exchange', fields: ['location'] }]);
  });

  test('is split from what nobody is mailed about, which is written at once', () => {
    const plan = afterSiebel(
      inside,
      { location: 'Ulm', reminderMinutesBeforeStart: 30 },
      { guestMail: 'never' },
    );
    expect(told(plan)).toBe('update exchange reminderMinutesBeforeStart, open');
  });

  test('never rewrites the text of an online meeting', () => {
    expect(told(afterSiebel(inside, { body: 'New' }, { isOnlineMeeting: true }))).toBe('open');
  });

  test('moves a masked appointment and tells it nothing else', () => {
    const change = { timeSlot: slotAt('2026-06-11T09:00:00'), subject: 'Read by all' };
    expect(told(afterSiebel(inside, change, { isMasked: true, ...alone }))).toBe(
      'update exchange timeSlot, open',
    );
    expect(told(afterSiebel(inside, change, { isMasked: true, ...withMaria }))).toBe('open');
  });
});

describe('guests who come and go in Siebel', () => {
  const withDalia = attendeesOf([colleague('BRUNO'), colleague('CHEN'), colleague('DALIA')]);
  const cases: readonly (readonly [string, Appointment['attendees'], Partial<MeetingContext>, string])[] = [
    ['a colleague is invited', withDalia, {}, 'update exchange attendees mailing dalia, open'],
    ['a colleague waits where nobody may be mailed', withDalia, { guestMail: 'never' }, 'open'],
    ['whoever has a copy of ours is not invited as well', withDalia, { copyHolders: ['dalia'] }, 'open'],
    ['nobody is invited because of a first load', withDalia, { isSilent: true }, 'open'],
    ['nobody is invited to what is over', withDalia, { isPast: true }, 'open'],
    ['nobody is invited to what is private', withDalia, { isPrivate: true }, 'open'],
    ['nobody is invited by a guest', withDalia, { role: 'attendee' }, 'open'],
    [
      'a colleague is called off, and nobody else is mailed',
      attendeesOf([colleague('BRUNO')]),
      {},
      'update exchange attendees mailing chen, open',
    ],
    ['a stranger is not invited', attendeesOf([...inside.attendees, maria]), {}, 'open'],
  ];
  test.each(cases)('%s', (_, attendees, context, expected) => {
    expect(told(afterSiebel(inside, { attendees }, context))).toBe(expected);
  });

  test('whoever may be invited later is, and the others at once', () => {
    const context = { ...usual, guests: [], isFirstContact: true };
    const seen = { siebel: present({ ...outside, copy: null }), exchange: absent('never') };
    const plan = reconcile(never, seen, meetingRules(appointmentRules(), context));
    expect(told(plan)).toBe('create exchange mailing bruno+chen, open');
    expect(plan.held).toEqual([{ side: 'siebel', field: 'attendees' }]);
    const born = carriedOut(seen, plan);
    const settled = settle({ base: never, seen, plan, outcomes: born.outcomes });
    const allowed = rulesIn({ guestMail: 'always' });
    const later = reconcile(settled.base, born.after, allowed);
    expect(told(later)).toBe('update exchange attendees mailing maria@customer.example, open');
    expect(told(reconcile(settled.base, born.after, rulesIn({})))).toBe('open');
  });

  test('who declined in Outlook leaves in Siebel, and stays on the organizer’s list', () => {
    const base = agreed(inside);
    const declined = inside.attendees.map((one) =>
      one.login === 'CHEN' ? { ...one, response: 'declined' as const } : one,
    );
    const seen = { siebel: base.siebel, exchange: present({ ...inside, attendees: declined }) };
    const plan = reconcile(base, seen, rulesIn({ guests: ['bruno'] }));
    expect(told(plan)).toBe('update siebel attendees, open');
    const [step] = plan.steps;
    expect(step?.do === 'update' && 'attendees' in step.item ? step.item.attendees : []).toMatchObject([
      { login: 'BRUNO' },
    ]);
    const { after, outcomes } = carriedOut(seen, plan);
    const settled = settle({ base, seen, plan, outcomes });
    expect(told(reconcile(settled.base, after, rulesIn({ guests: ['bruno'] })))).toBe('open');
  });
});

describe('a meeting that is gone', () => {
  const gone = (
    side: 'siebel' | 'exchange',
    context: Partial<MeetingContext>,
    why: Snapshot = absent('deleted'),
  ) => {
    const base = agreed(inside);
    return told(reconcile(base, { ...base, [side]: why }, rulesIn(context)));
  };
  const left = absent('unmarked');

  test('from Siebel is called off as the policy says', () => {
    const kinds = (cancellation: 'forbid' | 'defer') => ({ mailKinds: { ...usual.mailKinds, cancellation } });
    expect(gone('siebel', {})).toBe('remove exchange delete mailing bruno+chen, closes');
    expect(gone('siebel', alone)).toBe('remove exchange delete, closes');
    expect(gone('siebel', withMaria)).toBe('waits');
    expect(gone('siebel', { guestMail: 'never' })).toBe('waits');
    expect(gone('siebel', kinds('defer'))).toBe('waits');
    expect(gone('siebel', kinds('forbid'))).toBe('remove exchange unmark, closes');
    expect(gone('siebel', { isPast: true })).toBe('remove exchange unmark, closes');
  });

  test('goes on in Outlook when its owner has left it in Siebel', () => {
    expect(gone('siebel', {}, left)).toBe('remove exchange unmark, closes');
    expect(gone('siebel', alone, left)).toBe('remove exchange delete, closes');
  });

  test('from Siebel leaves an invitation to Exchange, and takes a copy of ours away', () => {
    expect(gone('siebel', { role: 'attendee', isOrganizerLinked: true })).toBe('closes');
    expect(gone('siebel', { role: 'attendee' })).toBe('remove exchange unmark, closes');
    expect(gone('siebel', { role: 'copy', ...alone })).toBe('remove exchange delete, closes');
  });

  test('from a copy of ours mails those its owner invited no more than from the organizer’s', () => {
    const invited = {
      role: 'copy',
      guests: ['maria@customer.example'],
      outsiders: ['maria@customer.example'],
    } as const;
    expect(gone('siebel', invited)).toBe('waits');
    expect(gone('siebel', { ...invited, guestMail: 'always' })).toBe(
      'remove exchange delete mailing maria@customer.example, closes',
    );
  });

  test('from a guest’s calendar takes that guest off and nobody else', () => {
    expect(gone('exchange', { role: 'attendee', isOwner: false })).toBe('remove siebel unlist, closes');
    expect(gone('exchange', { role: 'copy', isOwner: false, ...alone })).toBe('remove siebel unlist, closes');
    expect(gone('exchange', {})).toBe('remove siebel delete, closes');
    expect(gone('exchange', { role: 'attendee', isOwner: true, isAlone: true })).toBe(
      'remove siebel delete, closes',
    );
  });

  test('from a guest’s calendar stays gone for the guest, whatever was written in Siebel since', () => {
    const base = agreed(inside);
    const seen = { siebel: present({ ...inside, location: 'Ulm' }), exchange: absent('deleted') };
    const guests = rulesIn({ role: 'copy', isOwner: false, ...alone });
    expect(told(reconcile(base, seen, guests))).toBe('remove siebel unlist, closes');
    expect(told(reconcile(base, seen, rulesIn({})))).toMatch(/^create exchange/);
  });
});

describe('what a copy tells Siebel', () => {
  const base = agreed(inside);
  const edited = { ...base, exchange: present({ ...inside, location: 'Ulm' }) };
  const cases: readonly (readonly [string, Partial<MeetingContext>, string])[] = [
    ['the organizer’s tells everything', {}, 'update siebel location, open'],
    ['a guest’s is silent beside the organizer’s', { role: 'attendee', isOrganizerLinked: true }, 'open'],
    [
      'a guest’s speaks where the organizer’s is not known',
      { role: 'attendee' },
      'update siebel location, open',
    ],
    ['a copy of ours tells what its owner writes', { role: 'copy' }, 'update siebel location, open'],
  ];
  test.each(cases)('%s', (_, context, expected) => {
    expect(told(reconcile(base, edited, rulesIn(context)))).toBe(expected);
  });

  test('a copy of ours never says who is invited', () => {
    const invited = { ...base, exchange: present({ ...inside, attendees: attendeesOf([maria]) }) };
    expect(told(reconcile(base, invited, rulesIn({ role: 'copy' })))).toBe('open');
  });
});

describe('two sides that meet for the first time', () => {
  test('leave in Outlook what guests were told, and Siebel takes it over', () => {
    const seen = {
      siebel: present({ ...inside, location: 'Ulm', copy: null }),
      exchange: present({ ...inside, location: 'Bonn' }),
    };
    const plan = reconcile(never, seen, rulesIn({ isFirstContact: true }));
    expect(told(plan)).toBe('update siebel location, open');
    expect(plan.steps[0]).toMatchObject({ item: { location: 'Bonn' } });
  });

  test('keep two different rules of repetition as they are', () => {
    const daily = { pattern: { type: 'daily', interval: 1 }, range: { type: 'noEnd' } } as const;
    const hourly = { pattern: { type: 'daily', interval: 2 }, range: { type: 'noEnd' } } as const;
    const seen = {
      siebel: present({ ...emptyAppointment, recurrence: daily }),
      exchange: present({ ...emptyAppointment, recurrence: hourly }),
    };
    expect(told(reconcile(never, seen, rulesIn({ ...alone, isFirstContact: true })))).toBe('open');
  });
});
