import { unreachable } from '../../../shared/domain.ts';
import type { Failure, WriteAnswer } from '../connector.ts';
import { failureFrom, type GraphResponse } from './errors.ts';
import { versionOf } from './names.ts';
import type { GraphAnswer } from './packer.ts';
import type { RowLook } from './row-look.ts';

/**
 * What became of a write that Outlook did not carry out; `refusal` says of an answer what it refused of a contact, an event or a
 * task. A reason names the field and the code, never a value: it is shown and logged.
 */
export function outcomeOf(
  answer: GraphAnswer,
  nowMs: number,
  refusal: (response: GraphResponse) => WriteAnswer,
): WriteAnswer {
  if (answer.answer === 'failed') return outcomeOfFailure(answer.failure);
  if (answer.status === 412) return { outcome: 'stale' };
  const failure = failureFrom(answer, nowMs);
  if (failure.kind !== 'refused' || failure.reach !== 'item') return outcomeOfFailure(failure);
  return answer.status === 404 ? { outcome: 'gone' } : refusal(answer);
}

export function outcomeOfFailure(failure: Failure): WriteAnswer {
  const { reason, reach, retryAfterMs } = failure;
  if (failure.kind === 'refused' && reach === 'item') return { outcome: 'refused', reason, field: null };
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

/** Why nothing may be written to what a look found; `null` where it is still what was seen. */
export function problemWith(look: RowLook, version: string): WriteAnswer | null {
  switch (look.look) {
    case 'found':
      return versionOf(look.row) === version ? null : { outcome: 'stale' };
    case 'missing':
      return { outcome: 'gone' };
    case 'failed':
      return outcomeOfFailure(look.failure);
  }
  return unreachable(look);
}
