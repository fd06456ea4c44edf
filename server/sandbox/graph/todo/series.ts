import { nextDate } from '../recurrence.ts';
import { isOn } from '../switches.ts';
import type { ChecklistItem, Task, TaskValues } from './state.ts';
import { addTask, type TaskPlace } from './store.ts';
import { startingOn } from './task-body.ts';
import { laterDay, laterInstant } from './task-dates.ts';

/**
 * Completing a task of a series leaves it as it is, without the series, and makes the next one under a new id: due on the
 * next date of the pattern after the one that was due, start and reminder as many days later.
 */
export function spawnNext(place: TaskPlace, task: Task): void {
  const { values } = task;
  task.values = { ...values, recurrence: null };
  const following = nextValues(values, place.mailbox.settings.timeZone);
  if (!following) return;
  const next = addTask(place, following);
  next.checklist = new Map([...task.checklist.values()].map((item) => unchecked(place, item)));
  if (isOn(place.graph.world, 'taskPartsFollow')) {
    next.links = new Map(task.links);
    next.extensions = task.extensions && new Map(task.extensions);
  }
}

function nextValues(values: TaskValues, zone: string): TaskValues | null {
  const { recurrence, due } = values;
  if (!recurrence || !due) return null;
  const { range } = recurrence;
  if (range.type === 'numbered' && range.numberOfOccurrences <= 1) return null;
  const date = nextDate(
    { ...recurrence, range: { ...range, type: range.type === 'numbered' ? 'noEnd' : range.type } },
    due.date,
  );
  if (date === null) return null;
  const days = daysBetween(due.date, date);
  const left = Math.max(0, range.numberOfOccurrences - 1);
  return {
    ...values,
    status: 'notStarted',
    completed: null,
    due: laterDay(due, days),
    start: values.start && laterDay(values.start, days),
    reminderAt: values.reminderAt && laterInstant(values.reminderAt, zone, days),
    recurrence: startingOn({ ...recurrence, range: { ...range, numberOfOccurrences: left } }, date),
  };
}

const daysBetween = (from: string, to: string) => Temporal.PlainDate.from(from).until(to).days;

function unchecked({ graph }: TaskPlace, item: ChecklistItem): [string, ChecklistItem] {
  const id = graph.world.uuid();
  return [id, { ...item, id, isChecked: false, checkedAt: null }];
}
