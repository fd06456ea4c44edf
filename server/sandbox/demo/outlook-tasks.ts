import { workday } from './activity.ts';

/** A task in somebody's To Do; `fields` as Graph takes them. */
export type DemoOutlookTask = Readonly<{ owner: number; fields: Readonly<Record<string, unknown>> }>;

/** Title, status, importance and working days from today on which it is due. */
const kinds = [
  ['Renew the travel card', 'notStarted', 'normal', 3],
  ['Write the visit report', 'inProgress', 'high', 1],
  ['Ask for the drawings', 'waitingOnOthers', 'normal', -2],
  ['Clean up the sample cases', 'completed', 'low', -4],
  ['Learn the new price tool', 'deferred', 'low', 30],
  ['Think about the next fair', 'notStarted', 'low', null],
  ['Answer the tender', 'inProgress', 'high', 7],
] as const;

/** Three each and all in all every kind; one in eight with a reminder, three that come again, some with a category. */
export function outlookTasks(today: Temporal.PlainDate, employeeCount: number): readonly DemoOutlookTask[] {
  return Array.from({ length: employeeCount * 3 }, (_, row) => {
    const [title, status, importance, from] = kinds[row % kinds.length] ?? kinds[0];
    const due = from === null ? null : workday(today, from + (row % 2));
    const fields = {
      title,
      status,
      importance,
      ...(due === null ? {} : { dueDateTime: day(due) }),
      ...(due !== null && status === 'inProgress' ? { startDateTime: day(due.subtract({ days: 5 })) } : {}),
      ...(status === 'completed' ? { completedDateTime: day(workday(today, -3)) } : {}),
      ...(row % 8 === 0 && due !== null ? reminder(due) : {}),
      ...(row % 5 === 0 ? { body: { contentType: 'text', content: 'See the mail of last week.' } } : {}),
      ...(row % 6 === 1 ? { categories: ['Projekt'] } : {}),
      ...(status === 'notStarted' && row % 14 === 0 ? repeating : {}),
    };
    return { owner: row % employeeCount, fields };
  });
}

export function day(date: Temporal.PlainDate) {
  return { dateTime: `${date.toString()}T00:00:00`, timeZone: 'UTC' };
}

const repeating = {
  recurrence: { pattern: { type: 'absoluteMonthly', interval: 1, dayOfMonth: 15 }, range: { type: 'noEnd' } },
};

function reminder(due: Temporal.PlainDate) {
  const at = { dateTime: `${due.subtract({ days: 1 }).toString()}T08:00:00`, timeZone: 'UTC' };
  return { isReminderOn: true, reminderDateTime: at };
}
