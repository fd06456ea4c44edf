import { fc } from '../support/property.ts';
import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../shared/telling.ts';
import { changedFields, changeOf } from '../../server/core/change.ts';
import { isBlank, kindOf, sameItem, sameValue, valueOf } from '../../server/core/fields/item.ts';
import { mayWrite } from '../../server/core/merge.ts';
import { reconcile } from '../../server/core/plan.ts';
import { settle } from '../../server/core/settle.ts';
import { across, bothOf, eachSide } from '../../server/core/side.ts';
import type { Outcome, Step } from '../../server/core/step.ts';
import { anyPair, anyPresentPair, anyRules, carriedOut, mirrored, rulesFor, swapped } from './build.ts';

const runs = { numRuns: 1_000 };

describe('the laws of the core', { timeout: 60_000 }, () => {
  test('L1: a pair that is as it was agreed needs nothing', () => {
    fc.assert(
      fc.property(anyPair, anyRules, (base, rules) => {
        expect(reconcile(base, base, rules).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('L2: once a plan is carried out and settled, neither a second look nor our own echo moves anything', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        const plan = reconcile(base, seen, rules);
        const { after, outcomes } = carriedOut(seen, plan);
        const settled = settle({ base, seen, plan, outcomes });
        expect(settled.isSettled).toBe(true);
        expect(reconcile(settled.base, settled.base, rules).steps).toEqual([]);
        if (plan.link === 'open') expect(reconcile(settled.base, after, rules).steps).toEqual([]);
      }),
      runs,
    );
  });

  test('L3: a lone edit reaches the other side; two different ones are a conflict with both values', () => {
    const rules = rulesFor({ conflictWinner: 'exchange' });
    fc.assert(
      fc.property(anyPresentPair, anyPresentPair, (base, seen) => {
        const plan = reconcile(base, seen, rules);
        for (const side of eachSide) {
          for (const field of changedFields(base[side].item, seen[side].item)) {
            if (kindOf(field) === 'set' || field.startsWith('custom.')) continue;
            const here = valueOf(seen[side].item, field);
            const there = valueOf(seen[across[side]].item, field);
            if (sameValue(field, here, there)) continue;
            const isAlone = sameValue(field, valueOf(base[across[side]].item, field), there);
            const step = plan.steps.find((one) => one.side === across[side]);
            const conflict = plan.conflicts.find((one) => one.field === field);
            if (isAlone) expect(step).toMatchObject({ do: 'update', item: { [field]: here } });
            else
              expect(conflict).toEqual({
                field,
                winner: 'exchange',
                ...bothOf((one) => valueOf(seen[one].item, field)),
              });
          }
        }
      }),
      runs,
    );
  });

  test('L3: who wins is written over the loser, and the loser is kept', () => {
    fc.assert(
      fc.property(anyPresentPair, anyPresentPair, anyRules, (base, seen, rules) => {
        const plan = reconcile(base, seen, rules);
        const { outcomes } = carriedOut(seen, plan);
        const { lost } = settle({ base, seen, plan, outcomes });
        for (const { field, winner } of plan.conflicts) {
          if (winner === null) continue;
          const side = across[winner];
          expect(lost).toContainEqual({ field, side, value: valueOf(seen[side].item, field) });
        }
      }),
      runs,
    );
  });

  test('L3: members put into a set are in it on both sides afterwards', () => {
    const rules = rulesFor();
    fc.assert(
      fc.property(anyPresentPair, anyPresentPair, (base, seen) => {
        const { after } = carriedOut(seen, reconcile(base, seen, rules));
        const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase());
        for (const side of eachSide) {
          const before = lower(base[side].item.categories);
          const added = lower(seen[side].item.categories).filter((name) => !before.includes(name));
          const there = after[across[side]];
          if (there.state === 'present')
            expect(lower(there.item.categories)).toEqual(expect.arrayContaining(added));
        }
      }),
      runs,
    );
  });

  test('L4: what holds for one side holds for the other: swapped sides and rules give the swapped plan', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        const plan = reconcile(base, seen, rules);
        if (plan.verdict === 'remove' || plan.verdict === 'contest') return;
        const other = reconcile(swapped(base), swapped(seen), mirrored(rules));
        expect(other.verdict).toBe(plan.verdict);
        expect(other.link).toBe(plan.link);
        expect(new Set(other.steps.map(({ side, ...step }) => ({ ...step, side: across[side] })))).toEqual(
          new Set(plan.steps),
        );
        expect(new Set(other.held.map(({ side, field }) => ({ side: across[side], field })))).toEqual(
          new Set(plan.held),
        );
        const conflicts = other.conflicts.map(({ field, winner, ...values }) => ({
          field,
          ...swapped(values),
          winner: winner && across[winner],
        }));
        expect(conflicts).toEqual(plan.conflicts);
      }),
      runs,
    );
  });

  test('L5: a field advances by its own delivery, whatever became of the others', () => {
    fc.assert(
      fc.property(
        anyPresentPair,
        anyPresentPair,
        anyRules,
        fc.subarray(['siebel', 'exchange'] as const),
        (base, seen, rules, failing) => {
          const plan = reconcile(base, seen, rules);
          const done = carriedOut(seen, plan).outcomes;
          const outcomes = plan.steps.map((step, index) =>
            failing.includes(step.side) ? failure : (done[index] ?? null),
          );
          const settled = settle({ base, seen, plan, outcomes });
          if (plan.link === 'waits') return;
          for (const side of eachSide) {
            const next = settled.base[side];
            if (next.state !== 'present') throw new Error('A pair that is there stays there.');
            for (const field of changedFields(base[side].item, seen[side].item)) {
              if (kindOf(field) === 'set') continue;
              const isOpen = plan.held.some((held) => held.side === side && held.field === field);
              const isFailed = plan.steps.some((step) => failing.includes(step.side) && writes(step, field));
              const mine = plan.steps.find((step) => step.side === side && writes(step, field));
              const reached = mine?.do === 'update' ? mine.item : seen[side].item;
              const expected = isOpen || isFailed ? base[side].item : reached;
              expect([field, sameValue(field, valueOf(next.item, field), valueOf(expected, field))]).toEqual([
                field,
                true,
              ]);
            }
          }
        },
      ),
      runs,
    );
  });

  test('L5: what was not delivered is decided the same way at the next look', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        // What is put right rides along with another change, and where that one needs no delivery, waits for the next.
        fc.pre(rules.level === 'full' && eachSide.every((side) => mayWrite(rules, 'categories', side)));
        const plan = reconcile(base, seen, rules);
        const settled = settle({ base, seen, plan, outcomes: plan.steps.map(() => failure) });
        const again = reconcile(settled.base, seen, rules);
        const gist = (steps: readonly Step[]) => steps.map((step) => ({ ...step, version: null }));
        expect(gist(again.steps)).toEqual(gist(plan.steps));
        expect(settled.lost).toEqual([]);
      }),
      runs,
    );
  });

  test('L9: a removal needs a reason, and Siebel deletes only what a person deleted', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        for (const step of reconcile(base, seen, rules).steps) {
          if (step.do !== 'remove') continue;
          const change = changeOf(base[across[step.side]], seen[across[step.side]]);
          if (change.change !== 'removed') throw new Error('Something is removed though nothing is gone.');
          expect(change.why).not.toBe('never');
          if (step.side === 'siebel') expect(['delete', 'unlist']).toContain(step.how);
          if (step.side === 'exchange') expect(['delete', 'unmark']).toContain(step.how);
          if (step.side === 'siebel' && step.how === 'delete') {
            expect([rules.kind, change.why, rules.removals.deletedInOutlook]).toEqual([
              'personal',
              'deleted',
              'delete',
            ]);
          }
        }
      }),
      runs,
    );
  });

  test('levels: nothing goes where the level does not reach', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        const { steps } = reconcile(base, seen, rules);
        if (rules.level === 'none') expect(steps).toEqual([]);
        if (rules.level === 'export-only') expect(steps.filter(({ side }) => side === 'siebel')).toEqual([]);
        if (rules.level === 'import-only') {
          const content = steps.filter(
            (step) => step.side === 'exchange' && !(step.do === 'remove' && step.how === 'unmark'),
          );
          expect(content).toEqual([]);
        }
        for (const step of steps) {
          if (step.do !== 'update') continue;
          for (const field of step.fields) expect(mayWrite(rules, field, step.side)).toBe(true);
        }
      }),
      runs,
    );
  });

  test('a first contact erases nothing', () => {
    fc.assert(
      fc.property(anyPresentPair, anyRules, (seen, rules) => {
        const never = {
          siebel: { state: 'absent', why: 'never' },
          exchange: { state: 'absent', why: 'never' },
        } as const;
        for (const step of reconcile(never, seen, rules).steps) {
          if (step.do !== 'update') throw new Error('Both are there: nothing is made or removed.');
          for (const field of step.fields) expect(isBlank(field, valueOf(step.item, field))).toBe(false);
        }
      }),
      runs,
    );
  });

  test('L11: the journal’s base and sight, read back from JSON, give the same plan', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        const kept: { base: typeof base; seen: typeof seen } = JSON.parse(JSON.stringify({ base, seen }));
        expect(reconcile(kept.base, kept.seen, rules)).toEqual(reconcile(base, seen, rules));
      }),
      runs,
    );
  });

  test('every plan says why, and takes one step a side at most', () => {
    fc.assert(
      fc.property(anyPair, anyPair, anyRules, (base, seen, rules) => {
        const plan = reconcile(base, seen, rules);
        expect(sentenceOf(plan.reasons)).toMatch(/^[A-Z].*\.$/);
        expect(new Set(plan.steps.map(({ side }) => side)).size).toBe(plan.steps.length);
      }),
      runs,
    );
  });

  test('a settled base is whole exactly where it says what the side holds', () => {
    fc.assert(
      fc.property(anyPresentPair, anyPresentPair, anyRules, (base, seen, rules) => {
        const plan = reconcile(base, seen, rules);
        const { after, outcomes } = carriedOut(seen, plan);
        const settled = settle({ base, seen, plan, outcomes });
        for (const side of eachSide) {
          const next = settled.base[side];
          const there = after[side];
          if (next.state === 'absent' || there.state === 'absent') continue;
          expect(settled.isWhole[side]).toBe(sameItem(next.item, there.item));
        }
      }),
      runs,
    );
  });
});

const failure: Outcome = { outcome: 'unreachable', reason: 'no answer', afterMs: null, reach: 'item' };

function writes(step: Step, field: string): boolean {
  return step.do === 'update' && step.fields.some((one) => one === field);
}
