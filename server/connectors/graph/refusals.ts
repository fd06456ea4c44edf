import type { FieldName } from '../../core/step.ts';
import type { Failure, WriteAnswer } from '../connector.ts';
import { contactSlots, propertyOf, textFields } from './contact-fields.ts';
import { codeOf, failureFrom, messageOf, type GraphResponse } from './errors.ts';
import type { GraphAnswer } from './packer.ts';

/**
 * What became of a write that Outlook did not carry out. A reason names the field and the code, never a value: it is shown
 * and logged.
 */
export function outcomeFrom(answer: GraphAnswer, nowMs: number, fields: readonly FieldName[]): WriteAnswer {
  if (answer.answer === 'failed') return outcomeOfFailure(answer.failure);
  if (answer.status === 412) return { outcome: 'stale' };
  const failure = failureFrom(answer, nowMs);
  if (failure.kind !== 'refused' || failure.reach !== 'item') return outcomeOfFailure(failure);
  return answer.status === 404 ? { outcome: 'gone' } : refused(answer, fields);
}

export function outcomeOfFailure(failure: Failure): WriteAnswer {
  const { reason, reach, retryAfterMs } = failure;
  if (failure.kind === 'refused' && reach === 'item') return { outcome: 'refused', reason, field: null };
  return { outcome: 'unreachable', reason, afterMs: retryAfterMs, reach };
}

function refused(response: GraphResponse, fields: readonly FieldName[]): WriteAnswer {
  const field = fieldIn(messageOf(response.body), fields);
  const code = codeOf(response.body) ?? `status ${response.status}`;
  const what = field ?? 'the contact';
  return {
    outcome: 'refused',
    reason: `Outlook refused ${what} (${code}); the contact is tried again when it changes.`,
    field,
  };
}

/** Graph names the property in its message: "The multi value property EmailAddresses has 4 entries, …". */
function fieldIn(message: string, fields: readonly FieldName[]): FieldName | null {
  const text = message.toLowerCase();
  const named = textFields.filter((field) => text.includes(propertyOf(contactSlots[field]).toLowerCase()));
  return named.find((field) => fields.includes(field)) ?? named[0] ?? null;
}
