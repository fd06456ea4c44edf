import type { Item, Ref } from '../../../core/snapshot.ts';
import type { Failure, Look, ReadRequest } from '../../connector.ts';
import { absencesOf, readRows, strangerFailure } from '../read.ts';
import { isRowId } from '../search-spec.ts';
import { rowIdOf, seesAll, type Siebel } from '../siebel.ts';
import { fanRecords, isTemplate, occurrenceIdOfRow, recordOf, withChanged } from './gather.ts';
import type { ActivityRecord } from './record.ts';
import { sightingsOf } from './sighting.ts';

/**
 * Appointments, tasks and fanned series by ref. A series is put together with what the engine knows of its rule, because
 * Siebel's separate activities do not say it.
 */
export async function read(siebel: Siebel, requests: readonly ReadRequest[]): Promise<readonly Look[]> {
  const known = new Map<Ref, Item | null>(requests.map((request) => [request.ref, request.known ?? null]));
  const found = await recordsByRef(siebel, [...known.keys()]);
  const records = [...found].flatMap(([ref, record]) => ('form' in record ? [{ ref, record }] : []));
  const asked = new Map(records.map(({ ref, record }) => [record, ref]));
  const sightings = await sightingsOf(
    siebel,
    records.map(({ record }) => record),
    (record) => known.get(asked.get(record) ?? record.ref) ?? null,
  );
  const looks = new Map<Ref, Look>();
  for (const [index, { ref }] of records.entries()) {
    if ('kind' in sightings) looks.set(ref, { look: 'failed', failure: sightings });
    else {
      const sighting = sightings[index];
      if (sighting !== undefined) looks.set(ref, { look: 'found', sighting });
    }
  }
  return requests.map(({ ref }) => {
    const record = found.get(ref);
    return looks.get(ref) ?? (record !== undefined && 'look' in record ? record : hidden);
  });
}

const hidden = { look: 'missing', why: 'outOfReach' } as const;
const deleted = { look: 'missing', why: 'deleted' } as const;

type Found = ActivityRecord | Exclude<Look, { look: 'found' }>;
export type RecordsFound = ReadonlyMap<Ref, Found>;

/** The records of refs, or what is to be said instead. A row that now belongs to a series is found as that series. */
export async function recordsByRef(siebel: Siebel, refs: readonly Ref[]): Promise<RecordsFound> {
  const singles = refs.filter((ref) => !ref.startsWith('Series/') && isRowId(rowIdOf({ ref })));
  const series = refs.filter((ref) => ref.startsWith('Series/'));
  const [one, many] = await Promise.all([singlesByRef(siebel, singles), seriesByRef(siebel, series)]);
  return new Map([...one, ...many]);
}

async function singlesByRef(siebel: Siebel, refs: readonly Ref[]): Promise<RecordsFound> {
  const ids = refs.map((ref) => rowIdOf({ ref }));
  const rows = await readRows(siebel, 'Action', ids);
  const lost = ids.filter((id) => !rows.has(id));
  const absences = lost.length === 0 ? new Map<string, Look>() : await absencesOf(siebel, 'Action', lost);
  const found = new Map<Ref, Found>();
  const plain: { ref: Ref; record: ActivityRecord }[] = [];
  const keys = new Map<Ref, string>();
  for (const ref of refs) {
    const row = rows.get(rowIdOf({ ref }));
    const occurrence = row === undefined || 'kind' in row ? null : occurrenceIdOfRow(row);
    if (row === undefined) found.set(ref, missing(absences.get(rowIdOf({ ref }))));
    else if ('kind' in row) found.set(ref, failedLook(row));
    else if (isTemplate(row)) found.set(ref, hidden);
    else if (occurrence !== null && occurrence.role !== 'changed') keys.set(ref, occurrence.key);
    else plain.push({ ref, record: recordOf(row, ref.startsWith('Task/') ? 'task' : 'appointment') });
  }
  const [whole, fans] = await Promise.all([
    withChanged(
      siebel,
      plain.map(({ record }) => record),
    ),
    fanRecords(siebel, [...keys.values()]),
  ]);
  for (const [index, { ref }] of plain.entries()) {
    const record = 'kind' in whole ? failedLook(whole) : whole[index];
    if (record !== undefined) found.set(ref, record);
  }
  for (const [ref, key] of keys)
    found.set(ref, 'kind' in fans ? failedLook(fans) : (fans.get(key) ?? hidden));
  return found;
}

/** Before a series counts as deleted it is looked for a second time, and Siebel must show that it still knows us. */
async function seriesByRef(siebel: Siebel, refs: readonly Ref[]): Promise<RecordsFound> {
  const keyOf = (ref: Ref) => rowIdOf({ ref });
  const first = await fanRecords(siebel, refs.map(keyOf));
  if ('kind' in first) return new Map(refs.map((ref) => [ref, failedLook(first)]));
  const lost = refs.filter((ref) => !first.has(keyOf(ref)));
  const isProof = seesAll(siebel.settings.viewModes.Action);
  const [again, stranger] =
    lost.length === 0 || !isProof
      ? [first, null]
      : await Promise.all([fanRecords(siebel, lost.map(keyOf)), strangerFailure(siebel)]);
  return new Map(
    refs.map((ref): [Ref, Found] => {
      const record = first.get(keyOf(ref)) ?? ('kind' in again ? undefined : again.get(keyOf(ref)));
      if (record !== undefined) return [ref, record];
      if ('kind' in again) return [ref, failedLook(again)];
      if (stranger !== null) return [ref, failedLook(stranger)];
      return [ref, isProof ? deleted : hidden];
    }),
  );
}

function missing(look: Look | undefined): Exclude<Look, { look: 'found' }> {
  return look === undefined || look.look === 'found' ? hidden : look;
}

function failedLook(failure: Failure) {
  return { look: 'failed', failure } as const;
}
