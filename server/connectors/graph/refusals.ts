import { refusalOf } from '../../core/note.ts';
import type { FieldName } from '../../core/step.ts';
import type { WriteAnswer } from '../connector.ts';
import { contactSlots, propertyOf, textFields } from './contact-fields.ts';
import { codeOf, messageOf, type GraphResponse } from './errors.ts';
import { outcomeOf } from './outcome.ts';
import type { GraphAnswer } from './packer.ts';

/** What became of a write of a contact that Outlook did not carry out. */
export function outcomeFrom(answer: GraphAnswer, nowMs: number, fields: readonly FieldName[]): WriteAnswer {
  return outcomeOf(answer, nowMs, (response) => refused(response, fields));
}

function refused(response: GraphResponse, fields: readonly FieldName[]): WriteAnswer {
  const field = fieldIn(messageOf(response.body), fields);
  const text = codeOf(response.body) ?? `status ${response.status}`;
  return field === null
    ? refusalOf({ code: 'outlookRefusedContact', text }, field)
    : refusalOf({ code: 'outlookRefusedFieldOfContact', field, text }, field);
}

/** Graph names the property in its message: "The multi value property EmailAddresses has 4 entries, …". */
function fieldIn(message: string, fields: readonly FieldName[]): FieldName | null {
  const text = message.toLowerCase();
  const named = textFields.filter((field) => text.includes(propertyOf(contactSlots[field]).toLowerCase()));
  return named.find((field) => fields.includes(field)) ?? named[0] ?? null;
}
