import type { FieldName } from '../../../core/step.ts';
import type { WriteAnswer } from '../../connector.ts';
import { codeOf, failureFrom, messageOf, type GraphResponse } from '../errors.ts';
import type { GraphAnswer } from '../packer.ts';
import type { RowLook } from '../read.ts';
import { outcomeOfFailure } from '../refusals.ts';
import { versionOf } from '../names.ts';

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

/** Why nothing may be written to what a look found; `null` where it is still what was seen. */
export function problemWith(look: RowLook, version: string): WriteAnswer | null {
  if (look.look === 'found') return versionOf(look.row) === version ? null : { outcome: 'stale' };
  return look.look === 'failed' ? outcomeOfFailure(look.failure) : { outcome: 'gone' };
}

export function isCode(answer: GraphAnswer, code: string): boolean {
  return answer.answer === 'response' && codeOf(answer.body)?.toLowerCase() === code.toLowerCase();
}

function refused(response: GraphResponse, fields: readonly FieldName[]): WriteAnswer {
  const message = messageOf(response.body).toLowerCase();
  const named = properties.find(([property]) => message.includes(property.toLowerCase()))?.[1] ?? null;
  const field = fields.length === 1 ? (fields[0] ?? null) : named;
  const code = codeOf(response.body) ?? `status ${response.status}`;
  const reason = refusals[code.toLowerCase()] ?? `Outlook refused ${field ?? 'the event'} (${code})`;
  return { outcome: 'refused', reason: `${reason}; it is tried again when it changes.`, field };
}

const refusals: Readonly<Record<string, string>> = {
  erroroccurrencecrossingboundary:
    'Outlook lets an occurrence of a series move no further than to the day before the next one',
};

/** Graph names the property in its message. */
const properties: readonly (readonly [string, FieldName])[] = [
  ['recurrence', 'recurrence'],
  ['attendees', 'attendees'],
  ['categories', 'categories'],
  ['reminderMinutesBeforeStart', 'reminderMinutesBeforeStart'],
  ['location', 'location'],
  ['subject', 'subject'],
  ['start', 'timeSlot'],
  ['end', 'timeSlot'],
  ['body', 'body'],
];
