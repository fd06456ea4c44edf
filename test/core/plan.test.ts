import { describe, expect, test } from 'vitest';
import { reconcile, type Plan } from '../../server/core/plan.ts';
import type { Rules } from '../../server/core/policy.ts';
import { settle } from '../../server/core/settle.ts';
import { never, type Absence, type Snapshot } from '../../server/core/snapshot.ts';
import type { Step } from '../../server/core/step.ts';
import { absent, carriedOut, contact, fieldPolicy, present, rulesFor } from './build.ts';

const maria = present(contact({ firstName: 'Maria', lastName: 'Lopez', email1: 'maria@example.com' }));
const renamed = present(contact({ ...maria.item, lastName: 'Lopez-Vega' }), { version: 'v2' });
const base = { siebel: maria, exchange: maria };

/** "remove siebel unlist", "update exchange lastName", "create siebel". */
function told({ steps, link }: Plan): string {
  return [...steps.map(inWords), link].join(', ');
}

function inWords(step: Step): string {
  if (step.do === 'create') return `create ${step.side}`;
  return `${step.do} ${step.side} ${step.do === 'update' ? step.fields.join('+') : step.how}`;
}

describe('what an Outlook copy that is gone means', () => {
  const noDeletions = { deletions: { inSiebel: false, inExchange: false } };
  const deleteWins = { editAgainstDelete: 'delete-wins' } as const;
  const cases: readonly (readonly [string, Rules, Absence, Snapshot, string])[] = [
    ['business, deleted', rulesFor(), 'deleted', maria, 'remove siebel unlist, closes'],
    [
      'business, deleted, where deletions do not reach Siebel',
      rulesFor(noDeletions),
      'deleted',
      maria,
      'closes',
    ],
    ['business, un-marked', rulesFor(), 'unmarked', maria, 'remove siebel unlist, closes'],
    ['business, out of reach', rulesFor(), 'outOfReach', maria, 'closes'],
    ['business, missing without a reason', rulesFor(), 'never', maria, 'waits'],
    ['business, deleted but edited in Siebel', rulesFor(), 'deleted', renamed, 'create exchange, open'],
    [
      'business, deleted but edited, deletions win',
      rulesFor(deleteWins),
      'deleted',
      renamed,
      'remove siebel unlist, closes',
    ],
    [
      'business, un-marked but edited in Siebel',
      rulesFor(),
      'unmarked',
      renamed,
      'remove siebel unlist, closes',
    ],
    ['business, out of reach but edited in Siebel', rulesFor(), 'outOfReach', renamed, 'closes'],
    [
      'business, export only, deleted',
      rulesFor({ level: 'export-only' }),
      'deleted',
      maria,
      'create exchange, open',
    ],
    ['business, export only, un-marked', rulesFor({ level: 'export-only' }), 'unmarked', maria, 'waits'],
    [
      'business, import only, deleted but edited in Siebel',
      rulesFor({ level: 'import-only' }),
      'deleted',
      renamed,
      'remove siebel unlist, closes',
    ],
    ['personal, deleted', rulesFor({ kind: 'personal' }), 'deleted', maria, 'remove siebel delete, closes'],
    [
      'personal, deleted, where deletions do not reach Siebel',
      rulesFor({ kind: 'personal', ...noDeletions }),
      'deleted',
      maria,
      'remove siebel unlist, closes',
    ],
    [
      'personal, un-marked',
      rulesFor({ kind: 'personal' }),
      'unmarked',
      maria,
      'remove siebel unlist, closes',
    ],
    ['employee, deleted', rulesFor({ kind: 'employee' }), 'deleted', maria, 'create exchange, open'],
    ['employee, un-marked', rulesFor({ kind: 'employee' }), 'unmarked', renamed, 'waits'],
    ['level none, deleted', rulesFor({ level: 'none' }), 'deleted', maria, 'waits'],
  ];
  test.each(cases)('%s', (_, rules, why, siebel, expected) => {
    expect(told(reconcile(base, { siebel, exchange: absent(why) }, rules))).toBe(expected);
  });
});

