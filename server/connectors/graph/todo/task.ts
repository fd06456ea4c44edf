import type { Importance } from '../../../../shared/appointment.ts';
import { isTask } from '../../../../shared/item.ts';
import { emptyTask, taskFields, taskStatuses, type Task, type TaskField } from '../../../../shared/task.ts';
import { noteOf } from '../../../core/note.ts';
import type { Item } from '../../../core/snapshot.ts';
import type { FieldName, FieldNote } from '../../../core/step.ts';
import type { Holder, Sighting } from '../../connector.ts';
import { categoriesOf, markedAs, ownCategories } from '../marks.ts';
import { graphFromBody, textFromBody } from '../calendar/body.ts';
import { graphFromRecurrence, recurrenceFromGraph } from '../calendar/recurrence.ts';
import { versionOf } from '../names.ts';
import { textFrom, type GraphPatch, type GraphRow } from '../wire.ts';
import { dayFromGraph, graphFromDay, graphFromInstant, instantFromGraph } from './dates.ts';
import { refOfTask, stampOfTask } from './place.ts';

/** A task of To Do as the engine knows it. */
export function sightingFromTask(
  row: GraphRow,
  { holder, list }: Readonly<{ holder: Holder; list: string }>,
): Sighting {
  return {
    ref: refOfTask({ list, task: row.id }),
    version: versionOf(row),
    item: taskFromGraph(row, holder),
    kind: 'task',
    isMarked: markedAs(categoriesOf(row), holder.marks.task) !== null,
    members: [],
    team: [],
    stamp: stampOfTask(row),
    uid: null,
  };
}

/** What the service leaves out is absent; what To Do cannot hold is blank. */
function taskFromGraph(row: GraphRow, holder: Pick<Holder, 'marks' | 'timeZone'>): Task {
  const day = (name: string) => dayFromGraph(row[name], holder.timeZone);
  return {
    ...emptyTask,
    subject: textFrom(row['title']),
    body: textFromBody(row['body']),
    status: taskStatuses.find((one) => one === row['status']) ?? null,
    importance: importances.find((one) => one === row['importance']) ?? null,
    startDate: day('startDateTime'),
    dueDate: day('dueDateTime'),
    completedDate: day('completedDateTime'),
    reminder: row['isReminderOn'] === true ? instantFromGraph(row['reminderDateTime']) : null,
    categories: ownCategories(categoriesOf(row), holder.marks.task),
    recurrence: recurrenceFromGraph(row['recurrence']),
  };
}

const importances: readonly Importance[] = ['low', 'normal', 'high'];

/** An item sent to the task lists of a mailbox is a task; anything else is a mistake of ours. */
export function asTask(item: Item): Task {
  if (isTask(item)) return item;
  throw new Error('Something that is no task was sent to the task lists of a mailbox.');
}

/**
 * What each field writes; `null` where To Do has no place for it (facts/graph.md 6). Categories carry the mark besides the
 * user's own and are written by `write.ts`.
 */
const writers = {
  subject: ({ subject }) => ({ title: subject ?? '' }),
  body: ({ body }) => ({ body: graphFromBody(body) }),
  status: ({ status }) => ({ status: status ?? 'notStarted' }),
  importance: ({ importance }) => ({ importance: importance ?? 'normal' }),
  startDate: ({ startDate }) => ({ startDateTime: graphFromDay(startDate) }),
  // The range of a series starts on the day it is due, and without such a day there is no series.
  dueDate: (task) => ({
    dueDateTime: graphFromDay(task.dueDate),
    ...(task.recurrence === null ? {} : repeating(task)),
  }),
  // The service itself says when a task was completed, and may take a day of completion for the wish to complete it.
  completedDate: ({ status, completedDate }) =>
    status === 'completed' && completedDate !== null
      ? { completedDateTime: graphFromDay(completedDate) }
      : {},
  reminder: ({ reminder }) =>
    reminder === null
      ? { isReminderOn: false }
      : { isReminderOn: true, reminderDateTime: graphFromInstant(reminder) },
  categories: () => ({}),
  recurrence: (task) => repeating(task),
  percentComplete: null,
  isPrivate: null,
  activityType: null,
} satisfies Record<TaskField, ((task: Task) => GraphPatch) | null>;

/** Whether To Do stores the field at all. */
export function holdsOfTask(field: FieldName): boolean {
  return taskFields.some((name) => name === field && writers[name] !== null);
}

/** The properties that bring `fields` to the values in `task`, and no others. */
export function graphFromTask(fields: readonly FieldName[], task: Task): GraphPatch {
  const named = taskFields.filter((field) => fields.includes(field));
  return Object.assign({}, ...named.map((field) => writers[field]?.(task) ?? {}));
}

/** What cannot be stored as it was sent. */
export function notesOn(fields: readonly FieldName[], task: Task): readonly FieldNote[] {
  if (!fields.includes('recurrence') || task.recurrence === null || task.dueDate !== null) return [];
  return [noteOf('recurrence', 'notHeld', { code: 'needsDueDay' })];
}

function repeating({ recurrence, dueDate }: Task): GraphPatch {
  if (recurrence === null || dueDate === null) return { recurrence: null };
  return { recurrence: graphFromRecurrence(recurrence, { startDate: dueDate, timeZone: 'UTC' }) };
}
