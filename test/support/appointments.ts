import { fc } from './property.ts';
import {
  emptyAppointment,
  showAsValues,
  type Appointment,
  type Attendee,
  type AttendeeResponse,
  type OccurrenceException,
  type Participant,
  type TimeSlot,
} from '../../shared/appointment.ts';
import { occurrenceDates } from '../../shared/occurrences.ts';
import {
  daysOfWeek,
  weekIndexes,
  type DayOfWeek,
  type Recurrence,
  type RecurrencePattern,
  type RecurrenceRange,
} from '../../shared/recurrence.ts';
import { emptyTask, taskStatuses, type Task } from '../../shared/task.ts';

/** An hour's visit on Wednesday, 10 June 2026, at nine in Berlin, in Ana's calendar. */
export function anAppointment(fields: Partial<Appointment> = {}): Appointment {
  return {
    ...emptyAppointment,
    subject: 'Site visit',
    timeSlot: slotAt('2026-06-10T09:00:00'),
    showAs: 'busy',
    importance: 'normal',
    reminderMinutesBeforeStart: 15,
    organizer: colleague('ANA'),
    ...fields,
  };
}

/** Ana invites Bruno, Chen and a customer; none has answered. */
export function aMeeting(fields: Partial<Appointment> = {}): Appointment {
  return anAppointment({
    subject: 'Project kick-off',
    attendees: attendeesOf([colleague('BRUNO'), colleague('CHEN'), guest('maria@customer.example')]),
    ...fields,
  });
}

/** Every Wednesday from 10 June 2026 on, unless the fields say otherwise. */
export function aSeries(fields: Partial<Appointment> = {}): Appointment {
  return anAppointment({ subject: 'Sales weekly', recurrence: weekly(['wednesday']), ...fields });
}

/** Due on Friday, 12 June 2026. */
export function aTask(fields: Partial<Task> = {}): Task {
  return {
    ...emptyTask,
    subject: 'Send the quotation',
    status: 'notStarted',
    importance: 'normal',
    dueDate: '2026-06-12',
    ...fields,
  };
}

/** From a wall time `YYYY-MM-DDTHH:mm:ss` for so many minutes, an hour in Berlin if nothing else is said. */
export function slotAt(start: string, { minutes = 60, zone = 'Europe/Berlin' } = {}): TimeSlot {
  const begin = Temporal.PlainDateTime.from(start).toZonedDateTime(zone);
  return { isAllDay: false, start: wall(begin), end: wall(begin.add({ minutes })), zone };
}

/** The first day (`YYYY-MM-DD`) and how many there are. */
export function allDay(start: string, days = 1): TimeSlot {
  return { isAllDay: true, start, end: Temporal.PlainDate.from(start).add({ days }).toString() };
}

export function weekly(days: readonly DayOfWeek[], range: RecurrenceRange = { type: 'noEnd' }): Recurrence {
  return { pattern: { type: 'weekly', interval: 1, daysOfWeek: days, firstDayOfWeek: 'monday' }, range };
}

/** An employee, known on both sides. */
export function colleague(login: string): Participant {
  const name = login.charAt(0) + login.slice(1).toLowerCase();
  return { address: `${login.toLowerCase()}@example.com`, name, login };
}

/** Somebody from outside. */
export function guest(address: string, name: string | null = null): Participant {
  return { address, name, login: null };
}

/** People as required attendees with one answer, sorted as an appointment holds them. */
export function attendeesOf(
  people: readonly Participant[],
  response: AttendeeResponse = 'none',
): readonly Attendee[] {
  return people.map((person) => ({ ...person, type: 'required' as const, response })).toSorted(byAddress);
}

/** The day (`YYYY-MM-DD`) on which an appointment begins. */
export function firstDayOf({ timeSlot }: Appointment): string {
  if (timeSlot === null) throw new Error('The appointment has no time.');
  return timeSlot.start.slice(0, 10);
}

function wall(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainDateTime().toString({ smallestUnit: 'second' });
}

