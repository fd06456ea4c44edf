import type { Both, Side } from '../../shared/domain.ts';
import { emptyLike, fieldsOfAll, isBlank, isSet, sameValue, valueOf } from './fields/item.ts';
import { activeMembers } from './fields/shape.ts';
import { without } from './fields/set.ts';
import { across } from './side.ts';
import type { Item, Snapshot } from './snapshot.ts';
import type { FieldName, FieldValue, Step } from './step.ts';

/** A value a person wrote on that side and the sync took away; kept so that it can be put back. */
export type Lost = Readonly<{ field: FieldName; side: Side; value: FieldValue }>;

type Sides = Readonly<{ base: Both<Snapshot>; seen: Both<Snapshot> }>;

/**
 * What a step takes from people when it replaces values or deletes the item with them: what was written on that side since
 * the base, and what the other side never had. Of a set, the members that somebody put in and that are not in it afterwards.
 */
export function lostValues(step: Step, { base, seen }: Sides): Lost[] {
  const { side } = step;
  const shown = seen[side];
  if (shown.state === 'absent' || step.do === 'create') return [];
  if (step.do === 'remove' && step.how !== 'delete') return [];
  const items = {
    past: pastOf(base, side) ?? emptyLike(shown.item),
    far: pastOf(base, across[side]) ?? emptyLike(shown.item),
    shown: shown.item,
    after: step.do === 'update' ? step.item : emptyLike(shown.item),
  };
  const fields = step.do === 'update' ? step.fields : fieldsOfAll([shown.item, items.past]);
  return fields.flatMap((field): Lost[] => {
    const value = taken(field, items);
    return value === undefined ? [] : [{ field, side, value }];
  });
}

/** At a first contact, everything counts as written. */
function pastOf(base: Both<Snapshot>, side: Side): Item | null {
  const { siebel, exchange } = base;
  if (siebel.state === 'absent' || exchange.state === 'absent') return null;
  return side === 'siebel' ? siebel.item : exchange.item;
}

type Items = Readonly<{ past: Item; far: Item; shown: Item; after: Item }>;

function taken(field: FieldName, items: Items): FieldValue | undefined {
  const shown = valueOf(items.shown, field);
  const after = valueOf(items.after, field);
  if (isSet(field)) {
    const agreed = activeMembers(valueOf(items.past, field));
    const members = without(without(activeMembers(shown), agreed), activeMembers(after));
    return members.length === 0 ? undefined : members;
  }
  const isEdit = !sameValue(field, valueOf(items.past, field), shown);
  const isOnlyHere =
    shown !== null && typeof shown !== 'boolean' && isBlank(field, valueOf(items.far, field));
  return (isEdit || isOnlyHere) && !sameValue(field, shown, after) ? shown : undefined;
}
