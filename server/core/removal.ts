import type { Side } from '../../shared/domain.ts';
import { reaches, type Rules } from './policy.ts';
import type { Absence } from './snapshot.ts';
import type { Removal } from './step.ts';

/**
 * What a removal on one side means for the other: a removal there, `restore` (the item is made again where it is missing),
 * `close` (the Link ends, nobody's data is touched) or `wait` (nothing is decided).
 */
export type Effect = Removal | 'restore' | 'close' | 'wait';

/** `gone` is the side that lost the item, `why` its reason; `isEdited` says that the other side was written since. */
export function effectOf(input: { gone: Side; why: Absence; isEdited: boolean; rules: Rules }): Effect {
  const { gone, why, isEdited, rules } = input;
  return (gone === 'exchange' ? afterOutlook : afterSiebel)[why](rules, isEdited);
}

type EffectRule = (rules: Rules, isEdited: boolean) => Effect;

/** The Outlook copy is gone. Where nothing may reach Siebel, a deleted copy comes back and an un-marked one is left alone. */
const afterOutlook: Readonly<Record<Absence, EffectRule>> = {
  deleted: (rules, isEdited) => {
    if (!reaches(rules.level, 'siebel')) return 'restore';
    // Whoever leaves a shared record leaves it, edited or not: it lives on for the others.
    const isOthers = rules.removals.deletedInOutlook === 'unlist' && rules.kind === 'appointment';
    if (rules.isKept || (isEdited && rules.editAgainstDelete === 'edit-wins' && !isOthers)) {
      return reaches(rules.level, 'exchange') ? 'restore' : 'close';
    }
    return rules.removals.deletedInOutlook;
  },
  unmarked: (rules) => (reaches(rules.level, 'siebel') ? rules.removals.unmarkedInOutlook : 'wait'),
  outOfReach: () => 'close',
  never: () => 'wait',
};

/** The Siebel record is gone from the person. Where nothing may reach Outlook, its item stays with its owner, un-marked. */
const afterSiebel: Readonly<Record<Absence, EffectRule>> = {
  deleted: (rules, isEdited) => {
    const isExchanges = rules.removals.deletedInSiebel === 'close';
    if (rules.isKept || (isEdited && rules.editAgainstDelete === 'edit-wins' && !isExchanges)) {
      return reaches(rules.level, 'siebel') ? 'restore' : 'unmark';
    }
    return reaches(rules.level, 'exchange') ? rules.removals.deletedInSiebel : 'unmark';
  },
  unmarked: (rules, isEdited) => withdrawal(rules, isEdited, 'unmarked'),
  outOfReach: (rules, isEdited) => withdrawal(rules, isEdited, 'outOfReach'),
  never: () => 'wait',
};

function withdrawal(rules: Rules, isEdited: boolean, why: 'unmarked' | 'outOfReach'): Effect {
  const effect = rules.removals[why];
  if (effect === 'close' || effect === 'wait') return effect;
  return isEdited || rules.isKept || !reaches(rules.level, 'exchange') ? 'unmark' : effect;
}