describe('what a Siebel record that is gone means', () => {
  const keep = { deletions: { inSiebel: true, inExchange: false } };
  const deleteWins = { editAgainstDelete: 'delete-wins' } as const;
  const cases: readonly (readonly [string, Rules, Absence, Snapshot, string])[] = [
    ['deleted', rulesFor(), 'deleted', maria, 'remove exchange delete, closes'],
    [
      'deleted, where deletions do not reach Outlook',
      rulesFor(keep),
      'deleted',
      maria,
      'remove exchange unmark, closes',
    ],
    ['left the Sync List', rulesFor(), 'unmarked', maria, 'remove exchange delete, closes'],
    ['left the team', rulesFor(), 'outOfReach', maria, 'remove exchange delete, closes'],
    ['missing without a reason', rulesFor(), 'never', renamed, 'waits'],
    ['deleted but edited in Outlook', rulesFor(), 'deleted', renamed, 'create siebel, open'],
    [
      'deleted but edited, deletions win',
      rulesFor(deleteWins),
      'deleted',
      renamed,
      'remove exchange delete, closes',
    ],
    [
      'left the Sync List but edited in Outlook',
      rulesFor(),
      'unmarked',
      renamed,
      'remove exchange unmark, closes',
    ],
    [
      'left the team but edited in Outlook',
      rulesFor(),
      'outOfReach',
      renamed,
      'remove exchange unmark, closes',
    ],
    [
      'import only, deleted',
      rulesFor({ level: 'import-only' }),
      'deleted',
      maria,
      'remove exchange unmark, closes',
    ],
    [
      'import only, left the Sync List',
      rulesFor({ level: 'import-only' }),
      'unmarked',
      maria,
      'remove exchange unmark, closes',
    ],
    [
      'employee, left the list',
      rulesFor({ kind: 'employee' }),
      'unmarked',
      renamed,
      'remove exchange delete, closes',
    ],
    ['both gone', rulesFor(), 'deleted', absent('deleted'), 'closes'],
  ];
  test.each(cases)('%s', (_, rules, why, exchange, expected) => {
    expect(told(reconcile(base, { siebel: absent(why), exchange }, rules))).toBe(expected);
  });
});

describe('what is new on one side', () => {
  const nothing = { siebel: never, exchange: never };
  const cases: readonly (readonly [string, Rules, 'siebel' | 'exchange', string])[] = [
    ['in Siebel', rulesFor(), 'siebel', 'create exchange, open'],
    ['in Outlook', rulesFor(), 'exchange', 'create siebel, open'],
    ['in Siebel, import only', rulesFor({ level: 'import-only' }), 'siebel', 'waits'],
    ['in Outlook, export only', rulesFor({ level: 'export-only' }), 'exchange', 'waits'],
    ['an employee', rulesFor({ kind: 'employee' }), 'siebel', 'create exchange, open'],
  ];
  test.each(cases)('%s', (_, rules, side, expected) => {
    expect(told(reconcile(nothing, { ...nothing, [side]: maria }, rules))).toBe(expected);
  });

  test('is not made again where its owner took it out', () => {
    expect(told(reconcile(nothing, { siebel: maria, exchange: absent('unmarked') }, rulesFor()))).toBe(
      'closes',
    );
  });

  test('is made without the fields that may not go there', () => {
    const rules = rulesFor({ fields: { lastName: fieldPolicy({ direction: 'to-exchange' }) } });
    const plan = reconcile(nothing, { ...nothing, exchange: maria }, rules);
    expect(plan.steps).toMatchObject([{ do: 'create', item: { firstName: 'Maria', lastName: null } }]);
    expect(plan.held).toEqual([{ side: 'exchange', field: 'lastName' }]);
  });

  test('stays private, whatever the rules say of the field', () => {
    const rules = rulesFor({ kind: 'personal', fields: { isPrivate: fieldPolicy({ enabled: false }) } });
    const seen = { ...nothing, siebel: present(contact({ lastName: 'Lopez', isPrivate: true })) };
    expect(reconcile(nothing, seen, rules).steps).toMatchObject([
      { do: 'create', item: { isPrivate: true } },
    ]);
  });
});

