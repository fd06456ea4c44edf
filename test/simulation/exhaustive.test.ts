import { describe, expect, test } from 'vitest';
import type { Both } from '../../shared/domain.ts';
import { changeOf } from '../../server/core/change.ts';
import { reconcile, type Plan } from '../../server/core/plan.ts';
import type { Rules } from '../../server/core/policy.ts';
import { settle } from '../../server/core/settle.ts';
import { across } from '../../server/core/side.ts';
import { absences, type Snapshot } from '../../server/core/snapshot.ts';
import { absent, carriedOut, contact, fieldPolicy, present, rulesFor } from '../core/build.ts';

/**
 * Every situation within a bound, under each set of rules. All four snapshots over three fields would be 28^4 = 614,656 a
 * set; two cuts through it are taken whole instead. Three fields of three values or nothing, on a base both sides share:
 * 28^3 = 21,952. And two fields or any of the four absences, with a base for each side: 13^4 = 28,561.
 */
const values = [null, 'a', 'b'] as const;

const threeFields: readonly Snapshot[] = values.flatMap((lastName) =>
  values.flatMap((jobTitle) => values.map((notes) => present(contact({ lastName, jobTitle, notes })))),
);
const twoFields: readonly Snapshot[] = values.flatMap((lastName) =>
  values.map((jobTitle) => present(contact({ lastName, jobTitle }))),
);

/** The first five differ in how fields merge, the others in what a removal means. */
const ruleSets: readonly (readonly [string, Rules])[] = [
  ['business, shipped', rulesFor()],
  [
    'business, asks, no deletions',
    rulesFor({ conflictWinner: 'ask', deletions: { inSiebel: false, inExchange: false } }),
  ],
  [
    'business, a field each way',
    rulesFor({
      fields: {
        jobTitle: fieldPolicy({ direction: 'to-exchange' }),
        notes: fieldPolicy({ direction: 'to-siebel' }),
      },
    }),
  ],
  ['business, import only', rulesFor({ level: 'import-only' })],
  ['employee', rulesFor({ kind: 'employee' })],
  ['business, Outlook wins', rulesFor({ conflictWinner: 'exchange', editAgainstDelete: 'delete-wins' })],
  ['business, export only', rulesFor({ level: 'export-only' })],
  ['business, a field Siebel lacks', rulesFor({ notHeld: { siebel: ['jobTitle'] } })],
  ['personal', rulesFor({ kind: 'personal' })],
  ['none', rulesFor({ level: 'none' })],
];

describe('every situation within the bound', { timeout: 60_000 }, () => {
  test.each(ruleSets.slice(0, 5))('three fields on a shared base: %s', (_, rules) => {
    const bases = [...threeFields, absent('never')];
    const sights = [...threeFields, absent('deleted')];
    expect(
      everySituation({ rules, bases: bases.map((one) => ({ siebel: one, exchange: one })), sights }),
    ).toBe(28 ** 3);
  });

  test.each(ruleSets)('a base for each side, and every absence: %s', (_, rules) => {
    const all = [...twoFields, ...absences.map(absent)];
    const bases = all.flatMap((siebel) => all.map((exchange) => ({ siebel, exchange })));
    expect(everySituation({ rules, bases, sights: all })).toBe(13 ** 4);
  });
});

function everySituation(bound: {
  rules: Rules;
  bases: readonly Both<Snapshot>[];
  sights: readonly Snapshot[];
}): number {
  let count = 0;
  for (const base of bound.bases) {
    check(reconcile(base, base, bound.rules).steps.length === 0, 'L1: an agreed pair is moved', { base });
    for (const siebel of bound.sights) {
      for (const exchange of bound.sights) {
        judge(base, { siebel, exchange }, bound.rules);
        count += 1;
      }
    }
  }
  return count;
}

function judge(base: Both<Snapshot>, seen: Both<Snapshot>, rules: Rules): void {
  const plan = reconcile(base, seen, rules);
  const { after, outcomes } = carriedOut(seen, plan);
  const settled = settle({ base, seen, plan, outcomes });
  const told = { base, seen, plan };
  check(settled.isSettled && plan.reasons.length > 0, 'a plan cannot be settled', told);
  check(reconcile(settled.base, settled.base, rules).steps.length === 0, 'L2: our own echo moves', told);
  const second = plan.link === 'open' ? reconcile(settled.base, after, rules).steps : [];
  check(second.length === 0, 'L2: a second look writes', told);
  checkRemovals(plan, base, seen);
}

function checkRemovals(plan: Plan, base: Both<Snapshot>, seen: Both<Snapshot>): void {
  for (const step of plan.steps) {
    if (step.do !== 'remove') continue;
    const change = changeOf(base[across[step.side]], seen[across[step.side]]);
    const why = change.change === 'removed' ? change.why : 'never';
    const isProven =
      why !== 'never' && (why === 'deleted' || step.side === 'exchange' || step.how === 'unlist');
    check(isProven, 'L9: a removal has no reason', { base, seen, plan });
  }
}

/** Cheaper than an assertion library over half a million situations. */
function check(holds: boolean, law: string, situation: unknown): void {
  if (!holds) throw new Error(`${law}: ${JSON.stringify(situation)}`);
}
