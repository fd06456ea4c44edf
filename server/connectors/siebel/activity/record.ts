import type { ItemKind } from '../../../../shared/item.ts';
import type { Ref } from '../../../core/snapshot.ts';
import type { Row } from '../wire.ts';

/**
 * One item as Siebel holds it. `one`: a single activity, or a repeating one with `others`, the activities of its changed
 * occurrences. `fan`: a series as separate activities, `main` the last, all of them among `others`.
 */
export type ActivityRecord = Readonly<{
  ref: Ref;
  kind: Extract<ItemKind, 'appointment' | 'task'>;
  form: 'one' | 'fan';
  main: Row;
  others: readonly Row[];
}>;
