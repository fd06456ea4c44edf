import type { OccurrenceException, TimeSlot } from '../../../shared/appointment.ts';
import { daysOfWeek, type Recurrence } from '../../../shared/recurrence.ts';
import type { FieldValue } from '../step.ts';
import type { FieldKind } from './kind.ts';
import { canonicalSet, memberForm } from './set.ts';
import { activeMembers } from './shape.ts';
import { emailForm, phoneForm, textForm } from './text.ts';

/** The form in which all spellings of one value are equal; the form of a blank is empty. */
export function formOf(kind: FieldKind, value: FieldValue): string {
  if (value === null || value === false) return '';
  if (value === true) return 'true';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textForms[kind](value);
  if ('length' in value && value.length === 0) return '';
  if ('pattern' in value) return ruleForm(value);
  if ('isAllDay' in value) return slotForm(value);
  if ('isCancelled' in value) return occurrenceForm(value);
  if ('address' in value) return memberForm(value);
  return canonicalSet(activeMembers(value)).map(memberForm).join('\n');
}

/** Timed slots are equal when they are the same stretch of time, whatever zone tells it. */
function slotForm(slot: TimeSlot): string {
  if (slot.isAllDay) return `${slot.start}/${slot.end}`;
  return `${instantForm(slot.start, slot.zone)}/${instantForm(slot.end, slot.zone)}`;
}

function instantForm(wallTime: string, zone: string): string {
  return Temporal.PlainDateTime.from(wallTime).toZonedDateTime(zone).toInstant().toString();
}

/** The order of days does not matter, and the first day of a week only where weeks are skipped. */
function ruleForm({ pattern, range }: Recurrence): string {
  const days = 'daysOfWeek' in pattern ? daysOfWeek.filter((day) => pattern.daysOfWeek.includes(day)) : [];
  const week = pattern.type === 'weekly' && pattern.interval > 1 ? pattern.firstDayOfWeek : '';
  const place = [
    'dayOfMonth' in pattern ? pattern.dayOfMonth : '',
    'month' in pattern ? pattern.month : '',
    'index' in pattern ? pattern.index : '',
  ];
  const until = [
    'endDate' in range ? range.endDate : '',
    'numberOfOccurrences' in range ? range.numberOfOccurrences : '',
  ];
  return [pattern.type, pattern.interval, days.join(','), week, ...place, range.type, ...until].join(' ');
}

function occurrenceForm(exception: OccurrenceException): string {
  if (exception.isCancelled) return 'cancelled';
  const { subject, body, location, timeSlot } = exception;
  return [slotForm(timeSlot), ...[subject, location, body].map((text) => textForm(text ?? ''))].join('\n');
}

const textForms: Readonly<Record<FieldKind, (text: string) => string>> = {
  text: textForm,
  name: textForm,
  note: textForm,
  date: textForm,
  instant: (text) => Temporal.Instant.from(text).toString(),
  choice: textForm,
  number: textForm,
  flag: textForm,
  set: textForm,
  people: textForm,
  person: emailForm,
  slot: textForm,
  rule: textForm,
  occurrence: textForm,
  email: emailForm,
  phone: phoneForm,
};
