import type { Domain } from '../../shared/domain.ts';
import { domainOfKind, isAppointment, type Item, type ItemKind } from '../../shared/item.ts';
import type { Ref, Version } from '../core/snapshot.ts';
import type { Holder, Sighting, Stamp } from './connector.ts';
import type { Login } from './directory.ts';

/** One record of a side kept in memory. */
export type MemoryRecord = Readonly<{
  ref: Ref;
  version: Version;
  item: Item;
  kind: ItemKind;
  /** Whose mailbox it lies in; `null` in Siebel, where records are everybody's. */
  personId: string | null;
  isMarked: boolean;
  /** Of an appointment in Siebel these follow from its owner and employees, whatever is put here. */
  members: readonly Login[];
  team: readonly Login[];
  stamp: Stamp | null;
  /** Of an event, one and the same in all mailboxes the meeting lies in. */
  uid: string | null;
  /** Hidden records are there and cannot be seen. */
  isHidden: boolean;
}>;

type OwnFields = Omit<MemoryRecord, 'ref' | 'version' | 'isHidden' | 'uid'>;
type NewRecord = OwnFields & Partial<Pick<MemoryRecord, 'uid'>>;

/** What happened, in order; a feed gives out what came after its cursor. */
type MemoryEvent = Readonly<{ ref: Ref; personId: string | null; domain: Domain; isGone: boolean }>;

/** The records of one side, changed by people and by the connector alike; nothing is written without an event. */
export type MemoryRecords = Readonly<{
  all: () => readonly MemoryRecord[];
  get: (ref: Ref) => MemoryRecord | null;
  add: (record: NewRecord) => MemoryRecord;
  /** Silent changes leave no event, as a Siebel list leaves the record's `Updated` alone. */
  put: (ref: Ref, change: Partial<OwnFields & { isHidden: boolean }>, isSilent?: boolean) => MemoryRecord;
  delete: (ref: Ref) => void;
  events: () => readonly MemoryEvent[];
}>;

/** `prefixes`: how the ids of each domain's records begin on that side. */
export function createMemoryRecords(prefixes: Readonly<Record<Domain, string>>): MemoryRecords {
  const records = new Map<Ref, MemoryRecord>();
  const events: MemoryEvent[] = [];
  let made = 0;
  let writes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this side gives the names
  const nextVersion = () => `v${(writes += 1)}` as Version;
  const get = (ref: Ref) => records.get(ref) ?? null;
  const tell = ({ ref, personId, kind }: MemoryRecord, isGone: boolean) =>
    void events.push({ ref, personId, domain: domainOfKind[kind], isGone });
  return {
    all: () => [...records.values()],
    get,
    add: (record) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- this side gives the names
      const ref = `${prefixes[domainOfKind[record.kind]]}${(made += 1)}` as Ref;
      const added = withMembers({ uid: null, ...record, ref, version: nextVersion(), isHidden: false });
      records.set(ref, added);
      tell(added, false);
      return added;
    },
    put: (ref, change, isSilent = false) => {
      const before = get(ref);
      if (before === null) throw new Error(`There is no record ${ref} to change.`);
      const after = withMembers({ ...before, ...change, version: nextVersion() });
      records.set(ref, after);
      if (!isSilent) tell(after, false);
      return after;
    },
    delete: (ref) => {
      const before = get(ref);
      records.delete(ref);
      if (before !== null) tell(before, true);
    },
    events: () => events,
  };
}

/** An appointment of Siebel is for its owner and its employees. */
function withMembers(record: MemoryRecord): MemoryRecord {
  if (record.personId !== null || !isAppointment(record.item)) return record;
  const { organizer, attendees } = record.item;
  const logins = [organizer?.login ?? null, ...attendees.map(({ login }) => login)].filter(isLogin);
  const members = [...new Set(logins)].sort();
  return { ...record, members, team: members };
}

function isLogin(login: string | null): login is Login {
  return login !== null;
}

export function sightingOf(record: MemoryRecord): Sighting {
  const { ref, version, item, kind, isMarked, members, team, stamp, uid } = record;
  return { ref, version, item, kind, isMarked, members, team, stamp, uid };
}

/** Whether a person's mailbox, or Siebel for everybody, shows the record. */
export function isWithin(record: MemoryRecord, holder: Holder | null): boolean {
  return record.personId === null || record.personId === holder?.personId;
}
