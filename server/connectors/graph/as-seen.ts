import type { FieldNote } from '../../core/step.ts';
import type { UpdateRequest, WriteAnswer } from '../connector.ts';

/** The answer to a write that had nothing to write and did not look: the item is as it was seen before. */
export function asSeen(request: UpdateRequest, notes: readonly FieldNote[]): WriteAnswer {
  const now = {
    ref: request.ref,
    version: request.version,
    item: request.before,
    kind: request.kind,
    isMarked: true,
    members: [],
    team: [],
    stamp: null,
    uid: null,
  };
  return { outcome: 'done', now, notes };
}
