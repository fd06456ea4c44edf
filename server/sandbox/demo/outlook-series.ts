import { workday } from './activity.ts';
import {
  at,
  demoEvent,
  repeating,
  timed,
  wholeDays,
  weekdayOf,
  type DemoEvent,
  type DemoException,
  type DemoRange,
  type Hours,
  type OutlookStage,
} from './outlook-event.ts';

type Form = Readonly<{
  subject: string;
  /** Working days from today to a day from which on it repeats. */
  from: number;
  /** `null`: all day. */
  hours: Hours | null;
  pattern: (first: Temporal.PlainDate) => Readonly<Record<string, unknown>>;
  range: (first: Temporal.PlainDate) => DemoRange;
  employees?: readonly number[];
  exceptions?: (first: Temporal.PlainDate, zone: string) => readonly DemoException[];
}>;

/** One for each of the dozen: every pattern, with every kind of end. */
export function outlookSeries({ today, zones }: OutlookStage): readonly DemoEvent[] {
  return forms.slice(0, zones.length).map((form, owner) => {
    const zone = zones[owner] ?? 'UTC';
    const first = workday(today, form.from);
    const { subject, hours, employees = [] } = form;
    const fields = {
      subject,
      ...at(hours === null ? '' : 'Online'),
      ...(hours === null ? wholeDays(first, 1, zone) : timed(first, hours, zone)),
      ...repeating(form.pattern(first), form.range(first), first),
    };
    return demoEvent(owner, fields, { employees, exceptions: form.exceptions?.(first, zone) ?? [] });
  });
}

const weekly = (interval: number, daysOfWeek: readonly string[]) => ({
  type: 'weekly',
  interval,
  daysOfWeek,
  firstDayOfWeek: 'monday',
});
const noEnd = (): DemoRange => ({ type: 'noEnd' });
const times = (numberOfOccurrences: number) => (): DemoRange => ({ type: 'numbered', numberOfOccurrences });
const forDays =
  (days: number) =>
  (first: Temporal.PlainDate): DemoRange => ({
    type: 'endDate',
    endDate: first.add({ days }).toString(),
  });

const forms: readonly Form[] = [
  {
    subject: 'Tuesday and Thursday customer hour',
    from: -10,
    hours: ['16:00', '17:00'],
    pattern: () => weekly(2, ['tuesday', 'thursday']),
    range: times(20),
  },
  {
    subject: 'Read the trade press',
    from: -5,
    hours: ['08:00', '08:15'],
    pattern: () => ({ type: 'daily', interval: 1 }),
    range: noEnd,
  },
  {
    subject: 'One to one',
    from: -15,
    hours: ['11:00', '11:45'],
    pattern: (first) => weekly(1, [weekdayOf(first)]),
    range: noEnd,
    employees: [3],
    exceptions: (first, zone) => [
      {
        day: first.add({ weeks: 2 }).toString(),
        change: timed(first.add({ days: 15 }), ['13:00', '13:45'], zone),
      },
      { day: first.add({ weeks: 4 }).toString(), change: null },
      { day: first.add({ weeks: 6 }).toString(), change: { subject: 'One to one: yearly review' } },
    ],
  },
  {
    subject: 'Account plan',
    from: -8,
    hours: ['14:00', '15:30'],
    pattern: ({ day }) => ({ type: 'absoluteMonthly', interval: 2, dayOfMonth: day }),
    range: times(6),
  },
  {
    subject: 'Tool check',
    from: -4,
    hours: ['07:30', '07:45'],
    pattern: () => ({ type: 'daily', interval: 3 }),
    range: forDays(90),
  },
  {
    subject: 'Last Friday with the team',
    from: -20,
    hours: ['15:00', '16:00'],
    pattern: () => ({ type: 'relativeMonthly', interval: 1, daysOfWeek: ['friday'], index: 'last' }),
    range: noEnd,
    employees: [1, 9],
  },
  {
    subject: 'Month-end report',
    from: -25,
    hours: ['17:00', '17:30'],
    pattern: () => ({ type: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }),
    range: forDays(300),
  },
  {
    subject: 'Founding day',
    from: 15,
    hours: null,
    pattern: ({ month, day }) => ({ type: 'absoluteYearly', interval: 1, month, dayOfMonth: day }),
    range: noEnd,
  },
  {
    subject: 'Budget round',
    from: 2,
    hours: ['09:00', '12:00'],
    pattern: () => ({
      type: 'relativeYearly',
      interval: 1,
      month: 11,
      daysOfWeek: ['thursday'],
      index: 'fourth',
    }),
    range: times(5),
  },
  {
    subject: 'Inbox to zero',
    from: -10,
    hours: ['08:30', '08:45'],
    pattern: () => weekly(1, ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']),
    range: forDays(120),
    exceptions: (first) => [{ day: workday(first, 7).toString(), change: null }],
  },
  {
    subject: 'First working day: plan the month',
    from: -12,
    hours: ['10:00', '10:30'],
    pattern: () => ({
      type: 'relativeMonthly',
      interval: 1,
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      index: 'first',
    }),
    range: times(12),
  },
  {
    subject: 'Weekend duty',
    from: -3,
    hours: null,
    pattern: () => weekly(3, ['saturday', 'sunday']),
    range: forDays(200),
  },
];
