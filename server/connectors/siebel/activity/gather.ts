import type { Failure } from '../../connector.ts';
import { listEach } from '../listing.ts';
import { refOf } from '../names.ts';
import { readRows } from '../read.ts';
import { chunked, isRowId, some, startsWith, type Spec } from '../search-spec.ts';
import type { Siebel } from '../siebel.ts';
import { wholeQuery } from '../sightings.ts';
import { valueOf, type Row } from '../wire.ts';
import { activityNames } from './activity-map.ts';
import { fanRowsOf } from './fan.ts';
import type { ActivityRecord } from './record.ts';
import { beginningOf, occurrenceIdFrom, type OccurrenceId } from './series-key.ts';

/**
 * The items a listing of activities belongs to, each once: a single activity, a repeating one with its changed
 * occurrences, a fanned series with all its activities. What the listing lacks of them is read besides.
 */
export async function recordsFrom(
  siebel: Siebel,
  rows: readonly Row[],
): Promise<readonly ActivityRecord[] | Failure> {
  const kept = rows.filter((row) => !isTemplate(row));
  const marked = kept.map((row) => ({ row, id: occurrenceIdOfRow(row) }));
  const plain = marked.filter(({ id }) => id === null).map(({ row }) => row);
  const keys = marked.flatMap(({ id }) => (id !== null && id.role !== 'changed' ? [id.key] : []));
  const parents = marked.flatMap(({ id }) => (id?.role === 'changed' && isRowId(id.key) ? [id.key] : []));
  const here = new Set(plain.map(({ id }) => id));
  const [fans, absent] = await Promise.all([
    fanRecords(siebel, keys),
    readRows(
      siebel,
      'Action',
      parents.filter((id) => !here.has(id)),
    ),
  ]);
  if ('kind' in fans) return fans;
  const failed = [...absent.values()].find((row) => 'kind' in row);
  if (failed !== undefined && 'kind' in failed) return failed;
  const found = [...absent.values()].flatMap((row) => ('kind' in row ? [] : [row]));
  const singles = await singleRecords(siebel, [...plain, ...found]);
  return 'kind' in singles ? singles : [...singles, ...fans.values()];
}

/** Activities that stand for themselves, as records of the domain their Display names; others are of no domain. */
async function singleRecords(
  siebel: Siebel,
  rows: readonly Row[],
): Promise<readonly ActivityRecord[] | Failure> {
  const { displays } = siebel.settings.activity;
  const records = rows.flatMap((row) => {
    const display = valueOf(row, activityNames.display);
    if (display === displays.appointment) return [recordOf(row, 'appointment')];
    return display === displays.task ? [recordOf(row, 'task')] : [];
  });
  return withChanged(siebel, records);
}

export function recordOf(
  row: Row,
  kind: ActivityRecord['kind'],
  others: readonly Row[] = [],
): ActivityRecord {
  const ref = refOf(kind === 'task' ? 'Task' : 'Appointment', row.id);
  return { ref, kind, form: 'one', main: row, others };
}

/** `null` where there is no activity of the series. */
export function fanRecordOf(key: string, rows: readonly Row[]): ActivityRecord | null {
  const fan = fanRowsOf(rows).filter(({ id }) => id.key === key && id.role !== 'changed');
  const last = fan.at(-1);
  if (last === undefined) return null;
  const others = fan.map(({ row }) => row);
  return { ref: refOf('Series', key), kind: 'appointment', form: 'fan', main: last.row, others };
}

/** Repeating activities with the activities of their changed occurrences; only one that has exceptions can have any. */
export async function withChanged(
  siebel: Siebel,
  records: readonly ActivityRecord[],
): Promise<readonly ActivityRecord[] | Failure> {
  const { exception } = siebel.settings.activity.children;
  const asked = records.filter(
    ({ main }) => exception !== null && (main.children[exception] ?? []).length > 0,
  );
  const field = siebel.field(activityNames.stamp);
  const rows = await rowsFor(
    siebel,
    chunked(asked, ({ main }) => startsWith(field, beginningOf('changed', main.id))).map(({ spec }) => spec),
  );
  if ('kind' in rows) return rows;
  const byParent = Map.groupBy(rows, (row) => {
    const id = occurrenceIdOfRow(row);
    return id?.role === 'changed' ? id.key : null;
  });
  return records.map((record) => ({ ...record, others: byParent.get(record.main.id) ?? record.others }));
}

/** Fanned series by key; those of which nothing is left are left out. */
export async function fanRecords(
  siebel: Siebel,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ActivityRecord> | Failure> {
  const different = [...new Set(keys)];
  const field = siebel.field(activityNames.stamp);
  const specOf = (key: string) =>
    some([startsWith(field, beginningOf('anchor', key)), startsWith(field, beginningOf('fan', key))]);
  const rows = await rowsFor(
    siebel,
    chunked(different, specOf).map(({ spec }) => spec),
  );
  if ('kind' in rows) return rows;
  const { appointment } = siebel.settings.activity.displays;
  const own = rows.filter((row) => !isTemplate(row) && valueOf(row, activityNames.display) === appointment);
  return new Map(
    different.flatMap((key) => {
      const record = fanRecordOf(key, own);
      return record === null ? [] : [[key, record] as const];
    }),
  );
}

export function isTemplate(row: Row): boolean {
  return valueOf(row, activityNames.template) === 'Y';
}

export function occurrenceIdOfRow(row: Row): OccurrenceId | null {
  return occurrenceIdFrom(valueOf(row, activityNames.stamp));
}

function rowsFor(siebel: Siebel, specs: readonly Spec[]): Promise<readonly Row[] | Failure> {
  return listEach(siebel, specs, wholeQuery(siebel, 'Action', null));
}
