import type { Failure } from '../connector.ts';
import type { SentChild } from './batch.ts';
import type { Entry } from './entry.ts';
import type { Trouble } from './errors.ts';
import { readRows, type RowsRead } from './read.ts';
import { readBack } from './read-back.ts';
import type { Siebel } from './siebel.ts';
import type { Whole } from './sightings.ts';
import { dropChild, putChild } from './team.ts';
import type { Row } from './wire.ts';

/** How a record stands after a write: `row` is `null` where it is gone. */
export type Finished = Readonly<{
  row: Row | Failure | null;
  troubles: readonly Readonly<{ child: SentChild | null; trouble: Trouble }>[];
}>;

/**
 * Writes what did not travel inside the records, then reads all of them back together. Where it is not yet known whether
 * this Siebel takes children inside their record, the rows read back show it, and what it dropped is written singly.
 */
export async function finish(
  siebel: Siebel,
  component: Whole,
  entries: readonly Entry[],
): Promise<readonly Finished[]> {
  const troubles = await Promise.all(entries.map((entry) => writeRest(siebel, component, entry)));
  const rows = await readBack(siebel, component, entries);
  const mended =
    siebel.learned.writesNested === null ? await mend(siebel, component, { entries, rows }) : null;
  return entries.map(({ id }, index) => ({
    row: (mended?.rows ?? rows).get(id) ?? null,
    troubles: [...(troubles[index] ?? []), ...(mended?.troubles.get(id) ?? [])],
  }));
}

async function writeRest(siebel: Siebel, component: Whole, entry: Entry): Promise<Finished['troubles']> {
  const call = { component, id: entry.id, asUser: entry.asUser };
  const puts = entry.hasChildren ? [] : entry.children;
  const done = await Promise.all([
    ...puts.map(async (child) => ({ child, trouble: await putChild(siebel, call, child) })),
    ...entry.drops.map(async (drop) => ({ child: null, trouble: await dropChild(siebel, call, drop) })),
  ]);
  return done.flatMap(({ child, trouble }) => (trouble === null ? [] : [{ child, trouble }]));
}

type Mended = Readonly<{ rows: RowsRead; troubles: ReadonlyMap<string, Finished['troubles']> }>;

async function mend(
  siebel: Siebel,
  component: Whole,
  { entries, rows }: Readonly<{ entries: readonly Entry[]; rows: RowsRead }>,
): Promise<Mended | null> {
  const tried = entries.filter(({ id, hasChildren, children }) => {
    const row = rows.get(id);
    return hasChildren && children.length > 0 && row !== undefined && !('kind' in row);
  });
  if (tried.length === 0) return null;
  const lacking = tried.filter(({ id, children }) => !children.every((child) => holds(rows.get(id), child)));
  siebel.learned.writesNested = lacking.length === 0;
  if (lacking.length === 0) return null;
  const troubles = await Promise.all(
    lacking.map(
      async (entry) =>
        [entry.id, await writeRest(siebel, component, { ...entry, drops: [], hasChildren: false })] as const,
    ),
  );
  const again = await readRows(
    siebel,
    component,
    lacking.map(({ id }) => id),
  );
  return { rows: new Map([...rows, ...again]), troubles: new Map(troubles) };
}

/** Whether the record holds the child: by its id, or, for a first one of its kind, at all. */
function holds(row: Row | Failure | undefined, { name, row: sent }: SentChild): boolean {
  if (row === undefined || 'kind' in row) return true;
  const rows = row.children[name] ?? [];
  if (sent['Id'] === undefined) return rows.length > 0;
  const same = rows.find(({ id }) => id === sent['Id']);
  return same !== undefined && Object.entries(sent).every(([key, value]) => same.values[key] === value);
}
