/* oxlint-disable typescript/no-unsafe-type-assertion -- tests give the names */
import { fc } from '../support/property.ts';
import { emptyContact, type Contact, type ContactKind } from '../../shared/contact.ts';
import type { Both, Side } from '../../shared/domain.ts';
import { defaultPolicy, type ContactPolicy, type FieldPolicy, type Policy } from '../../shared/policy.ts';
import { resolvePolicy, type Rules } from '../../server/core/policy.ts';
import { across, bothOf } from '../../server/core/side.ts';
import type { Plan } from '../../server/core/plan.ts';
import type { Absence, Item, Present, Ref, Snapshot, Version } from '../../server/core/snapshot.ts';
import type { FieldName, Outcome, Step } from '../../server/core/step.ts';

export function contact(fields: Partial<Contact>): Contact {
  return { ...emptyContact, ...fields };
}

export function present(
  item: Item,
  { version = 'v1', ref = 'ref' }: { version?: string; ref?: string } = {},
): Present {
  return { state: 'present', ref: ref as Ref, version: version as Version, item };
}

export function absent(why: Absence): Snapshot {
  return { state: 'absent', why };
}

export function fieldPolicy(field: Partial<FieldPolicy>): FieldPolicy {
  return { enabled: true, direction: 'both', conflictWinner: null, siebelField: null, ...field };
}

export function policyWith(contact: Partial<ContactPolicy>): Policy {
  const shipped = defaultPolicy.domains.contact;
  const fields = { ...shipped.fields, ...contact.fields };
  return {
    ...defaultPolicy,
    domains: { ...defaultPolicy.domains, contact: { ...shipped, ...contact, fields } },
  };
}

type RulesInput = Partial<ContactPolicy> & {
  kind?: ContactKind;
  notHeld?: Partial<Record<Side, readonly FieldName[]>>;
};

/** The shipped policy with these changes, resolved for Ana. */
export function rulesFor({ kind = 'business', notHeld = {}, ...contact }: RulesInput = {}): Rules {
  return resolvePolicy({
    policy: policyWith(contact),
    kind,
    person: { mailbox: 'ana@example.com', groups: { position: [], organization: [] }, levels: {} },
    holds: bothOf((side) => (field) => !(notHeld[side] ?? []).includes(field)),
  });
}

/** The other side's rules in this side's place. */
export function mirrored(rules: Rules): Rules {
  const level = {
    full: 'full',
    none: 'none',
    'export-only': 'import-only',
    'import-only': 'export-only',
  } as const;
  return {
    ...rules,
    level: level[rules.level],
    winner: (field) => {
      const winner = rules.winner(field);
      return winner === 'ask' ? winner : across[winner];
    },
    mayTravel: (field, to) => rules.mayTravel(field, across[to]),
    holds: swapped(rules.holds),
    putsRight: swapped(rules.putsRight),
  };
}

export function swapped<Value>({ siebel, exchange }: Both<Value>): Both<Value> {
  return { siebel: exchange, exchange: siebel };
}

/** What both sides hold when every step was carried out to the letter, and the outcomes that say so. */
export function carriedOut(
  seen: Both<Snapshot>,
  plan: Plan,
): { after: Both<Snapshot>; outcomes: readonly Outcome[] } {
  const after = bothOf((side) =>
    plan.steps.reduce((there, step) => (step.side === side ? effectOf(step) : there), seen[side]),
  );
  const outcomes = plan.steps.map((step): Outcome => {
    const now = effectOf(step);
    return { outcome: 'done', now: now.state === 'present' ? now : null, notes: [] };
  });
  return { after, outcomes };
}

function effectOf(step: Step): Snapshot {
  if (step.do === 'create') return present(step.item, { ref: 'new', version: 'new' });
  if (step.do === 'update') return present(step.item, { ref: step.ref, version: 'written' });
  return absent(step.how === 'delete' ? 'deleted' : 'unmarked');
}

const texts = fc.constantFrom(null, 'a', 'b', 'B ', 'c');

/** Contacts over a few fields and values, so that the same and the different both come up often. */
const anyContact: fc.Arbitrary<Contact> = fc
  .record({
    lastName: texts,
    jobTitle: texts,
    notes: texts,
    mobilePhone: fc.constantFrom(null, '030 1', '030-1', '0301', '+49 30 1'),
    email1: fc.constantFrom(null, 'A@x.de', 'a@x.de', 'b@x.de'),
    isPrivate: fc.boolean(),
    categories: fc.subarray(['Kunde', 'VIP', 'vip', 'Blau']),
    custom: fc.constantFrom({}, { region: 'Nord' }, { region: null }, { region: 'Süd' }),
  })
  .map(contact);

const anyPresent = fc
  .tuple(anyContact, fc.constantFrom('v1', 'v2'))
  .map(([item, version]) => present(item, { version }));
const anyAbsent = fc.constantFrom<Absence>('never', 'deleted', 'unmarked', 'outOfReach').map(absent);

const anySnapshot: fc.Arbitrary<Snapshot> = fc.oneof(
  { weight: 4, arbitrary: anyPresent },
  { weight: 1, arbitrary: anyAbsent },
);

export const anyPair: fc.Arbitrary<Both<Snapshot>> = fc.record({
  siebel: anySnapshot,
  exchange: anySnapshot,
});
export const anyPresentPair: fc.Arbitrary<Both<Present>> = fc.record({
  siebel: anyPresent,
  exchange: anyPresent,
});

export const anyRules: fc.Arbitrary<Rules> = fc
  .record({
    kind: fc.constantFrom('business', 'personal', 'employee'),
    level: fc.constantFrom('full', 'full', 'export-only', 'import-only', 'none'),
    conflictWinner: fc.constantFrom('siebel', 'exchange', 'ask'),
    editAgainstDelete: fc.constantFrom('edit-wins', 'delete-wins'),
    deletions: fc.record({ inSiebel: fc.boolean(), inExchange: fc.boolean() }),
    direction: fc.constantFrom('both', 'to-siebel', 'to-exchange'),
    enabled: fc.boolean(),
    notHeld: fc.constantFrom(
      {},
      { siebel: ['notes'] },
      { exchange: ['mobilePhone'], siebel: ['categories'] },
    ),
  } as const)
  .map(({ direction, enabled, ...rest }) =>
    rulesFor({
      ...rest,
      fields: {
        jobTitle: fieldPolicy({ direction }),
        email1: fieldPolicy({ enabled }),
        categories: fieldPolicy({ direction }),
      },
      customFields: [
        { name: 'region', siebelField: 'Region', exchangeProperty: 'Region', direction: 'both' },
      ],
    }),
  );
