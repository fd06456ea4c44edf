import type { Domain, Side } from '../../shared/domain.ts';
import type { Item } from '../../shared/item.ts';
import type { FieldName } from '../core/step.ts';
import type { Failure, WriteAnswer } from './connector.ts';
import type { Employee } from './directory.ts';
import type { MemoryCalendar } from './memory-calendar.ts';
import type { MemoryRecords } from './memory-records.ts';

/** What a test makes go wrong. `lost`: the write is carried out and its answer does not arrive. */
type Mishap = Failure | 'lost' | null;

type MemoryVerb = 'changes' | 'read' | 'find' | 'create' | 'update' | 'remove' | 'census';

export type MemoryOptions = Readonly<{
  side: Side;
  /** What the side makes of an item it is given: trimmed, cut, rewritten. */
  lossy?: (item: Item) => Item;
  holds?: (domain: Domain, field: FieldName) => boolean;
  /** Asked once for every request. */
  mishap?: (verb: MemoryVerb, index: number) => Mishap;
  employees?: readonly Employee[];
  /** Siebel: whether it keeps series as activities of their own, which do not tell their rule. */
  fansSeries?: boolean;
  /** Exchange: whose mailbox has that address; meetings lie in those of all their guests. */
  personAt?: (address: string) => string | null;
}>;

/** A side kept in memory, with all that its verbs need. */
export type Store = Readonly<{
  options: MemoryOptions;
  records: MemoryRecords;
  calendar: MemoryCalendar;
  holds: (domain: Domain, field: FieldName) => boolean;
}>;

export function folded(text: string | null): string {
  return (text ?? '').trim().toLowerCase();
}

export function failureIn(side: Store, verb: MemoryVerb, index: number): Failure | null {
  const mishap = side.options.mishap?.(verb, index) ?? null;
  return mishap === 'lost' ? answerLost : mishap;
}

export function unreachable({ reason, retryAfterMs, reach }: Failure): WriteAnswer {
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

const answerLost: Failure = {
  kind: 'unreachable',
  reach: 'item',
  reason: 'The answer was lost.',
  retryAfterMs: null,
};
export const lost = unreachable(answerLost);
