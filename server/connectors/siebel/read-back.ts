import type { Failure } from '../connector.ts';
import type { Entry } from './entry.ts';
import { list } from './listing.ts';
import { readRows, type RowsRead } from './read.ts';
import { hasId, some, type Spec } from './search-spec.ts';
import type { Siebel } from './siebel.ts';
import { wholeQuery, type Whole } from './sightings.ts';
import type { Row } from './wire.ts';

/**
 * The records of a write as they stand afterwards. Of one with more children than a page holds only those are read that
 * were written, and laid over what was read just before; all others are read whole, together.
 */
export async function readBack(
  siebel: Siebel,
  component: Whole,
  entries: readonly Entry[],
): Promise<RowsRead> {
  const isPartial = (entry: Entry) => siebel.learned.readsNested === true && isLarge(siebel, entry);
  const large = entries.filter(isPartial);
  const [rows, partial] = await Promise.all([
    readRows(
      siebel,
      component,
      entries.filter((entry) => !isPartial(entry)).map(({ id }) => id),
    ),
    Promise.all(large.map(async (entry) => [entry.id, await readPartly(siebel, component, entry)] as const)),
  ]);
  const doubtful = partial.flatMap(([id, row]) => (row === null ? [id] : []));
  const again = doubtful.length === 0 ? new Map<string, Row>() : await readRows(siebel, component, doubtful);
  const read = partial.flatMap(([id, row]): [string, Row | Failure][] => (row === null ? [] : [[id, row]]));
  return new Map([...rows, ...read, ...again]);
}

/** More than a page of one sort, and nothing among the written children that has no id yet. */
function isLarge({ settings }: Siebel, { known, children }: Entry): boolean {
  const lists = Object.values(known?.children ?? {});
  return lists.some((rows) => rows.length > settings.pageSize) && children.every(({ row }) => 'Id' in row);
}

/** `null` where what came back does not show everything that was put there. */
async function readPartly(
  siebel: Siebel,
  component: Whole,
  { id, known, children, drops }: Entry,
): Promise<Row | Failure | null> {
  const put = children.flatMap(({ name, row: { Id: child } }) =>
    typeof child === 'string' ? [{ name, id: child }] : [],
  );
  const asked = [...put, ...drops.map(({ name, childId }) => ({ name, id: childId }))];
  const byName = Map.groupBy(asked, ({ name }) => name);
  const field = siebel.field('Id');
  const whole = wholeQuery(siebel, component, hasId(field, id));
  const specs: Readonly<Record<string, Spec>> = Object.fromEntries(
    [...byName].map(([name, ids]) => [name, some(ids.map((one) => hasId(field, one.id)))]),
  );
  const wanted = Object.entries(whole.children).filter(([name]) => byName.has(name));
  const page = await list(siebel, { ...whole, children: Object.fromEntries(wanted), childSpecs: specs });
  if (page.answer === 'failed') return page.failure;
  const [row] = page.rows;
  if (row === undefined) return null;
  const isThere = ({ name, id: child }: (typeof put)[number]) =>
    (row.children[name] ?? []).some((one) => one.id === child);
  if (!put.every(isThere)) return null;
  const lists = Object.entries(known?.children ?? {}).map(([name, rows]) => {
    const ids = new Set((byName.get(name) ?? []).map((one) => one.id));
    const fresh = (row.children[name] ?? []).filter((one) => ids.has(one.id));
    return [name, [...rows.filter((one) => !ids.has(one.id)), ...fresh]] as const;
  });
  return { ...row, children: { ...row.children, ...Object.fromEntries(lists) } };
}
