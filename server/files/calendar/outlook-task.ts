import type { Task } from '../../../shared/task.ts';

type Body = Readonly<Record<string, unknown>>;

/** A task as its owner would put it into To Do: the body of `POST /users/{id}/todo/lists/{id}/tasks` of Graph v1.0. */
export function outlookFromTask(task: Task): Body {
  const { recurrence, dueDate, reminder, completedDate } = task;
  return {
    title: task.subject ?? '',
    body: { contentType: 'text', content: task.body?.replaceAll('\n', '\r\n') ?? '' },
    status: task.status ?? 'notStarted',
    importance: task.importance ?? 'normal',
    categories: task.categories,
    ...(task.startDate === null ? {} : { startDateTime: midnight(task.startDate) }),
    ...(dueDate === null ? {} : { dueDateTime: midnight(dueDate) }),
    ...(completedDate === null ? {} : { completedDateTime: midnight(completedDate) }),
    ...(reminder === null
      ? {}
      : { isReminderOn: true, reminderDateTime: { dateTime: reminder.replace('Z', ''), timeZone: 'UTC' } }),
    ...(recurrence === null || dueDate === null || task.status === 'completed'
      ? {}
      : { recurrence: { pattern: recurrence.pattern, range: { ...recurrence.range, startDate: dueDate } } }),
  };
}

/** Of a day To Do keeps the date alone. */
function midnight(date: string): Body {
  return { dateTime: `${date}T00:00:00`, timeZone: 'UTC' };
}
