import { never } from '../core/snapshot.ts';
import type { Cue } from '../store/cues.ts';
import { loadRecords, type LoadedRecord } from '../store/turns.ts';
import type { Engine } from './engine.ts';
import { loadPeople, type Person } from './people.ts';
import { emptyWrite, type LinkTurn, type RecordTurn } from './turn-state.ts';

/** Loads the records of the cues with their Links and the people at work; cues of records that are gone are left out. */
export async function loadTurns(engine: Engine, cues: readonly Cue[]): Promise<RecordTurn[]> {
  const ids = cues.flatMap((cue) => cue.record_id ?? []);
  const loaded = await loadRecords(engine.db, ids);
  const people = await loadPeople(
    engine,
    [...loaded.values()].flatMap(({ links }) => links.map((link) => link.row.person_id)),
  );
  return cues.flatMap((cue) => {
    const found = cue.record_id === null ? undefined : loaded.get(cue.record_id);
    return found ? [turnOf(cue, found, people)] : [];
  });
}

function turnOf(cue: Cue, { record, links }: LoadedRecord, people: ReadonlyMap<string, Person>): RecordTurn {
  return {
    cue,
    record,
    kind: record.kind,
    links: links.flatMap(({ row, base }) => {
      const person = people.get(row.person_id);
      const isSetUp = person?.row.user_id && person.row.employee_id;
      return isSetUp ? [linkTurnOf({ row, base, person, kindOfRecord: record.kind })] : [];
    }),
    siebel: null,
    isRemembered: false,
    people: null,
    types: null,
    item: null,
    write: emptyWrite(),
    answer: null,
    deferred: null,
  };
}

function linkTurnOf(loaded: Pick<LinkTurn, 'row' | 'base' | 'person' | 'kindOfRecord'>): LinkTurn {
  const { row, base } = loaded;
  return {
    ...loaded,
    before: base,
    seen: { siebel: never, exchange: base.exchange },
    look: null,
    plan: null,
    passes: {},
    did: [],
    conflicts: [],
    lost: [],
    notes: row.notes,
    isWhole: true,
    end: { end: 'settled' },
  };
}
