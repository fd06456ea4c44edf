import type { Both, Side } from '../../shared/domain.ts';
import { changedFields } from './change.ts';
import { emptyItem, kindOf, sameValue, valueOf } from './fields/contact.ts';
import type { Plan } from './plan.ts';
import type { Snapshot } from './snapshot.ts';
import type { FieldName, FieldValue, Step } from './step.ts';

/** A value a person wrote on that side and the sync took away; kept so that it can be put back. */
export type Lost = Readonly<{ field: FieldName; side: Side; value: FieldValue }>;

/** What a step that was done took from people: values written since the base that it replaced, or deleted with the item. */
export function lostValues(
  step: Step,
  { base, seen, plan }: { base: Both<Snapshot>; seen: Both<Snapshot>; plan: Plan },
): Lost[] {
  const { side } = step;
  const now = seen[side];
  if (now.state === 'absent' || step.do === 'create') return [];
  if (step.do === 'remove' && step.how !== 'delete') return [];
  const isFirst = base.siebel.state === 'absent' || base.exchange.state === 'absent';
  const past = base[side].state === 'present' && !isFirst ? base[side].item : emptyItem;
  const isReplaced = (field: FieldName): boolean => {
    if (step.do === 'remove') return true;
    if (!step.fields.includes(field)) return false;
    // A merged set keeps what was put into it; only a set that was put right lost something.
    if (kindOf(field) === 'set') return plan.held.some((held) => held.side === side && held.field === field);
    return !sameValue(field, valueOf(now.item, field), valueOf(step.item, field));
  };
  return changedFields(past, now.item)
    .filter(isReplaced)
    .map((field) => ({ field, side, value: valueOf(now.item, field) }));
}
