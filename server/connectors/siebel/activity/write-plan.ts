import type { Item } from '../../../core/snapshot.ts';
import type { FieldNote } from '../../../core/step.ts';
import type { Login } from '../../directory.ts';
import type { Draft, SentChild } from '../batch.ts';
import type { Entry } from '../entry.ts';
import type { ActivityRecord } from './record.ts';

/** One activity to write: `id` is `null` for a new one. */
export type RowWrite = Readonly<{
  id: string | null;
  values: Draft['values'];
  children: readonly SentChild[];
  drops: Entry['drops'];
}>;

/** Everything one request means for the activities that hold its item. */
export type Plan = Readonly<{
  asUser: Login | null;
  /** The first of them is the record's own activity, unless it is fanned. */
  writes: readonly RowWrite[];
  /** Changed occurrences of a repeating activity, which are written once its row id is known. */
  after: (mainId: string) => readonly RowWrite[];
  deletes: readonly string[];
  notes: readonly FieldNote[];
  /** What the activities are afterwards, apart from their contents. */
  shape: Readonly<{ kind: ActivityRecord['kind']; form: ActivityRecord['form']; key: string | null }>;
  /** What is known of the rule when it is read back. */
  item: Item;
  /** The record before; `null` for a new one. */
  record: ActivityRecord | null;
}>;

export const nothingAfter = (): readonly RowWrite[] => [];

/** Whether a plan leaves everything as it is. */
export function isIdle({ writes, deletes, after, record }: Plan): boolean {
  const main = record?.main.id ?? null;
  return (
    deletes.length === 0 &&
    writes.every((write) => !isWorthSending(write) && write.drops.length === 0) &&
    (main === null || after(main).length === 0)
  );
}

export function isWorthSending({ id, values, children }: RowWrite): boolean {
  return id === null || children.length > 0 || Object.keys(values).some((name) => name !== 'Mod Id');
}
