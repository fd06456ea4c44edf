/* oxlint-disable typescript/no-unsafe-type-assertion -- the ids of rows become refs of ours */
import type { ChangeRow, Holder } from '../../connector.ts';
import type { Ref, Version } from '../../../core/snapshot.ts';
import { categoriesOf, markedAs } from '../marks.ts';
import { refOf, versionOf } from '../names.ts';
import { rowFrom, textFrom, type GraphRow } from '../wire.ts';

type Seen = Extract<ChangeRow, { change: 'seen' }>;

/**
 * One row an event, and one for all of a series. Occurrences and exceptions only say that something became of their series,
 * whose own row, where it is there too, tells its version.
 */
export function changeRows(
  rows: readonly GraphRow[],
  holder: Holder,
): Readonly<{ seen: ReadonlyMap<Ref, Seen>; removed: readonly Ref[] }> {
  const seen = new Map<Ref, Seen>();
  const removed = new Set<Ref>();
  for (const row of rows) {
    const ref = refOf(row);
    if (row['@removed'] !== undefined) {
      removed.add(ref);
      seen.delete(ref);
      continue;
    }
    const change = seenRow(row, holder);
    if (change === null) continue;
    removed.delete(change.ref);
    if (change.version !== unknown || !seen.has(change.ref)) seen.set(change.ref, change);
  }
  return { seen, removed: [...removed] };
}

/** What a row of an event says; `null` where it is none. One without categories might be marked, so it is looked at. */
export function seenRow(body: unknown, { marks }: Holder): Seen | null {
  const row = rowFrom(body);
  if (row === null) return null;
  const master = textFrom(row['seriesMasterId']);
  if (master !== null) {
    return { change: 'seen', ref: master as Ref, version: unknown, isMarked: true, sighting: null };
  }
  const categories = row['categories'];
  const isMarked = categories === undefined || markedAs(categoriesOf(row), marks.appointment) !== null;
  return { change: 'seen', ref: refOf(row), version: versionOf(row), isMarked, sighting: null };
}

/** Equals no version that is stored. */
const unknown = '' as Version;
