import { contactsFor, demoActivity, wireDate, wireTime, workday } from './activity.ts';
import type { DemoActivity, DemoStage } from './activity.ts';

/** The calendars of the demo company: visits, all-day events, meetings and series around the present day. */
export function demoCalendar(stage: DemoStage): readonly DemoActivity[] {
  return [...visits(stage), ...allDayEvents(stage), ...meetings(stage), ...series(stage), ...secrets(stage)];
}

/** Subject, type and place of an appointment with a customer. */
const visitKinds = [
  ['Site visit', 'Appointment', "At the customer's plant"],
  ['Product demonstration', 'Demonstration', 'Showroom'],
  ['Quotation review', 'Appointment', 'Phone'],
  ['Calibration on site', 'Appointment', "At the customer's laboratory"],
  ['Contract talks', 'Meeting', 'Meeting room 2'],
  ['First presentation', 'Presentation', "At the customer's office"],
  ['Renewal check-in', 'Appointment', ''],
] as const;

const visitTimes = [
  ['08:30', '09:15'],
  ['09:00', '10:00'],
  ['10:30', '12:00'],
  ['13:00', '13:30'],
  ['14:15', '15:45'],
  ['16:00', '17:00'],
] as const;

const visitCount = 34;

/** Three every two working days, from four weeks ago on; every fifth with a reminder, every seventh without a guest. */
function visits(stage: DemoStage): readonly DemoActivity[] {
  return Array.from({ length: visitCount }, (_, at) => {
    const owner = at % stage.employeeCount;
    const [subject, type, place] = visitKinds[at % visitKinds.length] ?? visitKinds[0];
    const [start, end] = visitTimes[at % visitTimes.length] ?? visitTimes[0];
    const day = workday(stage.today, Math.floor(at * 1.5) - 20);
    const fields = {
      ...appointment({ subject, type, place }),
      Planned: wireTime(day, start),
      'Planned Completion': wireTime(day, end),
      Comment: at % 3 === 0 ? 'Bring the sample cases and the current price list.' : '',
      ...(at % 5 === 0 ? { Alarm: 'Y', 'Appt Alarm Time Min': '15' } : {}),
    };
    return demoActivity(owner, fields, { contacts: at % 7 === 6 ? [] : [contactsFor(stage, owner, at)] });
  });
}

function appointment({
  subject,
  type,
  place,
}: Readonly<{ subject: string; type: string; place: string }>): Readonly<Record<string, string>> {
  return { Display: 'Calendar and Activities', Type: type, Description: subject, MeetingLocation: place };
}

/** Subject, type, owner, working days from today, and length in days. */
const longEvents = [
  ['Vacation', 'Vacation', 0, 10, 5],
  ['Trade fair Hanover', 'Appointment', 1, 15, 3],
  ['Public holiday', 'Appointment', 4, 4, 1],
  ['Training: new sensors', 'Appointment', 10, -6, 2],
  ['Vacation', 'Vacation', 9, 25, 12],
] as const;

/** Siebel knows no all-day flag: from midnight to midnight of the day after the last. */
function allDayEvents({ today, employeeCount }: DemoStage): readonly DemoActivity[] {
  return longEvents.map(([subject, type, owner, from, days]) => {
    const first = workday(today, from);
    return demoActivity(owner % employeeCount, {
      ...appointment({ subject, type, place: '' }),
      Planned: wireTime(first, '00:00'),
      'Planned Completion': wireTime(first.add({ days }), '00:00'),
    });
  });
}

/** Subject, owner, further employees, number of guests, working days from today, start and end. */
const meetingKinds = [
  ['Pipeline review', 2, [0, 1, 3, 5], 0, 1, '09:00', '10:00'],
  ['Alpenglas: project kick-off', 1, [3, 4], 2, 2, '10:00', '11:30'],
  ['Key account planning', 3, [1, 6, 8], 0, 3, '13:00', '14:00'],
  ['Helios Power: acceptance test', 4, [10], 3, 5, '09:30', '12:00'],
  ['Pricing committee', 8, [2, 3, 7], 0, 6, '15:00', '16:00'],
  ['Fjord Marine: quarterly talk', 6, [1], 2, 7, '11:00', '12:00'],
  ['Riverside Hospital: training', 9, [10, 11], 3, 9, '14:00', '16:00'],
  ['Service hand-over', 4, [0, 7, 9], 0, 12, '16:00', '16:30'],
  ['Iberia Rail: tender', 8, [0], 2, -3, '10:00', '11:00'],
  ['Lessons learned: Delta Turbines', 7, [4, 6, 10], 0, -8, '13:30', '14:30'],
  ['Solstice Pharma: complaint', 5, [4, 6], 1, -12, '08:00', '09:00'],
  ['All hands', 2, [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11], 0, 20, '15:00', '16:30'],
] as const;

function meetings(stage: DemoStage): readonly DemoActivity[] {
  return meetingKinds.map(([subject, owner, employees, guests, from, start, end], at) => {
    const day = workday(stage.today, from);
    const fields = {
      ...appointment({ subject, type: 'Meeting', place: at % 2 === 0 ? 'Board room' : 'Online' }),
      Planned: wireTime(day, start),
      'Planned Completion': wireTime(day, end),
      Alarm: 'Y',
      'Appt Alarm Time Min': '10',
    };
    const contacts = Array.from({ length: guests }, (_, turn) => contactsFor(stage, owner, at + turn));
    return demoActivity(owner, fields, { employees, contacts: [...new Set(contacts)] });
  });
}

/** Subject, how it repeats, owner, further employees, working days from today to the first, start, end, days to the last. */
const seriesKinds = [
  ['Sales weekly', 'Weekly', 2, [0, 1, 3, 5], -20, '09:30', '10:00', null],
  ['Stand-up', 'Daily', 4, [10], -10, '08:45', '09:00', 60],
  ['Monthly forecast', 'Monthly', 8, [2], -22, '14:00', '15:00', null],
  ['Business review', 'Quarterly', 3, [1, 6], -15, '10:00', '12:00', 720],
  ['Company anniversary', 'Yearly', 2, [], 8, '17:00', '19:00', null],
  ['Call with the laboratory', 'Weekly', 9, [], -5, '11:00', '11:30', 90],
] as const;

/** A repeating activity is one row. The weekly and the daily one each leave out their third occurrence. */
function series({ today }: DemoStage): readonly DemoActivity[] {
  return seriesKinds.map(([subject, type, owner, employees, from, start, end, lasts], at) => {
    const first = workday(today, from);
    const third = first.add({ days: type === 'Weekly' ? 14 : 2 });
    const fields = {
      ...appointment({ subject, type: 'Meeting', place: 'Online' }),
      Planned: wireTime(first, start),
      'Planned Completion': wireTime(first, end),
      Repeating: 'Y',
      'Repeating Type': type,
      'Repeating Expires': lasts === null ? '' : wireDate(first.add({ days: lasts })),
    };
    return demoActivity(owner, fields, { employees, missing: at < 2 ? [wireTime(third, start)] : [] });
  });
}

/** A private appointment, and one that was never dated: no calendar shows it. */
function secrets({ today }: DemoStage): readonly DemoActivity[] {
  const day = workday(today, 4);
  return [
    demoActivity(0, {
      ...appointment({ subject: 'Dentist', type: 'Appointment', place: 'Rua Augusta 12' }),
      Private: 'Y',
      Planned: wireTime(day, '17:30'),
      'Planned Completion': wireTime(day, '18:15'),
    }),
    demoActivity(5, appointment({ subject: 'Lunch with the board, date open', type: 'Meeting', place: '' })),
  ];
}
