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
