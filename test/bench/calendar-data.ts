import type { Person } from './desk.ts';

/** Events as their organizer's Outlook sends them, the same for a seed and a day. */
export type NewEvent = Readonly<Record<string, unknown>> & Readonly<{ subject: string }>;

const zone = 'Europe/Berlin';
const pastDays = 150;
const days = 500;

/** Appointments of one person over a year and a half, one in twenty of them a whole day. Nobody is invited. */
export function singles(count: number, seed: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const day = dayAt(((index * 37) % days) - pastDays);
    const isAllDay = index % 20 === 7;
    return {
      subject: `Appointment ${seed}-${index}`,
      body: { contentType: 'text', content: `What it is about, ${index}.\nAnd what to bring.` },
      location: { displayName: index % 3 === 0 ? `Room ${index % 40}` : '' },
      importance: index % 25 === 0 ? 'high' : 'normal',
      showAs: index % 10 === 0 ? 'free' : 'busy',
      isReminderOn: index % 4 === 0,
      reminderMinutesBeforeStart: 15,
      ...(isAllDay ? wholeDay(day) : hours(day, 8 + (index % 9))),
    };
  });
}

/** Recurring appointments: half of the rules are such as Siebel repeats, the others are not. */
export function series(count: number, seed: number): readonly NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const first = dayAt(1 + (index % 20));
    const rule = rules[index % rules.length]?.(first) ?? {};
    return {
      subject: `Series ${seed}-${index}`,
      ...hours(first, 7 + (index % 10)),
      recurrence: rule,
    };
  });
}

type Day = Temporal.PlainDate;
type Rule = (first: Day) => Readonly<{ pattern: object; range: object }>;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const rules: readonly Rule[] = [
  (first) => rule(first, { type: 'daily', interval: 1 }, { type: 'numbered', numberOfOccurrences: 10 }),
  (first) => rule(first, { type: 'weekly', interval: 1, daysOfWeek: [nameOf(first)] }, { type: 'noEnd' }),
  (first) => rule(first, { type: 'absoluteMonthly', interval: 1, dayOfMonth: first.day }, { type: 'noEnd' }),
  (first) =>
    rule(
      first,
      { type: 'absoluteYearly', interval: 1, month: first.month, dayOfMonth: first.day },
      { type: 'noEnd' },
    ),
  (first) =>
    rule(
      first,
      { type: 'weekly', interval: 1, daysOfWeek: [nameOf(first)] },
      { type: 'endDate', endDate: first.add({ weeks: 20 }).toString() },
    ),
  (first) =>
    rule(
      first,
      { type: 'weekly', interval: 1, daysOfWeek: [nameOf(first), nameOf(first.add({ days: 2 }))] },
      { type: 'noEnd' },
    ),
  (first) => rule(first, { type: 'weekly', interval: 2, daysOfWeek: [nameOf(first)] }, { type: 'noEnd' }),
  (first) =>
    rule(
      first,
      { type: 'relativeMonthly', interval: 1, index: 'first', daysOfWeek: [nameOf(first)] },
      { type: 'noEnd' },
    ),
  (first) => rule(first, { type: 'daily', interval: 3 }, { type: 'noEnd' }),
  (first) => rule(first, { type: 'absoluteMonthly', interval: 2, dayOfMonth: first.day }, { type: 'noEnd' }),
];

function rule(first: Day, pattern: object, range: object): Readonly<{ pattern: object; range: object }> {
  return {
    pattern: { firstDayOfWeek: 'monday', ...pattern },
    range: { startDate: first.toString(), recurrenceTimeZone: zone, ...range },
  };
}

function nameOf({ dayOfWeek }: Day): string {
  return weekdays[dayOfWeek - 1] ?? 'monday';
}

/** An event with its guests, marked for Siebel. */
export function meeting(event: NewEvent, guests: readonly string[]): NewEvent {
  return { ...event, categories: ['Siebel Calendar'], attendees: attendees(guests) };
}

/** Attendees as Graph takes them. */
export function attendees(addresses: readonly string[]): readonly object[] {
  return addresses.map((address) => ({ type: 'required', emailAddress: { address, name: address } }));
}

/** A contact of Siebel's for each of these addresses. */
export function guestRow(address: string, index: number): Readonly<Record<string, unknown>> {
  return { 'First Name': 'Guest', 'Last Name': `Number ${index}`, 'Email Address': address };
}

export function mailboxesOf(people: readonly Person[]): readonly string[] {
  return people.map(({ mailbox }) => mailbox);
}

function dayAt(offset: number): Day {
  return Temporal.Now.plainDateISO('UTC').add({ days: offset });
}

function hours(day: Day, hour: number): object {
  const at = (time: number) => ({
    dateTime: `${day.toString()}T${String(time).padStart(2, '0')}:00:00`,
    timeZone: zone,
  });
  return { isAllDay: false, start: at(hour), end: at(hour + 1) };
}

function wholeDay(day: Day): object {
  const at = (date: Day) => ({ dateTime: `${date.toString()}T00:00:00`, timeZone: zone });
  return { isAllDay: true, start: at(day), end: at(day.add({ days: 1 })) };
}
