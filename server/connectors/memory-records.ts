import type { Contact, ContactKind } from '../../shared/contact.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Holder, Login, Sighting, Stamp } from './connector.ts';

/** One record of a side kept in memory. */
export type MemoryRecord = Readonly<{
  ref: Ref;
  version: Version;
  item: Contact;
  kind: ContactKind;
  /** Whose mailbox it lies in; `null` in Siebel, where records are everybody's. */
  personId: string | null;
  isMarked: boolean;
  members: readonly Login[];
  team: readonly Login[];
  stamp: Stamp | null;
  /** Hidden records are there and cannot be seen. */
  isHidden: boolean;
}>;

type NewRecord = Omit<MemoryRecord, 'ref' | 'version' | 'isHidden'>;

/** What happened, in order; a feed gives out what came after its cursor. */
type MemoryEvent = Readonly<{ ref: Ref; personId: string | null; isGone: boolean }>;

/** The records of one side, changed by people and by the connector alike; nothing is written without an event. */
export type MemoryRecords = Readonly<{
  all: () => readonly MemoryRecord[];
  get: (ref: Ref) => MemoryRecord | null;
  add: (record: NewRecord) => MemoryRecord;
  /** Silent changes leave no event, as a Siebel list leaves the record's `Updated` alone. */
  put: (ref: Ref, change: Partial<NewRecord & { isHidden: boolean }>, isSilent?: boolean) => MemoryRecord;
  delete: (ref: Ref) => void;
  events: () => readonly MemoryEvent[];
}>;

export function createMemoryRecords(prefix: string): MemoryRecords {
  const records = new Map<Ref, MemoryRecord>();
  const events: MemoryEvent[] = [];
  let made = 0;
  let writes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this side gives the names
  const nextVersion = () => `v${(writes += 1)}` as Version;
  const get = (ref: Ref) => records.get(ref) ?? null;
  return {
    all: () => [...records.values()],
    get,
    add: (record) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this side gives the names
      const ref = `${prefix}${(made += 1)}` as Ref;
      const added = { ...record, ref, version: nextVersion(), isHidden: false };
      records.set(ref, added);
      events.push({ ref, personId: record.personId, isGone: false });
      return added;
    },
    put: (ref, change, isSilent = false) => {
      const before = get(ref);
      if (before === null) throw new Error(`There is no record ${ref} to change.`);
      const after = { ...before, ...change, version: nextVersion() };
      records.set(ref, after);
      if (!isSilent) events.push({ ref, personId: after.personId, isGone: false });
      return after;
    },
    delete: (ref) => {
      const before = get(ref);
      records.delete(ref);
      if (before !== null) events.push({ ref, personId: before.personId, isGone: true });
    },
    events: () => events,
  };
}

export function sightingOf(record: MemoryRecord): Sighting {
  const { ref, version, item, kind, isMarked, members, team, stamp } = record;
  return { ref, version, item, kind, isMarked, members, team, stamp };
}

/** Whether a person's mailbox, or Siebel for everybody, shows the record. */
export function isWithin(record: MemoryRecord, holder: Holder | null): boolean {
  return record.personId === null || record.personId === holder?.personId;
}
