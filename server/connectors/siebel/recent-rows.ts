import type { Ref, Version } from '../../core/snapshot.ts';
import type { Row } from './wire.ts';

/**
 * The rows read last, so that a write that must know the ids of children need not read again what the engine has just
 * read. A row is only given out for the very version the caller has seen.
 */
export type RecentRows = Readonly<{
  keep: (ref: Ref, version: Version, row: Row) => void;
  rowOf: (ref: Ref, version: Version) => Row | null;
}>;

const most = 2000;

export function createRecentRows(): RecentRows {
  const rows = new Map<Ref, Readonly<{ version: Version; row: Row }>>();
  return {
    keep: (ref, version, row) => {
      rows.delete(ref);
      rows.set(ref, { version, row });
      const oldest = rows.size > most ? rows.keys().next() : null;
      if (oldest !== null && oldest.done !== true) rows.delete(oldest.value);
    },
    rowOf: (ref, version) => {
      const known = rows.get(ref);
      return known?.version === version ? known.row : null;
    },
  };
}
