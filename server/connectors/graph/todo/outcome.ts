import { refusalOf } from '../../../core/note.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { Sighting, WriteAnswer } from '../../connector.ts';
import { codeOf, type GraphResponse } from '../errors.ts';
import { outcomeOf } from '../outcome.ts';
import type { GraphAnswer } from '../packer.ts';

/** What became of a write that To Do did not carry out. */
export function outcomeFrom(answer: GraphAnswer, nowMs: number): WriteAnswer {
  return outcomeOf(answer, nowMs, refused);
}

function refused(response: GraphResponse): WriteAnswer {
  const text = codeOf(response.body) ?? `status ${response.status}`;
  return refusalOf({ code: 'outlookRefusedTask', text }, fieldIn(response.body));
}

/** Graph names the property in its message. */
function fieldIn(body: unknown): FieldName | null {
  const text = JSON.stringify(body ?? '').toLowerCase();
  return properties.find(([property]) => text.includes(property))?.[1] ?? null;
}

const properties: readonly (readonly [string, FieldName])[] = [
  ['duedatetime', 'dueDate'],
  ['startdatetime', 'startDate'],
  ['completeddatetime', 'completedDate'],
  ['reminderdatetime', 'reminder'],
  ['recurrence', 'recurrence'],
  ['categories', 'categories'],
];

export function done(now: Sighting, notes: readonly FieldNote[]): WriteAnswer {
  return { outcome: 'done', now, notes };
}
