import type { Failure } from '../../connector.ts';
import { listAll } from '../listing.ts';
import { equals } from '../search-spec.ts';
import type { Siebel } from '../siebel.ts';
import { valueOf } from '../wire.ts';

type Known = Readonly<{ types: readonly string[]; at: Temporal.Instant }>;

/** The active values of Siebel's activity types, in the order Siebel gives them. */
export type ActivityTypes = (siebel: Siebel) => Promise<readonly string[] | Failure>;

/** Lists of values change rarely. */
const lifeMs = 10 * 60_000;

export function createActivityTypes(clock: Readonly<{ now: () => Temporal.Instant }>): ActivityTypes {
  let known: Known | null = null;
  return async (siebel) => {
    if (known !== null && clock.now().since(known.at).total('milliseconds') < lifeMs) return known.types;
    const types = await valuesOf(siebel, 'TODO_TYPE');
    if ('kind' in types) return types;
    known = { types, at: clock.now() };
    return types;
  };
}

/** The active values of one of Siebel's lists, each once. */
export async function valuesOf(siebel: Siebel, type: string): Promise<readonly string[] | Failure> {
  const listing = await listAll(siebel, {
    component: 'List Of Values',
    spec: equals(siebel.field('Type'), type),
    fields: ['Id', 'Type', 'Value', 'Order', 'Active'],
    children: {},
    size: siebel.settings.pageSize,
  });
  if (listing.answer === 'failed') return listing.failure;
  const active = listing.rows.filter((row) => valueOf(row, 'Active') !== 'N');
  const ordered = active.toSorted((one, other) => orderOf(one.values) - orderOf(other.values));
  return [...new Set(ordered.flatMap((row) => valueOf(row, 'Value') ?? []))];
}

function orderOf(values: Readonly<Record<string, string>>): number {
  return Number(values['Order'] ?? 0);
}
