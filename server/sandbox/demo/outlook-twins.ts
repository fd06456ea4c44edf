import type { DemoActivity } from './activity.ts';
import {
  at,
  demoEvent,
  repeating,
  timed,
  wholeDays,
  weekdayOf,
  type DemoEvent,
  type DemoException,
} from './outlook-event.ts';
import { day, type DemoOutlookTask } from './outlook-tasks.ts';

/**
 * Appointments people once entered in both systems by hand: of those Siebel has, every fourth is in its owner's Outlook
 * too, equal in what identifies it. `zones` are those of the employees.
 */
export function twinEvents(
  activities: readonly DemoActivity[],
  zones: readonly string[],
): readonly DemoEvent[] {
  return activities
    .filter(({ fields }) => (fields['Planned'] ?? '') !== '' && fields['Private'] !== 'Y')
    .filter((_, place) => place % 4 === 1)
    .map((activity) => twinEvent(activity, zones[activity.owner] ?? 'UTC'));
}

function twinEvent({ owner, fields, employees, contacts, missing }: DemoActivity, zone: string): DemoEvent {
  const start = wallTime(fields['Planned'] ?? '');
  const end = wallTime(fields['Planned Completion'] ?? '');
  const [first, time] = [start.toPlainDate(), hourOf(start)];
  const days = first.until(end.toPlainDate()).days;
  const isAllDay = days > 0 && time === '00:00' && hourOf(end) === '00:00';
  const event = {
    subject: fields['Description'],
    ...at(fields['MeetingLocation'] ?? ''),
    ...(isAllDay ? wholeDays(first, days, zone) : timed(first, [time, hourOf(end)], zone)),
    ...(fields['Comment'] ? { body: { contentType: 'text', content: fields['Comment'] } } : {}),
    ...reminderOf(fields),
    ...(fields['Repeating'] === 'Y' ? courseOf(fields, first) : {}),
  };
  const exceptions = missing.map((one): DemoException => {
    return { day: wallTime(one).toPlainDate().toString(), change: null };
  });
  return demoEvent(owner, event, { employees, contacts, exceptions });
}

function reminderOf(fields: DemoActivity['fields']) {
  if (fields['Alarm'] !== 'Y') return { isReminderOn: false };
  return { isReminderOn: true, reminderMinutesBeforeStart: Number(fields['Appt Alarm Time Min']) };
}

/** A repeating activity in Outlook's words. */
function courseOf(fields: DemoActivity['fields'], first: Temporal.PlainDate) {
  const expires = fields['Repeating Expires'] ?? '';
  return repeating(
    patternOf(fields['Repeating Type'] ?? '', first),
    expires === '' ? { type: 'noEnd' } : { type: 'endDate', endDate: dateFrom(expires).toString() },
    first,
  );
}

function patternOf(type: string, first: Temporal.PlainDate) {
  const { day: dayOfMonth, month } = first;
  const patterns: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    Daily: { type: 'daily', interval: 1 },
    Weekly: { type: 'weekly', interval: 1, daysOfWeek: [weekdayOf(first)], firstDayOfWeek: 'monday' },
    Monthly: { type: 'absoluteMonthly', interval: 1, dayOfMonth },
    Quarterly: { type: 'absoluteMonthly', interval: 3, dayOfMonth },
    Yearly: { type: 'absoluteYearly', interval: 1, month, dayOfMonth },
  };
  const pattern = patterns[type];
  if (!pattern) throw new Error(`The demo has an activity that repeats '${type}'.`);
  return pattern;
}

const statuses: Readonly<Record<string, string>> = {
  'In Progress': 'inProgress',
  Done: 'completed',
  'On Hold': 'waitingOnOthers',
  Cancelled: 'deferred',
  Declined: 'deferred',
};

const importances: Readonly<Record<string, string>> = { '1-ASAP': 'high', '2-High': 'high', '4-Low': 'low' };

/** Tasks that stand in both systems: every fifth of those Siebel has. */
export function twinTasks(activities: readonly DemoActivity[]): readonly DemoOutlookTask[] {
  return activities
    .filter(({ fields }) => fields['Display'] === 'To Do and Activities' && fields['Private'] !== 'Y')
    .filter((_, place) => place % 5 === 0)
    .map(({ owner, fields }) => ({
      owner,
      fields: {
        title: fields['Description'],
        status: statuses[fields['Status'] ?? ''] ?? 'notStarted',
        importance: importances[fields['Priority'] ?? ''] ?? 'normal',
        ...(fields['Due'] ? { dueDateTime: day(dateFrom(fields['Due'])) } : {}),
        ...(fields['Done'] ? { completedDateTime: day(dateFrom(fields['Done'])) } : {}),
        ...(fields['Comment'] ? { body: { contentType: 'text', content: fields['Comment'] } } : {}),
      },
    }));
}

/** `MM/DD/YYYY`, with or without a time behind it. */
function dateFrom(wire: string): Temporal.PlainDate {
  const [month, date, year] = wire.slice(0, 10).split('/');
  return Temporal.PlainDate.from(`${year}-${month}-${date}`);
}

/** `MM/DD/YYYY HH:MM:SS`. */
function wallTime(wire: string): Temporal.PlainDateTime {
  return dateFrom(wire).toPlainDateTime(wire.slice(11));
}

function hourOf(time: Temporal.PlainDateTime): string {
  return time.toPlainTime().toString().slice(0, 5);
}
