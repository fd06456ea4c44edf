import type { Recurrence } from '../../../shared/recurrence.ts';
import { emptyTask, type Task, type TaskStatus } from '../../../shared/task.ts';
import { alarmOf } from './alarm.ts';
import type { Component } from './components.ts';
import {
  categoriesOf,
  importanceOf,
  isPrivateIn,
  propertiesOf,
  propertyOf,
  valueOf,
  wordOf,
} from './component-values.ts';
import { repeatOf } from './repeat.ts';
import type { EventReading } from './series.ts';
import { dayOf, inZone, timesIn, type FileTime } from './times.ts';
import type { FileZones } from './zones.ts';

/** A task and the line of the file where it begins. */
export type TaskRead = Readonly<{ line: number; task: Task }>;

/** A VTODO as a task. Its days are those on the calendar of the zone they are written in. */
export function taskFrom(todo: Component, reading: EventReading): TaskRead {
  const { zones } = reading;
  const due = timeOf(todo, 'due', zones);
  const start = timeOf(todo, 'dtstart', zones);
  const status = statusOf(todo);
  const completed = timeOf(todo, 'completed', zones);
  const task: Task = {
    ...emptyTask,
    subject: valueOf(todo, 'summary')?.replaceAll('\n', ' ') ?? null,
    body: valueOf(todo, 'description'),
    status,
    importance: importanceOf(todo),
    startDate: start === null ? null : dayOf(start),
    dueDate: due === null ? null : dayOf(due),
    completedDate:
      status === 'completed' && completed !== null ? dayOf(inZone(completed, zones.fallback)) : null,
    percentComplete: percentOf(todo),
    reminder: reminderOf(todo, { due, start }, zones),
    isPrivate: isPrivateIn(todo),
    categories: categoriesOf(todo),
    recurrence: recurrenceOf(todo, due, reading),
  };
  return { line: todo.line, task };
}

/** A time in UTC is somebody's day only in their own zone. */
function timeOf(todo: Component, name: string, zones: FileZones): FileTime | null {
  const property = propertyOf(todo, name);
  const [time] = property === null ? [] : timesIn(property, zones).times;
  if (time === undefined) return null;
  return !time.isDate && time.zone === 'UTC' ? inZone(time, zones.fallback) : time;
}

const statuses: Readonly<Record<string, TaskStatus>> = {
  'NEEDS-ACTION': 'notStarted',
  'IN-PROCESS': 'inProgress',
  COMPLETED: 'completed',
  CANCELLED: 'deferred',
};

function statusOf(todo: Component): TaskStatus {
  const known = statuses[wordOf(todo, 'status')];
  if (known !== undefined) return known;
  const percent = percentOf(todo) ?? 0;
  if (percent === 100 || valueOf(todo, 'completed') !== null) return 'completed';
  return percent > 0 ? 'inProgress' : 'notStarted';
}

function percentOf(todo: Component): number | null {
  const percent = Number(valueOf(todo, 'percent-complete') ?? Number.NaN);
  return percent >= 0 && percent <= 100 ? Math.round(percent) : null;
}

/** Offsets count from the start, or from the day it is due where there is no start; dates begin at midnight. */
function reminderOf(
  todo: Component,
  { due, start }: Readonly<{ due: FileTime | null; start: FileTime | null }>,
  zones: FileZones,
): string | null {
  const alarm = alarmOf(todo, zones);
  if (alarm === null) return null;
  if (alarm.is === 'instant') return instantText(alarm.instant);
  const from = alarm.from === 'end' ? (due ?? start) : (start ?? due);
  if (from === null) return null;
  const wall = Temporal.PlainDateTime.from(from.isDate ? `${from.day}T00:00:00` : from.wall);
  const instant = wall.toZonedDateTime(from.isDate ? zones.fallback : from.zone).toInstant();
  return instantText(instant.add({ seconds: Math.trunc(alarm.seconds) }));
}

function instantText(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: 'second' });
}

/** To Do repeats a task by the day it is due; a rule it cannot follow leaves the one task. */
function recurrenceOf(todo: Component, due: FileTime | null, reading: EventReading): Recurrence | null {
  const rules = propertiesOf(todo, 'rrule').map(({ raw }) => raw);
  if (rules.length === 0) return null;
  const start = due === null ? null : ({ isDate: true, day: dayOf(due) } as const);
  const { bounds, isOutlook } = reading;
  const repeat = start === null ? null : repeatOf({ rules, without: [], start, isOutlook, bounds });
  if (repeat?.as === 'series') return repeat.recurrence;
  reading.remark({
    line: todo.line,
    reason: 'To Do cannot repeat the task in this way; it was read as a single task.',
  });
  return null;
}
