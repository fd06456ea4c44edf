import type { ContactKind } from '../../shared/contact.ts';
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
    if (rules.isKept || (isEdited && rules.editAgainstDelete === 'edit-wins')) {
      return reaches(rules.level, 'exchange') ? 'restore' : 'close';
    }
    return deletionInSiebel[rules.kind](rules.deletions.inSiebel);
  },
  unmarked: (rules) => (reaches(rules.level, 'siebel') ? 'unlist' : 'wait'),
  outOfReach: () => 'close',
  never: () => 'wait',
};

/** A business contact is never deleted from Outlook: the person leaves its Sync List, and the record stays for the others. */
const deletionInSiebel: Readonly<Record<ContactKind, (isAllowed: boolean) => Effect>> = {
  business: (isAllowed) => (isAllowed ? 'unlist' : 'close'),
  personal: (isAllowed) => (isAllowed ? 'delete' : 'unlist'),
  employee: () => 'restore',
};

/** The Siebel record is gone from the person. Where nothing may reach Outlook, its contact stays with its owner, un-marked. */
const afterSiebel: Readonly<Record<Absence, EffectRule>> = {
  deleted: (rules, isEdited) => {
    if (rules.isKept || (isEdited && rules.editAgainstDelete === 'edit-wins')) {
      return reaches(rules.level, 'siebel') ? 'restore' : 'unmark';
    }
    return rules.deletions.inExchange && reaches(rules.level, 'exchange') ? 'delete' : 'unmark';
  },
  unmarked: (rules, isEdited) => withdrawal(rules, isEdited, 'unmarked'),
  outOfReach: (rules, isEdited) => withdrawal(rules, isEdited, 'outOfReach'),
  never: () => 'wait',
};

function withdrawal(rules: Rules, isEdited: boolean, why: 'unmarked' | 'outOfReach'): Effect {
  return isEdited || rules.isKept || !reaches(rules.level, 'exchange') ? 'unmark' : rules.withdrawn[why];
}
