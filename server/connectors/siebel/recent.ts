import type { Ref, Version } from '../../core/snapshot.ts';

/**
 * What was read last, so that a write that must know the ids of children need not read again what the engine has just
 * read. A record is only given out for the very version the caller has seen.
 */
export type Recent<T> = Readonly<{
  keep: (ref: Ref, version: Version, record: T) => void;
  recordOf: (ref: Ref, version: Version) => T | null;
}>;

const most = 2000;

export function createRecent<T>(): Recent<T> {
  const records = new Map<Ref, Readonly<{ version: Version; record: T }>>();
  return {
    keep: (ref, version, record) => {
      records.delete(ref);
      records.set(ref, { version, record });
      const oldest = records.size > most ? records.keys().next() : null;
      if (oldest !== null && oldest.done !== true) records.delete(oldest.value);
    },
    recordOf: (ref, version) => {
      const known = records.get(ref);
      return known?.version === version ? known.record : null;
    },
  };
}