describe('a contact written on both sides', () => {
  test('keeps both edits, each brought to the other side', () => {
    const seen = {
      siebel: present(contact({ ...maria.item, businessCity: 'Madrid' })),
      exchange: present(contact({ ...maria.item, nickname: 'Mari' })),
    };
    expect(told(reconcile(base, seen, rulesFor()))).toBe(
      'update siebel nickname, update exchange businessCity, open',
    );
  });

  test('is no conflict when both wrote the same', () => {
    const plan = reconcile(base, { siebel: renamed, exchange: renamed }, rulesFor());
    expect([told(plan), plan.conflicts]).toEqual(['open', []]);
  });

  test('asks where the policy asks, writes nothing meanwhile, and takes the answer', () => {
    const rules = rulesFor({ conflictWinner: 'ask' });
    const seen = { siebel: renamed, exchange: present(contact({ ...maria.item, lastName: 'Vega' })) };
    const asked = reconcile(base, seen, rules);
    expect(told(asked)).toBe('open');
    expect(asked.conflicts).toEqual([
      { field: 'lastName', siebel: 'Lopez-Vega', exchange: 'Vega', winner: null },
    ]);
    const waiting = settle({ base, seen, plan: asked, outcomes: [] });
    expect(reconcile(waiting.base, seen, rules).conflicts).toEqual(asked.conflicts);
    const answered = reconcile(waiting.base, seen, rules, { lastName: 'exchange' });
    expect(told(answered)).toBe('update siebel lastName, open');
  });

  test('a field of its own may have a winner of its own', () => {
    const rules = rulesFor({ fields: { lastName: fieldPolicy({ conflictWinner: 'exchange' }) } });
    const seen = { siebel: renamed, exchange: present(contact({ ...maria.item, lastName: 'Vega' })) };
    expect(told(reconcile(base, seen, rules))).toBe('update siebel lastName, open');
  });

  test('a blank written is an erasure, except at the first contact', () => {
    const erased = { siebel: maria, exchange: present(contact({ ...maria.item, email1: null })) };
    expect(told(reconcile(base, erased, rulesFor()))).toBe('update siebel email1, open');
    const first = { siebel: never, exchange: never };
    expect(told(reconcile(first, erased, rulesFor()))).toBe('update exchange email1, open');
  });
});

describe('an employee', () => {
  const rules = rulesFor({ kind: 'employee' });
  const scribbled = present(contact({ ...maria.item, jobTitle: 'Boss' }), { version: 'v2' });

  test('is left alone while only Outlook changed', () => {
    const plan = reconcile(base, { siebel: maria, exchange: scribbled }, rules);
    expect(told(plan)).toBe('open');
    const settled = settle({ base, seen: { siebel: maria, exchange: scribbled }, plan, outcomes: [] });
    expect(settled.isWhole).toEqual({ siebel: true, exchange: false });
    expect(settled.base.exchange).toMatchObject({ version: 'v1', item: { jobTitle: null } });
  });

  test('is put right with the next change in Siebel, and what was written is kept', () => {
    const seen = { siebel: renamed, exchange: scribbled };
    const plan = reconcile(base, seen, rules);
    expect(told(plan)).toBe('update exchange lastName+jobTitle, open');
    const settled = settle({ base, seen, plan, outcomes: carriedOut(seen, plan).outcomes });
    expect(settled.lost).toEqual([{ field: 'jobTitle', side: 'exchange', value: 'Boss' }]);
  });

  test('keeps in Outlook what Siebel cannot hold', () => {
    const held = rulesFor({ kind: 'employee', notHeld: { siebel: ['jobTitle'] } });
    expect(told(reconcile(base, { siebel: renamed, exchange: scribbled }, held))).toBe(
      'update exchange lastName, open',
    );
  });
});

test('an item that comes back has lost nothing the other side cannot hold', () => {
  const rules = rulesFor({ notHeld: { siebel: ['spouse'] } });
  const rich = present(contact({ ...maria.item, spouse: 'Juan' }));
  const plan = reconcile(
    { siebel: maria, exchange: rich },
    { siebel: renamed, exchange: absent('deleted') },
    rules,
  );
  expect(plan.steps).toMatchObject([{ do: 'create', item: { lastName: 'Lopez-Vega', spouse: 'Juan' } }]);
});

test('a write carries the version that was seen', () => {
  const [step] = reconcile(base, { siebel: maria, exchange: renamed }, rulesFor()).steps;
  expect(step).toMatchObject({
    do: 'update',
    side: 'siebel',
    version: 'v1',
    before: maria.item,
    item: renamed.item,
  });
});
