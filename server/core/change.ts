import { fieldsOfAll, isBlank, sameValue, valueOf } from './fields/item.ts';
import type { Absence, Item, Snapshot } from './snapshot.ts';
import type { FieldName } from './step.ts';

/** One side against its own past. */
export type Change =
  | Readonly<{ change: 'none' }>
  | Readonly<{ change: 'written'; fields: readonly FieldName[] }>
  | Readonly<{ change: 'removed'; why: Absence }>;

/**
 * What happened on a side since the base. An item that appeared is `written` in every field it fills: *added* is no kind
 * of change. An item that is missing without a reason (`never` against a base that had it) proves nothing and is `none`.
 */
export function changeOf(base: Snapshot, seen: Snapshot): Change {
  if (seen.state === 'absent') {
    return base.state === 'present' && seen.why !== 'never'
      ? { change: 'removed', why: seen.why }
      : { change: 'none' };
  }
  if (base.state === 'absent') return { change: 'written', fields: filledFields(seen.item) };
  const fields = changedFields(base.item, seen.item);
  return fields.length === 0 ? { change: 'none' } : { change: 'written', fields };
}

/** The fields whose values differ, blank forms and spellings of the same value aside. */
export function changedFields(before: Item, after: Item): FieldName[] {
  return fieldsOfAll([before, after]).filter(
    (field) => !sameValue(field, valueOf(before, field), valueOf(after, field)),
  );
}

function filledFields(item: Item): FieldName[] {
  return fieldsOfAll([item]).filter((field) => !isBlank(field, valueOf(item, field)));
}
