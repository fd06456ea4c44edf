import type { FieldNote } from '../../../core/step.ts';
import type { Holder, WriteAnswer } from '../../connector.ts';
import type { Outlook } from '../read.ts';
import type { GraphRow } from '../wire.ts';
import { isHtml } from './body.ts';
import { sightingFromGraph } from './event.ts';
import { isMaster, readRows } from './rows.ts';

/** A write that was carried out: the event as the service answered it, or what to answer instead. */
export type Written =
  | Readonly<{ is: 'answered'; answer: WriteAnswer }>
  | Readonly<{ is: 'written'; holder: Holder; row: GraphRow; notes: readonly FieldNote[] }>;

/** The event as the service answered it. */
export type Stored = Readonly<{ row: GraphRow }>;

export function answered(answer: WriteAnswer): Written {
  return { is: 'answered', answer };
}

/**
 * What was written, as a fresh read gives it. The answer to a write shows a single event whole but its extended properties; a
 * series lacks its exceptions, and a body may come as HTML, so these are read again, all of them together. Should that fail,
 * the answer stands for it: the write was done.
 */
export async function withRead(
  outlook: Outlook,
  written: readonly Written[],
): Promise<readonly WriteAnswer[]> {
  const again = written.flatMap((one) => (one.is === 'written' && !isPlain(one.row) ? [one] : []));
  const looks = await readRows(
    outlook,
    again.map(({ holder, row }) => ({ holder, ref: row.id, isSeries: isMaster(row) })),
  );
  const rows = new Map(again.map((one, index) => [one, looks[index]]));
  return written.map((one) => {
    if (one.is === 'answered') return one.answer;
    const look = rows.get(one);
    const row = look?.look === 'found' ? look.row : one.row;
    return { outcome: 'done', now: sightingFromGraph(row, one.holder), notes: one.notes };
  });
}

function isPlain(row: GraphRow): boolean {
  return !isMaster(row) && !isHtml(row['body']);
}
