import type {
  Attendee,
  AttendeeResponse,
  OccurrenceException,
  Participant,
  TimeSlot,
} from './appointment.ts';
import { contactFields } from './contact.ts';
import { describeRecurrence } from './describe-recurrence.ts';
import { domainOf, isAppointment, isContact, type Item, type ItemValue } from './item.ts';
import { appointmentFields } from './appointment.ts';
import { taskFields } from './task.ts';
import type { Domain } from './domain.ts';
import { longDate } from './long-date.ts';

/** A value in English words, for people to compare two of them; `null` for what is blank. */
export function describeValue(value: ItemValue): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if ('pattern' in value) return describeRecurrence(value);
  if ('isAllDay' in value) return describeSlot(value);
  if ('isCancelled' in value) return describeOccurrence(value);
  if ('address' in value) return describePerson(value);
  return (
    value.map((member) => (typeof member === 'string' ? member : describeAttendee(member))).join(', ') || null
  );
}

/** The same for the value of a field, of which some hold dates or words of ours: "12 June 2026", "not started". */
export function describeField(field: string, value: ItemValue): string | null {
  if (typeof value !== 'string') return describeValue(value);
  if (dateFields.has(field)) return longDate(value);
  return choiceFields.has(field) ? inWords(value) : describeValue(value);
}

const dateFields: ReadonlySet<string> = new Set(['dueDate', 'startDate', 'completedDate', 'birthday']);
const choiceFields: ReadonlySet<string> = new Set(['status', 'showAs', 'importance']);

/** `notStarted` as "not started". */
function inWords(name: string): string {
  return name.replaceAll(/([A-Z]|\d)/g, ' $1').toLowerCase();
}

/** The fields of an item that hold something, in the order in which people read them, with their values in words. */
export function describeItem(item: Item): ReadonlyMap<string, string> {
  const described = new Map<string, string>();
  for (const [field, value] of valuesOf(item)) {
    const text = value === false ? null : describeField(field, value);
    if (text !== null) described.set(field, text);
  }
  return described;
}

/** One value of an item by the name of its field; `null` where there is none. */
export function shownValue(item: Item | null, field: string): ItemValue {
  return item === null ? null : (valuesOf(item).find(([name]) => name === field)?.[1] ?? null);
}

const ownFields = {
  contact: contactFields,
  appointment: appointmentFields,
  task: taskFields,
} as const satisfies Record<Domain, readonly string[]>;

/** Every field of an item with its value: its domain's own, the organisation's, then the occurrences that differ. */
function valuesOf(item: Item): readonly (readonly [string, ItemValue])[] {
  const values = new Map<string, ItemValue>(Object.entries(item).filter(([name]) => !isOpenPart(name)));
  const own = ownFields[domainOf(item)].map((field) => [field, values.get(field) ?? null] as const);
  if (isContact(item)) return [...own, ...prefixed('custom.', item.custom)];
  return isAppointment(item) ? [...own, ...prefixed('occurrence.', item.exceptions)] : own;
}

function isOpenPart(name: string): boolean {
  return name === 'custom' || name === 'exceptions' || name === 'copy';
}

function prefixed(prefix: string, values: Readonly<Record<string, ItemValue>>) {
  return Object.keys(values)
    .sort()
    .map((key) => [`${prefix}${key}`, values[key] ?? null] as const);
}

/** "10 June 2026, 09:00 to 10:00 (Europe/Berlin)"; a slot of whole days without a zone, to its last day. */
export function describeSlot(slot: TimeSlot): string {
  if (slot.isAllDay) {
    const first = Temporal.PlainDate.from(slot.start);
    const last = Temporal.PlainDate.from(slot.end).subtract({ days: 1 });
    const isOneDay = Temporal.PlainDate.compare(last, first) <= 0;
    return isOneDay
      ? `${longDate(slot.start)}, all day`
      : `${longDate(slot.start)} to ${longDate(last.toString())}, all day`;
  }
  const [startDay, endDay] = [slot.start.slice(0, 10), slot.end.slice(0, 10)];
  const until =
    endDay === startDay ? slot.end.slice(11, 16) : `${longDate(endDay)}, ${slot.end.slice(11, 16)}`;
  return `${longDate(startDay)}, ${slot.start.slice(11, 16)} to ${until} (${slot.zone})`;
}

/** Nobody is said to have answered who has not. */
const responses: Readonly<Record<AttendeeResponse, string>> = {
  none: 'no answer',
  accepted: 'accepted',
  tentative: 'tentative',
  declined: 'declined',
};

function describeAttendee(attendee: Attendee): string {
  const type = attendee.type === 'required' ? '' : `${attendee.type}, `;
  return `${describePerson(attendee)} (${type}${responses[attendee.response]})`;
}

function describePerson({ name, address }: Participant): string {
  return name ?? address;
}

function describeOccurrence(exception: OccurrenceException): string {
  if (exception.isCancelled) return 'cancelled';
  const { subject, location, timeSlot } = exception;
  return [describeSlot(timeSlot), subject, location].filter((part) => part !== null).join(', ');
}

/** A field's name in words: `dueDate` is "due date", `occurrence.2026-06-10` "occurrence of 10 June 2026". */
export function labelOfField(field: string): string {
  if (field.startsWith('occurrence.')) return `occurrence of ${longDate(field.slice('occurrence.'.length))}`;
  if (field.startsWith('custom.')) return field.slice('custom.'.length);
  return labels[field] ?? inWords(field);
}

/** Where a field's own name is not what people call it. */
const labels: Readonly<Record<string, string>> = {
  timeSlot: 'time',
  showAs: 'show as',
  isPrivate: 'private',
  reminderMinutesBeforeStart: 'reminder, minutes before',
  recurrence: 'repeats',
  body: 'text',
  location: 'place',
};

/** What people call an item: a contact's name, else its company or address; of all others the subject. */
export function titleOf(item: Item): string {
  if (!isContact(item)) return item.subject ?? '(no subject)';
  const name = [item.firstName, item.lastName].filter((part) => part !== null).join(' ');
  return name || item.company || item.email1 || '(no name)';
}
