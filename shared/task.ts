import type { Importance } from './appointment.ts';
import type { Recurrence } from './recurrence.ts';

export const taskStatuses = ['notStarted', 'inProgress', 'completed', 'waitingOnOthers', 'deferred'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** A task as both sides agree on it: Outlook's To Do, Siebel's To Do activity. Absent is `null`. */
export type Task = Readonly<{
  subject: string | null;
  /** Plain text, lines separated by `\n`. */
  body: string | null;
  status: TaskStatus | null;
  importance: Importance | null;
  /** Dates, `YYYY-MM-DD`; no zone: due on the 24th is due on the 24th everywhere. */
  startDate: string | null;
  dueDate: string | null;
  completedDate: string | null;
  /** 0 to 100; To Do cannot hold it. */
  percentComplete: number | null;
  /** An instant in UTC, `YYYY-MM-DDTHH:mm:ssZ`. */
  reminder: string | null;
  isPrivate: boolean;
  activityType: string | null;
  categories: readonly string[];
  /** To Do's own: completing the task makes the next one. Siebel holds one activity a task. */
  recurrence: Recurrence | null;
}>;

export type TaskField = keyof Task;

export const emptyTask: Task = {
  subject: null,
  body: null,
  status: null,
  importance: null,
  startDate: null,
  dueDate: null,
  completedDate: null,
  percentComplete: null,
  reminder: null,
  isPrivate: false,
  activityType: null,
  categories: [],
  recurrence: null,
};

/** Every field a policy may switch, in the order in which people read a task. */
export const taskFields = Object.keys(emptyTask).filter(isOwnField);

function isOwnField(name: string): name is TaskField {
  return name in emptyTask;
}
