import type { Selectable } from 'kysely';
import type { Both } from '../../shared/domain.ts';
import type { Absence, Item, Snapshot } from '../core/snapshot.ts';
import type { Db } from './db.ts';
import type { LinkTable, SiebelRecordTable } from './schema.ts';

export type LinkRow = Selectable<LinkTable>;
export type RecordRow = Selectable<SiebelRecordTable>;

/** A Link with its base: what each side held when the two last agreed. */
type LoadedLink = Readonly<{ row: LinkRow; base: Both<Snapshot> }>;
export type LoadedRecord = Readonly<{ record: RecordRow; links: readonly LoadedLink[] }>;

/** Records with their open Links and bases, in three queries however many there are. */
export async function loadRecords(
  db: Db,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, LoadedRecord>> {
  if (recordIds.length === 0) return new Map();
  const ids = [...recordIds];
  const records = await db.selectFrom('siebel_record').selectAll().where('id', 'in', ids).execute();
  const links = await db
    .selectFrom('link')
    .selectAll()
    .where('record_id', 'in', ids)
    .where('state', '=', 'open')
    .orderBy('id')
    .execute();
  const snapshots = await db.selectFrom('snapshot').selectAll().where('record_id', 'in', ids).execute();
  const items = new Map(snapshots.map((row) => [`${row.record_id} ${row.hash}`, row.item]));
  const byRecord = Map.groupBy(links, (link) => link.record_id);
  return new Map(
    records.map((record) => [
      record.id,
      {
        record,
        links: (byRecord.get(record.id) ?? []).map((row) => ({ row, base: baseOf(record, row, items) })),
      },
    ]),
  );
}

function baseOf(record: RecordRow, row: LinkRow, items: ReadonlyMap<string, Item>): Both<Snapshot> {
  const itemOf = (hash: string | null) =>
    hash === null ? null : (items.get(`${record.id} ${hash}`) ?? null);
  const siebel = itemOf(row.siebel_hash);
  const exchange = itemOf(row.exchange_hash);
  return {
    siebel:
      siebel && record.ref && record.version
        ? { state: 'present', ref: record.ref, version: record.version, item: siebel }
        : absent(row.siebel_absent),
    exchange:
      exchange && row.ref && row.version
        ? { state: 'present', ref: row.ref, version: row.version, item: exchange }
        : absent(row.exchange_absent),
  };
}

function absent(why: Absence | null): Snapshot {
  return { state: 'absent', why: why ?? 'never' };
}
