import type { Task } from '../../../shared/task.ts';
import type { FieldRule } from './kind.ts';

/** Every field of a task, in the order in which people read it; a field added to `Task` cannot be forgotten here. */
export const taskRules = {
  subject: { kind: 'text' },
  body: { kind: 'note' },
  status: { kind: 'choice' },
  importance: { kind: 'choice' },
  startDate: { kind: 'date' },
  dueDate: { kind: 'date' },
  completedDate: { kind: 'date' },
  percentComplete: { kind: 'number' },
  reminder: { kind: 'instant' },
  isPrivate: { kind: 'flag' },
  activityType: { kind: 'text' },
  categories: { kind: 'set' },
  recurrence: { kind: 'rule' },
} as const satisfies Record<keyof Task, FieldRule>;
