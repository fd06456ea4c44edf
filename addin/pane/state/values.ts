import type { ItemDetail } from '../../../shared/api-items.ts';
import type { Recurrence } from '../../../shared/recurrence.ts';

type Values = ItemDetail['values']['siebel'];

/** The value of a field, of an organisation's own one and of an occurrence of a series too; `null` where there is none. */
export function valueAt(values: Values, field: string): unknown {
  const open = openParts.find(({ prefix }) => field.startsWith(prefix));
  if (open === undefined) return values?.[field] ?? null;
  const part: unknown = values?.[open.part];
  return isRecord(part) ? (part[field.slice(open.prefix.length)] ?? null) : null;
}

const openParts = [
  { prefix: 'custom.', part: 'custom' },
  { prefix: 'occurrence.', part: 'exceptions' },
] as const;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** How the item repeats: as Outlook has it, else as Siebel does. */
export function ruleOf({ siebel, exchange }: ItemDetail['values']): Recurrence | null {
  const rule = valueAt(exchange ?? siebel, 'recurrence');
  return isRule(rule) ? rule : null;
}

function isRule(value: unknown): value is Recurrence {
  return isRecord(value) && 'pattern' in value && 'range' in value;
}
