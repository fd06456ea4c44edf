import type { Both } from '../../shared/domain.ts';
import type { Change } from './change.ts';

/** What a turn does about a pair: nothing, bring fields over, carry a removal, weigh an edit against one, or let go. */
export type Verdict = 'rest' | 'merge' | 'remove' | 'contest' | 'forget';

type Kind = Change['change'];

/** Outer key: what happened in Siebel; inner key: what happened in Exchange. */
const verdicts = {
  none: { none: 'rest', written: 'merge', removed: 'remove' },
  written: { none: 'merge', written: 'merge', removed: 'contest' },
  removed: { none: 'remove', written: 'contest', removed: 'forget' },
} as const satisfies Record<Kind, Record<Kind, Verdict>>;

/** The verdict on a pair of changes, each side against its own past. */
export function verdictOf(changes: Both<Change>): Verdict {
  return verdicts[changes.siebel.change][changes.exchange.change];
}
