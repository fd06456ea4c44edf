/* oxlint-disable typescript/no-unsafe-type-assertion -- the keys of a part of an item are names of its fields */
import type { Item } from '../../shared/item.ts';
import type { Holder, Sighting, UpdateRequest } from '../../server/connectors/connector.ts';
import type { FieldName } from '../../server/core/step.ts';

/** An update of what was seen by the fields that are given. */
export function change(holder: Holder, seen: Sighting, more: Partial<Item>): UpdateRequest {
  return {
    holder,
    ref: seen.ref,
    version: seen.version,
    fields: Object.keys(more) as FieldName[],
    item: { ...seen.item, ...more },
    before: seen.item,
    mark: null,
    kind: seen.kind,
    list: { add: [], drop: [] },
  };
}
