import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import type { Appointment } from '../../shared/appointment.ts';
import type { Both } from '../../shared/domain.ts';
import { isAppointment, type Item } from '../../shared/item.ts';
import { defaultPolicy } from '../../shared/policy.ts';
import { changeOf } from '../../server/core/change.ts';
import { fieldsOfAll, isSet, kindOf, sameValue, valueOf, withValue } from '../../server/core/fields/item.ts';
import { memberForm } from '../../server/core/fields/set.ts';
import { activeMembers } from '../../server/core/fields/shape.ts';
import { isVisible, meetingRules, type MeetingContext } from '../../server/core/meeting.ts';
import { mayWrite } from '../../server/core/merge.ts';
import { reconcile } from '../../server/core/plan.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { settle } from '../../server/core/settle.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import type { Absence, Snapshot } from '../../server/core/snapshot.ts';
import type { Step } from '../../server/core/step.ts';
import { appointments, tasks } from '../support/appointments.ts';
import { absent, carriedOut, present } from './build.ts';

const runs = { numRuns: 300 };

/** A pair as it was agreed, a pair as it is seen, and what its rules depend on. */
type Situation = Readonly<{
  base: Both<Snapshot>;
  seen: Both<Snapshot>;
  rules: Rules;
  context: MeetingContext | null;
}>;

const person = { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} };
const rulesOf = (kind: 'appointment' | 'task'): Rules =>
  resolvePolicy({ policy: defaultPolicy, kind, person, holds: bothOf(() => () => true) });

/** Some fields of one item taken from another: an edit. */
function edited(item: Item, other: Item, chosen: readonly number[]): Item {
  const fields = fieldsOfAll([item, other]);
  return chosen.reduce((kept, at) => {
    const field = fields[at % fields.length];
    return field === undefined ? kept : withValue(kept, field, valueOf(other, field));
  }, item);
}

const anyAbsence = fc.constantFrom<Absence>('never', 'deleted', 'unmarked', 'outOfReach');
const picks = fc.array(fc.nat(30), { maxLength: 4 });

function pairs(items: fc.Arbitrary<Item>): fc.Arbitrary<Pick<Situation, 'base' | 'seen'>> {
  return fc
    .record({
      item: items,
      others: fc.tuple(items, items),
      chosen: fc.tuple(picks, picks),
      lost: fc.record({
        siebel: fc.option(anyAbsence, { freq: 5 }),
        exchange: fc.option(anyAbsence, { freq: 5 }),
      }),
      isFirst: fc.nat(5).map((one) => one === 0),
    })
    .map(({ item, others, chosen, lost, isFirst }) => {
      const now = {
        siebel: present(edited(item, others[0], chosen[0])),
        exchange: present(edited(item, others[1], chosen[1])),
      };
      const side = (one: 'siebel' | 'exchange') => (lost[one] === null ? now[one] : absent(lost[one]));
      return {
        base: bothOf(() => (isFirst ? absent('never') : present(item))),
        seen: bothOf(side),
      };
    });
}

const contexts: fc.Arbitrary<Omit<MeetingContext, 'guests' | 'outsiders' | 'isFirstContact'>> = fc.record({
  role: fc.constantFrom('organizer', 'organizer', 'attendee', 'copy'),
  isOrganizerLinked: fc.boolean(),
  isOwner: fc.boolean(),
  isAlone: fc.boolean(),
  isSilent: fc.boolean(),
  isPast: fc.boolean(),
  isOnlineMeeting: fc.boolean(),
  isMasked: fc.nat(4).map((one) => one === 0),
  isHushed: fc.nat(4).map((one) => one === 0),
  isPrivate: fc.nat(4).map((one) => one === 0),
  copyHolders: fc.subarray(['bruno', 'chen']),
  guestMail: fc.constantFrom('never', 'colleagues', 'always'),
  mailKinds: fc.record({ invitation: mailRule(), update: mailRule(), cancellation: mailRule() }),
});

function mailRule() {
  return fc.constantFrom('allow' as const, 'allow' as const, 'defer' as const, 'forbid' as const);
}

const anyMeeting: fc.Arbitrary<Situation> = fc
  .tuple(pairs(appointments()), contexts)
  .map(([pair, around]) => {
    const { base, seen } = pair;
    const copy = seen.exchange.state === 'present' ? seen.exchange.item : null;
    const guests = copy !== null && isAppointment(copy) ? activeMembers(copy.attendees) : [];
    const outsiders = guests.filter((one) => typeof one === 'string' || one.login === null);
    const context = {
      ...around,
      isFirstContact: base.siebel.state === 'absent',
      guests: guests.map(memberForm),
      outsiders: outsiders.map(memberForm),
    };
    return { ...pair, context, rules: meetingRules(rulesOf('appointment'), context) };
  });
const anyTask: fc.Arbitrary<Situation> = pairs(tasks()).map((pair) => ({
  ...pair,
  context: null,
  rules: rulesOf('task'),
}));

