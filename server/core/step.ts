import type { Side } from '../../shared/domain.ts';
import type { ItemField, ItemValue } from '../../shared/item.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Item, Present, Ref, Version } from './snapshot.ts';

export type FieldName = ItemField;
export type FieldValue = ItemValue;

/**
 * What leaves a side. `delete` removes the item (Exchange: to Deleted Items). `unlist` takes the person off the record's
 * Sync List and keeps the record. `unmark` takes the Siebel category off and leaves the Outlook item to its owner.
 */
export type Removal = 'delete' | 'unlist' | 'unmark';

/** `notifies`: the addresses of the guests Exchange would mail because of the step. */
type Create = Readonly<{ do: 'create'; side: Side; item: Item; notifies: readonly string[] }>;
type Update = Readonly<{
  do: 'update';
  side: Side;
  ref: Ref;
  version: Version;
  /** The fields to write; `item` holds their new values beside the values all other fields keep. */
  fields: readonly FieldName[];
  item: Item;
  before: Item;
  notifies: readonly string[];
}>;
type Remove = Readonly<{
  do: 'remove';
  side: Side;
  ref: Ref;
  version: Version;
  how: Removal;
  notifies: readonly string[];
}>;
export type Step = Create | Update | Remove;

/**
 * A side stored less than it was given, or would not store a field at all; shown to people, never lost. `mailHeld`: it waits,
 * because guests would be mailed about it.
 */
export type FieldNote = Readonly<{
  field: FieldName;
  what: 'shortened' | 'notHeld' | 'refused' | 'mailHeld';
  reason: string;
  /** The reason as a code; none where the side said it in its own words. */
  because?: Reason;
}>;

/**
 * What became of a step. `done`: `now` is what a fresh read gives (`null` after a removal). `stale`: the item changed since
 * it was seen; nothing was written. `gone`: it is not there any more. `refused`: the side will not take it until the item
 * or a rule changes. `unreachable`: nothing is known to be wrong with the item; try again after `afterMs`.
 */
export type Outcome =
  | Readonly<{ outcome: 'done'; now: Present | null; notes: readonly FieldNote[] }>
  | Readonly<{ outcome: 'stale' }>
  | Readonly<{ outcome: 'gone' }>
  | Refused
  | Readonly<{ outcome: 'unreachable'; reason: string; afterMs: number | null; reach: Reach }>;

/** `because` is the reason as a code; none where the side said it in its own words. */
export type Refused = Readonly<{
  outcome: 'refused';
  reason: string;
  field: FieldName | null;
  because?: Reason;
}>;

/** How far a failure reaches: this item, everything of this mailbox, or the whole side. */
export type Reach = 'item' | 'mailbox' | 'side';