function byAddress(some: Participant, other: Participant): number {
  if (some.address === other.address) return 0;
  return some.address < other.address ? -1 : 1;
}

/** Zones with a change of clocks in spring and autumn, of half an hour, of none at all, and far to both sides. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Honolulu',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'UTC',
] as const;

/** Days around which clocks change, months end, years end and leap days fall. */
const telling = [
  '2026-02-28',
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
  '2026-12-31',
  '2027-01-31',
  '2028-02-29',
];

/** Plain objects only: fast-check's own records now and then lack a prototype. */
function plain<Fields extends object>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) {
  return fc.record(fields, { noNullPrototype: true });
}

/** A day from 2026 to 2028, `YYYY-MM-DD`. */
export function days(): fc.Arbitrary<string> {
  const any = fc
    .integer({ min: 0, max: 1_095 })
    .map((count) => Temporal.PlainDate.from('2026-01-01').add({ days: count }).toString());
  return fc.oneof({ arbitrary: any, weight: 2 }, { arbitrary: fc.constantFrom(...telling), weight: 1 });
}

/** All six patterns and three ranges; a range may end before `firstDay`, which need not fit the pattern. */
export function recurrences(firstDay = '2026-06-10'): fc.Arbitrary<Recurrence> {
  return plain({ pattern: patterns(), range: ranges(firstDay) });
}

function patterns(): fc.Arbitrary<RecurrencePattern> {
  const interval = fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 5 }), fc.constantFrom(7, 12, 13));
  const some = fc
    .subarray([...daysOfWeek], { minLength: 1 })
    .map((chosen): readonly DayOfWeek[] => daysOfWeek.filter((day) => chosen.includes(day)));
  const index = fc.constantFrom(...weekIndexes);
  const dayOfMonth = fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom(28, 29, 30, 31));
  const month = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(2));
  const dayOfYear = fc
    .tuple(month, dayOfMonth)
    .map(([of, day]) => ({ month: of, dayOfMonth: Math.min(day, longestMonths[of - 1] ?? 31) }));
  return fc.oneof(
    plain({ type: fc.constant('daily' as const), interval }),
    plain({
      type: fc.constant('weekly' as const),
      interval,
      daysOfWeek: some,
      firstDayOfWeek: fc.constantFrom(...daysOfWeek),
    }),
    plain({ type: fc.constant('absoluteMonthly' as const), interval, dayOfMonth }),
    plain({ type: fc.constant('relativeMonthly' as const), interval, daysOfWeek: some, index }),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), dayOfYear)
      .map(([years, day]) => ({ type: 'absoluteYearly' as const, interval: years, ...day })),
    plain({
      type: fc.constant('relativeYearly' as const),
      interval: fc.integer({ min: 1, max: 3 }),
      month,
      daysOfWeek: some,
      index,
    }),
  );
}

const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function ranges(firstDay: string): fc.Arbitrary<RecurrenceRange> {
  const first = Temporal.PlainDate.from(firstDay);
  return fc.oneof(
    fc.constant({ type: 'noEnd' as const }),
    fc
      .integer({ min: -3, max: 900 })
      .map((count) => ({ type: 'endDate' as const, endDate: first.add({ days: count }).toString() })),
    plain({
      type: fc.constant('numbered' as const),
      numberOfOccurrences: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 31, max: 999 })),
    }),
  );
}

/** Up to three of the first twenty occurrences: cancelled, retitled, or later on their day. */
function exceptionsOf(series: Appointment): fc.Arbitrary<Readonly<Record<string, OccurrenceException>>> {
  const { recurrence } = series;
  if (recurrence === null) return fc.constant({});
  const first = firstDayOf(series);
  const dates = occurrenceDates(recurrence, first, { from: first, to: '9999-12-31', limit: 20 });
  const chosen = fc.subarray([...dates], { maxLength: Math.min(3, dates.length) });
  return chosen.chain((some) =>
    fc
      .tuple(...some.map((day) => exceptionOn(day, series)))
      .map((exceptions) => Object.fromEntries(some.map((day, at) => [day, exceptions[at]]))),
  ) as fc.Arbitrary<Readonly<Record<string, OccurrenceException>>>;
}