describe.each([
  ['appointments', anyMeeting],
  ['tasks', anyTask],
])('the laws hold for %s', { timeout: 60_000 }, (_, any) => {
  test('L1: a pair that is as it was agreed needs nothing', () => {
    fc.assert(
      fc.property(any, ({ base, rules }) => {
        expect(reconcile(base, base, rules).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('L2: what was carried out and settled needs nothing more', () => {
    fc.assert(
      fc.property(any, ({ base, seen, rules }) => {
        const plan = reconcile(base, seen, rules);
        const { after, outcomes } = carriedOut(seen, plan);
        const settled = settle({ base, seen, plan, outcomes });
        expect(reconcile(settled.base, settled.base, rules).steps).toEqual([]);
        if (plan.link === 'open') expect(reconcile(settled.base, after, rules).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('L3: a lone edit that may travel is written to the other side', () => {
    fc.assert(
      fc.property(any, ({ base, seen, rules }) => {
        const plan = reconcile(base, seen, rules);
        if (plan.link !== 'open') return;
        for (const [side, field] of loneEdits(base, seen)) {
          if (isSet(field) || !mayWrite(rules, field, across[side]) || kindOf(field) === 'rule') continue;
          const step = plan.steps.find((one) => one.side === across[side]);
          const there = seen[side];
          if (there.state === 'absent') continue;
          expect([field, step?.do === 'update' && step.fields.includes(field)]).toEqual([field, true]);
          if (step?.do === 'update') expect(valueOf(step.item, field)).toEqual(valueOf(there.item, field));
        }
      }),
      runs,
    );
  });

  test('L9: a removal needs a reason, and only what a person deleted is deleted in Siebel', () => {
    fc.assert(
      fc.property(any, ({ base, seen, rules }) => {
        for (const step of reconcile(base, seen, rules).steps) {
          if (step.do !== 'remove') continue;
          const change = changeOf(base[across[step.side]], seen[across[step.side]]);
          expect(change.change).toBe('removed');
          if (step.side === 'siebel' && step.how === 'delete')
            expect(change).toMatchObject({ why: 'deleted' });
        }
      }),
      runs,
    );
  });

  test('L11: what the journal keeps, read back from JSON, gives the same plan', () => {
    fc.assert(
      fc.property(any, ({ base, seen, context, rules }) => {
        const kept: Pick<Situation, 'base' | 'seen' | 'context'> = JSON.parse(
          JSON.stringify({ base, seen, context }),
        );
        const again =
          kept.context === null ? rulesOf('task') : meetingRules(rulesOf('appointment'), kept.context);
        expect(reconcile(kept.base, kept.seen, again)).toEqual(reconcile(base, seen, rules));
      }),
      runs,
    );
  });
});

test('L12: no step mails a guest whom the policy does not let be mailed for that very reason', () => {
  fc.assert(
    fc.property(anyMeeting, ({ base, seen, context, rules }) => {
      if (context === null) return;
      for (const step of reconcile(base, seen, rules).steps) {
        if (step.side === 'siebel') expect(step.notifies).toEqual([]);
        else judge(step, context, guestsIn(seen.exchange));
      }
    }),
    { numRuns: 1_000 },
  );
});

function loneEdits(base: Both<Snapshot>, seen: Both<Snapshot>) {
  const { siebel, exchange } = seen;
  if (siebel.state === 'absent' || exchange.state === 'absent') return [];
  return eachSide.flatMap((side) => {
    const past = base[side];
    const other = base[across[side]];
    if (past.state === 'absent' || other.state === 'absent') return [];
    const now = seen[side];
    const there = seen[across[side]];
    if (now.state === 'absent' || there.state === 'absent') return [];
    return fieldsOfAll([past.item, now.item, there.item])
      .filter((field) => !sameValue(field, valueOf(past.item, field), valueOf(now.item, field)))
      .filter((field) => sameValue(field, valueOf(other.item, field), valueOf(there.item, field)))
      .map((field) => [side, field] as const);
  });
}

function guestsIn(snapshot: Snapshot): Appointment['attendees'] {
  const item = snapshot.state === 'present' ? snapshot.item : null;
  if (item === null || !isAppointment(item)) return [];
  return item.attendees;
}

/** Whom Exchange would mail because of the step, counted by its own rules, against what the policy says. */
function judge(step: Step, context: MeetingContext, all: Appointment['attendees']): void {
  const { guestMail, mailKinds, isPast, role } = context;
  const named = (guests: Appointment['attendees']) => guests.map(memberForm);
  const wanted = step.do === 'remove' || !isAppointment(step.item) ? [] : step.item.attendees;
  // Who declined is on the list still, and is not invited anew.
  const joined = wanted.filter((one) => !named(all).includes(memberForm(one)));
  const had = all.filter(({ response }) => response !== 'declined');
  const isAllowed = (guest: Appointment['attendees'][number], kind: keyof typeof mailKinds) =>
    mailKinds[kind] === 'allow' &&
    !isPast &&
    (guestMail === 'always' || (guestMail === 'colleagues' && guest.login !== null));
  const invited =
    step.do === 'create' ? wanted : step.do === 'update' && step.fields.includes('attendees') ? joined : [];
  for (const guest of invited) {
    expect([role, isAllowed(guest, 'invitation'), context.isSilent]).toEqual(['organizer', true, false]);
    expect(step.notifies).toContain(memberForm(guest));
  }
  if (role === 'attendee') return;
  const isTold = step.do === 'update' && step.fields.some(isVisible);
  for (const guest of isTold ? had : []) {
    expect(isAllowed(guest, 'update')).toBe(true);
    expect(step.notifies).toContain(memberForm(guest));
  }
  if (step.do === 'remove' && step.how === 'delete') {
    for (const guest of had) expect(isAllowed(guest, 'cancellation')).toBe(true);
  }
}
