import type { Both } from '../../shared/domain.ts';
import { nextBase } from './advance.ts';
import { deedOf, writes, type Deed } from './deed.ts';
import { blankOf, fieldsOfAll, sameItem, sameValue, valueOf } from './fields/item.ts';
import { lostValues, type Lost } from './lost.ts';
import type { Plan } from './plan.ts';
import { bothOf } from './side.ts';
import type { Snapshot } from './snapshot.ts';
import type { FieldNote, Outcome } from './step.ts';

export type Settled = Readonly<{
  base: Both<Snapshot>;
  /** Values a person wrote that a done step replaced or deleted; the journal keeps them. */
  lost: readonly Lost[];
  notes: readonly FieldNote[];
  /** Every step was done. */
  isSettled: boolean;
  /** A side was found changed, or gone, beyond what was seen: look again for real. */
  needsLook: boolean;
  /**
   * Whether the base says exactly what that side holds. Only then may it stand for a sight of that side at a later turn:
   * a change that failed to be delivered, is held or waits for an answer is told to nobody by a feed a second time.
   */
  isWhole: Both<boolean>;
}>;

export type SettleInput = Readonly<{
  base: Both<Snapshot>;
  seen: Both<Snapshot>;
  plan: Plan;
  /** In the order of the plan's steps; `null` for a step that was not tried. */
  outcomes: readonly (Outcome | null)[];
}>;

/**
 * Turns what became of a plan into the next base. Field by field: the base advances where a change was delivered or needed
 * no delivery, and stays where a write failed, a rule holds the change back or a person is asked, so that the next look sees
 * the change again. What a side stored is taken as it read back, shortened or trimmed; what changed there besides is not.
 */
export function settle(input: SettleInput): Settled {
  const { seen, plan, outcomes } = input;
  const deeds = plan.steps.map((step, index) => deedOf(step, outcomes[index] ?? null));
  const base = nextBase(input, deeds);
  const actual = bothOf((side) => deeds.find(({ step }) => step.side === side)?.now ?? seen[side]);
  return {
    base,
    lost: deeds.flatMap(({ step, isDone, isGone }) => (isDone && !isGone ? lostValues(step, input) : [])),
    notes: deeds.flatMap(({ notes }) => notes),
    isSettled: deeds.every(({ isDone }) => isDone),
    needsLook: deeds.some((deed) => deed.isSurprised || hasDrifted(deed, seen)),
    isWhole: bothOf((side) => isWhole(base[side], actual[side])),
  };
}

/** Whether the side shows, besides what was written, something that was not there when it was seen. */
function hasDrifted({ step, now }: Deed, seen: Both<Snapshot>): boolean {
  if (now === null) return false;
  const before = seen[step.side];
  return fieldsOfAll([now.item]).some((field) => {
    if (writes(step, field)) return false;
    const expected = before.state === 'present' ? valueOf(before.item, field) : blankOf(field);
    return !sameValue(field, valueOf(now.item, field), expected);
  });
}

function isWhole(base: Snapshot, actual: Snapshot): boolean {
  if (base.state === 'absent' || actual.state === 'absent') return base.state === actual.state;
  return sameItem(base.item, actual.item);
}
