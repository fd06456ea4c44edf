import { unreachable } from '../../../../shared/domain.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { Sighting, WriteAnswer } from '../../connector.ts';
import { codeOf, failureFrom } from '../errors.ts';
import type { GraphAnswer } from '../packer.ts';
import { outcomeOfFailure } from '../refusals.ts';
import { versionOfTask } from './place.ts';
import type { TaskLook } from './read.ts';

/** What became of a write that To Do did not carry out. A reason names the code, never a value: it is shown and logged. */
export function outcomeOfTask(answer: GraphAnswer, nowMs: number): WriteAnswer {
  if (answer.answer === 'failed') return outcomeOfFailure(answer.failure);
  if (answer.status === 412) return { outcome: 'stale' };
  const failure = failureFrom(answer, nowMs);
  if (failure.kind !== 'refused' || failure.reach !== 'item') return outcomeOfFailure(failure);
  if (answer.status === 404) return { outcome: 'gone' };
  const code = codeOf(answer.body) ?? `status ${answer.status}`;
  const reason = `Outlook refused the task (${code}); it is tried again when it changes.`;
  return { outcome: 'refused', reason, field: fieldIn(answer.body) };
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

/** Why a task that was looked at before a write must not be written; `null`: it is the one that was seen. */
export function problemWith(look: TaskLook, version: string): WriteAnswer | null {
  switch (look.look) {
    case 'found':
      return versionOfTask(look.row) === version ? null : { outcome: 'stale' };
    case 'missing':
      return { outcome: 'gone' };
    case 'failed':
      return outcomeOfFailure(look.failure);
  }
  return unreachable(look);
}

export function done(now: Sighting, notes: readonly FieldNote[]): WriteAnswer {
  return { outcome: 'done', now, notes };
}
