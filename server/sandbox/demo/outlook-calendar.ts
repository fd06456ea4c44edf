import { workday } from './activity.ts';
import {
  at,
  demoEvent,
  timed,
  wholeDays,
  type DemoAnswer,
  type DemoEvent,
  type OutlookStage,
} from './outlook-event.ts';
import { outlookSeries } from './outlook-series.ts';

/** What the people of the demo company have in their Outlook calendars and Siebel has never heard of. */
export function outlookCalendar(stage: OutlookStage): readonly DemoEvent[] {
  const own = stage.zones.flatMap((zone, owner) => [
    ...appointments(stage, owner, zone),
    ...absences(stage, owner, zone),
  ]);
  return [...own, ...outlookSeries(stage), ...meetings(stage)];
}

/** Subject, place, working days from today, start, end and what is special. */
const singles = [
  ['Focus time', '', 1, '08:00', '09:30', { showAs: 'busy', isReminderOn: false, categories: ['Focus'] }],
  ['Call with the supplier', 'Phone', -3, '11:00', '11:30', { importance: 'high' }],
  [
    'Prepare the quarterly figures',
    '',
    4,
    '15:00',
    '17:00',
    { showAs: 'tentative', reminderMinutesBeforeStart: 30 },
  ],
  ['Lunch with a former colleague', 'Corner bistro', 6, '12:30', '13:45', { showAs: 'oof' }],
  ['Expense reports', '', -40, '16:00', '16:20', { importance: 'low', showAs: 'free' }],
  ['Contract renewal: deadline', '', 55, '10:00', '10:00', { reminderMinutesBeforeStart: 1440 }],
] as const;

const notes = {
  body: {
    contentType: 'html',
    content: '<p>Bring the <b>last figures</b>.</p><ul><li>orders</li><li>returns</li></ul>',
  },
};

function appointments({ today }: OutlookStage, owner: number, zone: string): readonly DemoEvent[] {
  const some = singles.map(([subject, place, from, start, end, more], row) =>
    demoEvent(owner, {
      subject,
      ...at(place),
      // Not everybody on the same day.
      ...timed(workday(today, from + ((owner + row) % 3)), [start, end], zone),
      ...(row % 3 === owner % 3 ? notes : {}),
      ...more,
    }),
  );
  return owner % 2 === 0 ? [...some, secret(workday(today, 3 + (owner % 4)), owner, zone)] : some;
}

/** Sensitivity has three degrees above normal; people use all of them. */
const secrets = [
  ['Dentist', 'private'],
  ['Talk about the salary', 'confidential'],
  ['School play', 'personal'],
] as const;

function secret(day: Temporal.PlainDate, owner: number, zone: string): DemoEvent {
  const [subject, sensitivity] = secrets[(owner / 2) % secrets.length] ?? secrets[0];
  return demoEvent(owner, { subject, sensitivity, ...timed(day, ['17:30', '18:30'], zone) });
}

/** Subject, working days from today, days it takes, and how it shows. */
const longer = [
  ['Out of office', 12, 3, 'oof'],
  ['Home office', 5, 1, 'workingElsewhere'],
  ['Anniversary of the plant', 9, 1, 'free'],
  ['Winter break', 30, 7, 'oof'],
] as const;

function absences({ today }: OutlookStage, owner: number, zone: string): readonly DemoEvent[] {
  const [subject, from, days, showAs] = longer[owner % longer.length] ?? longer[0];
  return [demoEvent(owner, { subject, showAs, ...wholeDays(workday(today, from), days, zone) })];
}

type Kind = Readonly<{
  subject: string;
  owner: number;
  employees: readonly number[];
  guests: number;
  /** Working days from today. */
  from: number;
  hours: readonly [string, string];
  isOnline: boolean;
  answers: Readonly<Record<number, DemoAnswer>>;
}>;

const hourOf = (start: number): readonly [string, string] => [
  `${String(start).padStart(2, '0')}:00`,
  `${String(start + 1).padStart(2, '0')}:00`,
];

const meeting = (subject: string, owner: number, more: Partial<Omit<Kind, 'subject' | 'owner'>>): Kind => ({
  subject,
  owner,
  employees: [],
  guests: 0,
  from: 1,
  hours: hourOf(10),
  isOnline: false,
  answers: {},
  ...more,
});

const kinds: readonly Kind[] = [
  meeting('Handover of the northern region', 0, {
    employees: [1, 7],
    from: 3,
    hours: hourOf(14),
    answers: { 1: 'accept' },
  }),
  meeting('Design review: pressure sensors', 10, {
    employees: [4, 6],
    guests: 2,
    from: 4,
    hours: hourOf(9),
    isOnline: true,
    answers: { 4: 'accept', 6: 'tentativelyAccept' },
  }),
  meeting('Price list for next year', 2, {
    employees: [0, 3, 8],
    from: 8,
    isOnline: true,
    answers: { 0: 'accept', 3: 'decline', 8: 'accept' },
  }),
  meeting('Visit of the new dealer', 5, { guests: 3, from: 6, hours: hourOf(11) }),
  meeting('Complaint: delivery in parts', 9, { employees: [6], guests: 1, from: 2, hours: hourOf(15) }),
  meeting('Interview: field service', 4, {
    employees: [2],
    from: 5,
    hours: hourOf(13),
    answers: { 2: 'accept' },
  }),
  meeting('Look back on the fair', 1, {
    employees: [3, 5, 7, 9],
    from: -6,
    hours: hourOf(16),
    answers: { 3: 'accept', 5: 'accept', 7: 'decline' },
  }),
  meeting('Training: new price tool', 8, {
    employees: [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11],
    from: 11,
    isOnline: true,
  }),
  meeting('Talk about the service contract', 11, { guests: 2, from: 7, hours: hourOf(10), isOnline: true }),
];

function meetings({ today, zones, contacts }: OutlookStage): readonly DemoEvent[] {
  return kinds.map(({ subject, owner, employees, guests, from, hours, isOnline, answers }, row) => {
    const fields = {
      subject,
      ...timed(workday(today, from), hours, zones[owner] ?? 'UTC'),
      ...(isOnline
        ? { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' }
        : at(row % 2 === 0 ? 'Meeting room 3' : 'Canteen')),
    };
    const invited = Array.from({ length: guests }, (_, turn) => contacts[row * 5 + turn] ?? 0);
    return demoEvent(owner, fields, { employees, contacts: invited, answers });
  });
}
