import type { Reason } from '../../../../shared/reason.ts';
import { refusalOf } from '../../../core/note.ts';
import type { FieldName } from '../../../core/step.ts';
import type { WriteAnswer } from '../../connector.ts';
import { codeOf, messageOf, type GraphResponse } from '../errors.ts';
import { outcomeOf } from '../outcome.ts';
import type { GraphAnswer } from '../packer.ts';

/** What became of a write of an event that Outlook did not carry out. */
export function outcomeFrom(answer: GraphAnswer, nowMs: number, fields: readonly FieldName[]): WriteAnswer {
  return outcomeOf(answer, nowMs, (response) => refused(response, fields));
}

export function isCode(answer: GraphAnswer, code: string): boolean {
  return answer.answer === 'response' && codeOf(answer.body)?.toLowerCase() === code.toLowerCase();
}

function refused(response: GraphResponse, fields: readonly FieldName[]): WriteAnswer {
  const message = messageOf(response.body).toLowerCase();
  const named = properties.find(([property]) => message.includes(property.toLowerCase()))?.[1] ?? null;
  const field = fields.length === 1 ? (fields[0] ?? null) : named;
  const code = codeOf(response.body) ?? `status ${response.status}`;
  return refusalOf(refusals[code.toLowerCase()] ?? refusalNamed(field, code), field);
}

function refusalNamed(field: FieldName | null, text: string): Reason {
  return field === null
    ? { code: 'outlookRefusedEvent', text }
    : { code: 'outlookRefusedField', field, text };
}

const refusals: Readonly<Record<string, Reason>> = {
  erroroccurrencecrossingboundary: { code: 'occurrenceMovedTooFar' },
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