function exceptionOn(day: string, series: Appointment): fc.Arbitrary<OccurrenceException> {
  const { timeSlot: slot, ...words } = series;
  const own = { isCancelled: false as const, body: words.body, location: words.location };
  const there = slotOn(day, slot);
  const moved = fc
    .integer({ min: 1, max: 4 })
    .map((quarters) => ({ ...own, subject: words.subject, timeSlot: later(there, quarters * 15) }));
  const retitled = texts().map((subject) => ({ ...own, subject, timeSlot: there }));
  const cancelled = fc.constant({ isCancelled: true as const });
  return there.isAllDay ? fc.oneof(cancelled, retitled) : fc.oneof(cancelled, retitled, moved);
}

/** Where the rule puts the occurrence of a day: the same wall time, equally long. */
export function slotOn(day: string, slot: TimeSlot | null): TimeSlot {
  if (slot === null) throw new Error('A series without a time has no occurrences.');
  if (slot.isAllDay) {
    const length = Temporal.PlainDate.from(slot.start).until(slot.end).days;
    return allDay(day, length);
  }
  const length = Temporal.PlainDateTime.from(slot.start).until(slot.end).total('minutes');
  return slotAt(`${day}T${slot.start.slice(11)}`, { minutes: length, zone: slot.zone });
}

function later(slot: TimeSlot, minutes: number): TimeSlot {
  if (slot.isAllDay) return slot;
  const start = Temporal.PlainDateTime.from(slot.start).add({ minutes });
  const length = Temporal.PlainDateTime.from(slot.start).until(slot.end).total('minutes');
  return slotAt(start.toString({ smallestUnit: 'second' }), { minutes: length, zone: slot.zone });
}

/**
 * Appointments of every make: single, all-day, meetings with answers and declines, series with exceptions, private ones,
 * in zones whose clocks change; one body in a hundred is a megabyte.
 */
export function appointments(): fc.Arbitrary<Appointment> {
  return fc
    .tuple(words(), slots(), people(), fc.option(recurrences('2026-09-01'), { freq: 2 }))
    .map(([text, slot, who, recurrence]) =>
      seriesOf({ ...emptyAppointment, ...text, ...who }, slot, recurrence),
    )
    .chain((one) => exceptionsOf(one).map((exceptions) => ({ ...one, exceptions })));
}

/** A rule that has no occurrence makes no series; the others begin with their first. */
function seriesOf(one: Appointment, slot: TimeSlot, recurrence: Recurrence | null): Appointment {
  const from = slot.start.slice(0, 10);
  const window = { from, to: '9999-12-31', limit: 1 };
  const [first] = recurrence === null ? [] : occurrenceDates(recurrence, from, window);
  if (first === undefined) return { ...one, timeSlot: slot };
  return { ...one, timeSlot: slotOn(first, slot), recurrence };
}

function words() {
  return plain({
    subject: fc.option(texts(), { freq: 9 }),
    body: bodies(),
    location: fc.option(texts()),
    showAs: fc.constantFrom(...showAsValues),
    isPrivate: fc.nat(9).map((one) => one === 0),
    importance: fc.constantFrom('low' as const, 'normal' as const, 'high' as const),
    reminderMinutesBeforeStart: fc.option(fc.constantFrom(0, 5, 15, 60, 1_440)),
    categories: categories(),
  });
}

function slots(): fc.Arbitrary<TimeSlot> {
  const timed = plain({
    day: days(),
    quarter: fc.oneof(fc.constantFrom(0, 7, 8, 9, 10, 95), fc.integer({ min: 0, max: 95 })),
    zone: fc.constantFrom(...zones),
    minutes: fc.constantFrom(0, 15, 30, 60, 90, 240),
  }).map(({ day, quarter, zone, minutes }) => slotAt(`${day}T${clock(quarter)}`, { minutes, zone }));
  const long = fc.tuple(days(), fc.integer({ min: 1, max: 3 })).map(([day, count]) => allDay(day, count));
  return fc.oneof({ arbitrary: timed, weight: 4 }, { arbitrary: long, weight: 1 });
}

function clock(quarter: number): string {
  const hour = String(Math.floor(quarter / 4)).padStart(2, '0');
  return `${hour}:${String((quarter % 4) * 15).padStart(2, '0')}:00`;
}

const everybody = [
  ...['ANA', 'BRUNO', 'CHEN', 'DALIA'].map(colleague),
  ...['maria@customer.example', 'oliver@partner.example'].map((address) => guest(address)),
];

/** Somebody organises, now and then an outsider; half of the appointments have attendees. */
function people() {
  const invited = fc.subarray(everybody).chain((some) => fc.tuple(...some.map(answering)));
  return fc
    .tuple(fc.constantFrom(...everybody), fc.option(invited, { freq: 3 }))
    .map(([organizer, attendees]) => ({
      organizer,
      attendees: (attendees ?? []).filter(({ address }) => address !== organizer.address).toSorted(byAddress),
    }));
}

function answering(person: Participant): fc.Arbitrary<Attendee> {
  return fc
    .tuple(
      fc.constantFrom('required' as const, 'optional' as const),
      fc.constantFrom('none' as const, 'accepted' as const, 'tentative' as const, 'declined' as const),
    )
    .map(([type, response]) => ({ ...person, type, response }));
}

/** Tasks of every status; done ones say when, repeating ones are due. */
export function tasks(): fc.Arbitrary<Task> {
  return plain({
    subject: texts(),
    body: bodies(),
    status: fc.constantFrom(...taskStatuses),
    importance: fc.constantFrom('low' as const, 'normal' as const, 'high' as const),
    dueDate: fc.option(days()),
    daysBefore: fc.option(fc.nat(10)),
    doneOn: days(),
    percentComplete: fc.option(fc.constantFrom(0, 25, 50, 75)),
    reminder: fc.option(days().map((day) => `${day}T08:00:00Z`)),
    isPrivate: fc.nat(9).map((one) => one === 0),
    categories: categories(),
    recurrence: fc.option(patterns(), { freq: 3 }),
  }).map(({ daysBefore, doneOn, recurrence: pattern, ...task }) => {
    const isDone = task.status === 'completed';
    const due = task.dueDate;
    const start =
      due === null || daysBefore === null
        ? null
        : Temporal.PlainDate.from(due).subtract({ days: daysBefore });
    return {
      ...emptyTask,
      ...task,
      startDate: start === null ? null : start.toString(),
      completedDate: isDone ? doneOn : null,
      percentComplete: isDone ? 100 : task.percentComplete,
      recurrence: due === null || pattern === null ? null : { pattern, range: { type: 'noEnd' as const } },
    };
  });
}

/** Something people write in one line, tidy: no blanks around it, never empty. */
function texts(): fc.Arbitrary<string> {
  const said = [
    'Site visit',
    'Gespräch über Preise',
    'Réunion d’équipe',
    '打ち合わせ',
    'R&D <review> "Q3"',
    '🚀 Launch',
  ];
  const any = fc
    .string({ minLength: 1, maxLength: 30 })
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
  return fc.oneof(fc.constantFrom(...said), any);
}

const lineOfMegabyte = 'Minutes of the meeting, as they were taken down.';

function bodies(): fc.Arbitrary<string | null> {
  const lines = fc.array(texts(), { minLength: 1, maxLength: 4 }).map((some) => some.join('\n'));
  // Made when it is drawn, so that a failing example without it stays short.
  const huge = fc.constant(null).map(() => Array<string>(21_400).fill(lineOfMegabyte).join('\n'));
  return fc.oneof(
    { arbitrary: fc.constant(null), weight: 39 },
    { arbitrary: lines, weight: 60 },
    { arbitrary: huge, weight: 1 },
  );
}

function categories(): fc.Arbitrary<readonly string[]> {
  return fc.subarray(['Kunde', 'Projekt', 'VIP']);
}
